"""The limits of a review session, and the changes it asks to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from db.models import CardState, Rating, Review


@dataclass(frozen=True, slots=True)
class Limits:
    """How many cards a day may bring. `again_after` is the number of answers between a failure and its return, `apart`
    that between two people who are easily confused.
    """

    new: int = 5
    reviews: int = 60
    again_after: int = 4
    apart: int = 3


@dataclass(frozen=True, slots=True)
class Answered:
    """Store an answer with the state it leads to (`Study.record`), then tell `Reviewer.confirm` the id it got."""

    serial: int
    card: str
    rating: Rating
    study_day: str
    state: CardState
    duration_ms: int
    given: str
    before: CardState | None = None
    """The state the answer changed: if the stored one differs, the card was answered elsewhere."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Void an answer (`Study.undo`). The review's id is 0 while its `Answered` was not confirmed."""

    serial: int
    review: Review
    study_day: str
    state: CardState
    before: CardState | None = None


@dataclass(frozen=True, slots=True)
class StateSet:
    """Store a state that no answer led to (`Study.set_state`)."""

    state: CardState
    before: CardState | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """Store the reader's wording of a card; `question` is empty when the pack's own wording is back."""

    card: str
    question: str
    answer: str


StudyChange: TypeAlias = Answered | Undone | StateSet | Edited


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
