"""The pictures of the book, shown by the system's own viewer."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from serge_tui.host import Host


class PictureViewer:
    """Shows the pictures of a passage. What it needs is imported when the first one is shown."""

    def __init__(self, host: Host) -> None:
        self._host = host

    async def show(self, edition: str, passage: int) -> None:
        """Show the pictures of a passage outside the terminal."""
        self._host.inform(await asyncio.to_thread(self._shown, edition, passage))

    def _shown(self, edition: str, passage: int) -> str:
        from serge_tui.services.pictures import show_pictures

        return show_pictures(self._host.library.pictures.of_passage(edition, passage))
