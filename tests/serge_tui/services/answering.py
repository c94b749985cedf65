"""Answers given over days, for tests of what follows from them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from serge_tui.core.study.scheduling import answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from db.models import Rating


def answer_on(library: Library, card: str, day: date, rating: Rating, *, milliseconds: int = 6_000) -> None:
    """Store one answer, with the state it leads to."""
    state = answer(library.study.state(card), rating, day)
    library.study.record(card, rating, day.isoformat(), state, duration_ms=milliseconds).result()


def study_some(library: Library, cards: Iterable[str], last: date, days: int = 20) -> None:
    """Answer each card whenever it is due in the days up to `last`, every fifth answer wrong."""
    given = 0
    keys = list(cards)
    for ago in reversed(range(1, days + 1)):
        day = last - timedelta(days=ago)
        for number, card in enumerate(keys):
            state = library.study.state(card)
            if (state.due_day is None and number % days == days - ago) or (
                state.due_day is not None and state.due_day <= day.isoformat()
            ):
                given += 1
                answer_on(library, card, day, 1 if given % 5 == 0 else 3)


def spoil(library: Library, card: str) -> None:
    """Make a card's state other than what the log says."""
    library.study.set_state(replace(library.study.state(card), answers=99)).result()
