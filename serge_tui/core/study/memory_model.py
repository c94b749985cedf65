"""The model of memory, FSRS-6: its parameters, the chance that a card is known, the interval that keeps it, its steps.

`recall` and `interval` are the only two places that know the form of the forgetting curve, and `DEFAULT_WEIGHTS` the
only one that knows a parameter. The next version of FSRS has another curve, without a closed inverse: it would be
other weights and another pair of functions under another name.

Source of the formulas: py-fsrs 6.3.2 (MIT), which schedules the cards; a test holds every step here against it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, Final, TypeAlias

from db.models.keys import DEFAULT_MODEL

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Rating

Weights: TypeAlias = tuple[float, ...]
"""The 21 parameters of FSRS-6, w0 to w20."""
DEFAULT_WEIGHTS: Final[Weights] = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796, 1.4835, 0.0614, 0.2629,
    1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
SHORTEST_STABILITY: Final = 0.001
EASIEST: Final = 1.0
HARDEST: Final = 10.0
_HELD_AT: Final = 0.9
"""The chance to know a card after as many days as its stability."""


def decay_of(weights: Sequence[float]) -> float:
    """Return how fast the forgetting curve falls."""
    return weights[20]


DEFAULT_DECAY: Final = decay_of(DEFAULT_WEIGHTS)


@lru_cache(maxsize=64)
def factor_of(decay: float) -> float:
    """Return the factor of the elapsed time in the forgetting curve."""
    return float(_HELD_AT ** (-1 / decay) - 1)


@lru_cache(maxsize=64)
def forgetting_curve(decay: float) -> Callable[[float, float], float]:
    """Return `recall` for one decay: who asks for very many cards takes it once."""
    factor = factor_of(decay)

    def chance(elapsed: float, stability: float) -> float:
        return float((1 + factor * elapsed / stability) ** -decay)

    return chance


def recall(elapsed: float, stability: float, decay: float = DEFAULT_DECAY) -> float:
    """Return the chance, 0 to 1, that a card is known after so many days; 0.9 after as many as its stability."""
    return forgetting_curve(decay)(elapsed, stability)


def interval(stability: float, retention: float, decay: float = DEFAULT_DECAY) -> float:
    """Return the days after which the chance to know a card has fallen to `retention`."""
    return float(stability / factor_of(decay) * (retention ** (-1 / decay) - 1))


def model_name(weights: Sequence[float]) -> str:
    """Return the name and version of the model with these parameters, as each state names it."""
    if tuple(weights) == DEFAULT_WEIGHTS:
        return DEFAULT_MODEL
    text = ",".join(f"{weight:.4f}" for weight in weights)
    return f"{DEFAULT_MODEL}:{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Memory:
    """What is remembered of a card: stability in days, difficulty from 1 to 10."""

    stability: float
    difficulty: float


def first(weights: Sequence[float], rating: Rating) -> Memory:
    """Return the memory of a card after its first answer."""
    return Memory(max(SHORTEST_STABILITY, weights[rating - 1]), _clamped(initial_difficulty(weights, rating)))


def following(weights: Sequence[float], memory: Memory, rating: Rating, elapsed: int) -> Memory:
    """Return the memory of a card after another answer, so many days after the one before."""
    w, s, d = weights, memory.stability, memory.difficulty
    if elapsed < 1:
        grown = exp(w[17] * (rating - 3 + w[18])) * s ** -w[19]
        stability = s * (max(1.0, grown) if rating > 1 else grown)
    elif rating == 1:
        forgotten = 1 - recall(elapsed, s, decay_of(w))
        long_term = w[11] * d ** -w[12] * ((s + 1) ** w[13] - 1) * exp(forgotten * w[14])
        stability = min(long_term, s / exp(w[17] * w[18]))
    else:
        forgotten = 1 - recall(elapsed, s, decay_of(w))
        bonus = w[15] if rating == 2 else w[16] if rating == 4 else 1.0
        stability = s * (1 + exp(w[8]) * (11 - d) * s ** -w[9] * (exp(forgotten * w[10]) - 1) * bonus)
    damped = d - w[6] * (rating - 3) * (10 - d) / 9
    difficulty = w[7] * initial_difficulty(w, 4) + (1 - w[7]) * damped
    return Memory(max(SHORTEST_STABILITY, stability), _clamped(difficulty))


def initial_difficulty(weights: Sequence[float], rating: int) -> float:
    """Return the difficulty after a first answer, before it is kept between 1 and 10."""
    return weights[4] - exp(weights[5] * (rating - 1)) + 1


def _clamped(difficulty: float) -> float:
    return min(HARDEST, max(EASIEST, difficulty))
