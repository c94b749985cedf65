"""The reader's own spellings of names: what was typed and meant somebody, known from then on to the whole program."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library

_ALIAS: Final = "alias:"
_FIGURE: Final = "figure:"


def own_spellings(library: Library) -> dict[str, str]:
    """Folded spelling to the key of the figure meant."""
    return {
        fold(correction.field.removeprefix(_ALIAS)): correction.record.removeprefix(_FIGURE)
        for correction in library.corrections.all()
        if correction.record.startswith(_FIGURE) and correction.field.startswith(_ALIAS) and correction.value
    }


def remember_spelling(library: Library, spelling: str, figure: str) -> Future[None]:
    """Keep a spelling as the reader's own alias of a figure; the figure's page shows it and takes it back."""
    return library.corrections.correct(f"{_FIGURE}{figure}", {f"{_ALIAS}{spelling}": "spelling"})


def forget_spelling(library: Library, spelling: str, figure: str) -> Future[None]:
    """Take a spelling away again."""
    return library.corrections.take_back(f"{_FIGURE}{figure}", f"{_ALIAS}{spelling}")
