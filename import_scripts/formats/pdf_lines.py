"""Join pieces of type on a page to lines, and put the lines in reading order. Pure functions.

Lengths are in points (1/72 inch), measured from the lower left corner as PDF does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from db.book import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.book import SpanStyle

ITALIC: Final = 1
BOLD: Final = 2
LEAST_COLUMN_LINES: Final = 5
"""The fewest lines of a column."""
_REFERENCE: Final = re.compile(r"[0-9]{1,3}|[*†‡]{1,3}")
_RAISED: Final = 0.8
_SAME_TYPE: Final = 1.15
_LONGEST_RAISED: Final = 3
_CAP_SIZE: Final = 1.8
"""A single letter this many times the size of the running text, or larger, is a drop cap."""
_CAP: Final = re.compile(r"[“‘«\"'(]?[^\W\d_]")
_CAP_LINES: Final = 2
_GUTTER: Final = 6.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of one font on one line. `size` is the height of its type; `look` sums ITALIC and BOLD."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    look: int
    text: str


@dataclass(slots=True)
class Line:
    """A line of type: its pieces, and its edges, which are asked for a hundred times for each piece that is added."""

    pieces: list[Piece]
    left: float = field(init=False)
    """The left edge."""
    right: float = field(init=False)
    """The right edge."""
    bottom: float = field(init=False)
    """The lower edge of the largest type."""
    top: float = field(init=False)
    """The upper edge."""
    size: float = field(init=False)
    """The type height of most of the line."""
    _words: str | None = field(init=False, default=None, compare=False, repr=False)

    def __post_init__(self) -> None:
        self._measure()

    def add(self, *pieces: Piece) -> None:
        """Add pieces, at the right end."""
        self.pieces += pieces
        self._measure()

    def sort(self) -> None:
        """Put the pieces in order from left to right."""
        self.pieces.sort(key=_left)
        self._measure()

    def _measure(self) -> None:
        pieces = self.pieces
        self._words = None
        self.left = min(piece.left for piece in pieces)
        self.right = max(piece.right for piece in pieces)
        self.top = max(piece.top for piece in pieces)
        self.bottom = max(pieces, key=_size).bottom
        self.size = max(pieces, key=_length).size

    @property
    def text(self) -> str:
        """The words of the line."""
        if self._words is None:
            self._words = join_pieces(self.pieces)[0]
        return self._words


def _left(piece: Piece) -> float:
    return piece.left


def _size(piece: Piece) -> float:
    return piece.size


def _length(piece: Piece) -> int:
    return len(piece.text)


@dataclass(slots=True)
class Page:
    """A page: its label in the file, its size, its pieces of type, and the lines made of them."""

    label: str
    width: float
    height: float
    pieces: list[Piece]
    lines: list[Line] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    printed: str = ""
    is_laid_out: bool = False


def lay_out(page: Page, body: float | None) -> None:
    """Set the lines of a page, in reading order. `body` is the size of the running text.

    Without it, a page is laid out only if nothing on it could be a drop cap: that is told by its size against the text.
    """
    if page.is_laid_out or (body is None and any(_CAP.fullmatch(piece.text.strip()) for piece in page.pieces)):
        return
    pieces = page.pieces if body is None else drop_caps_joined(page.pieces, body)
    page.lines = in_reading_order(lines_of(pieces), page.width)
    page.is_laid_out = True


def lines_of(pieces: Iterable[Piece]) -> list[Line]:
    """Join pieces that are on one line and close to each other."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda piece: (-round(piece.bottom), piece.left)):
        for line in reversed(lines[-12:]):
            last = line.pieces[-1]
            height = max(min(piece.top, line.top) - max(piece.bottom, line.bottom), 0.0)
            beside = height > 0.4 * min(piece.top - piece.bottom, line.top - line.bottom)
            near = -piece.size < piece.left - last.right < 1.2 * _shared_size(piece, last)
            if beside and near:
                line.add(piece)
                break
        else:
            lines.append(Line([piece]))
    for line in lines:
        line.sort()
    return _rejoined(lines)


def _shared_size(one: Piece | Line, other: Piece | Line) -> float:
    """Return the size that a gap between two pieces is measured by: a heading is not joined to the column beside it."""
    small, large = sorted((one, other), key=lambda piece: piece.size)
    is_number = len(small.text.strip()) <= _LONGEST_RAISED
    return large.size if is_number or large.size <= _SAME_TYPE * small.size else small.size


