"""Recognise which program a file of highlights comes from, by its content, not its name.

A new reader is one module and one line in `FORMATS`. `python -m import_scripts.highlights.detect FILE` prints what any
of them finds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights import (
    apple_books,
    hypothesis,
    kindle,
    kobo,
    koreader,
    readwise,
    serge_notes,
    web_annotations,
)
from import_scripts.highlights.sample import Sample
from import_scripts.input.json_file import read_json

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from import_scripts.highlights.record import HighlightFile


@dataclass(frozen=True, slots=True)
class HighlightFormat:
    """One kind of file: its name for people, how to recognise it, and how to read it."""

    name: str
    recognise: Callable[[Sample], bool]
    read: Callable[[Path], HighlightFile]


FORMATS: Final = (
    HighlightFormat("a KOReader .sdr folder", koreader.recognise, koreader.read_koreader),
    HighlightFormat("a database of Apple Books", apple_books.recognise, apple_books.read_apple_books),
    HighlightFormat("a database of Kobo", kobo.recognise, kobo.read_kobo),
    HighlightFormat("a list of Web Annotations", web_annotations.recognise, web_annotations.read_web_annotations),
    HighlightFormat("Hypothesis' JSON", hypothesis.recognise, hypothesis.read_hypothesis),
    HighlightFormat("a Readwise CSV", readwise.recognise, readwise.read_readwise),
    HighlightFormat("Kindle's My Clippings.txt", kindle.recognise, kindle.read_clippings),
)
"""Every kind of highlights but our own export, in the order in which they are tried."""


def highlight_format(path: Path) -> HighlightFormat | None:
    """Return the format of a file or folder, or None when it holds no highlights of a known kind.

    Raises SergeError when the file cannot be opened.
    """
    return _format_of(Sample(path))


def holds_highlights(path: Path) -> bool:
    """Whether a file holds highlights, our own export included; False when it cannot be read."""
    try:
        return (not path.is_dir() and serge_notes.is_own_export(path)) or highlight_format(path) is not None
    except SergeError:
        return False


def read_highlights(path: Path) -> HighlightFile:
    """Read a file or folder of highlights of any kind but our own export.

    Raises SergeError when it holds none, or cannot be read.
    """
    sample = Sample(path)
    found = _format_of(sample)
    if found is not None:
        return found.read(path)
    if sample.begins_as_json:
        read_json(path)  # damaged JSON says where it is damaged
    *others, last = (known.name for known in FORMATS)
    raise SergeError(
        f"{sanitise_line(path.name)} has no highlights in a format that Serge reads: {', '.join(others)}, {last},"
        " or an export of Serge's own notes."
    )


def _format_of(sample: Sample) -> HighlightFormat | None:
    return next((known for known in FORMATS if known.recognise(sample)), None)


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_highlights)
