"""Make paragraphs of lines on pages: running heads, page numbers, hyphens, footnotes. Pure functions.

Lengths are in points (1/72 inch), measured from the lower left corner as PDF does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Final

from db.book import Span
from db.numerals import roman
from db.text import fold
from import_scripts.formats.headings import chapter_number
from import_scripts.formats.hyphens import keeps_hyphen
from import_scripts.formats.pdf_lines import (
    BOLD,
    LEAST_COLUMN_LINES,
    Line,
    Page,
    join_pieces,
    lay_out,
)

if TYPE_CHECKING:
    from collections.abc import Sequence


LARGE: Final = 1.15
"""A line this many times as high as the running text, or higher, is a heading."""

_HYPHENS: Final = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}")
_SENTENCE_END: Final = (".", "!", "?", "”", '"', "’", "»", ":", "…", ")")
_EDGE_LINES: Final = 2
_EDGE_SHARE: Final = 0.14
_FEW_PAGES: Final = 20
_REPEATED_SHARE: Final = 0.2
_REPEATED_LEAST: Final = 3
_NUMBER: Final = re.compile(r"[\s\[(|–—·•-]*([0-9]{1,4}|[ivxlc]{1,8})[\s\])|–—·•-]*", re.IGNORECASE)
_NUMBER_AT_EDGE: Final = re.compile(r"^(?:([0-9]{1,4}|[ivxlc]{1,8})\s+\D.*|.*\D\s+([0-9]{1,4}|[ivxlc]{1,8}))$")
_DIGITS: Final = re.compile(r"[0-9]+")
NOTE_START: Final = re.compile(r"\s*([0-9]{1,3}|[*†‡]{1,3})[.)\s]\s*")
"""The beginning of a footnote: its number or sign."""
_SMALL: Final = 0.92
_WIDE_GAP: Final = 1.4
_INDENT: Final = 0.6


@dataclass(slots=True)
class Paragraph:
    """Running text with its spans; where pages begin in it (offset, page counted from 0); the gap above it in lines."""

    text: str
    spans: list[Span] = field(default_factory=list)
    starts: list[tuple[int, int]] = field(default_factory=list)
    size: float = 0.0
    gap: float = 1.0
    indent: float = 0.0
    is_bold: bool = False
    page: int = 0
    is_note: bool = False


def paragraphs_of(pages: Sequence[Page]) -> list[Paragraph]:
    """Return the paragraphs of all pages in reading order; footnotes follow as marked paragraphs of their own."""
    body = _size_of_pieces(pages)
    for page in pages:
        lay_out(page, body)
    drop_running_heads(pages)
    body = body_size(pages)
    for page in pages:
        _set_notes_apart(page, body)
    words = Counter(word.casefold() for page in pages for line in page.lines for word in line.text.split())
    made: list[Paragraph] = []
    for number, page in enumerate(pages):
        _add_page(made, page, number, body, words)
        for note in _notes_of(page, words):
            note.page = number
            made.append(note)
    return made


# --- what is not running text ----------------------------------------------------------------------------------------


def drop_running_heads(pages: Sequence[Page]) -> None:
    """Remove running heads and feet; keep the page number printed there in `Page.printed`."""
    counts: Counter[str] = Counter()
    for page in pages:
        counts.update({_pattern(line) for line in _edges(page)})
    least = max(_REPEATED_LEAST, int(len(pages) * _REPEATED_SHARE / 2))
    body = body_size(pages)
    titles = {fold(line.text) for page in pages for line in page.lines if line.size > LARGE * body}
    for page in pages:
        edges = _edges(page)
        gone: list[Line] = []
        for line in edges:
            text = line.text.strip()
            if number := _NUMBER.fullmatch(text):
                page.printed = page.printed or number[1]
                gone.append(line)
            elif len(pages) > 1 and (
                counts[_pattern(line)] >= least
                or _is_head_of_few(line, counts[_pattern(line)], len(pages), titles, body)
            ):
                if at_edge := _NUMBER_AT_EDGE.match(text):
                    page.printed = page.printed or at_edge[1] or at_edge[2]
                gone.append(line)
        page.lines = [line for line in page.lines if not any(line is other for other in gone)]
    _keep_only_true_numbers(pages)


def _is_head_of_few(line: Line, count: int, pages: int, titles: set[str], body: float) -> bool:
    """Return whether a line at the edge of a short file's page is a running head: capitals twice, or heading words."""
    if pages > _FEW_PAGES or line.size > LARGE * body:
        return False
    words = re.sub(r"^(?:[0-9]+|[ivxlc]+)\s+|\s+(?:[0-9]+|[ivxlc]+)$", "", fold(line.text))
    return (count >= 2 and line.text.isupper()) or words in titles


