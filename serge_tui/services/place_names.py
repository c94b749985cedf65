"""What a place in the program is called, for the line that says where the way back has led."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.navigation import (
    BeginRound,
    Destination,
    ReadAt,
    ShowDeck,
    ShowEvent,
    ShowFigure,
    ShowMode,
    ShowNote,
    ShowQuotation,
    ShowToReview,
    mode_of,
    term_of,
)

if TYPE_CHECKING:
    from db.library import Library

_MODES = {
    "today": "Today", "reader": "Read", "figures": "Figures", "cards": "Cards", "quiz": "Quiz", "notes": "Notes",
    "years": "Years", "progress": "Progress",
}  # fmt: skip


def name_of_place(library: Library, destination: Destination) -> str:
    """Return what a reader would call a place: a chapter by its title, a figure by name, else the mode."""
    match destination:
        case ReadAt(place):
            chapter = library.texts.chapter_of(place.edition, place.passage)
            return chapter.title if chapter is not None else "Read"
        case ShowFigure(key) if key is not None:
            return _name_of_entry(library, key)
        case ShowToReview():
            return "To review"
        case ShowEvent(_, year) if year is not None:
            return f"Years, {year}"
        case ShowFigure() | ShowEvent() | ShowNote() | ShowMode() | ShowDeck() | BeginRound() | ShowQuotation():
            return _MODES[mode_of(destination)]


def _name_of_entry(library: Library, entry: str) -> str:
    """Return the name of what Figures shows: a person, or a term or place."""
    if (key := term_of(entry)) is None:
        return library.figures.name_of(entry)
    term = library.terms.by_key(key)
    return term.name if term is not None else "Figures"
