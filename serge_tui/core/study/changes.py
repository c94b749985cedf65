"""The limits of a review session, and the changes it asks to be stored."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from db.models import CardState, Rating, Review


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a study day.

    Attributes:
        new: New cards a day.
        reviews: Due cards a day.
        again_after: Answers between a failure and the card's return.
        apart: Answers between two people who are easily confused.
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
    """The state before the answer; if the stored one differs, the card was answered elsewhere."""


@dataclass(frozen=True, slots=True)
class Undone:
    """Void an answer (`Study.undo`). The review's id is 0 until its `Answered` is confirmed."""

    serial: int
    review: Review
    study_day: str
    state: CardState
    before: CardState | None = None


@dataclass(frozen=True, slots=True)
class StateSet:
    """Store a state that was set without an answer (`Study.set_state`)."""

    state: CardState
    before: CardState | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """Store the reader's wording of a card; an empty `question` restores the original wording."""

    card: str
    question: str
    answer: str


StudyChange: TypeAlias = Answered | Undone | StateSet | Edited


@dataclass(frozen=True, slots=True)
class Remaining:
    """Numbers of cards left today."""

    due: int
    new: int
    failed: int

    @property
    def total(self) -> int:
        """The sum."""
        return self.due + self.new + self.failed
