"""Tell a review or article on the Memoirs from a book: it is short, it names Serge, and it cites pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold
from import_scripts.input.encoding import decode
from import_scripts.input.files import read_bytes
from import_scripts.reviews.citations import citations_in, main_year_of

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST: Final = 600_000
"""Bytes of a file from which it is a book; markup counts too."""
_MOST_WORDS: Final = 30_000
_LEAST_CITATIONS: Final = 3
_TAG: Final = re.compile(r"<[^<>]{0,2000}>")
_PARAGRAPH: Final = re.compile(r"\n\s*\n")
_NAMES: Final = ("serge", "серж")


def is_review(path: Path) -> bool:
    """Return whether a file of text or HTML is a review rather than a book; False when it cannot be read."""
    try:
        if path.stat().st_size > _LARGEST:
            return False
        text = decode(read_bytes(path), path.name).text
    except (SergeError, OSError):
        return False
    plain = _TAG.sub(" ", text)
    if "\0" in plain or len(plain.split()) > _MOST_WORDS or not any(name in fold(plain) for name in _NAMES):
        return False
    paragraphs = _PARAGRAPH.split(plain)
    year = main_year_of(paragraphs)
    cited = 0
    for paragraph in paragraphs:
        cited += sum(not one.other and not one.loose for one in citations_in(paragraph, year))
        if cited >= _LEAST_CITATIONS:
            return True
    return False
