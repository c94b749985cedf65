"""The passage that a card or a question comes from: in the reader's edition, else in the guide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION, Place
from serge_tui.navigation import ReadAt, ShowNote
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.library import Library
    from serge_tui.core.study.card import Card


def place_of_card(library: Library, card: Card) -> ReadAt | ShowNote | None:
    """Return the passage of a card; for a card made from a note without a passage, the note; None if no text here has
    it.
    """
    if card.annotation:
        return place_of_annotation(library, card.annotation) or ShowNote(card.annotation)
    if card.kind == "term" and (mention := _first_mention(library, card.key.removeprefix("term/"))) is not None:
        return mention
    if card.found and (found := library.found.place_of(card.found)) is not None:
        lit = (found.passage, found.start, found.end_passage, found.end)
        return ReadAt(Place(found.edition, found.passage, found.start), lit=lit)
    figures = [key for key in (card.answer_figure, *card.figures) if key]
    return find_words(library, card.quotation, figures, card.chapter)


def _first_mention(library: Library, term: str) -> ReadAt | None:
    """Return the first mention of a term in the edition read last, else in any."""
    for edition in preferred_editions(library):
        for found in library.terms.mentions_in_context(term, edition, 1):
            at = found.mention
            return ReadAt(Place(edition, at.passage, at.start), (at.passage, at.start, at.passage, at.end))
    return None


def find_words(library: Library, quotation: str, figures: Sequence[str], chapter: int | None) -> ReadAt | None:
    """Return the place of a quotation in the edition read last, else in any; else where the guide's chapter names one
    of the figures, else where the guide names one at all, else the start of the guide's chapter.
    """
    if quotation:
        for edition in preferred_editions(library):
            if place := library.quotations.place_in(quotation, edition):
                lit = (place.passage, place.start, place.end_passage, place.end)
                return ReadAt(Place(edition, place.passage, place.start), lit=lit)
    told = library.texts.canonical(GUIDE_EDITION, chapter) if chapter is not None else None
    for figure in figures:
        mentions = library.passages.mentions_of(figure, GUIDE_EDITION)
        if told is not None:
            last = told.first_passage + told.passages
            mentions = [mention for mention in mentions if told.first_passage <= mention.passage < last]
        if mentions:
            first = mentions[0]
            lit = (first.passage, first.start, first.passage, first.end)
            return ReadAt(Place(GUIDE_EDITION, first.passage, first.start), lit=lit)
    return ReadAt(Place(GUIDE_EDITION, told.first_passage, 0)) if told is not None else None


def place_of_annotation(library: Library, key: str) -> ReadAt | None:
    """Return the passage of a highlight or note; None if it is unplaced."""
    annotation = library.annotations.by_key(key)
    anchor = annotation.anchor if annotation else None
    if anchor is None or annotation is None or annotation.state == "orphan":
        return None
    if library.texts.edition(anchor.edition) is None:
        return None
    lit = (anchor.passage, anchor.start, anchor.end_passage, anchor.end)
    return ReadAt(Place(anchor.edition, anchor.passage, anchor.start), lit=lit)


def is_text_gone(library: Library, card: Card) -> bool:
    """Return whether a card was made from words of a text that is no longer in the library."""
    annotation = library.annotations.by_key(card.annotation) if card.annotation else None
    anchor = annotation.anchor if annotation else None
    return anchor is not None and library.texts.edition(anchor.edition) is None
