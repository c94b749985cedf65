"""Events in rows by year, narrowed to what is wanted."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

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
    """What is to be shown. `person` is a figure's key; `text` is looked for in the event, its place and its people."""

    side: Side = "both"
    chapter: int | None = None
    person: str = ""
    text: str = ""

    @property
    def is_everything(self) -> bool:
        """Whether nothing is left out."""
        return self == Narrowing()

    def keeps(self, event: Event, *, sealed: bool = False) -> bool:
        """Whether an event is shown. One that is sealed answers to its date: names and words would tell whose."""
        if self.side != "both" and event.kind != self.side:
            return False
        if self.chapter is not None and event.chapter != self.chapter:
            return False
        if self.person and (sealed or self.person not in {key for key, _ in event.people}):
            return False
        if not self.text:
            return True
        told = () if sealed else (event.text, event.place, *(name for _, name in event.people))
        whole = fold(" ".join([event.date.long, *told]))
        return all(word in whole for word in fold(self.text).split())


@dataclass(frozen=True, slots=True)
class YearRow:
    """The beginning of a year: how many events it has, and how old Serge is in the middle of it, if he lives."""

    year: int
    events: int
    age: int | None


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event; `year` is the one it stands under. While it is `sealed` nothing but its date is shown."""

    year: int
    event: Event
    sealed: bool = False


Row: TypeAlias = YearRow | EventRow


def rows_of(
    events: Iterable[Event],
    narrowing: Narrowing,
    born: HistoricalDate | None,
    died: HistoricalDate | None,
    sealed: Collection[str] = (),
) -> list[Row]:
    """Rows in order: every year from 1881 to 1951 with its events; narrowed, only years that have any. `sealed` are
    keys of events that tell how somebody ended.
    """
    by_year: defaultdict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.date.year is not None and narrowing.keeps(event, sealed=event.key in sealed):
            by_year[event.date.year].append(event)
    years: Sequence[int] = sorted(by_year)
    if narrowing.is_everything:
        years = sorted({*years, *range(FIRST_YEAR, LAST_YEAR + 1)})
    rows: list[Row] = []
    for year in years:
        rows.append(YearRow(year, len(by_year[year]), _age(year, born, died)))
        rows += [EventRow(year, event, event.key in sealed) for event in by_year[year]]
    return rows


def _age(year: int, born: HistoricalDate | None, died: HistoricalDate | None) -> int | None:
    if born is None or born.earliest is None or year < born.earliest.year:
        return None
    if died is not None and died.latest is not None and year > died.latest.year:
        return None
    return max(0, year - born.earliest.year - ((born.earliest.month, born.earliest.day) > (7, 1)))


def row_of(rows: Sequence[Row], *, event: str | None = None, year: int | None = None) -> int | None:
    """Number of the row of an event, else of a year, else of the first year after it; None when there is none."""
    if event is not None:
        for number, row in enumerate(rows):
            if isinstance(row, EventRow) and row.event.key == event:
                return number
    if year is not None:
        return next((number for number, row in enumerate(rows) if row.year >= year), None)
    return None


def day_in_year(date: HistoricalDate) -> str:
    """A date without its year, short: `7 Nov`, `Nov`, `c. Nov`; empty where only a year is known."""
    text = date.text.partition(" or ")[0]
    word, _, rest = text.rpartition(" ")
    found = _DATE.fullmatch(rest)
    if found is None:
        return ""
    month = _MONTHS[int(found["month"]) - 1]
    prefix = {"about": "c. ", "before": "< ", "after": "> "}.get(word, "")
    shown = f"{prefix}{int(found['day'])} {month}" if found["day"] else f"{prefix}{month}"
    return f"{shown}?" if " or " in date.text else shown
