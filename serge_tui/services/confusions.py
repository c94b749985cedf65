"""Find which people the reader confuses, over one library: from typed answers, side-by-side cards and the quiz."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import CONTRAST

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.library import Library
    from db.models import CardState, Review
    from serge_tui.core.name_finder.match import Identification
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.confusions import Confusion
    from serge_tui.core.study.grading import Identifier
    from serge_tui.services.card_collection import CardCollection


BURIED_FOR_GOOD: Final = "9999-12-31"
"""A side-by-side card is buried until this day once it was answered right three times."""


class LateFinder:
    """A name finder that is made when the first name is asked about: most sessions need none."""

    def __init__(self, make: Callable[[], Identifier]) -> None:
        self._make = make
        self._made: Identifier | None = None

    def identify(self, query: str) -> Identification:
        """Return who is meant by a whole answer."""
        if self._made is None:
            self._made = self._make()
        return self._made.identify(query)


def finder_of(library: Library) -> LateFinder:
    """Return a name finder for use without the app."""

    def make() -> Identifier:
        from serge_tui.core.name_finder.names import NameFinder

        return NameFinder(library.figures.names())

    return LateFinder(make)


def confusions(library: Library, collection: CardCollection, finder: Identifier) -> list[Confusion]:
    """The count_confusions, most frequent first."""
    from serge_tui.core.study.confusions import count_confusions

    log = library.study.told_apart()
    return count_confusions(log, _asked(log, collection), finder)


def _asked(log: Sequence[Review], collection: CardCollection) -> list[Card]:
    """Return the cards of these answers: far fewer than there are."""
    return [collection.cards[key] for key in dict.fromkeys(review.card for review in log) if key in collection.cards]


def contrast_state_changes(made: Sequence[Card], states: Mapping[str, CardState]) -> list[CardState]:
    """Return states to be stored: a side-by-side card that is no longer made is buried for good, so that it is never
    due; one that is made again comes back. What the reader suspended is left alone.
    """
    wanted = {card.key for card in made}
    changed = []
    for key, state in states.items():
        if not key.startswith(CONTRAST):
            continue
        if key in wanted and state.buried_until == BURIED_FOR_GOOD:
            changed.append(replace(state, suspended=False, buried_until=""))
        elif key not in wanted and not state.suspended:
            changed.append(replace(state, suspended=True, buried_until=BURIED_FOR_GOOD))
    return changed


def side_by_side(library: Library, collection: CardCollection, finder: Identifier) -> list[Card]:
    """Return a card for each pair of people that was mixed up twice and not yet answered right three times."""
    from serge_tui.core.study.confusions import contrast_cards

    log = library.study.told_apart()
    return contrast_cards(log, list(collection.cards.values()), collection.figures, finder) if log else []
