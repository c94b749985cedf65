"""Fit the parameters of the memory model to a reader's own answers.

The answers of each card are a sequence of grades and days; the model gives a chance to each answer on a later day, and
the parameters are those that make what happened most likely, held near the defaults by how much they differ between
learners (a maximum a posteriori estimate). The gradient is computed backwards through each card's sequence, by hand,
and followed by Adam (Kingma and Ba 2015) in small batches: about a second, and no library.

What is fitted on the earlier answers is tried on the last ones, which were held back, and taken only if it is better
there than the parameters in use.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from math import exp, log, sqrt
from random import Random
from statistics import fmean, stdev
from typing import TYPE_CHECKING, Final, TypeAlias

from db.models.memory import HIGHEST, LOWEST
from serge_tui.core.study.memory_model import (
    DEFAULT_WEIGHTS,
    EASIEST,
    HARDEST,
    SHORTEST_STABILITY,
    Weights,
    decay_of,
    factor_of,
    first,
    following,
    initial_difficulty,
    recall,
)
from serge_tui.core.study.scheduling import standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.models import Rating, Review

FEWEST_ANSWERS: Final = 400
"""Answers on later days from which a fit is tried."""
MOST_ANSWERS: Final = 20_000
HELD_BACK: Final = 0.2
"""The last part of the answers, by time, on which a fit is tried."""
_STEPS: Final = 120
_BATCH: Final = 800
"""Answers in a step."""
_PACE: Final = 0.03
_SPREAD: Final[Weights] = (
    1.0, 1.0, 1.0, 1.0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14,
    0.27,
)  # fmt: skip
"""How far each parameter lies from the default with other learners, as fsrs-rs (BSD) has measured it; of the first four
the logarithm.
"""
_FIRST_FOUR: Final = range(4)
_SURE: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Step:
    """An answer: its grade, whole days since the one before (0 for the first), and its study day as a number."""

    rating: Rating
    elapsed: int
    day: int


@dataclass(frozen=True, slots=True)
class Fit:
    """What came of a fit. `before` and `after` are the mean log loss on the answers held back (lower is better), with
    the parameters in use and with the new ones; `error` is the standard error of their difference.
    """

    weights: Weights
    answers: int
    held_back: int
    before: float
    after: float
    error: float

    @property
    def is_better(self) -> bool:
        """Whether the new parameters foretell the answers held back better than those in use, by more than chance may
        have it.
        """
        return self.after < self.before - self.error


def sequences(reviews: Iterable[Review]) -> list[tuple[Step, ...]]:
    """Return the answers of each card that count, in order; `reviews` come card by card, each card's oldest first."""
    found = []
    for _, of_card in groupby(reviews, key=lambda review: review.card):
        steps: list[Step] = []
        for review in standing(of_card):
            if review.rating is not None:
                day = _ordinal(review.study_day)
                last = steps[-1].day if steps else day
                steps.append(Step(review.rating, max(0, day - last), max(day, last)))
        if steps:
            found.append(tuple(steps))
    return found


def predictions(cards: Iterable[Sequence[Step]], weights: Sequence[float]) -> Iterator[tuple[int, float, bool]]:
    """Yield, of every answer on a later day, its day, the chance that was given to it, and whether it was known."""
    decay = decay_of(weights)
    for steps in cards:
        memory = first(weights, steps[0].rating)
        for step in steps[1:]:
            if step.elapsed:
                yield step.day, recall(step.elapsed, memory.stability, decay), step.rating > 1
            memory = following(weights, memory, step.rating, step.elapsed)


def log_losses(cards: Iterable[Sequence[Step]], weights: Sequence[float], since: int = 0) -> list[float]:
    """Return the log loss of each answer on a later day, from a day on."""
    return [
        -log(max(_SURE, chance if known else 1 - chance))
        for day, chance, known in predictions(cards, weights)
        if day >= since
    ]


def later_answers(cards: Iterable[Sequence[Step]]) -> int:
    """Count the answers on later days: those that say something about forgetting."""
    return sum(1 for steps in cards for step in steps[1:] if step.elapsed)


