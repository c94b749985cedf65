"""Holidays and loads over one library: a backlog spread over days, an exam, what a target retention costs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db.errors import SergeError
from serge_tui.learning.box import Box, box_of
from serge_tui.learning.decks import deck_named
from serge_tui.learning.settings import StudySettings, study_settings, today
from serge_tui.study.load import SETTLING, Cost, ExamPlan, costs, exam_plan, pace_of, postponed, spread

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from db.library import Library
    from db.models import CardState


@dataclass(frozen=True, slots=True)
class Spread:
    """A backlog laid over days: how many cards, until when, and at most how many on one day."""

    cards: int
    last: date
    most: int
    plan: Mapping[str, date]


def plan_spread(library: Library, per_day: int) -> Spread | None:
    """Lay what is due over days with at most `per_day` on each; None when nothing is due.

    Raises SergeError when there is no room.
    """
    day = today(library)
    plan = spread(library.study.states().values(), day, per_day, study_settings(library).easy_days)
    if not plan:
        return None
    days = list(plan.values())
    return Spread(len(plan), max(days), max(days.count(moment) for moment in set(days)), plan)


def apply_spread(library: Library, planned: Spread) -> Future[None]:
    """Store a plan: each card rests until its day. Due days stay as they are, so nothing is forgotten or forgiven."""
    return library.study.replace_states(postponed(library.study.states(), planned.plan))


def retention_costs(library: Library, settings: StudySettings) -> list[Cost]:
    """What each target retention would cost in a year of learning everything, at the reader's own pace.

    About half a second: belongs in a thread worker.
    """
    log = library.study.latest(2_000)
    return costs(len(box_of(library).cards), new_per_day=max(1, settings.new_per_day), pace=pace_of(log))


def read_exam(library: Library, text: str) -> tuple[str, str]:
    """Understand `2026-05-12 chapter 4`: day and deck; both empty for an empty text.

    Raises SergeError for a day that is none or has passed, and for a deck that does not exist.
    """
    day_text, _, deck = text.strip().partition(" ")
    if not day_text:
        return "", ""
    try:
        day = date.fromisoformat(day_text)
    except ValueError as error:
        raise SergeError(f'"{day_text}" is no day: write 2026-05-12, then a deck, such as chapter 4.') from error
    if day < today(library):
        raise SergeError(f"{day} has passed: choose a day from today on.")
    deck_named(library, deck)
    return day.isoformat(), deck.strip()


def exam_ahead(
    library: Library, box: Box, settings: StudySettings, states: Mapping[str, CardState], day: date
) -> ExamPlan | None:
    """The plan for the exam that is set; None without one, or when its day has passed or its deck is gone."""
    from serge_tui.learning.desk import deck_cards

    if not settings.exam_day:
        return None
    try:
        deck = deck_named(library, settings.exam_deck)
        cards = [card.key for card in deck_cards(library, box, deck, dict(states), day)]
        return exam_plan(cards, states, day, date.fromisoformat(settings.exam_day), settings.retention)
    except (SergeError, ValueError):
        return None


def is_settling(plan: ExamPlan) -> bool:
    """Whether the last days before the exam have come, when only what is weak is asked."""
    return plan.days_left <= SETTLING


def exam_words(plan: ExamPlan) -> str:
    """The plan in a sentence or two."""
    when = "today" if plan.days_left == 0 else "tomorrow" if plan.days_left == 1 else f"in {plan.days_left} days"
    new = f"{plan.unseen} cards are new: {plan.new_per_day} a day. " if plan.unseen else "Nothing is new. "
    return (
        f"{plan.exam:%A}, {plan.exam.day} {plan.exam:%B}, {when}. {new}As things stand you would know"
        f" {plan.expected:.0%} that day; {len(plan.weak)} would be weak."
    )


def holiday(library: Library, days: int, per_day: int) -> Spread | None:
    """What will be due after some days away, laid over the days that follow; None when nothing will be."""
    back = today(library) + timedelta(days=days)
    plan = spread(library.study.states().values(), back, per_day, study_settings(library).easy_days)
    if not plan:
        return None
    moments = list(plan.values())
    return Spread(len(plan), max(moments), max(moments.count(moment) for moment in set(moments)), plan)
