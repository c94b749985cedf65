"""Another edition: at the same passage in its place, or beside this one and in step with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on, work

from db.models import Edition, Place
from serge_tui.modes.reader.chapter import OpenChapter, open_chapter
from serge_tui.modes.reader.open_text import OpenText
from serge_tui.modes.reader.parallel import Parallel, put_in_step, same_chapter
from serge_tui.modes.reader.widgets.page import SecondPage

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.models import Chapter


class Editions(OpenText):
    """Going from edition to edition, and two in step."""

    def __init__(self) -> None:
        super().__init__()
        self._other = ""
        self._parallel: Parallel | None = None
        self._second_chapter: Chapter | None = None

    @property
    def second(self) -> SecondPage:
        """The page of the other edition."""
        return self.query_one(SecondPage)

    # --- instead of this one -----------------------------------------------------------------------------------------

    def action_editions(self) -> None:
        """Choose another text to read, at the same passage where that can be told."""
        self._choose("Read", self._change_to)

    def action_other_edition(self) -> None:
        """Change to the edition read before, at the same passage."""
        edition = self.host.library.texts.edition(self._other) if self._other else None
        if edition is None or edition.key == self.edition:
            self.action_editions()
        else:
            self._change_to(edition)

    def _choose(self, title: str, then: Callable[[Edition], None]) -> None:
        from serge_tui.dialogs.choice import Choice

        editions = [edition for edition in self.host.library.texts.editions() if edition.key != self.edition]
        if not editions:
            self.host.inform("There is no other text yet: `serge import FILE` adds one.")
            return
        rows = [
            (edition.title, f"{edition.format} · {edition.language} · {edition.words:,} words") for edition in editions
        ]

        def chosen(index: int | None) -> None:
            if index is not None:
                then(editions[index])

        # The one read before, if it can be meant; else the first that can.
        order = sorted(range(len(editions)), key=lambda at: editions[at].key != self._other)
        now = next((at for at in order if self._answers(editions[at])), order[0])
        self.app.push_screen(Choice(title, rows, now), chosen)

    def _answers(self, edition: Edition) -> bool:
        """Whether an edition has a chapter that answers to the open one."""
        opened = self.opened
        return opened is not None and same_chapter(self.host.library, opened.chapter, edition.key) is not None

    def _change_to(self, edition: Edition) -> None:
        if self.opened is None:
            return
        self._other = self.edition
        here, chapter = self.here(), self.opened.chapter
        if self._parallel is not None and self._second_chapter and self._second_chapter.edition == edition.key:
            self._arrive_at(Place(edition.key, *self._parallel.across((here.passage, here.offset))))
        else:
            self._find_same(chapter, here, edition)

    @work(thread=True, exclusive=True, group="editions")
    def _find_same(self, chapter: Chapter, here: Place, edition: Edition) -> None:
        """Find the matching passage in a thread."""
        library = self.host.library
        other = same_chapter(library, chapter, edition.key)
        if other is not None:
            parallel = put_in_step(library, chapter, other)
            place = Place(edition.key, *parallel.across((here.passage, here.offset)))
        else:
            position = library.texts.position(edition.key)
            place = position.place if position else Place(edition.key, 0, 0)
        self.app.call_from_thread(self._arrive_at, place)

    def _arrive_at(self, place: Place) -> None:
        self.leave_here()
        self.open_place(place)

    # --- beside this one ---------------------------------------------------------------------------------------------

    def action_beside(self) -> None:
        """Show another edition beside this one, or put it away."""
        if self.second.display:
            self.close_second()
        else:
            self._choose("Read beside this", self._show_beside)

    def close_second(self) -> None:
        """Put the other edition away."""
        self.second.display = False
        self._parallel = self._second_chapter = None
        if self.opened is not None:
            self.show_title(self.opened)

    def _show_beside(self, edition: Edition) -> None:
        self._other = edition.key
        self.second.display = True
        self._open_second()

    def chapter_opened(self, opened: OpenChapter) -> None:
        """The other edition turns its chapter too."""
        super().chapter_opened(opened)
        if self.second.display:
            if opened.edition.key == self._other:
                self.close_second()
            else:
                self._open_second()

    def _open_second(self) -> None:
        """Open the matching chapter in the second page; it is put in step in a thread."""
        library = self.host.library
        edition = library.texts.edition(self._other)
        chapter = same_chapter(library, self.opened.chapter, self._other) if self.opened and edition else None
        self._parallel, self._second_chapter = None, chapter
        if chapter is None or edition is None or self.opened is None:
            self.second.display = False
            self.host.inform("The other text has no chapter that answers to this one.")
            return
        second = open_chapter(library, edition, chapter)
        self.second.set_settings(self.page.settings)
        self.second.show(second.passages, language=edition.language)
        self.second.put_layers([*self.base_layers(second), self.name_layer(second)])
        self._show_titles("putting them in step…")
        self._put_in_step(self.opened.chapter, chapter)

    @work(thread=True, exclusive=True, group="beside")
    def _put_in_step(self, chapter: Chapter, other: Chapter) -> None:
        parallel = put_in_step(self.host.library, chapter, other)
        self.app.call_from_thread(self._in_step, other, parallel)

    def _in_step(self, other: Chapter, parallel: Parallel) -> None:
        if other == self._second_chapter and self.second.display:
            self._parallel = parallel
            self._show_titles(f"{round(100 * parallel.matched)} % surely in step")
            self._follow()

    def _show_titles(self, how: str) -> None:
        """Say which texts are side by side, and how well they match."""
        if self.opened is not None and (other := self.host.library.texts.edition(self._other)):
            self.set_context(f"{how} · {self.opened.edition.title} ∥ {other.title}")

    def on_page_view_moved(self) -> None:
        """The other edition follows."""
        super().on_page_view_moved()
        self._follow()

    def _follow(self) -> None:
        if self._parallel is not None and self.second.display:
            here = self.here()
            self.second.go(*self._parallel.across((here.passage, here.offset)))

    @on(SecondPage.Wheeled)
    def _second_wheeled(self, message: SecondPage.Wheeled) -> None:
        """The wheel over the other edition moves both."""
        self.page.scroll_lines(message.lines)
