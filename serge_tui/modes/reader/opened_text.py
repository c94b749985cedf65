"""The chapter that is open and the place in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypeVar

from db.models import GUIDE_EDITION, Place
from serge_tui.listeners import Listeners
from serge_tui.modes.reader.chapter import OpenChapter, open_chapter
from serge_tui.modes.reader.stretch import Stretch, neighbour
from serge_tui.modes.reader.widgets.page_styling import layer_of
from serge_tui.navigation import Destination, Mode, ReadAt, ShowQuotation, Spot
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Chapter
    from serge_tui.host import Host
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.widgets.page import PageView
    from serge_tui.modes.reader.widgets.page_layout import Hold

T = TypeVar("T")
MODE: Final[Mode] = "reader"


class OpenedText:
    """Opens chapters and places on the page, holds the highlighted stretch, and notifies the other controllers.

    `opened` is the open chapter, `lit` the highlighted stretch: the present name or link, or the words looked up.
    """

    def __init__(self, page: PageView, frame: Frame, host: Host) -> None:
        self._page, self._frame, self._host = page, frame, host
        self.opened: OpenChapter | None = None
        self.lit: Stretch | None = None
        self._wanted: Destination | None = None
        self._gone: tuple[Destination, Hold] | None = None
        """Where the reader was in a text that is gone, and the place in the guide that stands in for it."""
        self.chapter_left = Listeners[OpenChapter]()
        """Called with the chapter before another one is opened."""
        self.chapter_opened = Listeners[OpenChapter]()
        """Called with the chapter just opened, before the page goes to the place."""
        self.place_opened = Listeners[bool]()
        """Called when a place was opened; True if it is only looked up, and so is not where the reader reads."""
        self.place_moved = Listeners[Stretch]()
        """Called with the stretch now in view when the page shows other lines."""

    @property
    def edition(self) -> str:
        """Key of the open edition."""
        return self.opened.edition.key if self.opened else GUIDE_EDITION

    # --- opening -----------------------------------------------------------------------------------------------------

    def open_last(self) -> None:
        """Open what was asked for before the page was there, else what was read last, where it was left."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.visit(wanted)
        if self.opened is None:
            library = self._host.library
            position = library.texts.last_position()
            self.open_place(position.place if position else Place(preferred_editions(library)[0], 0, 0))

    def open_place(
        self, place: Place, *, row: int | None = None, lit: Stretch | None = None, looked_up: bool = False
    ) -> bool:
        """Show a place; the guide replaces an edition that is gone.

        `row` is the row of the page the place comes to, `lit` the stretch to highlight; `looked_up` tells that the
        reader does not read there. Returns False if there is nothing to show.
        """
        self._gone = None
        texts = self._host.library.texts
        edition = texts.edition(place.edition)
        if edition is None:
            if place.edition == GUIDE_EDITION:
                return False
            self._host.inform("That text is no longer in your library; this is the guide.")
            # Shown in its stead: nobody reads there yet, and the text may be brought back.
            shown = self.open_place(Place(GUIDE_EDITION, 0, 0), looked_up=True)
            self._gone = ReadAt(place, line_in_view=row), self._page.hold
            return shown
        chapter = texts.chapter_of(place.edition, place.passage)
        if chapter is None:
            self._host.report_error(f"There is nothing to read in {edition.title}.")
            return False
        opened = self.opened
        if opened is None or opened.chapter != chapter or opened.edition != edition:
            if opened is not None:
                self.chapter_left(opened)
            opened = self.opened = open_chapter(self._host.library, edition, chapter)
            self._show_chapter(opened)
            self.chapter_opened(opened)
        self.show_lit(lit)
        passage = min(place.passage, opened.last)
        if row is None and lit is not None:
            row = max(2, self._page.rows // 3)
        self._page.go(passage, min(place.offset, opened.length(passage)), row)
        self.place_opened(looked_up)
        return True

    def _show_chapter(self, opened: OpenChapter) -> None:
        """Put a chapter on the page with its printed page numbers."""
        following = self._host.library.texts.chapter(opened.edition.key, opened.chapter.ordinal + 1)
        after = f"]]  {following.title}" if following else "The end."
        self._page.show(opened.passages, language=opened.edition.language, after=after)
        self.show_title()
        labels: dict[int, list[tuple[int, str]]] = {}
        for page in opened.pages:
            labels.setdefault(page.passage, []).append((page.offset, page.label))
        self._page.put_labels(labels)

    def show_title(self) -> None:
        """Show the titles of the open chapter and edition."""
        if self.opened is not None:
            self._frame.set_context(f"{self.opened.chapter.title} · {self.opened.edition.title}")

    def read_again(self) -> None:
        """Read the open chapter again after a change in it; the place and the highlighted stretch stay."""
        destination = self.spot().destination
        if self._gone is not None and self._gone[1] == self._page.hold and self.edition == GUIDE_EDITION:
            destination = self._gone[0]
        self._gone = self.opened = None
        self.visit(destination)

    # --- the way to a place and back ---------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """Return the character the page holds and the row it is on, with the highlighted stretch."""
        hold = self._page.hold
        return Spot(MODE, ReadAt(Place(self.edition, hold.passage, hold.offset), self.lit, hold.row))

    def visit(self, destination: Destination) -> None:
        """Show a place, or a quotation in its text; before the page is there, as soon as it is."""
        if not self._page.is_attached:
            self._wanted = destination
            return
        match destination:
            case ReadAt(place, lit, row):
                looked_up = lit is not None and row is None
                self.open_place(place, row=row, lit=Stretch(*lit) if lit else None, looked_up=looked_up)
            case ShowQuotation(key):
                self._visit_quotation(key)
            case _:
                self.open_last()

    def _visit_quotation(self, key: str) -> None:
        """Show a quotation in the edition that is open, else in another that has it, else the chapter it is from."""
        library = self._host.library
        for edition in self._editions():
            found = library.quotations.place_in(key, edition)
            if found is not None:
                lit = Stretch(found.passage, found.start, found.end_passage, found.end)
                self.open_place(Place(edition, found.passage, found.start), lit=lit, looked_up=True)
                return
        quotation = library.quotations.by_key(key)
        number = quotation.chapter if quotation else None
        chapter = self.canonical(number) if number is not None else None
        if chapter is None:
            self.open_last()
            self._host.inform("It is not known where those words are in the text.")
            return
        self.open_place(Place(chapter.edition, chapter.first_passage, 0), looked_up=True)
        self._host.inform(f"The words are not in a text you have; they are from chapter {number}.")

    def _editions(self) -> list[str]:
        """Return the keys of all editions, the open one first."""
        known = preferred_editions(self._host.library)
        return list(dict.fromkeys([self.edition, *known])) if self.opened else known

    def canonical(self, number: int) -> Chapter | None:
        """Return chapter 1 to 10 of the Memoirs in the open edition, else in another that has it, the guide last."""
        texts = self._host.library.texts
        return next((chapter for key in self._editions() if (chapter := texts.canonical(key, number))), None)

    def go_to(self, place: Place, *, row: int | None = None, lit: Stretch | None = None) -> None:
        """Go to a place from here: `Esc` leads back."""
        self._host.remember_place()
        self.open_place(place, row=row, lit=lit)

    # --- where the reader is -----------------------------------------------------------------------------------------

    def page_moved(self) -> None:
        """Notify the other controllers that the page shows other lines."""
        view = self._page.view()
        if self.opened is None or view is None:
            return
        if self.lit is not None and not view.overlaps(self.lit):
            self.show_lit(None)
        self.place_moved(view)

    def here(self) -> Place:
        """Return the first line shown, as a place."""
        hold, view = self._page.hold, self._page.view()
        if hold.row == 0 or view is None:
            return Place(self.edition, hold.passage, hold.offset)
        return Place(self.edition, view.passage, view.start)

    def reading_line(self) -> tuple[int, int]:
        """Return the last place the book has told up to here: the end of the screen."""
        view = self._page.view()
        return view.stop if view else (0, 0)

    def beside(self, items: Sequence[tuple[Stretch, T]], *, forward: bool) -> T | None:
        """Return the item after or before the highlighted stretch; `items` are in order of the text."""
        view = self._page.view()
        return None if view is None else neighbour(items, view, self.lit, forward=forward)

    def show_lit(self, stretch: Stretch | None) -> None:
        """Draw a stretch as the present one; None for nothing."""
        self.lit = stretch
        self._page.light("b-lit", layer_of("page--lit", [stretch]) if stretch else None)
