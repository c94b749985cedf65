"""What a session may bring, and what it says is to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from db.models import CardState, Rating, Review


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a day may bring. `again_after` are answers between a failure and its return, `apart` answers between
    two people who are easily confused.
    """

    new: int = 5
    reviews: int = 60
    again_after: int = 4
    apart: int = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """Store an answer with the state it leads to (`Study.record`), then tell `Session.confirm` the id it got."""

    serial: int
    card: str
    rating: Rating
    study_day: str
    state: CardState
    duration_ms: int
    given: str


@dataclass(frozen=True, slots=True)
class Undone:
    """Void an answer (`Study.undo`). The review's id is 0 while its `Answered` was not confirmed."""

    serial: int
    review: Review
    study_day: str
    state: CardState


@dataclass(frozen=True, slots=True)
class StateSet:
    """Store a state that no answer led to (`Study.set_state`)."""

    state: CardState


@dataclass(frozen=True, slots=True)
class Edited:
    """Store the reader's wording of a card; `question` is empty when the pack's own wording is back."""

    card: str
    question: str
    answer: str


Effect: TypeAlias = Answered | Undone | StateSet | Edited


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is still to come today."""

    due: int
    new: int
    failed: int

    @property
    def total(self) -> int:
        """All of it."""
        return self.due + self.new + self.failed
