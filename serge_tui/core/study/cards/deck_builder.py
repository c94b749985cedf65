"""Make the cards of the study pack. Ambiguous, trivial and obscure ones are left out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.cards.common import CardSources
from serge_tui.core.study.cards.kept import WEAK
from serge_tui.core.study.cards.registry import CARD_TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import CanonicalChapter, Event, Figure, Quotation, Term
    from serge_tui.core.study.card import Card

_LAST: Final = 99
"""Cards without a chapter are sorted by this number: after the book."""


def make_cards(
    quotations: Sequence[Quotation],
    figures: Sequence[Figure],
    events: Sequence[Event],
    terms: Sequence[Term] = (),
    chapters: Sequence[CanonicalChapter] = (),
) -> list[Card]:
    """Return all cards of the study pack, in the order of the book, each key once."""
    cards: dict[str, Card] = {}
    for card in _built(CardSources(quotations, figures, events, terms, chapters)):
        cards.setdefault(card.key, replace(card, offered="wish") if card.key in WEAK else card)
    return sorted(cards.values(), key=lambda card: card.chapter if card.chapter is not None else _LAST)


def _built(sources: CardSources) -> Iterator[Card]:
    """Yield the cards of each quotation together, then those made from the whole pack."""
    for quotation in sources.quotations:
        for card_type in CARD_TYPES:
            if card_type.from_quotation is not None:
                yield from card_type.from_quotation(quotation, sources)
    for card_type in CARD_TYPES:
        if card_type.from_pack is not None:
            yield from card_type.from_pack(sources)