def fit(cards: Sequence[Sequence[Step]], present: Sequence[float] = DEFAULT_WEIGHTS, *, seed: int = 0) -> Fit | None:
    """Fit the parameters to all answers but the last fifth, and try them on that.

    Takes about a second: call it beside the app.

    Returns:
        The fit; None if there are fewer than `FEWEST_ANSWERS` answers on later days.
    """
    days = sorted(step.day for steps in cards for step in steps[1:] if step.elapsed)
    if len(days) < FEWEST_ANSWERS:
        return None
    since = days[int(len(days) * (1 - HELD_BACK))]
    earlier = [kept for steps in cards if (kept := tuple(step for step in steps if step.day < since))]
    weights = minimised(earlier, seed=seed)
    before, after = log_losses(cards, present, since), log_losses(cards, weights, since)
    error = stdev(old - new for old, new in zip(before, after, strict=True)) / sqrt(len(before))
    return Fit(weights, len(days), len(before), fmean(before), fmean(after), error)


def minimised(cards: Sequence[Sequence[Step]], *, seed: int = 0) -> Weights:
    """Return the parameters under which these answers, and the parameters themselves, are most likely."""
    random = Random(seed)  # noqa: S311  the order of batches, not a secret
    learning = [steps for steps in cards if later_answers([steps])]
    total = later_answers(learning)
    if not total:
        return DEFAULT_WEIGHTS
    point, mean, square = [0.0] * 21, [0.0] * 21, [0.0] * 21
    batches: list[list[Sequence[Step]]] = []
    for number in range(1, _STEPS + 1):
        if not batches:
            batches = _batches(learning, random)
        weights = _weights_at(point)
        slope, count = gradient(batches.pop(), weights)
        pace = _PACE * (1 - (number - 1) / _STEPS)
        for index in range(21):
            scale = _SPREAD[index] * (weights[index] if index in _FIRST_FOUR else 1.0)
            value = slope[index] / count * scale + point[index] / total
            mean[index] = 0.9 * mean[index] + 0.1 * value
            square[index] = 0.99 * square[index] + 0.01 * value * value
            step = mean[index] / (1 - 0.9**number) / (sqrt(square[index] / (1 - 0.99**number)) + 1e-8)
            point[index] -= pace * step
    return tuple(round(weight, 4) for weight in _weights_at(point))


def _weights_at(point: Sequence[float]) -> list[float]:
    """Return the parameters at a point: how many spreads each lies from its default, within its bounds."""
    weights = []
    for index, usual in enumerate(DEFAULT_WEIGHTS):
        away = point[index] * _SPREAD[index]
        weight = usual * exp(away) if index in _FIRST_FOUR else usual + away
        weights.append(min(HIGHEST[index], max(LOWEST[index], weight)))
    return weights


def _batches(cards: Sequence[Sequence[Step]], random: Random) -> list[list[Sequence[Step]]]:
    """Return the cards in a new order, in batches of about so many answers on later days."""
    order = list(cards)
    random.shuffle(order)
    found: list[list[Sequence[Step]]] = [[]]
    count = 0
    for steps in order:
        if count >= _BATCH:
            found.append([])
            count = 0
        found[-1].append(steps)
        count += later_answers([steps])
    if len(found) > 1 and count < _BATCH // 2:  # a small rest would weigh too much
        rest = found.pop()
        found[-1] += rest
    return found


def gradient(cards: Iterable[Sequence[Step]], weights: Sequence[float]) -> tuple[list[float], int]:
    """Return the gradient of the summed log loss by each parameter, and the number of answers that make it."""
    slope, count = [0.0] * 21, 0
    for steps in cards:
        count += _add_gradient(steps, weights, slope)
    return slope, max(1, count)


