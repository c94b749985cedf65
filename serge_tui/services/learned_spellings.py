"""Spellings of names that the reader typed and counted as right; the whole program knows them from then on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library

_ALIAS: Final = "alias:"
_FIGURE: Final = "figure:"


def own_spellings(library: Library) -> dict[str, str]:
    """Return the key of the figure meant, by folded spelling."""
    return {
        fold(correction.field.removeprefix(_ALIAS)): correction.record.removeprefix(_FIGURE)
        for correction in library.corrections.all()
        if correction.record.startswith(_FIGURE) and correction.field.startswith(_ALIAS) and correction.value
    }


def remember_spelling(library: Library, spelling: str, figure: str) -> Future[None]:
    """Store a spelling as the reader's own alias of a figure; it can be undone on the figure's page."""
    return library.corrections.correct(f"{_FIGURE}{figure}", {f"{_ALIAS}{spelling}": "spelling"})


def forget_spelling(library: Library, spelling: str, figure: str) -> Future[None]:
    """Delete a learned spelling."""
    return library.corrections.take_back(f"{_FIGURE}{figure}", f"{_ALIAS}{spelling}")
