"""Years: Serge's life and the history around it, and who of the people met was still alive."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Horizontal
from textual.widgets import Input

from db.models import GUIDE_EDITION, Place
from serge_tui.commands.years import YEARS
from serge_tui.core.study.card import NARRATOR
from serge_tui.modes.box_first import BoxFirst
from serge_tui.modes.years.chronology import SIDES, EventRow, Narrowing, row_of, rows_of
from serge_tui.modes.years.page_content import year_page
from serge_tui.modes.years.people import Lifespan, lifespans, living_in
from serge_tui.modes.years.widgets.year_list import YearList
from serge_tui.navigation import Destination, Mode, ReadAt, ShowEvent, ShowFigure, Spot
from serge_tui.widgets.linked_page import LinkedPage
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.dates import HistoricalDate
    from db.models import Event
    from serge_tui.commands import Command

_SIDE_WORDS = {"both": "", "life": "Serge’s life only", "history": "the world only"}


class YearsScreen(BoxFirst):
    """A chronology; beside it the event under the cursor, its people, and who was alive."""

    MODE: ClassVar[Mode] = "years"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = YEARS
    CSS_PATH = "years.tcss"
    AUTO_FOCUS = "#years-list"

    def __init__(self) -> None:
        super().__init__()
        self._events: list[Event] = []
        self._people: list[Lifespan] = []
        self._met: set[str] | None = None
        self._span: tuple[HistoricalDate | None, HistoricalDate | None] = (None, None)
        self._chapters: dict[int, tuple[str, Place | None]] = {}
        self._narrowing = Narrowing()
        self._person_name = ""
        self._everybody = False
        self._unsealed = False
        self._telling: frozenset[str] = frozenset()

    def compose_body(self) -> ComposeResult:
        """A box to narrow with, the chronology, the page."""
        yield Input(placeholder="a person, a place, a word", id="years-filter", compact=True)
        with Horizontal(id="years-body"):
            yield YearList(id="years-list")
            yield LinkedPage(measure=60, id="years-page")

    @property
    def list(self) -> YearList:
        """The chronology."""
        return self.query_one(YearList)

    @property
    def page(self) -> LinkedPage:
        """The page beside it."""
        return self.query_one(LinkedPage)

    @property
    def sealed(self) -> bool:
        """Whether it is kept back who was still alive, and what tells of an end."""
        return self.host.fates_hidden and not self._unsealed

    def _keeps(self, event: Event) -> bool:
        return self._narrowing.keeps(event, sealed=self.sealed and event.key in self._telling)

    # --- reading -----------------------------------------------------------------------------------------------------

    def on_mount(self) -> None:
        """Read the events; a few hundred rows by key, well under a frame."""
        self._read()
        if self.list.cursor < 0 or not self.list.rows:
            self._show(year=self._years_of_reading())

    def on_screen_resume(self) -> None:
        """Somebody may have been met meanwhile."""
        if self._events:
            self._met = self.host.library.reading.people_met()
            self._narrow(self._narrowing, scroll=self.list.scroll_offset.y)  # fates may be unsealed, too

    def refresh_data(self) -> None:
        """Read everything again, and stay where one is."""
        here = self.spot().destination
        self._read()
        self.visit(here)

    def _read(self) -> None:
        library = self.host.library
        self._events = library.chronicle.events()
        self._telling = library.chronicle.telling()
        self._people = lifespans(library)
        self._met = library.reading.people_met()
        serge = library.figures.by_key(NARRATOR)
        self._span = (serge.born, serge.died) if serge else (None, None)
        for chapter in library.chronicle.chapters():
            told = library.texts.canonical(GUIDE_EDITION, chapter.number)
            place = Place(GUIDE_EDITION, told.first_passage, 0) if told else None
            self._chapters[chapter.number] = (chapter.title, place)

    def _years_of_reading(self) -> int | None:
        """The first year of the chapter being read, to begin with."""
        position = self.host.library.texts.last_position()
        if position is None:
            return None
        read = self.host.library.texts.chapter_of(position.place.edition, position.place.passage)
        for chapter in self.host.library.chronicle.chapters():
            if read is not None and chapter.number == read.canonical and chapter.year_from.isdigit():
                return int(chapter.year_from)
        return None

    # --- showing -----------------------------------------------------------------------------------------------------

    def _show(self, *, event: str | None = None, year: int | None = None, scroll: int | None = None) -> None:
        rows = rows_of(self._events, self._narrowing, *self._span, self._telling if self.sealed else ())
        at = row_of(rows, event=event, year=year)
        self.list.show(rows, at or 0, scroll=scroll)
        self._show_narrowing()
        self._show_page()

    def _show_page(self) -> None:
        row = self.list.chosen
        if row is None:
            self.page.show([])
            return
        living = living_in(row.year, self._people, None if self._everybody else self._met or set())
        told = row.event.key if isinstance(row, EventRow) and not row.sealed else ""
        citations = self.host.library.chronicle.citations(f"event:{told}") if told else ()
        self.page.show(
            year_page(
                row, living, sealed=self.sealed, everybody=self._everybody, chapters=self._chapters, citations=citations
            )
        )
        shown = sum(1 for known in self.list.rows if isinstance(known, EventRow))
        self.set_status(f"{row.year} · {shown} events" if shown != 1 else f"{row.year} · 1 event")

    def _show_narrowing(self) -> None:
        narrowing = self._narrowing
        parts = [
            _SIDE_WORDS[narrowing.side],
            f"chapter {narrowing.chapter}" if narrowing.chapter is not None else "",
            self._person_name if narrowing.person else "",
            f"“{narrowing.text}”" if narrowing.text else "",
        ]
        self.set_context(" · ".join(part for part in parts if part))

    @on(RowList.Highlighted)
    def _row_changed(self) -> None:
        self._show_page()

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        self.page.focus()

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, ShowFigure | ReadAt):
            self.host.go_to(message.target)

    # --- the way to and from a spot ----------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The event or year under the cursor."""
        row = self.list.chosen
        event = row.event.key if isinstance(row, EventRow) else None
        return Spot(self.MODE, ShowEvent(event, row.year if row is not None else None))

    def visit(self, destination: Destination) -> None:
        """Go to an event or a year."""
        if isinstance(destination, ShowEvent) and destination not in (ShowEvent(), self.spot().destination):
            if not any(event.key == destination.key and self._keeps(event) for event in self._events):
                self._narrowing = Narrowing()
            self._show(event=destination.key, year=destination.year)

    def leave_box(self, box: Input) -> None:
        """Close the box, and leave what was narrowed."""
        box.remove_class("-open")
        self.list.focus()

    # --- moving and narrowing ----------------------------------------------------------------------------------------

    def action_into_page(self) -> None:
        """Go into the page."""
        self.page.focus()

    def action_into_list(self) -> None:
        """Go back to the years."""
        self.list.focus()

    def action_top(self) -> None:
        """Go to the first year."""
        self.list.action_first()

    def action_year(self, step: int) -> None:
        """Go to the beginning of another year."""
        rows, at = self.list.rows, self.list.cursor
        beginnings = [number for number, row in enumerate(rows) if not isinstance(row, EventRow)]
        further = [n for n in beginnings if n > at] if step > 0 else [n for n in reversed(beginnings) if n < at]
        if further:
            self.list.cursor = further[0]

    def action_side(self) -> None:
        """Show life, the world, or both."""
        following = SIDES[(SIDES.index(self._narrowing.side) + 1) % len(SIDES)]
        self._narrow(replace(self._narrowing, side=following))

    def action_chapter(self, step: int) -> None:
        """Show the events of one chapter, then of the next."""
        order = [None, *sorted(self._chapters)]
        at = order.index(self._narrowing.chapter)
        self._narrow(replace(self._narrowing, chapter=order[(at + step) % len(order)]))

    def action_everything(self) -> None:
        """Take every narrowing away."""
        self._narrow(Narrowing())

    def action_everybody(self) -> None:
        """Show the lives of everybody, or of those met so far."""
        self._everybody = not self._everybody
        self._show_page()

    def action_unseal(self) -> None:
        """Tell or keep back who was still alive."""
        self._unsealed = not self._unsealed
        self._narrow(self._narrowing)

    def action_filter(self) -> None:
        """Open the box to narrow with."""
        box = self.query_one(Input)
        box.add_class("-open")
        box.value = self._person_name or self._narrowing.text
        box.focus()

    def _narrow(self, narrowing: Narrowing, scroll: int | None = None) -> None:
        self._narrowing = narrowing
        row = self.list.chosen
        event = row.event.key if isinstance(row, EventRow) and self._keeps(row.event) else None
        self._show(event=event, year=row.year if row is not None else None, scroll=scroll)

    @on(Input.Changed, "#years-filter")
    def _typed(self, message: Input.Changed) -> None:
        if message.input.has_focus:
            self._narrow(replace(self._narrowing, person="", text=message.value.strip()))

    @on(Input.Submitted, "#years-filter")
    def _submitted(self, message: Input.Submitted) -> None:
        message.input.remove_class("-open")
        self.list.focus()
        if message.value.strip():
            self._identify(message.value.strip())

    @work(thread=True, exclusive=True, group="years-finder")
    def _identify(self, name: str) -> None:
        """See whether what was typed is a person, in a thread: the finder may have to be built."""
        found = self.host.finder.identify(name)
        if found.accepted and found.best is not None:
            self.app.call_from_thread(self._person_found, found.best.figure, found.best.name, name)

    def _person_found(self, figure: str, name: str, typed: str) -> None:
        if self._narrowing.text == typed:
            self._person_name = name
            self._narrow(replace(self._narrowing, person=figure, text=""))
