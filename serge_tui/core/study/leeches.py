"""Cards that are forgotten again and again. They are offered help; nothing suspends them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import CardState
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.confusions import Confusion

LEECH: Final = 4
"""Lapses after which a card is offered help."""


@dataclass(frozen=True, slots=True)
class Leech:
    """A card that is often forgotten, and who was answered instead."""

    card: str
    lapses: int
    taken_for: tuple[str, ...] = ()


def leeches(
    states: Iterable[CardState], confusions: Sequence[Confusion] = (), cards: Iterable[Card] = (), lapses: int = LEECH
) -> list[Leech]:
    """Cards with this many lapses, the worst first."""
    targets = {card.key: card.answer_figure for card in cards if card.answer_figure}
    found = [
        Leech(
            state.card,
            state.lapses,
            tuple(c.taken_for for c in confusions if c.figure == targets.get(state.card)),
        )
        for state in states
        if state.lapses >= lapses and not state.suspended
    ]
    return sorted(found, key=lambda leech: (-leech.lapses, leech.card))
