"""The parameters of the model of memory that were fitted to the reader's own answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST: Final[tuple[float, ...]] = (
    0.001, 0.001, 0.001, 0.001, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, 0.001, 0.001, 0.001, 0.001, 0.0, 0.0, 1.0, 0.0,
    0.0, 0.0, 0.1,
)  # fmt: skip
HIGHEST: Final[tuple[float, ...]] = (
    100.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8,
)  # fmt: skip
"""Bounds of each parameter, as py-fsrs has them."""


@dataclass(frozen=True, slots=True)
class FittedModel:
    """Parameters fitted to the reader's answers.

    `model` names them with their version, as states do; `answers` is how many were used; `before` and `after` are the
    log loss on those held back, with the parameters before and with these.
    """

    model: str
    weights: tuple[float, ...]
    answers: int
    before: float
    after: float
    fitted_at: str


def are_sound(weights: Sequence[float]) -> bool:
    """Return whether these can be the parameters of FSRS-6."""
    return len(weights) == len(LOWEST) and all(
        low <= weight <= high for low, weight, high in zip(LOWEST, weights, HIGHEST, strict=True)
    )
