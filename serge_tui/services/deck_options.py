"""Limits and target retention of single decks: where a deck says nothing, the study settings hold."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold, sanitise_line
from serge_tui.services.card_collection import card_collection
from serge_tui.services.decks import deck_cards, deck_named
from serge_tui.services.study_settings import DECK_OPTIONS, study_settings, today
from serge_tui.services.undo import Change

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from db.library import Library
    from db.models import CardState
    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.scheduling import Scheduling
    from serge_tui.services.card_collection import CardCollection

EXAMPLE: Final = "new:10 reviews:30 retention:95"
_TERM: Final = re.compile(r"(new|reviews|retention):(\d{1,4})%?", re.IGNORECASE)
_MOST: Final = 9_999
_LOWEST, _HIGHEST = 0.7, 0.97


@dataclass(frozen=True, slots=True)
class DeckOptions:
    """What a deck says itself: new cards and reviews a day, target retention (0.7 to 0.97); None where it does not."""

    new: int | None = None
    reviews: int | None = None
    retention: float | None = None

    def __str__(self) -> str:
        parts = [f"new:{self.new}" if self.new is not None else ""]
        parts += [f"reviews:{self.reviews}" if self.reviews is not None else ""]
        parts += [f"retention:{self.retention:.0%}" if self.retention is not None else ""]
        return " ".join(part for part in parts if part)


NONE: Final = DeckOptions()


def read_options(text: str) -> DeckOptions:
    """Read what a reader wrote, such as `new:10 reviews:30 retention:95`; an empty text says nothing.

    Raises:
        SergeError: A word is no limit, or the retention cannot be kept.
    """
    options = NONE
    for word in sanitise_line(text).split():
        found = _TERM.fullmatch(word)
        if found is None:
            raise SergeError(f'"{word}" is not a limit: write {EXAMPLE}, or a part of it.')
        number = int(found[2])
        match found[1].casefold():
            case "new":
                options = replace(options, new=number)
            case "reviews":
                options = replace(options, reviews=number)
            case _ if not _LOWEST <= number / 100 <= _HIGHEST:
                raise SergeError(f"A target retention of {number} % cannot be kept: choose between 70 % and 97 %.")
            case _:
                options = replace(options, retention=number / 100)
    return options


def options_by_deck(library: Library) -> dict[str, DeckOptions]:
    """Return the options of each deck that has any, by the deck's name."""
    found = {}
    for entry in study_settings(library).deck_options:
        try:
            values = json.loads(entry)
            name = str(values.pop("deck"))
            options = DeckOptions(**values)
        except (ValueError, TypeError, KeyError, AttributeError):
            continue  # written by a later version
        if options != NONE and _is_sound(options):
            found[name] = options
    return found


def _is_sound(options: DeckOptions) -> bool:
    """Return whether what was stored can be used: a file may hold anything."""
    numbers: tuple[object, ...] = (options.new, options.reviews)
    retention: object = options.retention
    return all(number is None or (type(number) is int and 0 <= number <= _MOST) for number in numbers) and (
        retention is None or (isinstance(retention, float) and _LOWEST <= retention <= _HIGHEST)
    )


def options_of(library: Library, deck: Filter) -> DeckOptions:
    """Return the options of a deck."""
    wanted = fold(deck.name)
    return next((found for name, found in options_by_deck(library).items() if fold(name) == wanted), NONE)


def change_options(library: Library, deck: Filter, options: DeckOptions) -> Change:
    """Return the change that gives a deck options; its `redo` stores it."""
    before = list(study_settings(library).deck_options)
    kept = {name: found for name, found in options_by_deck(library).items() if fold(name) != fold(deck.name)}
    if options != NONE:
        kept[deck.name] = options
    after = [
        json.dumps({"deck": name, **{key: value for key, value in asdict(found).items() if value is not None}})
        for name, found in kept.items()
    ]
    return Change(
        f"limits of {deck.name}",
        lambda: library.settings.set(DECK_OPTIONS, before),
        lambda: library.settings.set(DECK_OPTIONS, after),
        frozenset({deck.name}),
    )


def retentions(
    library: Library, collection: CardCollection, states: Mapping[str, CardState], day: date
) -> dict[str, float]:
    """Return the target retention of each card in a deck that has one of its own: the highest, of several decks.

    One pass over the cards for each such deck: in a thread.
    """
    found: dict[str, float] = {}
    for name, options in options_by_deck(library).items():
        if options.retention is None:
            continue
        try:
            deck = deck_named(library, name)
        except SergeError:
            continue  # the deck was deleted
        for card in deck_cards(library, collection, deck, states, day):
            found[card.key] = max(options.retention, found.get(card.key, 0.0))
    return found


class CardScheduling:
    """How each card is scheduled: by the study settings, with the retention of its decks."""

    def __init__(self, library: Library) -> None:
        self._usual = study_settings(library).scheduling
        self._retentions: dict[str, float] = {}
        if any(options.retention is not None for options in options_by_deck(library).values()):
            states = library.study.states()
            self._retentions = retentions(library, card_collection(library), states, today(library))

    def of(self, card: str) -> Scheduling:
        """Return how a card is scheduled."""
        retention = self._retentions.get(card)
        return self._usual if retention is None else replace(self._usual, retention=retention)
