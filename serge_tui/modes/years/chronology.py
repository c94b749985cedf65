"""Events as rows under their years, filtered."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from db.dates import HistoricalDate
    from db.models import Event

FIRST_YEAR: Final = 1881
LAST_YEAR: Final = 1951
Side: TypeAlias = Literal["both", "life", "history"]
SIDES: Final[tuple[Side, ...]] = ("both", "life", "history")
MARKS: Final = {"life": "●", "history": "○"}
WORDS: Final = {"life": "life", "history": "world"}
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_DATE: Final = re.compile(r"\d{4}-(?P<month>\d{2})(?:-(?P<day>\d{2}))?")


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A filter for events.

    Attributes:
        side: Serge's life, the history of the world, or both.
        chapter: Only events of this canonical chapter; None for all.
        person: Only events with this figure, by key; empty for all.
        term: Only events of this organisation, word or place, by key; empty for all.
        events: The keys of the events of `term`.
        text: Only events with all these words in their date, text, place or people.
    """

    side: Side = "both"
    chapter: int | None = None
    person: str = ""
    term: str = ""
    events: frozenset[str] = frozenset()
    text: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether every event passes."""
        return self == Narrowing()

    def keeps(self, event: Event, *, hidden: bool = False) -> bool:
        """Return whether an event passes the filter.

        Of a hidden event only the date is searched: a match in its text or people would tell whose end it is.
        """
        if self.side != "both" and event.kind != self.side:
            return False
        if self.chapter is not None and event.chapter != self.chapter:
            return False
        if self.person and (hidden or self.person not in {key for key, _ in event.people}):
            return False
        if self.term and (hidden or event.key not in self.events):
            return False
        if not self.text:
            return True
        told = () if hidden else (event.text, event.place, *(name for _, name in event.people))
        whole = fold(" ".join([event.date.long, *told]))
        return all(word in whole for word in fold(self.text).split())


@dataclass(frozen=True, slots=True)
class YearRow:
    """The heading of a year: the number of its events, and Serge's age in the middle of it (None unless alive)."""

    year: int
    events: int
    age: int | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """An event under the heading of `year`. If `hidden`, only its date is shown."""

    year: int
    event: Event
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class GapRow:
    """Several years in a row without an event, folded into one row: from `year` to `last`."""

    year: int
    last: int


Row: TypeAlias = YearRow | EventRow | GapRow


def rows_of(
    events: Iterable[Event],
    narrowing: Narrowing,
    born: HistoricalDate | None,
    died: HistoricalDate | None,
    hidden: Collection[str] = (),
    unfolded: Collection[int] = (),
) -> list[Row]:
    """Return years and their events in order.

    Args:
        events: All events, in order.
        narrowing: The filter.
        born: When Serge was born, for his age.
        died: When Serge died.
        hidden: Keys of events that tell how a life ended, and are hidden.
        unfolded: Years that are shown though nothing happens in them: a gap with one of them is not folded.

    Returns:
        The years from 1881 to 1951, two or more without an event folded into one row; with a filter, only years that
        have events.
    """
    by_year: defaultdict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.date.year is not None and narrowing.keeps(event, hidden=event.key in hidden):
            by_year[event.date.year].append(event)
    years: Sequence[int] = sorted(by_year)
    if narrowing.is_everything:
        years = sorted({*years, *range(FIRST_YEAR, LAST_YEAR + 1)})
    rows: list[Row] = []
    for year, last in _folded(years, by_year, unfolded):
        if last > year:
            rows.append(GapRow(year, last))
            continue
        rows.append(YearRow(year, len(by_year[year]), _age(year, born, died)))
        rows += [EventRow(year, event, event.key in hidden) for event in by_year[year]]
    return rows


def _folded(
    years: Sequence[int], by_year: Mapping[int, Sequence[Event]], unfolded: Collection[int]
) -> Iterator[tuple[int, int]]:
    """Yield each year as (year, year), and a run of years without events as (first, last)."""
    for empty, group in groupby(years, key=lambda year: not by_year.get(year)):
        run = list(group)
        if empty and len(run) > 1 and not set(run) & set(unfolded):
            yield run[0], run[-1]
        else:
            yield from ((year, year) for year in run)


def _age(year: int, born: HistoricalDate | None, died: HistoricalDate | None) -> int | None:
    if born is None or born.earliest is None or year < born.earliest.year:
        return None
    if died is not None and died.latest is not None and year > died.latest.year:
        return None
    return max(0, year - born.earliest.year - ((born.earliest.month, born.earliest.day) > (7, 1)))


def row_of(rows: Sequence[Row], *, event: str | None = None, year: int | None = None) -> int | None:
    """Return the index of an event's row; or else of a year, of the gap it is in, or of the next year; or else None."""
    if event is not None:
        for number, row in enumerate(rows):
            if isinstance(row, EventRow) and row.event.key == event:
                return number
    if year is not None:
        return next((number for number, row in enumerate(rows) if last_year_of(row) >= year), None)
    return None


def last_year_of(row: Row) -> int:
    """Return the year of a row; of a gap, the last."""
    return row.last if isinstance(row, GapRow) else row.year


def day_in_year(date: HistoricalDate) -> str:
    """Return a short date without its year: `7 Nov`, `Nov`, `c. Nov`; empty if only the year is known."""
    text = date.text.partition(" or ")[0]
    word, _, rest = text.rpartition(" ")
    found = _DATE.fullmatch(rest)
    if found is None:
        return ""
    month = _MONTHS[int(found["month"]) - 1]
    prefix = {"about": "c. ", "before": "< ", "after": "> "}.get(word, "")
    shown = f"{prefix}{int(found['day'])} {month}" if found["day"] else f"{prefix}{month}"
    return f"{shown}?" if " or " in date.text else shown
