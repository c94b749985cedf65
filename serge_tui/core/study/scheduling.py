"""Schedule cards: FSRS-6 through the library `fsrs`, in whole study days.

A study day begins at a rollover hour of the reader's clock and is passed to the library as 00:00 UTC of its date, so
that elapsed time is always whole days. Learning steps are empty: the session asks a failed card again, which counts as
one more answer of that day. The library's fuzz is off; ours depends only on the card and its number of answers, so that
the interval on the button is the interval given, and a replay gives the same day.

Source of the formulas: py-fsrs 6.3.2 (MIT) and its documentation of FSRS-6; `fuzz_range` follows its fuzz ranges.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.models import CardState, Rating
from serge_tui.core.study.memory_model import (
    DEFAULT_DECAY,
    DEFAULT_WEIGHTS,
    Weights,
    decay_of,
    model_name,
    recall,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import tzinfo

    from fsrs import Card as FsrsCard
    from fsrs import Scheduler

    from db.models import Review

AGAIN: Final[Rating] = 1
HARD: Final[Rating] = 2
GOOD: Final[Rating] = 3
EASY: Final[Rating] = 4
RATINGS: Final[tuple[Rating, ...]] = (AGAIN, HARD, GOOD, EASY)
WEEK: Final = 7.0
"""Days of stability from which a card counts as held."""

_FUZZ_RANGES: Final = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))


@dataclass(frozen=True, slots=True)
class Scheduling:
    """The settings of the scheduler. `retention` is the share to be remembered; `easy_days` are weekdays to avoid
    (0 is Monday): an interval avoids them if its fuzz leaves room. `weights` are the parameters of the model of memory.
    """

    retention: float = 0.9
    maximum_interval: int = 3650
    fuzz: bool = True
    easy_days: frozenset[int] = frozenset()
    weights: Weights = DEFAULT_WEIGHTS

    @property
    def decay(self) -> float:
        """How fast the forgetting curve falls."""
        return decay_of(self.weights)

    @property
    def model(self) -> str:
        """The name and version of the model of memory, as the states it makes have it."""
        return _name_of(self.weights)

    def __post_init__(self) -> None:
        if not 0.7 <= self.retention <= 0.97:
            raise SergeError(
                f"A target retention of {self.retention:.0%} cannot be kept: choose between 70 % and 97 %."
            )
        if not 1 <= self.maximum_interval <= 36500:
            raise SergeError("The longest interval is between 1 and 36500 days.")


DEFAULT: Final = Scheduling()


def study_day(now: datetime, rollover_hour: int = 4, tz: tzinfo | None = None) -> date:
    """Return the study day at a moment: it begins at `rollover_hour` on the clock of `tz` (the machine's if None).

    Raises SergeError for a naive `now` or an hour outside 0 to 23.
    """
    if now.tzinfo is None:
        raise SergeError("A study day needs a moment with a time zone.")
    if not 0 <= rollover_hour <= 23:
        raise SergeError(f"The day can begin at an hour from 0 to 23, not at {rollover_hour}.")
    clock = now.astimezone(tz).replace(tzinfo=None)
    return (clock - timedelta(hours=rollover_hour)).date()


def fuzz_range(interval: int, maximum: int = DEFAULT.maximum_interval) -> tuple[int, int]:
    """Return the shortest and longest interval that `interval` days may become, both inclusive."""
    if interval < 2.5:
        return interval, interval
    delta = 1.0 + sum(factor * max(min(float(interval), end) - start, 0.0) for start, end, factor in _FUZZ_RANGES)
    shortest, longest = max(2, round(interval - delta)), min(round(interval + delta), maximum)
    return min(shortest, longest), longest


def preview(state: CardState, day: date, settings: Scheduling = DEFAULT) -> dict[Rating, int]:
    """Return the interval in days for each grade: exactly what `answer` gives."""
    return {rating: _interval(answer(state, rating, day, settings)) for rating in RATINGS}


def answer(state: CardState, rating: Rating, day: date, settings: Scheduling = DEFAULT) -> CardState:
    """Return the state after an answer.

    A lapse is a first *Again* of a day on a card that was known; failing again on that day is not another one. A day
    before the card's last answer (another time zone, a clock set right) counts as the day of that answer.
    """
    last = date.fromisoformat(state.last_day) if state.last_day else None
    if last is not None:
        day = max(day, last)
    from fsrs import Rating as FsrsRating

    scheduler = _scheduler(settings.retention, settings.maximum_interval, settings.weights)
    card, _ = scheduler.review_card(_card(state), FsrsRating(rating), _midnight(day))
    plain = (card.due.date() - day).days
    interval = _fuzzed(state, plain, day, settings)
    return replace(
        state,
        stability=card.stability,
        difficulty=card.difficulty,
        due_day=(day + timedelta(days=interval)).isoformat(),
        last_day=day.isoformat(),
        answers=state.answers + 1,
        lapses=state.lapses + int(rating == AGAIN and last is not None and last < day),
        buried_until="",
        model=settings.model,
    )


def standing(reviews: Iterable[Review]) -> list[Review]:
    """Return the answers that count, in the order given: none that an undo voids, none from before its card was
    forgotten.
    """
    log = list(reviews)
    voided = {review.voids for review in log if review.kind == "undo"}
    forgotten: dict[str, str] = {}
    for review in log:
        if review.kind == "forget" and review.id not in voided:
            forgotten[review.card] = max(review.reviewed_at, forgotten.get(review.card, ""))
    return [
        review
        for review in log
        if review.kind == "answer"
        and review.id not in voided
        and not (review.card in forgotten and review.reviewed_at <= forgotten[review.card])
    ]


def replay(reviews: Sequence[Review], settings: Scheduling = DEFAULT, *, keep: CardState | None = None) -> CardState:
    """Return the state of a card computed from its log; undone answers do not count.

    What answers do not decide (suspended, flag) comes from `keep`. Raises SergeError if the reviews are of several
    cards, or if there are neither reviews nor `keep`.
    """
    cards = {review.card for review in reviews} | ({keep.card} if keep else set())
    if len(cards) != 1:
        raise SergeError("A replay takes the reviews of one card.")
    state = CardState(cards.pop())
    if keep is not None:
        state = replace(state, suspended=keep.suspended, flag=keep.flag)
    for _, after in replay_steps(reviews, settings, begin=state):
        state = after
    return state


def replay_steps(
    reviews: Iterable[Review], settings: Scheduling = DEFAULT, *, begin: CardState | None = None
) -> Iterator[tuple[int, CardState]]:
    """Yield the number of each answer of one card that counts, with the state after it, the oldest first."""
    state = begin
    for review in standing(reviews):
        if review.rating is not None:
            state = answer(
                state or CardState(review.card), review.rating, date.fromisoformat(review.study_day), settings
            )
            yield review.id, state


def differences(stored: CardState, replayed: CardState) -> list[str]:
    """Return the fields in which a stored state differs from the log. The due day is left out: it also depends on the
    settings of its time.
    """
    found = [name for name in ("last_day", "answers", "lapses") if getattr(stored, name) != getattr(replayed, name)]
    for name in ("stability", "difficulty"):
        one: float | None = getattr(stored, name)
        other: float | None = getattr(replayed, name)
        if (one is None) != (other is None) or (
            one is not None and other is not None and abs(one - other) > 1e-6 * one
        ):
            found.append(name)
    return found


def retrievability(state: CardState, day: date, decay: float = DEFAULT_DECAY) -> float:
    """Return the probability, 0 to 1, that a card is known on a day; 0 for one never answered.

    `decay` is that of the reader's model of memory: `Scheduling.decay`.
    """
    if state.stability is None or state.last_day is None:
        return 0.0
    return recall(max(0, day.toordinal() - _ordinal(state.last_day)), state.stability, decay)


def is_due(state: CardState, day: date) -> bool:
    """Return whether a card that was answered before is due on a day."""
    return (
        state.due_day is not None
        and state.due_day <= day.isoformat()
        and not state.suspended
        and state.buried_until < day.isoformat()
    )


def bring_forward(state: CardState, day: date) -> CardState:
    """Return the state of a card brought forward, as after a miss in the quiz: due now, its memory unchanged."""
    if state.due_day is None or state.due_day <= day.isoformat():
        return state
    return replace(state, due_day=day.isoformat())


def holds_a_week(state: CardState | None) -> bool:
    """Return whether a card is known well enough to ask cards that build on it."""
    return state is not None and state.stability is not None and state.stability >= WEEK


_name_of = lru_cache(maxsize=16)(model_name)


@lru_cache(maxsize=4096)
def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _interval(state: CardState) -> int:
    assert state.due_day is not None
    assert state.last_day is not None
    return (date.fromisoformat(state.due_day) - date.fromisoformat(state.last_day)).days


def _fuzzed(state: CardState, interval: int, day: date, settings: Scheduling) -> int:
    if not settings.fuzz:
        return interval
    shortest, longest = fuzz_range(interval, settings.maximum_interval)
    days = list(range(shortest, longest + 1))
    spared = [n for n in days if (day + timedelta(days=n)).weekday() not in settings.easy_days] or days
    digest = hashlib.blake2b(f"{state.card}\0{state.answers}".encode(), digest_size=8).digest()
    return spared[int.from_bytes(digest, "big") * len(spared) >> 64]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _card(state: CardState) -> FsrsCard:
    from fsrs import Card, State

    if state.stability is None or state.last_day is None:
        return Card(card_id=0, due=datetime.min.replace(tzinfo=UTC))
    last = _midnight(date.fromisoformat(state.last_day))
    return Card(
        card_id=0,
        state=State.Review,
        stability=state.stability,
        difficulty=state.difficulty,
        due=last,
        last_review=last,
    )


@lru_cache(maxsize=16)
def _scheduler(retention: float, maximum_interval: int, weights: Weights) -> Scheduler:
    from fsrs import Scheduler

    return Scheduler(
        parameters=weights,
        desired_retention=retention,
        learning_steps=(),
        relearning_steps=(),
        maximum_interval=maximum_interval,
        enable_fuzzing=False,
    )
