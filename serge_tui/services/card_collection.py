"""The box of cards: everything the pack yields, the reader's own cards, and the reader's wording over both."""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from serge_tui.core.study.card import Card

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.library import Library
    from db.models import Event, Figure, Quotation
    from serge_tui.core.study.retention import Groups


class Box:
    """Cards by key, in the order of the book, and the records they were made from.

    Building one costs about half a second: ask for it in a thread worker.
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
        self.groups: Groups | None = None

    @classmethod
    def build(cls, library: Library) -> Box:
        """Read everything the cards are made of, and make them."""
        from serge_tui.core.study.cards.deck_builder import make_cards

        names = library.figures.names()
        figures = {name.key: figure for name in names if (figure := library.figures.by_key(name.key))}
        quotations = {quotation.key: quotation for quotation in library.quotations.all()}
        events = {event.key: event for event in library.chronicle.events()}
        made = make_cards(list(quotations.values()), list(figures.values()), list(events.values()))
        return cls(made, figures, quotations, events)

    def bring_up_to_date(self, library: Library) -> None:
        """Read again what the reader may have changed since: own cards, and wordings."""
        from serge_tui.core.study.cards.own import own_cards
        from serge_tui.core.study.deck import with_edits

        cards = [*own_cards(library.annotations.all(newest_first=False)), *self.pack.values()]
        made = {card.key: card for card in with_edits(cards, library.study.wordings())}
        if made != self.cards:
            self.cards, self.groups = made, None


def groups_of(box: Box) -> Groups:
    """The cards of each chapter and person, kept with the box."""
    from serge_tui.core.study.retention import Groups

    if box.groups is None:
        box.groups = Groups(box.cards.values())
    return box.groups


def lost_card(key: str) -> Card:
    """A stand-in for a card whose source has vanished: kept, marked, and to be retired by the reader."""
    return Card(
        key=key,
        kind="lost",
        question="What this card was made from is gone.",
        stimulus=key,
        answer="Its history is kept; suspend it (@) and it is asked no more.",
    )


_boxes: WeakKeyDictionary[Library, Box] = WeakKeyDictionary()
_lock = Lock()


def box_of(library: Library) -> Box:
    """The box of a library with everything up to date; built when first asked for, or when the pack has changed."""
    with _lock:
        box = _boxes.get(library)
        stamp = library.chronicle.stamp()
        if box is None or box.stamp != stamp:
            box = _boxes[library] = Box.build(library)
            box.stamp = stamp
        box.bring_up_to_date(library)
        return box
