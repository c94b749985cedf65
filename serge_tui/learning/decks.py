"""Decks by name: what a destination, a setting or the command line calls them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold
from serge_tui.study.deck import ALL, DECKS, Filter, of_chapter, of_figure

if TYPE_CHECKING:
    from collections.abc import Sequence
    from concurrent.futures import Future

    from db.library import Library

_CHAPTER: Final = re.compile(r"(?:chapter|ch\.?)?\s*(\d{1,2})")
FIGURE: Final = "figure:"
FLAGGED: Final = Filter("Flagged", flagged=True)
MOST_SAVED: Final = 20
SAVED: Final = "cards.saved_decks"
"""Setting: the reader's saved decks, each as `Filter.to_json` writes it."""


def deck_named(library: Library, name: str) -> Filter:
    """The deck of a name: one that ships (`Portraits`), a saved one, `chapter 4`, `figure:trotsky`, a filter in JSON.

    Raises SergeError when there is none of that name.
    """
    wanted = fold(name)
    if not wanted:
        return ALL
    if name.lstrip().startswith("{"):
        return Filter.from_json(name)
    if name.startswith(FIGURE):
        key = name.removeprefix(FIGURE)
        return of_figure(key, library.figures.name_of(key))
    if found := _CHAPTER.fullmatch(wanted):
        return of_chapter(int(found[1]))
    for deck in (*DECKS, FLAGGED, *saved_decks(library)):
        if fold(deck.name) == wanted:
            return deck
    known = ", ".join(deck.name for deck in DECKS)
    raise SergeError(f'there is no deck "{name}"; there are: {known}, chapter 1 to 10, and those you saved.')


def saved_decks(library: Library) -> list[Filter]:
    """The reader's saved decks; one that cannot be read any more is left out."""
    decks = []
    for text in library.settings.get(SAVED, list[str]()):
        try:
            decks.append(Filter.from_json(text))
        except SergeError:
            continue
    return decks


def keep_decks(library: Library, decks: Sequence[Filter]) -> Future[None]:
    """Keep these decks, the first ones of too many."""
    return library.settings.set(SAVED, [deck.to_json() for deck in decks[:MOST_SAVED]])
