"""All cards of one library, as All cards lists them: found by terms, in an order, each with where it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from db.models import CardState
from db.text import sanitise_line
from serge_tui.core.study.deck import Filter, Progress, select, vanished
from serge_tui.core.study.deck_terms import parse_terms, terms_to_complete
from serge_tui.services.card_collection import card_collection, lost_card
from serge_tui.services.confusions import BURIED_FOR_GOOD
from serge_tui.services.decks import days_added, figure_named
from serge_tui.services.hidden_ends import told_cards
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.study_settings import today

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.library import Library
    from serge_tui.core.study.card import Card
    from serge_tui.services.card_collection import CardCollection

CardOrder: TypeAlias = Literal["book", "due", "stability", "difficulty", "lapses", "answered"]
ORDERS: Final[tuple[CardOrder, ...]] = get_args(CardOrder)
ORDER_WORDS: Final[dict[CardOrder, tuple[str, str]]] = {
    "book": ("in book order", "in book order, the last first"),
    "due": ("next due first", "last due first"),
    "stability": ("least stable first", "most stable first"),
    "difficulty": ("hardest first", "easiest first"),
    "lapses": ("most lapses first", "fewest lapses first"),
    "answered": ("answered last first", "answered first first"),
}
"""What each order is called, and what it is called the other way round."""
_LAST: Final = "9999-99-99"


@dataclass(frozen=True, slots=True)
class AllCards:
    """Every card that may be shown, by key, with its state and its tags.

    Reading takes about a second for 100,000 cards, finding some tenths: both in a thread.
    """

    library: Library
    collection: CardCollection
    cards: Mapping[str, Card]
    states: Mapping[str, CardState]
    tags: Mapping[str, tuple[str, ...]]
    day: date
    progress: Progress | None
    made: Mapping[str, Card]
    """The cards as the collection has them, for telling whether they are others by now."""
    texts: dict[str, str] = field(default_factory=dict)
    """The folded words of cards, as far as they were looked through."""

    def state(self, card: str) -> CardState:
        """Return the state of a card."""
        return self.states.get(card) or CardState(card)

    def find(self, text: str, order: CardOrder, *, backwards: bool = False) -> list[str]:
        """Return the keys of the cards that have what is written, in an order.

        Raises:
            SergeError: A term is not known, or its value is not.
        """
        deck = parse_terms(sanitise_line(text), lambda name: figure_named(self.library, name))
        chosen: Iterable[Card] = self.cards.values()
        if deck != Filter():
            since = (self.day - timedelta(days=deck.looks_back)).isoformat()
            chosen = select(
                self.cards.values(),
                deck,
                progress=self.progress,
                states=self.states,
                log=self.library.study.answers_since(since) if deck.looks_back else [],
                day=self.day,
                tags=self.tags,
                added=days_added(self.library, self.collection, self.day, deck.adds_back) if deck.adds_back else None,
                texts=self.texts,
                offered_only=False,
            )
        keys = [card.key for card in told_cards(self.library, chosen, deck)]
        return self._ordered(keys, order, backwards=backwards)

    def _ordered(self, keys: list[str], order: CardOrder, *, backwards: bool) -> list[str]:
        """Return keys in an order; cards without what it goes by come last, whichever way round."""
        if order == "book":
            return keys[::-1] if backwards else keys
        values: dict[str, float | str] = {}
        for key in keys:
            state = self.states.get(key)
            value: float | str | None = None
            if state is not None and state.stability is not None:
                match order:
                    case "due":
                        value = None if state.suspended else state.due_day
                    case "stability":
                        value = state.stability
                    case "difficulty":
                        value = state.difficulty
                    case "lapses":
                        value = state.lapses
                    case "answered":
                        value = state.last_day
            if value is not None:
                values[key] = value
        highest_first = (order in ("difficulty", "lapses", "answered")) is not backwards
        there = sorted((key for key in keys if key in values), key=values.__getitem__, reverse=highest_first)
        return there + [key for key in keys if key not in values]

    def terms(self) -> list[str]:
        """Return the terms that completion offers: people by how many cards they have."""
        times: dict[str, int] = {}
        for card in self.cards.values():
            for figure in card.figures:
                times[figure] = times.get(figure, 0) + 1
        return terms_to_complete(sorted(times, key=lambda key: (-times[key], key)), self.library.card_tags.known())


def load_all_cards(library: Library, before: AllCards | None = None) -> AllCards:
    """Read all cards, with those whose source is gone and that have something of the reader's.

    `before` is what was read before: the words of its cards need not be folded again.
    """
    library.study.wait()
    collection = card_collection(library)
    states, made = library.study.states(), collection.cards
    gone = set(vanished(collection.cards.values(), states))
    gone |= {key for key, state in states.items() if key not in collection.cards and _is_kept(state)}
    return AllCards(
        library,
        collection,
        {**made, **{key: lost_card(key) for key in sorted(gone)}},
        states,
        library.card_tags.by_card(),
        today(library),
        reading_progress(library),
        made,
        before.texts if before is not None and before.made is made else {},
    )


def _is_kept(state: CardState) -> bool:
    """Return whether a card that is no longer made has something of the reader's: then it is listed."""
    return state.buried_until != BURIED_FOR_GOOD and bool(state.suspended or state.flag)


def when_due(state: CardState, day: date) -> str:
    """Return in a word or two when a card is asked next: `new`, `suspended`, `buried`, `today`, `7 Dec`."""
    today_iso = day.isoformat()
    if state.suspended:
        return "suspended"
    if state.buried_until >= today_iso:
        return "buried"
    if state.due_day is None:
        return "new"
    if state.due_day <= today_iso:
        return "today"
    due = date.fromisoformat(state.due_day)
    return f"{due.day} {due:%b}" if due.year == day.year else f"{due.day} {due:%b %Y}"
