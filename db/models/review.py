"""The reader's answers, and the card states that follow from them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.models.keys import DEFAULT_MODEL

if TYPE_CHECKING:
    from db.models.keys import Rating, ReviewKind


@dataclass(frozen=True, slots=True)
class Review:
    """One row of the append-only log. An `undo` voids the review whose id is in `voids`.

    `study_day` is the reader's day (ISO date, after the rollover hour); `duration_ms` the time taken in milliseconds;
    `uid` names the row on every machine.
    """

    id: int
    card: str
    kind: ReviewKind
    rating: Rating | None
    reviewed_at: str
    study_day: str
    duration_ms: int
    given: str = ""
    voids: int | None = None
    uid: str = ""


@dataclass(frozen=True, slots=True)
class DayStudied:
    """One study day (ISO date): answers, how many of them were right (Hard or better), minutes (an answer counts with
    one at most); of the cards met on an earlier day, how many were asked, and how many recalled at the first attempt.
    """

    day: str
    answers: int
    right: int
    minutes: float
    asked: int = 0
    recalled: int = 0


@dataclass(frozen=True, slots=True)
class CardState:
    """The state of one card, computed from the log; days are ISO dates. A card never answered has no stability.

    `model` names the model of memory that computed it, with its version: what is stored is all of one model.
    """

    card: str
    stability: float | None = None
    difficulty: float | None = None
    due_day: str | None = None
    last_day: str | None = None
    answers: int = 0
    lapses: int = 0
    suspended: bool = False
    buried_until: str = ""
    flag: int = 0
    model: str = DEFAULT_MODEL
