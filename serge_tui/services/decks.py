"""Decks: found by name, chosen, saved, and the cards of one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold, sanitise_line
from serge_tui.core.study.deck import ALL, AS_FAR_AS_READ, DECKS, Filter, of_chapter, of_figure, select
from serge_tui.core.study.deck_terms import HINT, has_terms, parse_terms, written
from serge_tui.services.confusions import finder_of
from serge_tui.services.hidden_ends import told_cards
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.study_settings import study_settings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from concurrent.futures import Future
    from datetime import date

    from db.library import Library
    from db.models import CardState
    from serge_tui.core.study.card import Card
    from serge_tui.services.card_collection import CardCollection

_CHAPTER: Final = re.compile(r"(?:chapter|ch\.?)?\s*(\d{1,2})")
FIGURE: Final = "figure:"
FLAGGED: Final = Filter("Flagged", flagged=True)
MOST_SAVED: Final = 20
SAVED: Final = "cards.saved_decks"
"""Setting: the reader's saved decks, each as `Filter.to_json` writes it."""


def deck_named(library: Library, name: str) -> Filter:
    """Return the deck of a name: one that ships (`Portraits`), a saved one, `chapter 4`, `figure:trotsky`, terms
    (`chapter:4 kind:portrait -flagged`), a filter in JSON.

    Raises SergeError for an unknown name and for an unknown term.
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
    """Return the deck that terms describe, named by what is before `=`, else by the terms. Raises SergeError for an
    unknown term, and if nothing is written.
    """
    name, equals, terms = text.partition("=")
    name, terms = (sanitise_line(name).strip(), terms) if equals else ("", text)
    deck = parse_terms(sanitise_line(terms), lambda written: figure_named(library, written))
    if deck == Filter():
        raise SergeError(f"write what the cards must have: {HINT}.")
    return replace(deck, name=name or written(deck))


def figure_named(library: Library, text: str) -> str:
    """Return the key of the figure that a name or a key means, in any spelling; empty if that is not sure."""
    if library.figures.by_key(text) is not None:
        return text
    found = finder_of(library).identify(text)
    return found.best.figure if found.accepted and found.best is not None else ""


def saved_decks(library: Library) -> list[Filter]:
    """Return the reader's saved decks; one that can no longer be read is left out."""
    decks = []
    for text in library.settings.get(SAVED, list[str]()):
        try:
            decks.append(Filter.from_json(text))
        except SergeError:
            continue
    return decks


def save_decks(library: Library, decks: Sequence[Filter]) -> Future[None]:
    """Save these decks; of too many, the first ones."""
    return library.settings.set(SAVED, [deck.to_json() for deck in decks[:MOST_SAVED]])


def chosen_deck(library: Library) -> Filter:
    """Return the deck chosen last; else what has been read, in an edition or on paper, if that is known; else ALL."""
    saved = study_settings(library).deck
    if saved:
        try:
            return Filter.from_json(saved)
        except SergeError:
            pass
    return AS_FAR_AS_READ if reading_progress(library) is not None else ALL


def deck_cards(
    library: Library,
    collection: CardCollection,
    deck: Filter,
    states: Mapping[str, CardState],
    day: date,
    *,
    hidden: bool | None = None,
) -> list[Card]:
    """Return the cards of a deck. While ends are hidden, cards that tell of a death are left out unless the deck asks
    for them.

    `hidden` overrides the setting.
    """
    progress = reading_progress(library)
    since = (day - timedelta(days=deck.looks_back)).isoformat()
    log = library.study.answers_since(since) if deck.looks_back else []
    cards = select(
        collection.cards.values(),
        deck,
        progress=progress,
        states=states,
        log=log,
        day=day,
        tags=library.card_tags.by_card() if deck.asks_for_tags else None,
        added=days_added(library, collection, day, deck.adds_back) if deck.adds_back else None,
    )
    return told_cards(library, cards, deck, hidden=hidden)


def days_added(library: Library, collection: CardCollection, day: date, days: int) -> dict[str, str]:
    """Return the day of each card added in the last days: made or kept by the reader, or asked for the first time."""
    since = (day - timedelta(days=days)).isoformat()
    added = library.study.first_asked_since(since)
    made = {note.key: note.created_at[:10] for note in library.annotations.all()}
    kept = {decision.card: decision.decided_at[:10] for decision in library.found.decisions()}
    for card in collection.cards.values():
        moment = made.get(card.annotation) or kept.get(card.key, "")
        if moment >= since:
            added[card.key] = min(moment, added.get(card.key, moment))
    return added
