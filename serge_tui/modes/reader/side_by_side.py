"""Two editions side by side: the second follows the first."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.models import Edition, Place
from serge_tui.host import tell_errors
from serge_tui.modes.reader.chapter import OpenChapter, open_chapter
from serge_tui.modes.reader.page_layers import name_layer, text_layers
from serge_tui.modes.reader.parallel_text import ParallelText, align_chapters, same_chapter

if TYPE_CHECKING:
    from db.models import Chapter
    from serge_tui.host import Host
    from serge_tui.modes.reader.edition_choice import EditionChoice
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.stretch import Stretch
    from serge_tui.modes.reader.widgets.page import PageView, SecondPage


class SideBySide:
    """Shows another edition beside the open one, at the matching passage."""

    def __init__(
        self, page: PageView, second: SecondPage, text: OpenedText, choice: EditionChoice, frame: Frame, host: Host
    ) -> None:
        self._page, self._second, self._text, self._choice = page, second, text, choice
        self._frame, self._host = frame, host
        self._parallel: ParallelText | None = None
        self._chapter: Chapter | None = None
        text.chapter_opened.add(self.chapter_opened)
        text.place_moved.add(self.place_moved)

    def action_toggle(self) -> None:
        """Show another edition beside this one, or close it."""
        if self._second.display:
            self.close()
        else:
            self._host.start(self._ask())

    async def _ask(self) -> None:
        edition = await self._choice.ask("Read beside this")
        if edition is not None:
            self._choice.other = edition.key
            self._second.display = True
            self._open()

    def close(self) -> None:
        """Close the other edition."""
        self._second.display = False
        self._parallel = self._chapter = None
        self._text.show_title()

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Turn to the matching chapter of the other edition."""
        if self._second.display:
            if opened.edition.key == self._choice.other:
                self.close()
            else:
                self._open()

    def place_moved(self, _view: Stretch) -> None:
        """Follow the page."""
        self._follow()

    def place_in(self, edition: Edition, place: Place) -> Place | None:
        """Return the matching place in an edition, if it is the one beside this one and both are aligned."""
        if self._parallel is None or self._chapter is None or self._chapter.edition != edition.key:
            return None
        return Place(edition.key, *self._parallel.across((place.passage, place.offset)))

    def scroll(self, lines: int) -> None:
        """Move both pages: the wheel was turned over the second one."""
        self._page.scroll_lines(lines)

    def _open(self) -> None:
        """Open the matching chapter in the second page; the two are aligned in a thread."""
        library, opened = self._host.library, self._text.opened
        edition = library.texts.edition(self._choice.other)
        chapter = same_chapter(library, opened.chapter, edition.key) if opened and edition else None
        self._parallel, self._chapter = None, chapter
        if chapter is None or edition is None or opened is None:
            self._second.display = False
            self._host.inform("The other text has no chapter that matches this one.")
            return
        second = open_chapter(library, edition, chapter)
        self._second.set_settings(self._page.settings)
        self._second.show(second.passages, language=edition.language)
        self._second.put_layers([*text_layers(second), name_layer(second)])
        self._show_titles("aligning…")
        work = tell_errors(self._host, self._align(opened.chapter, chapter))
        self._page.run_worker(work, exclusive=True, group="beside")

    async def _align(self, chapter: Chapter, other: Chapter) -> None:
        parallel = await asyncio.to_thread(align_chapters, self._host.library, chapter, other)
        if other == self._chapter and self._second.display:
            self._parallel = parallel
            self._show_titles(f"{round(100 * parallel.matched)} % surely aligned")
            self._follow()

    def _show_titles(self, how: str) -> None:
        """Show which editions are side by side, and how well they match."""
        if self._text.opened is not None and (other := self._host.library.texts.edition(self._choice.other)):
            self._frame.set_context(f"{how} · {self._text.opened.edition.title} ∥ {other.title}")

    def _follow(self) -> None:
        if self._parallel is not None and self._second.display:
            here = self._text.here()
            self._second.go(*self._parallel.across((here.passage, here.offset)))
