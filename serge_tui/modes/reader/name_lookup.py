"""Looking up people by names the reader types."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.host import Host

MOST: Final = 8
"""How many people are offered for a name."""


async def figures_named(host: Host, names: Sequence[str]) -> list[list[str]]:
    """Return the keys of the figures each name may mean, best first; in a thread, as the finder may have to be made."""

    def find() -> list[list[str]]:
        finder = host.finder
        return [[match.figure for match in finder.find(name.strip(), limit=MOST)] for name in names]

    return await asyncio.to_thread(find)
