"""All kinds of card. To add one, write a file beside this one and add an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.cards.alive import alive_cards
from serge_tui.core.study.cards.apart import apart_cards
from serge_tui.core.study.cards.attributions import hearer_cards, speaker_cards, subject_cards
from serge_tui.core.study.cards.cloze import cloze_cards
from serge_tui.core.study.cards.drawings import drawing_cards
from serge_tui.core.study.cards.ends import end_cards
from serge_tui.core.study.cards.fates import fate_cards
from serge_tui.core.study.cards.lines import line_cards, name_cards
from serge_tui.core.study.cards.order import order_cards
from serge_tui.core.study.cards.pairs import pair_cards
from serge_tui.core.study.cards.portraits import feature_cards, portrait_cards
from serge_tui.core.study.cards.scenes import chapter_cards, place_cards
from serge_tui.core.study.cards.terms import term_cards
from serge_tui.core.study.cards.ties import tie_cards
from serge_tui.core.study.cards.to_serge import serge_cards, told_cards

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from db.models import Quotation
    from serge_tui.core.study.card import Card, CardKind
    from serge_tui.core.study.cards.common import CardSources


@dataclass(frozen=True, slots=True)
class CardType:
    """A kind of card.

    Attributes:
        kind: Stored in decks, and the beginning of each card's key, so it never changes.
        title: Heading of the card, and name of the Anki subdeck.
        from_quotation: Makes cards from one quotation.
        from_pack: Makes cards from the whole study pack. A kind with neither is made elsewhere, from the reader's
            notes or the review log.
        tells_death: Its cards are left out while ends are hidden.
        in_decks: A deck can ask for the kind (`kind:portrait`).
    """

    kind: CardKind
    title: str
    from_quotation: Callable[[Quotation, CardSources], Iterator[Card]] | None = None
    from_pack: Callable[[CardSources], Iterator[Card]] | None = None
    tells_death: bool = False
    in_decks: bool = True


CARD_TYPES: Final = (
    CardType("portrait", "Portrait, who is it", from_quotation=portrait_cards),
    CardType("feature", "A detail of a portrait", from_quotation=feature_cards),
    CardType("who", "Who said it", from_quotation=speaker_cards),
    CardType("about", "Of whom", from_quotation=subject_cards),
    CardType("to", "To whom, and when", from_quotation=hearer_cards),
    CardType("drawing", "A portrait in our words", from_pack=drawing_cards),
    CardType("cloze", "A missing word", from_pack=cloze_cards),
    CardType("line", "Who is this", from_pack=line_cards),
    CardType("name", "Who was that", from_pack=name_cards),
    CardType("serge", "To Serge", from_pack=serge_cards),
    CardType("told", "Of whom he tells", from_pack=told_cards),
    CardType("tie", "Whose kin, whose friend", from_pack=tie_cards),
    CardType("apart", "Two like names", from_pack=apart_cards),
    CardType("place", "In which city", from_pack=place_cards),
    CardType("chapter", "In which chapter", from_pack=chapter_cards),
    CardType("pair", "Which came first", from_pack=pair_cards),
    CardType("fate", "What became of them", from_pack=fate_cards, tells_death=True),
    CardType("end", "Whose end", from_pack=end_cards, tells_death=True),
    CardType("order", "What came first", from_pack=order_cards),
    CardType("alive", "Who was still alive", from_pack=alive_cards, tells_death=True),
    CardType("term", "A word of the book", from_pack=term_cards),
    CardType("own", "Your own"),
    CardType("contrast", "Side by side", in_decks=False),
    CardType("lost", "Its source is gone", in_decks=False),
)
CARD_TITLES: Final[Mapping[CardKind, str]] = {card_type.kind: card_type.title for card_type in CARD_TYPES}
DECK_KINDS: Final = tuple(card_type.kind for card_type in CARD_TYPES if card_type.in_decks)
"""Kinds that a deck can ask for."""
KINDS_OF_DEATH: Final = frozenset(card_type.kind for card_type in CARD_TYPES if card_type.tells_death)
"""Kinds that say how somebody died."""
