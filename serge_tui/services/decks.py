"""Decks by name: what a destination, a setting or the command line calls them."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold, sanitise_line
from serge_tui.core.study.deck import ALL, DECKS, Filter, of_chapter, of_figure
from serge_tui.core.study.deck_terms import HINT, has_terms, parse_terms, written
from serge_tui.services.confusions import finder_of

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
    """The deck of a name: one that ships (`Portraits`), a saved one, `chapter 4`, `figure:trotsky`, terms
    (`chapter:4 kind:portrait -flagged`), a filter in JSON.

    Raises SergeError when there is none of that name, and for what is no term.
    """
    wanted = fold(name)
    if not wanted:
        return ALL
    if name.lstrip().startswith("{"):
        return Filter.from_json(name)
    if name.startswith(FIGURE) and " " not in name:
        key = name.removeprefix(FIGURE)
        return of_figure(key, library.figures.name_of(key))
    if found := _CHAPTER.fullmatch(wanted):
        return of_chapter(int(found[1]))
    for deck in (*DECKS, FLAGGED, *saved_decks(library)):
        if fold(deck.name) == wanted:
            return deck
    if has_terms(name):
        return deck_of_terms(library, name)
    known = ", ".join(deck.name for deck in DECKS)
    raise SergeError(
        f'there is no deck "{name}"; there are: {known}, chapter 1 to 10, those you saved, and terms such as'
        " chapter:4 kind:portrait."
    )


def deck_of_terms(library: Library, text: str) -> Filter:
    """The deck that terms describe, by the name before `=`, else called as it is written. Raises SergeError for what is
    no term, and where nothing is written.
    """
    name, equals, terms = text.partition("=")
    name, terms = (sanitise_line(name).strip(), terms) if equals else ("", text)
    deck = parse_terms(sanitise_line(terms), lambda written: _person(library, written))
    if deck == Filter():
        raise SergeError(f"write what the cards must have: {HINT}.")
    return replace(deck, name=name or written(deck))


def _person(library: Library, text: str) -> str:
    """The key of whom a name or a key means, in any spelling; empty where that is not sure."""
    if library.figures.by_key(text) is not None:
        return text
    found = finder_of(library).identify(text)
    return found.best.figure if found.accepted and found.best is not None else ""


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
