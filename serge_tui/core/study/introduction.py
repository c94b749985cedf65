"""The order in which new cards are introduced: the great portraits, then words of the book and facts in turn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from serge_tui.core.study.card import Card

GREAT_PORTRAITS: Final = (
    "portrait/lenin-at-the-barber",
    "portrait/trotsky-great-destiny",
    "portrait/zinoviev-flabby",
    "portrait/gramsci-heavy-head",
    "portrait/radek-trousers",
    "portrait/dzerzhinsky-inquisitor",
    "portrait/bukharin-twinkle",
    "portrait/balabanoff-motherly",
    "portrait/guilbeaux-green-shirts",
    "portrait/kun-odious",
    "portrait/riazanov-olympian-forehead",
    "portrait/segui-inspirer",
    "portrait/reed-cool-idealism",
    "portrait/lukacs-first-class-brain",
    "portrait/bordiga-vehement",
    "portrait/nin-spectacles/nin",
    "portrait/joffe-wise-physician",
    "portrait/gorky-skeleton",
    "portrait/sedov-hellish-life",
    "portrait/krivitsky-furrowed",
)
"""Twenty portraits that everything else rests on, one a person, in the order they are asked."""
IN_THE_BOOKS_WORDS: Final = frozenset({"portrait", "feature", "drawing", "who", "about", "to", "cloze"})
"""Kinds that ask about portraits and sayings."""


def in_order(cards: Sequence[Card]) -> list[Card]:
    """Return cards in the order in which new ones are asked.

    First the reader's own, then the great portraits; then one on a portrait or a saying and one of another kind in
    turn, each in the order given, so that at least half of the new cards are in the words of the book as long as there
    are any.
    """
    by_key = {card.key: card for card in cards}
    own = [card for card in cards if card.kind == "own"]
    great = [by_key[key] for key in GREAT_PORTRAITS if key in by_key]
    first = {card.key for card in (*own, *great)}
    rest = [card for card in cards if card.key not in first]
    words = [card for card in rest if card.kind in IN_THE_BOOKS_WORDS]
    facts = [card for card in rest if card.kind not in IN_THE_BOOKS_WORDS]
    return [*own, *great, *_in_turn(words, facts)]


def _in_turn(words: Sequence[Card], facts: Sequence[Card]) -> Iterator[Card]:
    for at in range(max(len(words), len(facts))):
        yield from words[at : at + 1]
        yield from facts[at : at + 1]


def great_portrait(card: Card, cards: Sequence[str]) -> str:
    """Return the sentence that introduces one of the great portraits of a deck; empty for another card.

    Args:
        card: The card in hand.
        cards: Keys of the cards of the deck.
    """
    there = set(cards)
    great = [key for key in GREAT_PORTRAITS if key in there]
    if card.key not in great:
        return ""
    number = great.index(card.key) + 1
    why = ": they come first, because you will meet these people again and again" if number == 1 else ""
    return f"Great portrait {number} of {len(great)}{why}."
