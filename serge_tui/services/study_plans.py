"""Workload over one library: a backlog spread over days, an exam, the cost of a target retention."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.workload import SETTLING, Cost, ExamPlan, costs, exam_plan, pace_of, rests, spread
from serge_tui.core.wording import counted
from serge_tui.services.card_collection import CardCollection, card_collection
from serge_tui.services.decks import deck_cards, deck_named
from serge_tui.services.study_settings import StudySettings, study_settings, today

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Future

    from db.library import Library
    from db.models import CardState


_MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_DAY_OF_MONTH: Final = re.compile(r"(\d{1,2})\.?\s+([A-Za-z]{3,9})\.?(?:\s+(\d{4}))?")
_DAY_FIRST: Final = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.?\s+[A-Za-z]{3,9}\.?(?:\s+\d{4})?")


@dataclass(frozen=True, slots=True)
class Spread:
    """A backlog spread over days: how many cards, until when, and at most how many on one day."""

    cards: int
    last: date
    most: int
    plan: Mapping[str, date]


def plan_spread(library: Library, per_day: int) -> Spread | None:
    """Spread what is due over days with at most `per_day` on each; None if nothing is due.

    No day gets more than the limit of reviews: those beyond it would not be asked. Raises SergeError if there is no
    room.
    """
    return _spread_from(library, today(library), per_day)


def _spread_from(library: Library, day: date, per_day: int) -> Spread | None:
    settings = study_settings(library)
    most = min(per_day, settings.reviews_per_day or per_day)
    siblings = {key: card.siblings for key, card in card_collection(library).cards.items()}
    states, decay = library.study.states().values(), settings.scheduling.decay
    plan = spread(states, day, most, settings.easy_days, decay, siblings)
    if not plan:
        return None
    days = Counter(plan.values())
    return Spread(len(plan), max(days), max(days.values()), plan)


def apply_spread(library: Library, planned: Spread) -> Future[None]:
    """Store a spread: each card is buried until its day. Due days stay as they are."""
    return library.study.rest(rests(planned.plan))


def count_spread(library: Library) -> int:
    """Return how many cards are buried by the last spread."""
    return library.study.resting(today(library).isoformat())


def retention_costs(library: Library, settings: StudySettings) -> list[Cost]:
    """Return what each target retention costs in a year of learning everything, at the reader's own pace.

    It takes about half a second: call it in a thread.
    """
    log = library.study.latest(2_000)
    return costs(
        len(card_collection(library).cards),
        new_per_day=max(1, settings.new_per_day),
        pace=pace_of(log),
        weights=settings.scheduling.weights,
    )


def read_exam(library: Library, text: str) -> tuple[str, str]:
    """Read an exam such as `chapter 4 by 12 May` or `2026-05-12 chapter 4`; return day and deck, both empty for an
    empty text. A day without a year is the next of that name.

    Raises SergeError for an unknown or past day, and for an unknown deck.
    """
    words = text.strip()
    if not words:
        return "", ""
    if found := _DAY_FIRST.match(words):
        day_text, deck = found[0], words[found.end() :]
    else:
        deck, _, day_text = words.removeprefix("know ").rpartition("by ")
    day = read_day(day_text.strip(), today(library))
    if day is None:
        raise SergeError(f'"{day_text.strip()}" is not a day: write chapter 4 by 12 May, or by 2026-05-12.')
    if day < today(library):
        raise SergeError(f"{day} has passed: choose a day from today on.")
    deck_named(library, deck.strip())
    return day.isoformat(), deck.strip()


def read_day(text: str, now: date) -> date | None:
    """Read a day such as `2026-05-12`, `12 May 2026` or `12 May`; None if it is no day."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        found = _DAY_OF_MONTH.fullmatch(text)
    if found is None:
        return None
    month = next((n for n, name in enumerate(_MONTHS, start=1) if name.startswith(found[2][:3].casefold())), None)
    if month is None or not _MONTHS[month - 1].startswith(found[2].casefold()):
        return None
    years = [int(found[3])] if found[3] else range(now.year, now.year + 9)
    for year in years:
        try:
            day = date(year, month, int(found[1]))
        except ValueError:  # 29 February of another year
            continue
        if found[3] or day >= now:
            return day
    return None


def count_overdue(library: Library) -> int:
    """Return how many cards are due now."""
    return library.study.count_due(today(library).isoformat())


def day_words(day: date) -> str:
    """Return `Monday, 7 December`."""
    return f"{day:%A}, {day.day} {day:%B}"


def exam_ahead(
    library: Library, collection: CardCollection, settings: StudySettings, states: Mapping[str, CardState], day: date
) -> ExamPlan | None:
    """Return the plan for the exam that is set; None without one, or if its day has passed or its deck is gone."""
    if not settings.exam_day:
        return None
    try:
        deck = deck_named(library, settings.exam_deck)
        cards = [card.key for card in deck_cards(library, collection, deck, states, day)]
        exam, decay = date.fromisoformat(settings.exam_day), settings.scheduling.decay
        return exam_plan(cards, states, day, exam, settings.retention, decay)
    except (SergeError, ValueError):
        return None


def is_settling(plan: ExamPlan) -> bool:
    """Return whether the exam is a few days away, when only weak cards are asked."""
    return plan.days_left <= SETTLING


def exam_words(plan: ExamPlan) -> str:
    """Return the plan in a sentence or two."""
    when = "today" if plan.days_left == 0 else "tomorrow" if plan.days_left == 1 else f"in {plan.days_left} days"
    are = "is" if plan.unseen == 1 else "are"
    new = f"{counted(plan.unseen, 'card')} {are} new: {plan.new_per_day} a day. " if plan.unseen else "Nothing is new. "
    return (
        f"{day_words(plan.exam)}, {when}. {new}Today's forecast: you will know"
        f" {plan.expected:.0%} that day; {len(plan.weak)} will be weak."
    )


def holiday(library: Library, days: int, per_day: int) -> Spread | None:
    """Spread what will be due after some days away over the days that follow; None if nothing will be due."""
    return _spread_from(library, today(library) + timedelta(days=days), per_day)
