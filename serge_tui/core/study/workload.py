"""Plan the workload: catching up, an exam date, and the cost of a target retention."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import ceil
from random import Random
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.models import CardState, Rating
from serge_tui.core.study.memory_model import DEFAULT_DECAY, DEFAULT_WEIGHTS, Weights
from serge_tui.core.study.scheduling import AGAIN, EASY, GOOD, HARD, Scheduling, answer, is_due, retrievability

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from db.models import Review

RETENTIONS: Final = (0.80, 0.85, 0.90, 0.92, 0.95)
SECONDS_RIGHT: Final = 8.0
SECONDS_WRONG: Final = 16.0
"""What an answer takes where the log says nothing yet."""
SETTLING: Final = 3
"""Days before an exam on which nothing new is begun."""
_GRADES: Final = ((HARD, 0.1), (GOOD, 0.8), (EASY, 0.1))
"""How often a right answer is called hard, good or easy in a simulation."""


# --- catching up -----------------------------------------------------------------------------------------------------


def spread(
    states: Iterable[CardState],
    day: date,
    per_day: int,
    easy_days: frozenset[int] = frozenset(),
    decay: float = DEFAULT_DECAY,
    siblings: Mapping[str, Collection[str]] | None = None,
) -> dict[str, date]:
    """Return a plan for the cards due by `day`: a day for each, at most `per_day` a day, the most forgotten first.

    Room is left for cards due later; easy weekdays (0 is Monday) get none. Cards that share one of their `siblings` are
    not asked on one day, and one that rests until a day holds its siblings back on it: such cards get days that are not
    next to each other. Raises SergeError if there is no room at all.
    """
    if per_day < 1 or len(easy_days) >= 7:
        raise SergeError("A backlog can be spread only where some days have room: raise the limit or free a day.")
    known, words = [state for state in states if not state.suspended], siblings or {}
    backlog = sorted((s for s in known if is_due(s, day)), key=lambda s: (retrievability(s, day, decay), s.card))
    later = [(state, date.fromisoformat(state.due_day)) for state in known if state.due_day]
    coming = Counter(due for _, due in later if due > day)
    taken: defaultdict[date, set[str]] = defaultdict(set)
    planned: defaultdict[date, set[str]] = defaultdict(set)
    for state, due in later:
        if due > day:
            taken[due].update(words.get(state.card, ()))
    filled: Counter[date] = Counter()
    plan: dict[str, date] = {}
    step = timedelta(days=1)

    def is_full(moment: date) -> bool:
        # A day that is full of its own still takes a few, or a large deck would never catch up.
        room = max(per_day - coming[moment], ceil(per_day / 4))
        return moment.weekday() in easy_days or filled[moment] >= room

    first = day
    for state in backlog:
        while is_full(first):
            first += step
        own, moment = set(words.get(state.card, ())), first
        while is_full(moment) or own & taken[moment] or any(own & planned[moment + step * n] for n in (-1, 0, 1)):
            moment += step
        plan[state.card] = moment
        filled[moment] += 1
        planned[moment] |= own
    return plan


def rests(plan: Mapping[str, date]) -> dict[str, str]:
    """Return the day until which each planned card is put off, so that it is asked on its day and not before."""
    return {card: (moment - timedelta(days=1)).isoformat() for card, moment in plan.items()}


# --- an exam ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ExamPlan:
    """A plan to know some cards by a day.

    `new_per_day` holds until `SETTLING` days before; `expected` is the share known on the day without more study;
    `weak` are cards then below the target, weakest first: those to ask in the last days.
    """

    exam: date
    days_left: int
    unseen: int
    new_per_day: int
    expected: float
    weak: tuple[str, ...]


def exam_plan(
    cards: Sequence[str],
    states: Mapping[str, CardState],
    day: date,
    exam: date,
    target: float = 0.9,
    decay: float = DEFAULT_DECAY,
) -> ExamPlan:
    """Plan for an exam. Raises SergeError if its day has passed or there are no cards."""
    if exam < day:
        raise SergeError(f"{exam} has passed: choose a day from {day} on.")
    if not cards:
        raise SergeError("There are no cards to be known by then: choose a wider deck.")
    left = (exam - day).days
    at = {card: retrievability(states[card], exam, decay) if card in states else 0.0 for card in cards}
    unseen = sum(1 for card in cards if card not in states or states[card].stability is None)
    return ExamPlan(
        exam=exam,
        days_left=left,
        unseen=unseen,
        new_per_day=ceil(unseen / max(1, left - SETTLING)),
        expected=sum(at.values()) / len(cards),
        weak=tuple(sorted((card for card in cards if at[card] < target), key=lambda card: (at[card], card))),
    )


# --- what a target costs ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cost:
    """The cost of a target retention: minutes and answers a day over the simulated time, and the number of cards known
    at its end.
    """

    retention: float
    minutes_a_day: float
    answers_a_day: float
    known: float


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds per answer."""

    right: float = SECONDS_RIGHT
    wrong: float = SECONDS_WRONG


