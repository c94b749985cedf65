"""What cards and questions leave out while ends are hidden. `Chronicle.telling` names the events that tell an end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.core.study.deck import is_met
from serge_tui.services.reading_progress import reading_progress

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.deck import Filter, Progress


def is_sealed(library: Library) -> bool:
    """Return whether the reader has ends hidden."""
    return library.settings.get("fates_sealed", True)


def untold_events(library: Library, progress: Progress | None, *, sealed: bool | None = None) -> frozenset[str]:
    """Return the events to leave out: those that tell how somebody ended, except in chapters that were read.

    `sealed` overrides the setting; here and below.
    """
    if not (is_sealed(library) if sealed is None else sealed) or (progress is not None and progress.finished):
        return frozenset()
    telling = library.chronicle.telling()
    if progress is None or not progress.chapters:
        return telling
    read = {event.key for event in library.chronicle.events() if event.chapter in progress.chapters}
    return telling - read


def told_cards(library: Library, cards: Iterable[Card], deck: Filter, *, sealed: bool | None = None) -> list[Card]:
    """Return the cards that may be asked: of a death only once it was read, or if the deck asks for deaths."""
    if not (is_sealed(library) if sealed is None else sealed) or deck.kinds & KINDS_OF_DEATH:
        return list(cards)
    progress = reading_progress(library)
    untold = untold_events(library, progress, sealed=True)

    def may_be_told(card: Card) -> bool:
        if card.kind in KINDS_OF_DEATH:
            return progress is not None and is_met(card, progress)
        return not untold.intersection(card.events)

    return [card for card in cards if may_be_told(card)]
