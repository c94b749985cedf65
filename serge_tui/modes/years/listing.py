"""The chronology on the screen: filtered events, and a page about the row under the cursor."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION, Place
from serge_tui.core.study.card import NARRATOR
from serge_tui.core.wording import counted
from serge_tui.host import tell_errors
from serge_tui.modes.years.chronology import (
    FIRST_YEAR,
    LAST_YEAR,
    SIDES,
    EventRow,
    GapRow,
    Narrowing,
    last_year_of,
    row_of,
    rows_of,
)
from serge_tui.modes.years.page_content import year_page
from serge_tui.modes.years.people import Lifespan, Tally, lifespans, living_in, standing_in, tally
from serge_tui.navigation import ShowEvent
from serge_tui.services.event_terms import EventTerms, event_terms
from serge_tui.services.hidden_ends import ALL_SHOWN
from serge_tui.services.reading_progress import people_met
from serge_tui.services.term_finder import find_terms

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.dates import HistoricalDate
    from db.library import Library
    from db.models import Event, Term
    from serge_tui.host import Host
    from serge_tui.modes.years.widgets.lives_strip import LivesStrip
    from serge_tui.modes.years.widgets.year_list import YearList
    from serge_tui.services.hidden_ends import HiddenEnds
    from serge_tui.widgets.linked_page import LinkedPage

_SIDE_WORDS: Final = {"both": "", "life": "Serge’s life only", "history": "the world only"}


class YearsListing:
    """Controller: reads events and lives, filters them, and shows the page of a row.

    Args:
        host: The app.
        years: The list of years and events.
        strip: The lives drawn over the years.
        page: The page beside it.
        set_status: Show words in the bottom line.
        set_context: Show words in the bar.
    """

    def __init__(
        self,
        host: Host,
        years: YearList,
        strip: LivesStrip,
        page: LinkedPage,
        *,
        set_status: Callable[[str], None],
        set_context: Callable[[str], None],
    ) -> None:
        self._host = host
        self._years = years
        self._strip = strip
        self._page = page
        self._set_status = set_status
        self._set_context = set_context
        self.narrowing = Narrowing()
        self.person_name = ""
        """Name of the person or the term in the filter."""
        self._term: Term | None = None
        """The term in the filter, whole."""
        self._terms: EventTerms | None = None
        self._events: list[Event] = []
        self._people: list[Lifespan] = []
        self._met: set[str] = set()
        self._span: tuple[HistoricalDate | None, HistoricalDate | None] = (None, None)
        self._chapters: dict[int, tuple[str, Place | None]] = {}
        self._unfolded: set[int] = set()
        self._tallies: list[Tally] = []
        self._everybody: bool | None = None
        self._ends_shown = False
        self._ends = ALL_SHOWN

    @property
    def ends_hidden(self) -> bool:
        """Whether any end is hidden on this screen."""
        return bool(self.ends.died)

    @property
    def ends(self) -> HiddenEnds:
        """Figures, events and quotations whose ends are hidden on this screen."""
        return ALL_SHOWN if self._ends_shown else self._ends

    def _includes(self, event: Event) -> bool:
        return self.narrowing.keeps(event, hidden=event.key in self.ends.events)

    # --- reading -----------------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read events, people and chapters: a few hundred rows, well under a frame."""
        library = self._host.library
        self._events = library.chronicle.events()
        self._ends = self._host.ends
        self._people = lifespans(library)
        self._met = people_met(library)
        serge = library.figures.by_key(NARRATOR)
        self._span = (serge.born, serge.died) if serge else (None, None)
        for chapter in library.chronicle.chapters():
            guide = library.texts.canonical(GUIDE_EDITION, chapter.number)
            place = Place(GUIDE_EDITION, guide.first_passage, 0) if guide else None
            self._chapters[chapter.number] = (chapter.title, place)
        self._years.run_worker(tell_errors(self._host, self._read_terms()), group="years-terms", exclusive=True)

    async def _read_terms(self) -> None:
        """Find the terms that events name, in a thread; the page of an event then leads to them."""
        self._terms = await asyncio.to_thread(event_terms, self._host.library)
        row = self._years.chosen
        if self._years.is_attached and isinstance(row, EventRow) and self._terms.of(row.event.key):
            self.show_page()

    def read_met(self) -> None:
        """Read again who was met and which ends are still hidden; show the list at the same place."""
        if self._events:
            self._met = people_met(self._host.library)
            self._ends = self._host.ends
            self.narrow(self.narrowing, scroll=self._years.scroll_offset.y)

    def begin(self) -> None:
        """Show the list for the first time: at the first year of the chapter being read, or else of Serge's life."""
        if self._years.cursor < 0 or not self._years.rows:
            born = self._span[0]
            year = self._years_of_reading() or (born.year if born is not None else None)
            self.show(year=year, at_top=True)

    def _years_of_reading(self) -> int | None:
        position = self._host.library.texts.last_position()
        if position is None:
            return None
        read = self._host.library.texts.chapter_of(position.place.edition, position.place.passage)
        for chapter in self._host.library.chronicle.chapters():
            if read is not None and chapter.number == read.canonical and chapter.year_from.isdigit():
                return int(chapter.year_from)
        return None

    # --- showing -----------------------------------------------------------------------------------------------------

    def show(
        self,
        *,
        event: str | None = None,
        year: int | None = None,
        scroll: int | None = None,
        at_top: bool = False,
    ) -> None:
        """Fill the list, with the cursor on an event, or else on a year; in the first line if `at_top`."""
        rows = rows_of(self._events, self.narrowing, *self._span, self.ends.events, self._unfolded)
        at = row_of(rows, event=event, year=year)
        if at is not None and isinstance(rows[at], GapRow) and year != rows[at].year:
            # Somebody asks for one of the folded years.
            self._unfolded.add(rows[at].year)
            self.show(year=year, scroll=scroll, at_top=at_top)
            return
        self._years.show(rows, at or 0, scroll=scroll, top=at if at_top else None)
        self._show_narrowing()
        self._count_lives()
        self.show_page()

    @property
    def everybody(self) -> bool:
        """Whether everybody's lives are shown, not only of those met: before anybody is met, unless asked otherwise."""
        return not self._met if self._everybody is None else self._everybody

    def _count_lives(self) -> None:
        """Count who lived in each year, of those whose end may be told."""
        told = [life for life in self._people if not self.ends.of(life.key)]
        met = None if self.everybody else self._met
        self._tallies = tally(told, met, range(FIRST_YEAR, LAST_YEAR + 1))

    def open_row(self) -> bool:
        """Unfold the years of a gap under the cursor; return False on any other row."""
        row = self._years.chosen
        if not isinstance(row, GapRow):
            return False
        self._unfolded.add(row.year)
        self.show(year=row.year, scroll=self._years.scroll_offset.y)
        return True

    def show_page(self) -> None:
        """Show the page of the row under the cursor."""
        row = self._years.chosen
        if row is None:
            self._page.show([])
            return
        self._strip.show(self._tallies, last_year_of(row))
        year = last_year_of(row)
        people, party = self._people, self._party
        if party is not None:
            standing = standing_in(year, party.members, self.ends)
            people = [life for life in people if life.key in standing]
        living = living_in(year, people, None if self.everybody else self._met)
        shown_event = row.event.key if isinstance(row, EventRow) and not row.hidden else ""
        citations = self._host.library.chronicle.citations(f"event:{shown_event}") if shown_event else ()
        self._page.show(
            year_page(
                row,
                living,
                ends=self.ends,
                everybody=self.everybody,
                chapters=self._chapters,
                citations=citations,
                terms=self._terms.of(shown_event) if self._terms is not None else (),
                party=party.name if party is not None else "",
            )
        )
        events = sum(1 for known in self._years.rows if isinstance(known, EventRow))
        self._set_status(f"{row.year} · {counted(events, 'event')}")

    def _show_narrowing(self) -> None:
        narrowing = self.narrowing
        parts = [
            _SIDE_WORDS[narrowing.side],
            f"chapter {narrowing.chapter}" if narrowing.chapter is not None else "",
            self.person_name if narrowing.person or narrowing.term else "",
            f"“{narrowing.text}”" if narrowing.text else "",
        ]
        self._set_context(" · ".join(part for part in parts if part))

    def place(self) -> ShowEvent:
        """Return the event or year under the cursor."""
        row = self._years.chosen
        return ShowEvent(row.event.key if isinstance(row, EventRow) else None, row.year if row is not None else None)

    def visit(self, place: ShowEvent) -> None:
        """Go to an event or a year; the filter is cleared if it would leave the event out."""
        if place in (ShowEvent(), self.place()):
            return
        if not any(event.key == place.key and self._includes(event) for event in self._events):
            self.narrowing = Narrowing()
        self.show(event=place.key, year=place.year)

    # --- narrowing ---------------------------------------------------------------------------------------------------

    def narrow(self, narrowing: Narrowing, scroll: int | None = None) -> None:
        """Use another filter; the cursor stays on its event or year if it is still there."""
        self.narrowing = narrowing
        row = self._years.chosen
        event = row.event.key if isinstance(row, EventRow) and self._includes(row.event) else None
        self.show(event=event, year=row.year if row is not None else None, scroll=scroll)

    def narrow_to_words(self, words: str) -> None:
        """Show only events that have these words in their text, place or people."""
        self.narrow(replace(self.narrowing, person="", term="", events=frozenset(), text=words))

    @property
    def _party(self) -> Term | None:
        """The organisation in the filter, if anybody is known to have belonged to it."""
        term = self._term
        return term if term is not None and self.narrowing.term == term.key and term.members else None

    def identify(self, name: str) -> None:
        """Show only events of a person or a term, if the words typed are a known name."""
        self._years.run_worker(tell_errors(self._host, self._identify(name)), group="years-finder")

    async def _identify(self, name: str) -> None:
        # In a thread: the finder may have to be built.
        found = await asyncio.to_thread(lambda: self._host.finder.identify(name))
        if found.accepted and found.best is not None:
            if self._is_asked_for(name):
                self.person_name = found.best.name
                self.narrow(replace(self.narrowing, person=found.best.figure, text=""))
            return
        term, events = await asyncio.to_thread(_term_named, self._host.library, name)
        if term is not None and self._is_asked_for(name):
            self._term, self.person_name = term, term.name
            self.narrow(replace(self.narrowing, term=term.key, events=events, text=""))

    def _is_asked_for(self, name: str) -> bool:
        """Return whether the filter still holds the words that were looked up."""
        return self.narrowing.text == name and self._years.is_attached

    def action_side(self) -> None:
        """Show life, the world, or both."""
        following = SIDES[(SIDES.index(self.narrowing.side) + 1) % len(SIDES)]
        self.narrow(replace(self.narrowing, side=following))

    def action_chapter(self, step: int) -> None:
        """Show the events of the next or previous chapter only."""
        order = [None, *sorted(self._chapters)]
        at = order.index(self.narrowing.chapter)
        self.narrow(replace(self.narrowing, chapter=order[(at + step) % len(order)]))

    def action_everything(self) -> None:
        """Clear the filter."""
        self.narrow(Narrowing())

    def action_everybody(self) -> None:
        """Switch between the lives of everybody and of those met so far."""
        self._everybody = not self.everybody
        self._count_lives()
        self.show_page()

    def action_toggle_ends(self) -> None:
        """Show or hide who was still alive, and events that tell an end."""
        if not self._ends_shown and not self.ends_hidden:
            self._host.inform("No end is hidden here. > hides how lives end until it has been told.")
            return
        self._ends_shown = not self._ends_shown
        self.narrow(self.narrowing)

    # --- moving ------------------------------------------------------------------------------------------------------

    def action_top(self) -> None:
        """Go to the first year."""
        self._years.action_first()

    def action_year(self, step: int) -> None:
        """Go to the beginning of the next or previous year."""
        rows, at = self._years.rows, self._years.cursor
        beginnings = [number for number, row in enumerate(rows) if not isinstance(row, EventRow)]
        further = [n for n in beginnings if n > at] if step > 0 else [n for n in reversed(beginnings) if n < at]
        if further:
            self._years.cursor = further[0]


def _term_named(library: Library, name: str) -> tuple[Term | None, frozenset[str]]:
    """Return the term that words name, and the keys of its events: those that name it or have one of its people.

    Serge does not count among these: he is in most events, whatever he belonged to.
    """
    found = find_terms(library, name, limit=1)
    term = library.terms.by_key(found[0].figure) if found else None
    if term is None:
        return None, frozenset()
    known = event_terms(library)
    events = {event.key for event in known.naming(term.key)}
    for event in known.events:
        year = event.date.year
        people = {figure for figure, _ in event.people} - {NARRATOR}
        if year is not None and people & standing_in(year, term.members, ALL_SHOWN):
            events.add(event.key)
    return term, frozenset(events)
