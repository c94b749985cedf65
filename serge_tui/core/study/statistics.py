"""Statistics of learning: what was studied, what is remembered, what will be due."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import DayStudied
    from serge_tui.core.study.answer_figures import AnswerFigures
    from serge_tui.core.study.confusions import Confusion

LONG_HELD: Final = 21.0
"""Days of stability from which a card counts as known for long."""
STABILITIES: Final = (1.0, 7.0, LONG_HELD, 90.0, 365.0)
"""Days of stability at which a new group of cards begins; what is below the first is a group too."""
_MONTHS: Final = 12


FEWEST_ASKED: Final = 5
"""Cards of a chapter or a person that must be asked before their share is shown: one answer is not 100 %."""


@dataclass(frozen=True, slots=True)
class Coming:
    """How many cards come due on a day; what is overdue counts on the first."""

    day: str
    cards: int


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of the cards asked again were known, against the target."""

    asked: int
    known: int
    target: float

    @property
    def share(self) -> float | None:
        """Share known, 0 to 1; None if nothing was asked."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class MonthRecalled:
    """True retention in one month (`2026-05`)."""

    month: str
    asked: int
    known: int

    @property
    def share(self) -> float:
        """Share known, 0 to 1; a month in which nothing was asked is not made."""
        return self.known / self.asked


@dataclass(frozen=True, slots=True)
class Held:
    """Retention of a chapter or a person: of `cards`, `seen` were asked. `share` (0 to 1) is the part of
    these that the reader still knows, by the forgetting curve.
    """

    key: str
    cards: int
    seen: int
    share: float

    @property
    def says_enough(self) -> bool:
        """Return whether enough cards were asked for the share to mean anything."""
        return self.seen >= FEWEST_ASKED


@dataclass(frozen=True, slots=True)
class Hard:
    """A card that costs much: how often asked, how often failed, and its difficulty (1 to 10)."""

    card: str
    asked: int
    failed: int
    difficulty: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """All statistics of learning, for Progress and `serge stats`. The names of the fields are those of the JSON."""

    answers: int
    days: int
    streak: int
    minutes: float
    seconds_an_answer: float
    retention: Retention
    months: tuple[MonthRecalled, ...]
    forecast: tuple[Coming, ...]
    calendar: tuple[DayStudied, ...]
    chapters: tuple[Held, ...]
    people: tuple[Held, ...]
    hardest: tuple[Hard, ...]
    confusions: tuple[Confusion, ...]
    counts: dict[str, int]
    stabilities: tuple[int, ...] = ()
    """Cards by stability: below 1 day, then from 1, 7, 21, 90, 365 days on."""
    last: AnswerFigures | None = None
    """What the last answers say; None before the first."""

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        return asdict(self) | {
            "retention": asdict(self.retention) | {"share": self.retention.share},
            "months": [asdict(month) | {"share": month.share} for month in self.months],
        }


def streak(studied: Sequence[DayStudied], day: date) -> int:
    """Return the days studied in a row; a today without an answer does not break the row."""
    days = {entry.day for entry in studied}
    moment = day if day.isoformat() in days else day - timedelta(days=1)
    count = 0
    while moment.isoformat() in days:
        count += 1
        moment -= timedelta(days=1)
    return count


def retention(studied: Sequence[DayStudied], day: date, days: int, target: float) -> Retention:
    """Return the true retention of the last days: cards met before, by the first answer of each day."""
    since = (day - timedelta(days=days)).isoformat()
    lately = [entry for entry in studied if entry.day > since]
    return Retention(sum(entry.asked for entry in lately), sum(entry.recalled for entry in lately), target)


def by_month(studied: Sequence[DayStudied]) -> tuple[MonthRecalled, ...]:
    """Return the true retention of the last twelve months in which something was asked again, the oldest first."""
    asked: dict[str, list[int]] = {}
    for entry in studied:
        if entry.asked:
            sums = asked.setdefault(entry.day[:7], [0, 0])
            sums[0] += entry.asked
            sums[1] += entry.recalled
    return tuple(MonthRecalled(month, *asked[month]) for month in sorted(asked)[-_MONTHS:])
