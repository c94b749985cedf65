"""Remove the licence headers and footers of digital libraries, and read title, author and language from them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.book import Book
    from import_scripts.formats.flow import Flow

_START: Final = re.compile(
    r"\s*\*{2,3}\s*START OF (?:THE|THIS) PROJECT GUTENBERG|\s*\*END[* ]THE SMALL PRINT|\s*\*\*\* ?START: ",
    re.IGNORECASE,
)
_END: Final = re.compile(
    r"\s*\*{2,3}\s*END OF (?:THE|THIS) PROJECT GUTENBERG|\s*End of (?:the |this )?Project Gutenberg", re.IGNORECASE
)
_FIELD: Final = re.compile(
    r"(Title|Author|Language|Titre|Auteur|Langue|Título|Autor|Idioma|Titel|Sprache|Titolo|Autore|Lingua)\s*:\s*(\S.*)"
)
_PRODUCED: Final = re.compile(
    r"(?:Produced|Prepared|Transcribed|E-?text prepared|This e-?(?:text|book) was (?:produced|prepared))\b",
    re.IGNORECASE,
)
_TITLE_WORDS: Final = frozenset({"title", "titre", "título", "titel", "titolo"})
_AUTHOR_WORDS: Final = frozenset({"author", "auteur", "autor", "autore"})
_HEADER_LINES: Final = 600


@dataclass(slots=True)
class Unwrapped:
    """The lines of the text itself, and the values from the header."""

    lines: Sequence[str]
    title: str = ""
    author: str = ""
    language: str = ""


def unwrap(lines: Sequence[str]) -> Unwrapped:
    """Remove a licence header and footer, if any; read title, author and language from the header."""
    start = next((number for number, line in enumerate(lines[:_HEADER_LINES]) if _START.match(line)), None)
    if start is None:
        return Unwrapped(lines)
    end = next((number for number in range(start + 1, len(lines)) if _END.match(lines[number])), len(lines))
    body = _without_credits(lines[start + 1 : end])
    unwrapped = Unwrapped(body)
    for line in lines[:start]:
        if not (found := _FIELD.match(line)):
            continue
        name, value = found[1].lower(), sanitise_line(found[2])[: limits.MAX_TITLE_CHARACTERS]
        if name in _TITLE_WORDS:
            unwrapped.title = unwrapped.title or value
        elif name in _AUTHOR_WORDS:
            unwrapped.author = unwrapped.author or value
        else:
            unwrapped.language = unwrapped.language or value
    return unwrapped


def unwrap_flow(flow: Flow, book: Book) -> None:
    """Remove a licence header and footer from a flow; values from the header fill those that `book` lacks."""
    texts = [block.text for block in flow.blocks]
    start = next((index for index, text in enumerate(texts[:_HEADER_LINES]) if _has_line(_START, text)), None)
    if start is None:
        return
    end = next((index for index in range(start + 1, len(texts)) if _has_line(_END, texts[index])), len(texts))
    header = [line for text in texts[: start + 1] for line in text.split("\n")]
    said = unwrap(header)
    book.title = said.title or book.title
    book.author = book.author or said.author
    book.language = book.language or said.language
    while start + 1 < end and _PRODUCED.match(texts[start + 1].strip()):
        start += 1
    if start + 1 < end:
        flow.move({*range(start + 1), *range(end, len(texts))})


def _has_line(pattern: re.Pattern[str], text: str) -> bool:
    return any(pattern.match(line) for line in text.split("\n"))


def _without_credits(lines: Sequence[str]) -> Sequence[str]:
    """Drop the lines about who produced the file, up to the blank line after them."""
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if first >= len(lines) or not _PRODUCED.match(lines[first].strip()):
        return lines
    while first < len(lines) and lines[first].strip():
        first += 1
    return lines[first:]
