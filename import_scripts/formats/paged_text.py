"""Plain text made from pages, as by pdftotext: form feeds, running heads and page numbers taken out."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from db.numerals import roman
from db.text import fold
from import_scripts.formats.headings import chapter_number

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAGE_END: Final = "\f"
_NUMBER: Final = r"(?:[0-9]{1,4}|[ivxlc]{1,8})"
_ALONE: Final = re.compile(rf"\s*[\[(—–-]?\s*({_NUMBER})\s*[\])—–-]?\s*", re.IGNORECASE)
_AT_EDGE: Final = re.compile(
    rf"\s*(?:({_NUMBER})(?:\s{{2,}}|\s*[|·•]\s*)(\S.*)|(\S.*?)(?:\s{{2,}}|\s*[|·•]\s*)({_NUMBER}))\s*"
)
_DIGITS: Final = re.compile(r"[0-9]+")
_SENTENCE_END: Final = (".", "!", "?", "”", '"', "’", "»", ":", "…", ")")
_LEAST_REPEATS: Final = 3
_LEAST_NUMBERED: Final = 2
_LEAST_MARKED: Final = 3
_LONGEST_HEAD: Final = 100


def without_pages(text: str) -> str:
    """Return a text without form feeds: running heads left out, sentences joined over page ends, pages marked.

    A line at the edge of a page is a running head when it is a number, when it has a number that counts with the pages,
    or when it comes again and again; never when it names a chapter.
    """
    if _PAGE_END not in text:
        return text
    pages = [page.split("\n") for page in text.split(_PAGE_END)]
    edges = [_edges(page) for page in pages]
    repeated = _repeated(pages, edges)
    offset = _offset(pages, edges)
    parts: list[str] = []
    counted = sum(any(_counts(page[at], number, offset) for at in edges[number]) for number, page in enumerate(pages))
    marked = counted >= _LEAST_MARKED
    for number, (page, lines) in enumerate(zip(pages, edges, strict=True)):
        heads = {
            at
            for at in lines
            if (_ALONE.fullmatch(page[at]) and _counts(page[at], number, offset))
            or (_AT_EDGE.fullmatch(page[at]) and _counts(page[at], number, offset))
            or _likeness(page[at]) in repeated
        }
        kept = _stripped([line for at, line in enumerate(page) if at not in heads])
        if not kept:
            continue
        if marked and heads and offset is not None:
            at = _first_of_text(kept)
            indent = len(kept[at]) - len(kept[at].lstrip())
            kept[at] = f"{kept[at][:indent]}[Pg {offset + number}] {kept[at].lstrip()}"
        parts.append(f"{_glue(parts[-1], kept[0]) if parts else ''}" + "\n".join(kept))
    return "".join(parts)


def _first_of_text(lines: Sequence[str]) -> int:
    """The first line that is no chapter heading; a mark in a heading would hide it."""
    return next((at for at, line in enumerate(lines) if line.strip() and chapter_number(line.strip()) is None), 0)


def _edges(page: Sequence[str]) -> list[int]:
    """The first and the last line of a page that have text."""
    filled = [at for at, line in enumerate(page) if line.strip()]
    return sorted({filled[0], filled[-1]}) if len(filled) > 1 else []


def _likeness(line: str) -> str:
    return " ".join(_DIGITS.sub("", fold(line)).split()).strip(" .|-")


def _repeated(pages: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> frozenset[str]:
    counts = Counter(
        _likeness(page[at])
        for page, lines in zip(pages, edges, strict=True)
        for at in lines
        if len(page[at]) < _LONGEST_HEAD and chapter_number(page[at].strip()) is None
    )
    return frozenset(line for line, count in counts.items() if line and count >= _LEAST_REPEATS)


def _numbers(line: str) -> list[int]:
    found = _ALONE.fullmatch(line) or _AT_EDGE.fullmatch(line)
    if found is None:
        return []
    said = [group for group in found.groups() if group and re.fullmatch(_NUMBER, group, re.IGNORECASE)]
    values = [int(one) if one.isdecimal() else roman(one) for one in said]
    return [value for value in values if value]


def _offset(pages: Sequence[Sequence[str]], edges: Sequence[Sequence[int]]) -> int | None:
    """What to add to the count of a page (from 0) to get its printed number; None when the numbers do not count up."""
    counts = Counter(
        value - number
        for number, (page, lines) in enumerate(zip(pages, edges, strict=True))
        for value in {value for at in lines for value in _numbers(page[at])}
    )
    if not counts:
        return None
    offset, count = counts.most_common(1)[0]
    return offset if count >= _LEAST_NUMBERED else None


def _counts(line: str, number: int, offset: int | None) -> bool:
    return offset is not None and offset + number in _numbers(line)


def _stripped(lines: list[str]) -> list[str]:
    filled = [at for at, line in enumerate(lines) if line.strip()]
    return lines[filled[0] : filled[-1] + 1] if filled else []


def _glue(before: str, first: str) -> str:
    """What stands between two pages: a line end inside a sentence, blank lines before what begins anew."""
    last = before.rstrip().rsplit("\n", 1)[-1].rstrip()
    text = re.sub(r"^\s*\[Pg [0-9]+\]\s*", "", first).strip()
    if chapter_number(text) is not None:
        return "\n\n\n\n"
    if text[:1].islower() or (last and not last.endswith(_SENTENCE_END)):
        return "\n"
    return "\n\n"
