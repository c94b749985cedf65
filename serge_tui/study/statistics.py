"""What has been studied, what is still known, what is coming: figures from the log and the states it amounts to."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.study.scheduling import AGAIN, retrievability, standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from db.models import CardState, Review
    from serge_tui.study.card import Card
    from serge_tui.study.confusions import Confusion

LONG_HELD: Final = 21.0
"""Days of stability from which a card counts as held in the figures."""
_LONGEST_ANSWER_MS: Final = 60_000
"""An answer is counted with a minute at most: the reader may have gone to the kettle."""


@dataclass(frozen=True, slots=True)
class DayStudied:
    """One day: answers, how many of them were right, minutes."""

    day: str
    answers: int
    right: int
    minutes: float


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
        """Share known, 0 to 1; None while nothing was asked."""
        return self.known / self.asked if self.asked else None


@dataclass(frozen=True, slots=True)
class Held:
    """What is still held of a chapter or a person: of `cards`, `seen` were asked, of which `share` (0 to 1) is known
    by now as the forgetting curve has it.
    """

    key: str
    cards: int
    seen: int
    share: float


@dataclass(frozen=True, slots=True)
class Hard:
    """A card that costs much: how often asked, how often failed, and its difficulty (1 to 10)."""

    card: str
    asked: int
    failed: int
    difficulty: float


@dataclass(frozen=True, slots=True)
class Statistics:
    """Everything the Progress screen and `serge stats` show of learning."""

    answers: int
    days: int
    streak: int
    minutes: float
    seconds_an_answer: float
    retention: Retention
    forecast: tuple[Coming, ...]
    calendar: tuple[DayStudied, ...]
    chapters: tuple[Held, ...]
    people: tuple[Held, ...]
    hardest: tuple[Hard, ...]
    confusions: tuple[Confusion, ...]
    counts: dict[str, int]

    def to_dict(self) -> dict[str, object]:
        """Plain values, ready for JSON."""
        return asdict(self) | {"retention": asdict(self.retention) | {"share": self.retention.share}}


def statistics(
    cards: Sequence[Card],
    states: Mapping[str, CardState],
    log: Sequence[Review],
    day: date,
    *,
    target: float = 0.9,
    confusions: Sequence[Confusion] = (),
    days_studied: Sequence[DayStudied] | None = None,
) -> Statistics:
    """All of it at once. `log` may be the last months only when `days_studied` has the sums of every day."""
    reviews = standing(log)
    studied = list(days_studied) if days_studied is not None else calendar(reviews)
    known = memory(cards, states, day)
    answers, minutes = sum(d.answers for d in studied), sum(d.minutes for d in studied)
    return Statistics(
        answers=answers,
        days=len(studied),
        streak=streak(studied, day),
        minutes=minutes,
        seconds_an_answer=60 * minutes / answers if answers else 0.0,
        retention=true_retention(reviews, states, day, target=target),
        forecast=tuple(forecast(states.values(), day)),
        calendar=tuple(d for d in studied if d.day > (day - timedelta(days=371)).isoformat()),
        chapters=tuple(held_by_chapter(cards, states, day, known=known)),
        people=tuple(held_by_person(cards, states, day, known=known)),
        hardest=tuple(hardest(reviews, states)),
        confusions=tuple(confusions),
        counts=counts(cards, states, day),
    )


def calendar(log: Iterable[Review]) -> list[DayStudied]:
    """Each day studied, oldest first."""
    answers: Counter[str] = Counter()
    right: Counter[str] = Counter()
    spent: Counter[str] = Counter()
    for review in log:
        answers[review.study_day] += 1
        right[review.study_day] += review.rating != AGAIN
        spent[review.study_day] += min(review.duration_ms, _LONGEST_ANSWER_MS)
    return [DayStudied(day, answers[day], right[day], spent[day] / 60_000) for day in sorted(answers)]


def streak(studied: Sequence[DayStudied], day: date) -> int:
    """Days in a row up to today; a today not yet studied does not break it."""
    days = {entry.day for entry in studied}
    moment = day if day.isoformat() in days else day - timedelta(days=1)
    count = 0
    while moment.isoformat() in days:
        count += 1
        moment -= timedelta(days=1)
    return count


def forecast(states: Iterable[CardState], day: date, days: int = 30) -> list[Coming]:
    """Cards due on each of the coming days, today with everything overdue."""
    today, last = day.isoformat(), (day + timedelta(days=days - 1)).isoformat()
    due = Counter(
        max(state.due_day, today)
        for state in states
        if state.due_day is not None and state.due_day <= last and not state.suspended
    )
    every = ((day + timedelta(days=n)).isoformat() for n in range(days))
    return [Coming(moment, due[moment]) for moment in every]


def true_retention(
    log: Sequence[Review],
    states: Mapping[str, CardState],
    day: date,
    days: int = 30,
    *,
    target: float = 0.9,
) -> Retention:
    """Of the known cards asked in the last days, how many were still known: the first answer of each day counts.

    A card's very first answer tells nothing of memory and is left out; so is what was asked again on the same day.
    """
    since = (day - timedelta(days=days)).isoformat()
    total: Counter[str] = Counter(review.card for review in log)
    seen_on: dict[str, str] = {}
    asked = known = 0
    for review in log:
        before = seen_on.get(review.card)
        seen_on[review.card] = review.study_day
        if review.study_day <= since or before == review.study_day:
            continue
        state = states.get(review.card)
        older = state is not None and state.answers > total[review.card]
        if before is not None or older:
            asked += 1
            known += review.rating != AGAIN
    return Retention(asked, known, target)


def memory(cards: Iterable[Card], states: Mapping[str, CardState], day: date) -> dict[str, float]:
    """Probability, 0 to 1, that each card asked so far is known on a day."""
    found: dict[str, float] = {}
    for card in cards:
        state = states.get(card.key)
        if state is not None and state.stability is not None:
            found[card.key] = retrievability(state, day)
    return found


def held_by_chapter(
    cards: Iterable[Card], states: Mapping[str, CardState], day: date, *, known: Mapping[str, float] | None = None
) -> list[Held]:
    """What is still held of each chapter, by number; `known` is what `memory` gives, if at hand."""
    cards = list(cards)
    known = memory(cards, states, day) if known is None else known
    sums: defaultdict[int, _Sum] = defaultdict(_Sum)
    for card in cards:
        if card.chapter is not None:
            sums[card.chapter].add(known.get(card.key))
    return [sums[chapter].held(str(chapter)) for chapter in sorted(sums)]


def held_by_person(
    cards: Iterable[Card], states: Mapping[str, CardState], day: date, *, known: Mapping[str, float] | None = None
) -> list[Held]:
    """What is still held of each person asked about, best held first; `known` is what `memory` gives, if at hand."""
    cards = list(cards)
    known = memory(cards, states, day) if known is None else known
    sums: defaultdict[str, _Sum] = defaultdict(_Sum)
    for card in cards:
        share = known.get(card.key)
        for figure in card.figures:
            sums[figure].add(share)
    held = [total.held(figure) for figure, total in sums.items() if total.seen]
    return sorted(held, key=lambda entry: (-entry.share, entry.key))


@dataclass(slots=True)
class _Sum:
    cards: int = 0
    seen: int = 0
    known: float = 0.0

    def add(self, share: float | None) -> None:
        self.cards += 1
        if share is not None:
            self.seen += 1
            self.known += share

    def held(self, key: str) -> Held:
        return Held(key, self.cards, self.seen, self.known / self.seen if self.seen else 0.0)


def hardest(log: Iterable[Review], states: Mapping[str, CardState], most: int = 10) -> list[Hard]:
    """Cards failed most often, then the most difficult ones."""
    asked: Counter[str] = Counter()
    failed: Counter[str] = Counter()
    for review in log:
        asked[review.card] += 1
        failed[review.card] += review.rating == AGAIN
    found = [
        Hard(card, asked[card], failed[card], states[card].difficulty or 0.0)
        for card in asked
        if card in states and failed[card]
    ]
    return sorted(found, key=lambda hard: (-hard.failed, -hard.difficulty, hard.card))[:most]


def counts(cards: Iterable[Card], states: Mapping[str, CardState], day: date) -> dict[str, int]:
    """How many cards are new, being learned, held for three weeks or more, due, suspended."""
    found = dict.fromkeys(("new", "learning", "held", "due", "suspended"), 0)
    today = day.isoformat()
    for card in cards:
        state = states.get(card.key)
        if state is None or (state.stability is None and not state.suspended):
            found["new"] += 1
        elif state.suspended:
            found["suspended"] += 1
        else:
            found["held" if (state.stability or 0.0) >= LONG_HELD else "learning"] += 1
            found["due"] += state.due_day is not None and state.due_day <= today
    return found