def _add_gradient(steps: Sequence[Step], w: Sequence[float], slope: list[float]) -> int:
    """Add what one card gives to the gradient, going forward through its answers and back again."""
    decay = decay_of(w)
    factor = factor_of(decay)
    by_decay = (factor + 1) * log(0.9) / decay**2  # of the factor
    memory = first(w, steps[0].rating)
    tape = []
    count = 0
    for step in steps[1:]:
        s, d = memory.stability, memory.difficulty
        base = 1 + factor * step.elapsed / s
        chance = base**-decay
        chance_by_s = decay * factor * step.elapsed / (s * s) * base ** (-decay - 1)
        chance_by_decay = chance * (-log(base) - decay * by_decay * step.elapsed / s / base)
        loss_by_chance = 0.0
        if step.elapsed:
            count += 1
            known = step.rating > 1
            loss_by_chance = -1 / max(_SURE, chance) if known else 1 / max(_SURE, 1 - chance)
        memory = following(w, memory, step.rating, step.elapsed)
        tape.append(
            (_stability_slopes(w, s, d, step, chance, chance_by_s, chance_by_decay, memory.stability),
             _difficulty_slopes(w, d, step.rating),
             loss_by_chance * chance_by_s, loss_by_chance * chance_by_decay)
        )  # fmt: skip
    by_s = by_d = 0.0
    for (s_by_s, s_by_d, s_by_w), (d_by_d, d_by_w), loss_by_s, loss_by_decay in reversed(tape):
        for index, value in s_by_w:
            slope[index] += by_s * value
        for index, value in d_by_w:
            slope[index] += by_d * value
        slope[20] += loss_by_decay
        by_s, by_d = by_s * s_by_s + loss_by_s, by_s * s_by_d + by_d * d_by_d
    rating = steps[0].rating
    if w[rating - 1] > SHORTEST_STABILITY:
        slope[rating - 1] += by_s
    if EASIEST < initial_difficulty(w, rating) < HARDEST:
        slope[4] += by_d
        slope[5] -= by_d * (rating - 1) * exp(w[5] * (rating - 1))
    return count


Slopes: TypeAlias = "tuple[tuple[int, float], ...]"


def _stability_slopes(
    w: Sequence[float], s: float, d: float, step: Step, chance: float, chance_by_s: float, chance_by_decay: float,
    after: float,
) -> tuple[float, float, Slopes]:  # fmt: skip
    """Return the slopes of the next stability: by the last stability, the difficulty, and the parameters."""
    rating = step.rating
    if after <= SHORTEST_STABILITY:
        return 0.0, 0.0, ()
    if step.elapsed < 1:
        power = rating - 3 + w[18]
        grown = exp(w[17] * power) * s ** -w[19]
        if rating > 1 and grown <= 1:
            return 1.0, 0.0, ()
        whole = s * grown
        return grown * (1 - w[19]), 0.0, ((17, whole * power), (18, whole * w[17]), (19, -whole * log(s)))
    forgotten = 1 - chance
    if rating == 1:
        short = s / exp(w[17] * w[18])
        growth, raised = (s + 1) ** w[13], exp(forgotten * w[14])
        part = w[11] * d ** -w[12] * raised
        long_term = part * (growth - 1)
        if short < long_term:
            return short / s, 0.0, ((17, -short * w[18]), (18, -short * w[17]))
        by_chance = -w[14] * long_term
        return (
            part * w[13] * growth / (s + 1) + by_chance * chance_by_s,
            -w[12] * long_term / d,
            ((11, long_term / w[11]), (12, -long_term * log(d)), (13, part * growth * log(s + 1)),
             (14, long_term * forgotten), (20, by_chance * chance_by_decay)),
        )  # fmt: skip
    bonus = w[15] if rating == 2 else w[16] if rating == 4 else 1.0
    raised = exp(forgotten * w[10])
    part = exp(w[8]) * (11 - d) * s ** -w[9] * bonus
    grown = part * (raised - 1)
    by_chance = -s * part * w[10] * raised
    more: Slopes = ()
    if rating == 2:
        more = ((15, s * exp(w[8]) * (11 - d) * s ** -w[9] * (raised - 1)),)
    elif rating == 4:
        more = ((16, s * exp(w[8]) * (11 - d) * s ** -w[9] * (raised - 1)),)
    return (
        1 + grown * (1 - w[9]) + by_chance * chance_by_s,
        -s * grown / (11 - d),
        ((8, s * grown), (9, -s * grown * log(s)), (10, s * part * forgotten * raised),
         (20, by_chance * chance_by_decay), *more),
    )  # fmt: skip


def _difficulty_slopes(w: Sequence[float], d: float, rating: int) -> tuple[float, Slopes]:
    """Return the slopes of the next difficulty: by the last difficulty, and by the parameters."""
    easy = initial_difficulty(w, 4)
    damped = d - w[6] * (rating - 3) * (10 - d) / 9
    if not EASIEST < w[7] * easy + (1 - w[7]) * damped < HARDEST:
        return 0.0, ()
    return (
        (1 - w[7]) * (1 + w[6] * (rating - 3) / 9),
        ((4, w[7]), (5, -w[7] * 3 * exp(3 * w[5])), (6, -(1 - w[7]) * (rating - 3) * (10 - d) / 9), (7, easy - damped)),
    )


def _ordinal(day: str) -> int:
    from datetime import date

    return date.fromisoformat(day).toordinal()
