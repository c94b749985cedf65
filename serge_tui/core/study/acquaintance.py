"""How well people are remembered, by the cards about them."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.scheduling import retrievability

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from db.models import CardState
    from serge_tui.core.study.card import Card

HELD_DAYS: Final = 7.0
"""Stability, in days, of a card from which its person can be held: right after any answer, a miss too, recall is 1."""


class Memory(Enum):
    """What is remembered of a person who was asked."""

    SLIPPING = "slipping"
    HELD = "held"


def memories_of_people(
    cards: Iterable[Card], states: Mapping[str, CardState], day: date, retention: float, decay: float
) -> dict[str, Memory]:
    """Return what is remembered on a day of each person who was asked; who never was is missing.

    A card counts for the person who is its answer, or for the only person it is about. The weakest card decides:
    somebody is held when recall of every answered card is at least `retention` and its stability a week.
    """
    found: dict[str, Memory] = {}
    for card in cards:
        person = card.answer_figure or (card.figures[0] if len(card.figures) == 1 else "")
        state = states.get(card.key)
        if not person or state is None or state.stability is None:
            continue
        held = state.stability >= HELD_DAYS and retrievability(state, day, decay) >= retention
        if not held:
            found[person] = Memory.SLIPPING
        else:
            found.setdefault(person, Memory.HELD)
    return found
