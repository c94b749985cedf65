"""What cards and questions may not tell while fates are sealed. Which events tell an end, `Chronicle.telling` says."""

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
    """Whether the reader has fates sealed."""
    return library.settings.get("fates_sealed", True)


def untold_events(library: Library, progress: Progress | None, *, sealed: bool | None = None) -> frozenset[str]:
    """Events that may not be told: those that tell how somebody ended, but for the chapters read.

    `sealed` says it otherwise than the setting does; here and below.
    """
    if not (is_sealed(library) if sealed is None else sealed) or (progress is not None and progress.finished):
        return frozenset()
    telling = library.chronicle.telling()
    if progress is None or not progress.chapters:
        return telling
    read = {event.key for event in library.chronicle.events() if event.chapter in progress.chapters}
    return telling - read


def told_cards(library: Library, cards: Iterable[Card], deck: Filter, *, sealed: bool | None = None) -> list[Card]:
    """Cards that may be asked: what tells of a death only once it was read, or where the deck asks for deaths."""
    if not (is_sealed(library) if sealed is None else sealed) or deck.kinds & KINDS_OF_DEATH:
        return list(cards)
    progress = reading_progress(library)
    untold = untold_events(library, progress, sealed=True)

    def may_be_told(card: Card) -> bool:
        if card.kind in KINDS_OF_DEATH:
            return progress is not None and is_met(card, progress)
        return not untold.intersection(card.events)

    return [card for card in cards if may_be_told(card)]
