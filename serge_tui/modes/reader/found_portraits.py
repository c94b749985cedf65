"""From one portrait found in the text to the next."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING, Final

from db.models import Place
from db.text import sanitise_line
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText

_LAST_PASSAGE: Final = 2**31
_NONE: Final = "No portraits were found in this text; p in the library (L) looks for them."


class FoundPortraits:
    """Controller: goes to the next portrait of the text, or the one before."""

    def __init__(self, text: OpenedText, host: Host) -> None:
        self._text, self._host = text, host

    def action_next(self, forward: bool) -> None:
        """Go to the next portrait, or the one before."""
        self._host.start(self._go(forward=forward))

    async def _go(self, *, forward: bool) -> None:
        edition = self._text.edition
        found = await to_thread(self._host.library.found.portraits_between, edition, 0, _LAST_PASSAGE)
        if edition != self._text.edition:
            return
        items = [(Stretch(one.passage, one.start, one.end_passage, one.end), one) for one in found]
        chosen = self._text.beside(items, forward=forward)
        if not items:
            self._host.inform(_NONE)
        elif chosen is None:
            self._host.inform("There is no portrait further on." if forward else "There is no portrait before this.")
        else:
            lit = Stretch(chosen.passage, chosen.start, chosen.end_passage, chosen.end)
            self._text.go_to(Place(edition, *lit.begin), lit=lit)
            self._host.inform(sanitise_line(chosen.name))
