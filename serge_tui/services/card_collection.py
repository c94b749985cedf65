"""The card collection: the cards of the study pack, the reader's own cards, and the reader's wording of both."""

from __future__ import annotations

from dataclasses import replace
from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from serge_tui.core.study.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.library import Library
    from db.models import Annotation, Event, Figure, Quotation
    from serge_tui.core.study.retention import Groups


class CardCollection:
    """Cards by key, in the order of the book, and the records they were made from.

    Building one takes about half a second: ask for it in a thread.
    """

    def __init__(
        self,
        made: Iterable[Card],
        figures: Mapping[str, Figure],
        quotations: Mapping[str, Quotation],
        events: Mapping[str, Event],
    ) -> None:
        self.figures = figures
        self.quotations = quotations
        self.events = events
        self.stamp = ""
        self.pack = {card.key: card for card in made}
        self.cards = dict(self.pack)
        self.found: list[Card] = []
        self.found_stamp = ""
        self.groups: Groups | None = None

    @classmethod
    def build(cls, library: Library) -> CardCollection:
        """Read everything the cards are made of, and make them."""
        from db.ends import names_a_death
        from serge_tui.core.study.cards.deck_builder import make_cards

        figures = {figure.key: figure for figure in library.figures.all()}
        quotations = {quotation.key: quotation for quotation in library.quotations.all()}
        events = {event.key: event for event in library.chronicle.events()}
        # The text on the back of a card must not tell how somebody ended.
        terms = [replace(term, text="") if names_a_death(term.text) else term for term in library.terms.all()]
        chapters = library.chronicle.chapters()
        made = make_cards(list(quotations.values()), list(figures.values()), list(events.values()), terms, chapters)
        return cls(made, figures, quotations, events)

    def bring_up_to_date(self, library: Library) -> None:
        """Read again what the reader may have changed since: own cards, words kept of their copy, and wordings."""
        from serge_tui.core.study.cards.annotation import annotation_cards
        from serge_tui.core.study.deck import with_edits

        if (stamp := library.found.stamp()) != self.found_stamp:
            from serge_tui.services.found_cards import kept_cards

            self.found, self.found_stamp = kept_cards(library, self.figures), stamp
        cards = [*annotation_cards(_as_shown(library)), *self.found, *self.pack.values()]
        made = {card.key: card for card in with_edits(cards, library.study.wordings())}
        if made != self.cards:
            self.cards, self.groups = made, None


def card_groups(collection: CardCollection) -> Groups:
    """Return the cards of each chapter and person, stored with the collection."""
    from serge_tui.core.study.retention import Groups

    if collection.groups is None:
        collection.groups = Groups(collection.cards.values())
    return collection.groups


def lost_card(key: str) -> Card:
    """Return a stand-in for a card whose source is gone: its history is kept, and the reader may suspend it."""
    return Card(
        key=key,
        kind="lost",
        question="What this card was made from is gone.",
        stimulus=key,
        answer="Its history is kept; suspend it (@) and it is asked no more.",
    )


def _as_shown(library: Library) -> Iterator[Annotation]:
    """Yield the annotations that may be cards, with their words as they are shown: without marks of notes."""
    from serge_tui.core.study.cards.annotation import CARD_TAG

    for note in library.annotations.all(newest_first=False):
        if note.anchor is None or CARD_TAG not in note.tags:
            yield note
        else:
            yield replace(note, anchor=replace(note.anchor, exact=library.passages.words_of(note.anchor)))


_collections: WeakKeyDictionary[Library, CardCollection] = WeakKeyDictionary()
_lock = Lock()


def card_collection(library: Library) -> CardCollection:
    """Return the collection of a library, up to date; it is built on first use, and again when the pack has changed."""
    with _lock:
        collection = _collections.get(library)
        stamp = library.chronicle.stamp()
        if collection is None or collection.stamp != stamp:
            collection = _collections[library] = CardCollection.build(library)
            collection.stamp = stamp
        collection.bring_up_to_date(library)
        return collection
