"""The study settings, and the study day that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from db import clock
from serge_tui.core.study.memory_model import DEFAULT_WEIGHTS, Weights
from serge_tui.core.study.scheduling import Scheduling, study_day

if TYPE_CHECKING:
    from datetime import date

    from db.library import Library

NEW_PER_DAY: Final = 10
REVIEWS_PER_DAY: Final = 60
ROLLOVER_HOUR: Final = 4
DECK_OPTIONS: Final = "cards.deck_options"
"""Setting: limits and target retention of single decks, each a JSON object with the deck's name."""


@dataclass(frozen=True, slots=True)
class StudySettings:
    """The reader's choices. `easy_days` are weekdays to spare (0 is Monday); `deck` is the deck chosen last.

    `pyramid` lets a portrait build up clause by clause. `exam_day` (ISO date) and `exam_deck` (a deck's name) are an
    exam to be ready for; both empty without one.
    """

    new_per_day: int = NEW_PER_DAY
    reviews_per_day: int = REVIEWS_PER_DAY
    rollover_hour: int = ROLLOVER_HOUR
    retention: float = 0.9
    easy_days: frozenset[int] = frozenset()
    typed: bool = False
    two_grades: bool = False
    pyramid: bool = False
    deck: str = ""
    exam_day: str = ""
    exam_deck: str = ""
    quiz_brings_forward: bool = False
    deck_options: tuple[str, ...] = ()
    weights: Weights = DEFAULT_WEIGHTS

    @property
    def scheduling(self) -> Scheduling:
        """The settings of the scheduler; a retention out of bounds falls back to the default."""
        retention = self.retention if 0.7 <= self.retention <= 0.97 else 0.9
        return Scheduling(retention=retention, easy_days=self.easy_days, weights=self.weights)


def study_settings(library: Library) -> StudySettings:
    """Read the settings; one that is unset or out of bounds has its default."""
    get = library.settings.get
    usual = StudySettings()
    hour = get("cards.rollover_hour", usual.rollover_hour)
    return StudySettings(
        new_per_day=max(0, get("cards.new_per_day", usual.new_per_day)),
        reviews_per_day=max(0, get("cards.reviews_per_day", usual.reviews_per_day)),
        rollover_hour=hour if 0 <= hour <= 23 else usual.rollover_hour,
        retention=get("cards.retention", usual.retention),
        easy_days=frozenset(int(day) for day in get("cards.easy_days", list[str]()) if day in set("0123456")),
        typed=get("cards.typed", usual.typed),
        two_grades=get("cards.two_grades", usual.two_grades),
        pyramid=get("cards.pyramid", usual.pyramid),
        deck=get("cards.deck", usual.deck),
        exam_day=get("cards.exam_day", usual.exam_day),
        exam_deck=get("cards.exam_deck", usual.exam_deck),
        weights=fitted.weights if (fitted := library.study.fitted_model()) is not None else DEFAULT_WEIGHTS,
        deck_options=tuple(get(DECK_OPTIONS, list[str]())),
        quiz_brings_forward=get("quiz.brings_forward", usual.quiz_brings_forward),
    )


def now() -> datetime:
    """Return the present moment, by the one clock of the program."""
    return datetime.fromisoformat(clock.utc_now())


def today(library: Library) -> date:
    """Return the reader's study day: it begins at the rollover hour, not at midnight."""
    return study_day(now(), study_settings(library).rollover_hour)
