"""Portraits found in the text: a sign in the margin, and the way from one to the next."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING, Final

from db.models import Place
from db.text import sanitise_line
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import Sign
from serge_tui.services.reading_settings import PORTRAITS

if TYPE_CHECKING:
    from db.models.found_text import Found
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText

PORTRAIT_SIGN: Final = "○"
_LAST_PASSAGE: Final = 2**31
_NONE: Final = "No portraits were found in this text; p in the library (L) looks for them."
_WEIGHT: Final = -1
"""Below whatever the reader marked on the same line."""


class FoundPortraits:
    """Controller: goes to the next portrait of the text, or the one before, and has signs for those of a chapter."""

    def __init__(self, text: OpenedText, host: Host) -> None:
        self._text, self._host = text, host

    def signs(self, opened: OpenChapter) -> list[tuple[int, Sign]]:
        """Return a sign for each portrait of a chapter, with its passage; none if the reader wants none."""
        library = self._host.library
        if not library.settings.get(PORTRAITS, True):
            return []
        found = library.found.portraits_between(opened.edition.key, opened.first, opened.last)
        return [(one.passage, Sign(_WEIGHT, one.start, PORTRAIT_SIGN, "page--portrait-sign")) for one in found]

    def action_next(self, forward: bool) -> None:
        """Go to the next portrait, or the one before."""
        self._host.start(self._go(forward=forward))

    def show(self, found: Found) -> None:
        """Go to a portrait, its words lit; `Esc` leads back."""
        lit = Stretch(found.passage, found.start, found.end_passage, found.end)
        self._text.go_to(Place(found.edition, *lit.begin), lit=lit)
        self._host.inform(sanitise_line(found.name))

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
            self.show(chosen)
