"""One count of cards, the same in the deck chooser, at the end of a session, in Progress and in `serge stats`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from serge_tui.core.study.deck import ALL, is_offered
from serge_tui.core.study.retention import Groups
from serge_tui.core.study.scheduling import is_due
from serge_tui.services.hidden_ends import told_cards
from serge_tui.services.reading_progress import reading_progress

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from db.library import Library
    from db.models import CardState
    from serge_tui.core.study.card import Card
    from serge_tui.services.card_collection import CardCollection


@dataclass(frozen=True, slots=True)
class CardCounts:
    """Cards of a deck: all of them, those due, and new ones: never answered and not suspended."""

    cards: int
    due: int
    new: int


def count_cards(cards: Iterable[Card], states: Mapping[str, CardState], day: date) -> CardCounts:
    """Count the cards of a deck."""
    total = due = new = 0
    for card in cards:
        total += 1
        state = states.get(card.key)
        if state is None or (state.stability is None and not state.suspended):
            new += 1
        elif is_due(state, day):
            due += 1
    return CardCounts(total, due, new)


def groups_in_play(library: Library, collection: CardCollection) -> Groups:
    """Return the cards that may be asked at all, by chapter and person: not those that only come on wish."""
    away = _not_offered(library, collection)
    cards = told_cards(library, (card for card in collection.cards.values() if card.key not in away), ALL)
    if len(cards) + len(away) < len(collection.cards):
        return Groups(cards)
    if collection.groups is None or collection.groups_without != away:
        collection.groups, collection.groups_without = Groups(cards), away
    return collection.groups


def _not_offered(library: Library, collection: CardCollection) -> frozenset[str]:
    """Return the cards that do not come by themselves and were never answered, as in the deck of all cards."""
    waiting = [card for card in collection.cards.values() if card.offered != "always"]
    known = library.study.cards_with_state() if waiting else set()
    progress = reading_progress(library) if waiting else None
    return frozenset(card.key for card in waiting if card.key not in known and not is_offered(card, progress))
