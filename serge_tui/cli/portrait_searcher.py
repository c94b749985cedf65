"""The searcher for portraits that the app is given: it searches in a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.cli.child_process import messages_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_STOPPED: Final = "Looking for portraits stopped before it was done; `p` in your library (L) goes on."


class ProcessSearcher:
    """Searches texts of the database at `database`."""

    def __init__(self, database: Path) -> None:
        self._database = database

    def run(
        self, editions: Sequence[str], progress: Callable[[str, int, int], None], is_cancelled: Callable[[], bool]
    ) -> list[str]:
        """Search texts in a process of its own; see `PortraitSearcher.run`."""
        request = {"database": str(self._database.resolve()), "editions": list(editions)}
        sentences: list[str] = []
        error: str | None = None
        for told in messages_of("serge_tui.cli.found_process", request, is_cancelled):
            if "progress" in told:
                progress(*told["progress"])
            elif "found" in told:
                sentences.append(told["found"])
            else:
                error = told["end"]
        if error is None and not is_cancelled():
            error = _STOPPED
        if error:
            raise SergeError(error)
        return sentences
