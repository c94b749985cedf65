"""What the last answers say: how well the schedule foretells, young and mature cards, the grades, the time of day."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from serge_tui.core.study.fitting import sequences
from serge_tui.core.study.memory_model import decay_of, first, following, recall
from serge_tui.core.study.scheduling import RATINGS, standing
from serge_tui.core.study.statistics import LONG_HELD

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from db.models import Rating, Review

TENTHS: Final = 10
FEWEST_IN_TENTH: Final = 10
"""Answers in a tenth before its share means anything."""
FEWEST_IN_PART: Final = 30
"""Answers in a part of the day before its share means anything."""
_BY_CHANCE: Final = 2.0
"""Standard errors that two parts of the day must lie apart."""
PartOfDay: TypeAlias = Literal["morning", "afternoon", "evening", "night"]


@dataclass(frozen=True, slots=True)
class Share:
    """Cards asked again on a later day, and how many of them were known."""

    asked: int = 0
    known: int = 0

    @property
    def share(self) -> float | None:
        """Share known, 0 to 1; None if nothing was asked."""
        return self.known / self.asked if self.asked else None

    def plus(self, *, known: bool) -> Share:
        """Return the same with one more answer."""
        return Share(self.asked + 1, self.known + known)


@dataclass(frozen=True, slots=True)
class Tenth:
    """Answers to which the schedule gave a chance from `low` on, up to a tenth more: the mean that it foretold, and the
    share that was known.
    """

    low: float
    asked: int
    foretold: float
    known: float


@dataclass(frozen=True, slots=True)
class HourShare:
    """How much was known in a part of the day."""

    part: PartOfDay
    asked: int
    known: int


@dataclass(frozen=True, slots=True)
class AnswerFigures:
    """Figures from the last answers.

    `young` are cards with less than three weeks of stability when they were asked, `mature` the others. `buttons`
    counts the grades, 1 to 4. `hours` is empty unless parts of the day differ by more than chance may have it.
    """

    calibration: tuple[Tenth, ...] = ()
    young: Share = Share()
    mature: Share = Share()
    buttons: tuple[int, ...] = (0, 0, 0, 0)
    hours: tuple[HourShare, ...] = ()


def figures_of(
    reviews: Iterable[Review], counted: Collection[int], weights: Sequence[float], hour: Callable[[str], int]
) -> AnswerFigures:
    """Return the figures of some answers.

    Args:
        reviews: The whole log of their cards, card by card, each card's oldest first.
        counted: Numbers of the answers that count.
        weights: The parameters of the model of memory.
        hour: Returns the hour on the reader's clock, 0 to 23, at a time of the log.
    """
    decay = decay_of(weights)
    tenths: list[list[tuple[float, bool]]] = [[] for _ in range(TENTHS)]
    young, mature, grades = Share(), Share(), dict.fromkeys(RATINGS, 0)
    parts: dict[PartOfDay, Share] = {}
    for _, of_card in groupby(reviews, key=lambda review: review.card):
        log = [review for review in standing(of_card) if review.rating is not None]
        memory = None
        for review, step in zip(log, next(iter(sequences(log)), ()), strict=True):
            counts = review.id in counted
            if counts:
                grades[step.rating] += 1
            if memory is None:
                memory = first(weights, step.rating)
                continue
            if counts and step.elapsed:
                chance, known = recall(step.elapsed, memory.stability, decay), step.rating > 1
                tenths[min(TENTHS - 1, int(chance * TENTHS))].append((chance, known))
                if memory.stability < LONG_HELD:
                    young = young.plus(known=known)
                else:
                    mature = mature.plus(known=known)
                part = part_of_day(hour(review.reviewed_at))
                parts[part] = parts.get(part, Share()).plus(known=known)
            memory = following(weights, memory, step.rating, step.elapsed)
    return AnswerFigures(
        calibration=tuple(
            _tenth(number, found) for number, found in enumerate(tenths) if len(found) >= FEWEST_IN_TENTH
        ),
        young=young,
        mature=mature,
        buttons=tuple(grades[rating] for rating in RATINGS),
        hours=_telling(parts),
    )


def part_of_day(hour: int) -> PartOfDay:
    """Return the part of the day at an hour."""
    if 5 <= hour < 12:
        return "morning"
    return "afternoon" if 12 <= hour < 18 else "evening" if 18 <= hour < 23 else "night"


def grade_shares(buttons: Sequence[int]) -> dict[Rating, float]:
    """Return the share of each grade, 0 to 1."""
    total = sum(buttons)
    return {rating: buttons[rating - 1] / total if total else 0.0 for rating in RATINGS}


def _tenth(number: int, found: Sequence[tuple[float, bool]]) -> Tenth:
    count = len(found)
    return Tenth(
        number / TENTHS, count, sum(chance for chance, _ in found) / count, sum(known for _, known in found) / count
    )


def _telling(parts: dict[PartOfDay, Share]) -> tuple[HourShare, ...]:
    """Return the parts of the day with enough answers, if the best and the worst differ by more than chance may do."""
    enough = {part: share for part, share in parts.items() if share.asked >= FEWEST_IN_PART}
    if len(enough) < 2:
        return ()
    order = sorted(enough.values(), key=lambda share: share.known / share.asked)
    low, high = order[0], order[-1]
    error = sqrt(sum((share.known + 1) / (share.asked + 2) * (1 - (share.known + 1) / (share.asked + 2)) / share.asked
                     for share in (low, high)))  # fmt: skip
    if high.known / high.asked - low.known / low.asked < _BY_CHANCE * error:
        return ()
    parts_in_order: tuple[PartOfDay, ...] = ("morning", "afternoon", "evening", "night")
    return tuple(HourShare(part, enough[part].asked, enough[part].known) for part in parts_in_order if part in enough)