def _edges(page: Page) -> list[Line]:
    """Return the first and last lines if they are near the upper or lower edge of the page."""
    ordered = sorted(page.lines, key=lambda line: -line.bottom)
    upper = [line for line in ordered[:_EDGE_LINES] if line.bottom > page.height * (1 - _EDGE_SHARE)]
    lower = [line for line in ordered[-_EDGE_LINES:] if line.top < page.height * _EDGE_SHARE]
    return [*upper, *(line for line in lower if not any(line is other for other in upper))]


def _pattern(line: Line) -> str:
    folded = fold(line.text)
    if chapter_number(line.text) is not None and not folded[:1].isdigit():
        return folded
    stripped = re.sub(r"^(?:[0-9]+|[ivxlc]+)\s+|\s+(?:[0-9]+|[ivxlc]+)$", "", folded)
    return _DIGITS.sub("#", stripped) if stripped else "#"


def _keep_only_true_numbers(pages: Sequence[Page]) -> None:
    """Drop printed numbers that are out of step with the pages, and fill in missing ones between those in step."""
    offsets: Counter[int] = Counter()
    for index, page in enumerate(pages):
        if page.printed.isdecimal():
            offsets[int(page.printed) - index] += 1
    if not offsets:
        return
    offset, agreeing = offsets.most_common(1)[0]
    numbered = [index for index, page in enumerate(pages) if page.printed == str(index + offset)]
    if agreeing < max(2, len(pages) // 10):
        for page in pages:
            page.printed = page.printed if roman(page.printed) else ""
        return
    for index, page in enumerate(pages):
        if numbered[0] <= index <= numbered[-1]:
            page.printed = str(index + offset)
        elif page.printed.isdecimal() and page.printed != str(index + offset):
            page.printed = ""


def _size_of_pieces(pages: Sequence[Page]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for piece in page.pieces:
            sizes[round(piece.size * 2) / 2] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def body_size(pages: Sequence[Page]) -> float:
    """Return the type height of most of the text."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.size * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _set_notes_apart(page: Page, body: float) -> None:
    """Set aside the footnotes: smaller type at the foot of the page that begins with a number or a star."""
    first = len(page.lines)
    while first > 0 and page.lines[first - 1].size <= body * _SMALL:
        first -= 1
    start = next((index for index in range(first, len(page.lines)) if NOTE_START.match(page.lines[index].text)), None)
    if start is not None and first > 0:
        page.notes = page.lines[start:]
        page.lines = page.lines[:start]


def _notes_of(page: Page, words: Counter[str]) -> list[Paragraph]:
    notes: list[Paragraph] = []
    for line in page.notes:
        if NOTE_START.match(line.text) or not notes:
            notes.append(Paragraph("", is_note=True, size=line.size))
        _append(notes[-1], line, words)
    return notes


# --- paragraphs ------------------------------------------------------------------------------------------------------


def _add_page(made: list[Paragraph], page: Page, number: int, body: float, words: Counter[str]) -> None:
    previous: Line | None = None
    leading = _leading(page.lines) or body * 1.2
    margins = _margins(page.lines)
    begun = False
    for line in page.lines:
        left, right = margins[_column(line, margins)]
        indent = line.left - left
        large = line.size > LARGE * body
        stretch = line.size / body if large else 1.0
        gap = (previous.bottom - line.bottom) / (leading * stretch) if previous is not None else 1.0
        new_column = gap < 0
        running = previous if previous is not None and not new_column else None
        last = next((paragraph for paragraph in reversed(made) if not paragraph.is_note), None)
        if running is not None:
            starts_new = (
                gap > _WIDE_GAP
                or abs(running.size - line.size) > 0.12 * body
                or (not large and indent > _INDENT * line.size and running.left - left < _INDENT * line.size)
                or (
                    not large
                    and running.right < right - 0.12 * (right - left)
                    and running.text.rstrip().endswith(_SENTENCE_END)
                )
            )
        else:
            starts_new = (
                last is None
                or indent > _INDENT * line.size
                or abs(last.size - line.size) > 0.12 * body
                or (last.text.rstrip().endswith(_SENTENCE_END) and not line.text[:1].islower())
            )
        if starts_new or last is None:
            wide = gap if gap > 0 else 1.0
            if previous is None and line.top < page.height * 0.8:
                wide = max(wide, 3.0)
            bold = all(piece.look & BOLD for piece in line.pieces)
            last = Paragraph("", size=line.size, gap=wide, indent=indent, is_bold=bold, page=number)
            made.append(last)
        if not begun:
            last.starts.append((len(last.text) + (1 if last.text else 0), number))
            begun = True
        _append(last, line, words)
        previous = line
    if not begun and made:
        made[-1].starts.append((len(made[-1].text), number))


def _leading(lines: Sequence[Line]) -> float:
    gaps = [above.bottom - below.bottom for above, below in pairwise(lines)]
    usual = [gap for gap in gaps if 2 < gap < 60]
    return median(usual) if usual else 0.0


def _margins(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Return the left and right edge of each column: two if many lines begin beyond the end of many others."""
    if not lines:
        return [(0.0, 0.0)]
    middle = (min(line.left for line in lines) + max(line.right for line in lines)) / 2
    right_of = [line for line in lines if line.left > middle]
    left_of = [line for line in lines if line.right < middle + 2]
    groups = [lines]
    if len(right_of) >= LEAST_COLUMN_LINES and len(left_of) >= LEAST_COLUMN_LINES:
        groups = [left_of, right_of]
    return [(_usual_left(group), max(line.right for line in group)) for group in groups]


def _usual_left(lines: Sequence[Line]) -> float:
    lefts = Counter(round(line.left) for line in lines)
    most = max(lefts.values())
    return float(min(left for left, count in lefts.items() if count >= max(2, most // 3) or most == 1))


def _column(line: Line, margins: Sequence[tuple[float, float]]) -> int:
    return 1 if len(margins) > 1 and line.left >= margins[1][0] - 2 else 0


def _append(paragraph: Paragraph, line: Line, words: Counter[str]) -> None:
    """Add a line, joining a word divided at the line's end."""
    text, spans = join_pieces(line.pieces)
    lead = len(text) - len(text.lstrip())
    text = text.strip()
    head = paragraph.text
    if head.endswith(_HYPHENS) and text[:1].islower() and head[-2:-1].isalpha():
        keeps = not head.endswith("\N{SOFT HYPHEN}") and _is_compound(head, text, words)
        head = head if keeps else head[:-1]
        paragraph.spans = [
            Span(span.start, min(span.end, len(head)), span.style, span.target) for span in paragraph.spans
        ]
    elif head:
        head += " "
    shift = len(head) - lead
    paragraph.text = head + text
    paragraph.spans += [
        Span(max(span.start + shift, 0), min(span.end + shift, len(paragraph.text)), span.style, span.target)
        for span in spans
    ]


def _is_compound(head: str, tail: str, words: Counter[str]) -> bool:
    """Return whether a hyphen at a line's end belongs to the word."""
    first = head.split()[-1].casefold().strip("“\"'(‘")
    second = tail.split()[0].casefold().rstrip(".,;:!?”\"')’")
    return keeps_hyphen(first[:-1], second, words)
