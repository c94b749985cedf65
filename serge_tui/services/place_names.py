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
            return library.figures.name_of(key)
        case ShowToReview():
            return "To review"
        case ShowEvent(_, year) if year is not None:
            return f"Years, {year}"
        case ShowFigure() | ShowEvent() | ShowNote() | ShowMode() | ShowDeck() | BeginRound() | ShowQuotation():
            return _MODES[mode_of(destination)]
