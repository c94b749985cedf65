"""What all of the reader's flows stand on: the open text, the way to a place and back, what is remembered of it."""

from __future__ import annotations

import time
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING, Final, TypeVar

from db.models import GUIDE_EDITION, Place
from serge_tui.modes.reader.chapter import OpenChapter, open_chapter
from serge_tui.modes.reader.citation import short_chapter
from serge_tui.modes.reader.open_page import OpenPage
from serge_tui.modes.reader.pace import minutes_left
from serge_tui.modes.reader.reading_record import Remembering
from serge_tui.modes.reader.stretch import Stretch, neighbour
from serge_tui.navigation import Destination, ReadAt, ShowQuotation, Spot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.timer import Timer

    from db.models import Chapter

T = TypeVar("T")
SAVE_AFTER: Final = 0.3
"""Seconds between two writes of the position while one moves on; the first movement is written at once."""
WORDS_KEPT: Final = 80
"""Characters kept with a position, to find it again in a new edition of the text."""


class OpenText(OpenPage):
    """The text that is open, where one is in it, and what of that is remembered."""

    def __init__(self) -> None:
        super().__init__()
        self._before, self._characters = 0, 0
        self._save_timer: Timer | None = None
        self._saved_at = 0.0
        self._looked_up: tuple[int, int, int] | None = None
        self._remembers = True
        self._pace: float | None = None
        self._wanted: Destination | None = None

    @cached_property
    def _remembering(self) -> Remembering:
        return Remembering(self.host.library)

    # --- opening -----------------------------------------------------------------------------------------------------

    def open_last(self) -> None:
        """Open what was asked for while there was no page, else what was read last, where it was left."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            self.visit(wanted)
        if self.opened is None:
            position = self.host.library.texts.last_position()
            self.open_place(position.place if position else Place(GUIDE_EDITION, 0, 0))

    def open_place(self, place: Place, *, row: int | None = None, lit: Stretch | None = None) -> bool:
        """Show a place; an edition that is gone gives way to the guide. False when there is nothing to show."""
        texts = self.host.library.texts
        edition = texts.edition(place.edition)
        if edition is None:
            if place.edition == GUIDE_EDITION:
                return False
            self.host.report_error("That edition is no longer here; this is the guide.")
            return self.open_place(Place(GUIDE_EDITION, 0, 0))
        chapter = texts.chapter_of(place.edition, place.passage)
        if chapter is None:
            self.host.report_error(f"There is nothing to read in {edition.title}.")
            return False
        now = self.opened
        if now is None or now.chapter != chapter or now.edition != edition:
            self._stop_clock()
            self.opened = open_chapter(self.host.library, edition, chapter)
            chapters = texts.chapters(edition.key)
            self._before = sum(c.characters for c in chapters if c.ordinal < chapter.ordinal)
            self._characters = sum(c.characters for c in chapters)
            following = texts.chapter(edition.key, chapter.ordinal + 1)
            after = f"]  {following.title}" if following else "The end."
            self.page.show(self.opened.passages, language=edition.language, after=after)
            self.chapter_opened(self.opened)
        self.show_lit(lit)
        assert self.opened is not None
        passage = min(place.passage, self.opened.last)
        if row is None and lit is not None:
            row = max(2, self.page.rows // 3)
        self.page.go(passage, min(place.offset, self.opened.length(passage)), row)
        self.remember_place()
        return True

    def read_again(self) -> None:
        """Read the open chapter again after something in it was changed; the place and what is lit stay."""
        spot, self.opened = self.spot(), None
        self.visit(spot.destination)

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Draw what stands in a chapter that was just opened."""
        self.show_title(opened)
        labels: dict[int, list[tuple[int, str]]] = {}
        for page in opened.pages:
            labels.setdefault(page.passage, []).append((page.offset, page.label))
        self.page.put_labels(labels)
        self.draw_layers()

    # --- the way to a place and back ---------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The character the page holds on to and the row it is on, with what is lit."""
        if self.opened is None:
            return super().spot()
        hold = self.page.hold
        place = Place(self.opened.edition.key, hold.passage, hold.offset)
        return Spot(self.MODE, ReadAt(place, self.lit, hold.row))

    def visit(self, destination: Destination) -> None:
        """Show a place, or a quotation where it stands; before there is a page, as soon as there is one."""
        if self._page is None or not self._page.is_attached:
            self._wanted = destination
            return
        match destination:
            case ReadAt(place, lit, row):
                with self._looking_up(lit is not None and row is None):
                    self.open_place(place, row=row, lit=Stretch(*lit) if lit else None)
            case ShowQuotation(key):
                with self._looking_up(True):
                    self.visit_quotation(key)
            case _:
                self.open_last()

    @contextmanager
    def _looking_up(self, looked_up: bool) -> Iterator[None]:
        """Words looked up are not where one reads: the position stays what it was until one moves from them."""
        self._remembers = not looked_up
        try:
            yield
        finally:
            self._remembers = True
        self._looked_up = self._held() if looked_up and self.opened is not None else None

    def _held(self) -> tuple[int, int, int]:
        hold = self.page.hold
        return hold.passage, hold.offset, hold.row

    def visit_quotation(self, key: str) -> None:
        """Show a quotation in the edition that is open, else in another that has it, else the chapter it is from."""
        library = self.host.library
        keys = [edition.key for edition in library.texts.editions()]
        if self.opened is not None:
            keys.sort(key=lambda edition: edition != self.edition)
        for edition in keys:
            found = library.quotations.place_in(key, edition)
            if found is not None:
                lit = Stretch(found.passage, found.start, found.end_passage, found.end)
                self.open_place(Place(edition, found.passage, found.start), lit=lit)
                return
        quotation = library.quotations.by_key(key)
        number = quotation.chapter if quotation else None
        chapter = self.canonical(number) if number is not None else None
        if chapter is None:
            self.open_last()
            self.host.inform("It is not known where that stands.")
            return
        self.open_place(Place(chapter.edition, chapter.first_passage, 0))
        self.host.inform(f"The words are not in a text you have; they are from chapter {number}.")

    def canonical(self, number: int) -> Chapter | None:
        """Chapter 1 to 10 of the Memoirs in the open edition, else in another that has it, the guide last."""
        texts = self.host.library.texts
        keys = [edition.key for edition in texts.editions()]
        keys.sort(key=lambda edition: edition != self.edition)
        return next((chapter for key in keys if (chapter := texts.canonical(key, number))), None)

    @property
    def edition(self) -> str:
        """Key of the open edition."""
        return self.opened.edition.key if self.opened else GUIDE_EDITION

    def here(self) -> Place:
        """The first line shown, as a place."""
        hold, view = self.page.hold, self.page.view()
        if hold.row == 0 or view is None:
            return Place(self.edition, hold.passage, hold.offset)
        return Place(self.edition, view.passage, view.start)

    def reading_line(self) -> tuple[int, int]:
        """The last place the book has told up to here: the end of the screen."""
        view = self.page.view()
        return view.stop if view else (0, 0)

    def beside(self, items: Sequence[tuple[Stretch, T]], *, forward: bool) -> T | None:
        """The next of some things in the text after what is lit, or the one before."""
        view = self.page.view()
        return None if view is None else neighbour(items, view, self.lit, forward=forward)

    def leave_here(self) -> None:
        """Remember this spot for the way back before going somewhere within the text."""
        self.host.remember_place()

    # --- remembering -------------------------------------------------------------------------------------------------

    def on_page_view_moved(self) -> None:
        """Tell where one is, and remember it soon."""
        if self.opened is None:
            return
        if self.lit is not None and (view := self.page.view()) is not None and not view.overlaps(self.lit):
            self.show_lit(None)
        self.show_where()
        view = self.page.view()
        if view is not None:
            self._remembering.look(time.monotonic(), self.opened, view)
        if time.monotonic() - self._saved_at > SAVE_AFTER:
            self.remember_place()
        elif self._save_timer is None:
            self._save_timer = self.set_timer(SAVE_AFTER, self.remember_place)

    def remember_place(self) -> None:
        """Write where one is, with the words there."""
        if self._save_timer is not None:
            self._save_timer.stop()
            self._save_timer = None
        if self.opened is None or not self._remembers or self._held() == self._looked_up:
            return
        self._looked_up = None
        place = self.here()
        passage = self.opened.passage(place.passage)
        words = passage.text[place.offset : place.offset + WORDS_KEPT] if passage else ""
        if (write := self._remembering.position(place, words, self.opened.chapter.ordinal)) is not None:
            self._saved_at = time.monotonic()
            self.host.watch_write(write)

    def keep_reading(self) -> None:
        """Write what was read up to now, and go on counting."""
        if self.opened is not None:
            for write in self._remembering.read(self.edition, self.opened.chapter.ordinal):
                self.host.watch_write(write)

    def on_screen_suspend(self) -> None:
        """Write position and reading time on going elsewhere."""
        self.remember_place()
        self._stop_clock()

    def on_screen_resume(self) -> None:
        """Start the clock again."""
        self._pace = self.host.library.texts.reading_pace()
        self.show_where()

    def on_unmount(self) -> None:
        """Write position and reading time at the end."""
        self.remember_place()
        self._stop_clock()

    def _stop_clock(self) -> None:
        if self.opened is not None:
            for write in self._remembering.leave(time.monotonic(), self.edition, self.opened.chapter.ordinal):
                self.host.watch_write(write)

    def show_where(self) -> None:
        """Chapter, printed page, how far in the book, and how long to the chapter's end."""
        if self.opened is None:
            return
        chapter = self.opened.chapter
        view = self.page.view()
        if view is None:
            return
        place = Place(self.edition, *view.begin)
        page = self.opened.page_at(view.begin) or self.host.library.texts.page_at(place)
        passed = self.opened.characters_before(view.stop)
        whole = self.opened.characters
        left = minutes_left(whole - passed, self._pace)
        at = passed if passed >= whole else self.opened.characters_before(view.begin)
        share = 100 * (self._before + at) // max(1, self._characters)
        # The keys at the right need the room that a long title takes.
        most = max(9, min(24, self.size.width // 5 - 4))
        parts = [short_chapter(chapter, most), f"p. {page}" if page else "", f"{share} %"]
        parts.append(f"{left} min left" if left else "")
        self.set_status(" · ".join(part for part in parts if part))