def pace_of(log: Iterable[Review], enough: int = 50) -> Pace:
    """Return the reader's pace: means of the log, at most a minute for an answer; defaults while the log is short."""
    right: list[float] = []
    wrong: list[float] = []
    for review in log:
        if review.rating is not None and review.duration_ms > 0:
            (wrong if review.rating == AGAIN else right).append(min(review.duration_ms, 60_000) / 1000)
    return Pace(
        sum(right) / len(right) if len(right) >= enough else SECONDS_RIGHT,
        sum(wrong) / len(wrong) if len(wrong) >= enough // 5 else SECONDS_WRONG,
    )


def costs(
    cards: int,
    *,
    retentions: Sequence[float] = RETENTIONS,
    new_per_day: int = 5,
    days: int = 365,
    pace: Pace | None = None,
    weights: Weights = DEFAULT_WEIGHTS,
    seed: int = 0,
) -> list[Cost]:
    """Simulate a year of learning `cards` cards at each target, for a learner who forgets as FSRS predicts."""
    usual = Scheduling(weights=weights)
    return [
        _cost(cards, replace(usual, retention=retention), new_per_day, days, pace or Pace(), seed)
        for retention in retentions
    ]


def _cost(cards: int, settings: Scheduling, new_per_day: int, days: int, pace: Pace, seed: int) -> Cost:
    random = Random(seed)  # noqa: S311  a simulation, not a secret
    states = [CardState(f"simulated/{number}") for number in range(cards)]
    due: dict[str, list[int]] = {}
    begun, answers, seconds = 0, 0, 0.0
    start = date(2000, 1, 3)
    for offset in range(days):
        day = start + timedelta(days=offset)
        today = due.pop(day.isoformat(), [])
        fresh = range(begun, min(cards, begun + new_per_day))
        begun = fresh.stop
        for number in [*today, *fresh]:
            state = states[number]
            # A new card is shown, not known: its first answer is a failure as often as not.
            chance = retrievability(state, day, settings.decay) if state.answers else 0.5
            while True:
                rating = _grade(random, chance)
                state = answer(state, rating, day, settings)
                answers += 1
                seconds += pace.wrong if rating == AGAIN else pace.right
                if rating != AGAIN:
                    break
                chance = 0.9  # asked again within the session
            states[number] = state
            assert state.due_day is not None
            due.setdefault(state.due_day, []).append(number)
    end = start + timedelta(days=days)
    known = sum(retrievability(state, end, settings.decay) for state in states)
    return Cost(settings.retention, seconds / 60 / days, answers / days, known)


def _grade(random: Random, chance: float) -> Rating:
    if random.random() >= chance:
        return AGAIN
    point = random.random()
    for rating, share in _GRADES:
        if point < share:
            return rating
        point -= share
    return GOOD
