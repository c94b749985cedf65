"""Learners made up for tests: they forget as the model with known parameters says, and study by the published ones."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from serge_tui.core.study.fitting import Step
from serge_tui.core.study.memory_model import (
    DEFAULT_WEIGHTS,
    Memory,
    Weights,
    decay_of,
    first,
    following,
    interval,
    recall,
)

if TYPE_CHECKING:
    from db.models import Rating


def weights(**changed: float) -> Weights:
    """Return the published parameters with some changed: `w20=0.5`."""
    return tuple(changed.get(f"w{index}", usual) for index, usual in enumerate(DEFAULT_WEIGHTS))


FORGETS_FAST = weights(w0=0.08, w1=0.5, w2=1.0, w3=3.0, w8=1.2)
HOLDS_WELL = weights(w0=0.8, w1=3.0, w2=6.0, w3=20.0, w8=2.4)
LOSES_ALL_AT_A_LAPSE = weights(w11=0.6, w6=4.0, w8=1.5)


def learner(true: Weights, cards: int, days: int, seed: int) -> list[tuple[Step, ...]]:
    """Return the answers of somebody who learns `cards` cards in `days` days."""
    random = Random(seed)
    return [_one_card(true, random.randrange(days * 2 // 3), days, random) for _ in range(cards)]


def _one_card(true: Weights, day: int, days: int, random: Random) -> tuple[Step, ...]:
    steps: list[Step] = []
    memory: Memory | None = None
    planned: Memory | None = None
    while day < days:
        elapsed = day - steps[-1].day if steps else 0
        rating = _answer(true, memory, elapsed, random)
        steps.append(Step(rating, elapsed, day))
        memory = first(true, rating) if memory is None else following(true, memory, rating, elapsed)
        planned = first(DEFAULT_WEIGHTS, rating) if planned is None else following(
            DEFAULT_WEIGHTS, planned, rating, elapsed
        )  # fmt: skip
        if rating == 1 and random.random() < 0.9:
            continue  # asked again on the same day
        day += max(1, round(interval(planned.stability, 0.9) * random.uniform(0.92, 1.08)))
    return tuple(steps)


def _answer(true: Weights, memory: Memory | None, elapsed: int, random: Random) -> Rating:
    if memory is None:
        return random.choices((1, 2, 3, 4), (35, 10, 45, 10))[0]
    chance = recall(elapsed, memory.stability, decay_of(true)) if elapsed else 0.9
    if random.random() >= chance:
        return 1
    return random.choices((2, 3, 4), (12, 76, 12))[0]
