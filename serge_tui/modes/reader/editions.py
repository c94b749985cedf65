"""Another edition in place of the open one, at the same passage."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.models import Edition, Place
from serge_tui.host import tell_errors
from serge_tui.modes.reader.parallel_text import align_chapters, same_chapter

if TYPE_CHECKING:
    from db.models import Chapter
    from serge_tui.host import Host
    from serge_tui.modes.reader.edition_choice import EditionChoice
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.side_by_side import SideBySide
    from serge_tui.modes.reader.widgets.page import PageView


class Editions:
    """Changes to another edition, at the same passage if it is known."""

    def __init__(self, page: PageView, text: OpenedText, choice: EditionChoice, beside: SideBySide, host: Host) -> None:
        self._page, self._text, self._choice, self._beside, self._host = page, text, choice, beside, host

    def action_choose(self) -> None:
        """Choose another edition to read."""
        self._host.start(self._ask())

    async def _ask(self) -> None:
        edition = await self._choice.ask("Read")
        if edition is not None:
            self._change_to(edition)

    def action_other(self) -> None:
        """Change to the edition read before."""
        other = self._choice.other
        edition = self._host.library.texts.edition(other) if other else None
        if edition is None or edition.key == self._text.edition:
            self.action_choose()
        else:
            self._change_to(edition)

    def _change_to(self, edition: Edition) -> None:
        opened = self._text.opened
        if opened is None:
            return
        self._choice.other = opened.edition.key
        here = self._text.here()
        if (place := self._beside.place_in(edition, here)) is not None:
            self._text.go_to(place)
        else:
            work = tell_errors(self._host, self._find_and_go(opened.chapter, here, edition))
            self._page.run_worker(work, exclusive=True, group="editions")

    async def _find_and_go(self, chapter: Chapter, here: Place, edition: Edition) -> None:
        self._text.go_to(await asyncio.to_thread(self._same_place, chapter, here, edition))

    def _same_place(self, chapter: Chapter, here: Place, edition: Edition) -> Place:
        """Return the matching place in another edition, else where it was left; for a thread."""
        library = self._host.library
        other = same_chapter(library, chapter, edition.key)
        if other is not None:
            parallel = align_chapters(library, chapter, other)
            return Place(edition.key, *parallel.across((here.passage, here.offset)))
        position = library.texts.position(edition.key)
        return position.place if position else Place(edition.key, 0, 0)