def drop_caps_joined(pieces: list[Piece], body: float) -> list[Piece]:
    """Put a chapter's large first letter before the words at the height of its top."""
    caps = [piece for piece in pieces if piece.size >= _CAP_SIZE * body and _CAP.fullmatch(piece.text.strip())]
    for cap in caps:
        beside = [
            piece
            for piece in pieces
            if piece is not cap
            and piece.size < _CAP_SIZE * body
            and -body < piece.left - cap.right < 2 * body
            and cap.bottom - body < piece.bottom < cap.top
        ]
        first = max(beside, key=lambda piece: (round(piece.bottom), -piece.left), default=None)
        if first is None or len({round(piece.bottom) for piece in beside}) < _CAP_LINES:
            continue
        # The lines beside the letter are set in for it only: they begin where the column begins.
        beside_it = {id(piece) for piece in beside}
        pieces = [
            replace(piece, left=cap.left, text=f"{cap.text.strip() if piece is first else ''}{piece.text.lstrip()}")
            if id(piece) in beside_it
            else piece
            for piece in pieces
            if piece is not cap
        ]
    return pieces


def _rejoined(lines: list[Line]) -> list[Line]:
    """Join lines whose pieces came in an odd order: a raised number is met before its line."""
    merged: list[Line] = []
    for line in sorted(lines, key=lambda line: (-line.top, line.left)):
        for other in merged[-6:]:
            height = min(line.top, other.top) - max(line.bottom, other.bottom)
            smaller = min(line.top - line.bottom, other.top - other.bottom)
            gap = max(line.left - other.right, other.left - line.right)
            if height > 0.5 * smaller and gap < 0.8 * _shared_size(line, other):
                other.add(*line.pieces)
                other.sort()
                break
        else:
            merged.append(line)
    return merged


def in_reading_order(lines: Sequence[Line], width: float) -> list[Line]:
    """Order lines down the page; with two columns, the left before the right, between lines that cross both."""
    ordered = sorted(lines, key=lambda line: (-line.bottom, line.left))
    gutter = _gutter(ordered, width)
    if gutter is None:
        return ordered
    result: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in ordered:
        if line.right <= gutter + 1:
            left.append(line)
        elif line.left >= gutter - 1:
            right.append(line)
        else:
            result += [*left, *right, line]
            left, right = [], []
    return [*result, *left, *right]


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """Find a vertical strip near the middle that hardly any line crosses, with a column of lines on either side."""
    if len(lines) < 2 * LEAST_COLUMN_LINES:
        return None
    first, last = int(width * 0.3), int(width * 0.7)
    if last <= first:
        return None
    begin_less_end = [0] * (last - first + 2)
    for line in lines:
        left, right = max(first, int(line.left)), min(last, int(line.right))
        if left <= right:
            begin_less_end[left - first] += 1
            begin_less_end[right - first + 1] -= 1
    crossing = list(accumulate(begin_less_end[:-1]))
    most = max(1, len(lines) // 12)
    best: tuple[int, int] = (0, 0)
    start = None
    for x, count in enumerate([*crossing, len(lines)]):
        if count <= most and x < len(crossing):
            start = x if start is None else start
        elif start is not None:
            best = max(best, (x - start, start))
            start = None
    length, start = best
    if length < _GUTTER:
        return None
    middle = first + start + length / 2
    on_left = [line for line in lines if line.right <= middle]
    on_right = [line for line in lines if line.left >= middle]
    if min(len(on_left), len(on_right)) < LEAST_COLUMN_LINES:
        return None
    shared = min(line.top for line in (max(on_left, key=_top), max(on_right, key=_top)))
    overlap = shared - max(min(map(_bottom, on_left)), min(map(_bottom, on_right)))
    return middle if overlap > 0 else None


def _top(line: Line) -> float:
    return line.top


def _bottom(line: Line) -> float:
    return line.bottom


def join_pieces(pieces: Sequence[Piece]) -> tuple[str, list[Span]]:
    """Return the words of a line and their look, with a space where pieces are apart."""
    largest = max(piece.size for piece in pieces)
    base = max(pieces, key=lambda piece: len(piece.text)).bottom
    text = ""
    spans: list[Span] = []
    previous: Piece | None = None
    for piece in pieces:
        content = " ".join(piece.text.split()) if piece.text.strip() else " "
        if previous is not None and not text.endswith(" ") and not content.startswith(" "):
            apart = piece.left - previous.right > 0.15 * piece.size
            if apart or piece.text[:1].isspace() or previous.text[-1:].isspace():
                text += " "
        start = len(text)
        text += content
        style: SpanStyle | None = None
        if piece.size < _RAISED * largest and piece.bottom > base + 0.15 * largest and _REFERENCE.fullmatch(content):
            style = "super"
        elif piece.look & ITALIC:
            style = "em"
        elif piece.look & BOLD:
            style = "strong"
        if style:
            spans.append(Span(start, len(text), style))
        previous = piece
    return text, spans
