"""Sentences on study in Settings: the cost of a target, an exam, a backlog spread over days, some days away."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.errors import SergeError
from serge_tui.core.wording import counted
from serge_tui.services.card_collection import card_collection
from serge_tui.services.study_plans import (
    Spread,
    apply_spread,
    count_overdue,
    count_spread,
    day_words,
    exam_ahead,
    exam_words,
    holiday,
    plan_spread,
    retention_costs,
)
from serge_tui.services.study_settings import study_settings, today

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.core.study.workload import Cost
    from serge_tui.host import Host


@dataclass(frozen=True, slots=True)
class Costs:
    """What each target costs, and of how many cards."""

    costs: list[Cost]
    cards: int

    def lines(self, present: float) -> list[str]:
        """Return a line for each target, the present one marked."""
        return [
            f"{'▸' if abs(cost.retention - present) < 0.001 else ' '} {cost.retention:>4.0%}"
            f"   {cost.minutes_a_day:4.1f} minutes a day   {cost.known:4.0f} of {self.cards} known"
            for cost in self.costs
        ]


def work_out_costs(library: Library) -> Costs:
    """Work out a year at each target; takes a while, so only in a thread."""
    cards = len(card_collection(library).cards)
    return Costs(retention_costs(library, study_settings(library)), cards)


class StudyPlans:
    """Answers in sentences what the rows of study do that are opened; remembers the spread that was planned last.

    What it reads, it reads in threads: each goes through many cards.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self.planned: Spread | None = None

    async def exam(self) -> str:
        """Return how the exam stands; empty without one."""
        library = self._host.library

        def read() -> str:
            states = library.study.states()
            plan = exam_ahead(library, card_collection(library), study_settings(library), states, today(library))
            return exam_words(plan) if plan is not None else ""

        return await to_thread(read)

    async def backlog(self) -> str:
        """Return how many cards are due, and how many are spread."""
        due = await to_thread(count_overdue, self._host.library)
        spread = await to_thread(count_spread, self._host.library)
        told = f"{counted(due, 'card')} due just now." if due else "Nothing is due just now."
        return f"{told}\n{_were(spread)} spread; u undoes it." if spread else told

    async def can_spread(self) -> bool:
        """Return whether anything is due that could be spread."""
        return await to_thread(count_overdue, self._host.library) > 0

    async def is_spread(self) -> bool:
        """Return whether cards rest from an earlier spread."""
        return await to_thread(count_spread, self._host.library) > 0

    async def plan(self, per_day: int) -> str:
        """Plan a spread and return it in words; `store` stores it."""
        self.planned = await to_thread(plan_spread, self._host.library, per_day)
        return _words_of_spread(self.planned)

    async def store(self, planned: Spread) -> str:
        """Store a planned spread; return what was done, empty if that failed."""
        if not await self._host.write_succeeded(apply_spread(self._host.library, planned)):
            return ""
        self.planned = None
        return f"Done: {counted(planned.cards, 'card')} until {day_words(planned.last)}. u undoes it."

    async def unspread(self) -> str:
        """Take the last spread back; return what was done, empty if that failed."""
        future = self._host.library.study.unrest()
        if not await self._host.write_succeeded(future):
            return ""
        self.planned = None
        cards = future.result()  # done: write_succeeded has waited for it
        return f"Undone: {counted(cards, 'card')} as before."

    async def away(self, days: int) -> str:
        """Return what will be due after some days away."""
        limit = study_settings(self._host.library).reviews_per_day
        return _words_of_holiday(await to_thread(holiday, self._host.library, days, max(1, limit)), days)


def number_of(text: str) -> int:
    """Return a number that was typed.

    Raises:
        SergeError: It is none, or it is nothing.
    """
    if not text.strip().isdecimal() or int(text) < 1:
        raise SergeError("Write a number, such as 10.")
    return int(text)


def _were(number: int) -> str:
    return "1 card was" if number == 1 else f"{number} cards were"


def _words_of_spread(planned: Spread | None) -> str:
    if planned is None:
        return "Nothing is due, so there is nothing to spread."
    return (
        f"{counted(planned.cards, 'card')} until {day_words(planned.last)}, at most {planned.most} on one day. Enter"
        " spreads them; Esc or another row changes nothing."
    )


def _words_of_holiday(planned: Spread | None, days: int) -> str:
    if planned is None:
        return f"After {counted(days, 'day')} away nothing will be due."
    return (
        f"After {counted(days, 'day')} away {counted(planned.cards, 'card')} will be due. At your limit of reviews"
        f" they will be done by {day_words(planned.last)}, at most {planned.most} on one day."
    )
