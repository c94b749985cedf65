"""Typeset lines: the reader's settings, a line, and conversion between offsets and columns."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from serge_tui.core.typesetting.metrics import cell_of, index_at

if TYPE_CHECKING:
    from db.book import PassageKind

Setting: TypeAlias = Literal["ragged", "ragged-optimum", "justified", "justified-hyphenated"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a text is typeset. `measure` is a full line's length in terminal cells, `language` an ISO 639 code."""

    measure: int = 66
    setting: Setting = "ragged"
    paragraphs: Literal["indented", "spaced"] = "indented"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the page.

    `passage` is the ordinal of the passage, -1 for an empty line between two; `start` and `end` are the
    character offsets of the passage shown here, trailing space left out. `text` is what is drawn after `indent`
    empty cells: it may hold extra spaces (justified), a bullet, and a hyphen at its end. `offsets` gives the
    passage's offset for each character of `text`, -1 for one that was put in; None means `start + i`. `first`
    and `last` say where in its passage the line is.
    """

    passage: int
    start: int
    end: int
    text: str
    indent: int
    offsets: tuple[int, ...] | None
    kind: PassageKind | Literal["blank"]
    level: int
    first: bool
    last: bool


def index_of_offset(line: Line, offset: int) -> int:
    """Return the index in `line.text` of the character at an offset of the passage, or of the next one drawn.

    Returns the length of the text if this line draws no such character.
    """
    if line.offsets is None:
        return max(0, min(offset - line.start, len(line.text)))
    # What was put in has -1, so the offsets are in order only without it.
    drawn = [i for i, origin in enumerate(line.offsets) if origin >= 0]
    at = bisect_left(drawn, offset, key=line.offsets.__getitem__)
    if at < len(drawn):
        return drawn[at]
    return drawn[-1] + 1 if drawn else len(line.text)


def offset_of_index(line: Line, index: int) -> int:
    """Return the passage's offset of the character at an index in `line.text`; for an inserted one, the next one's.

    Returns `start` left of the text and `end` right of it.
    """
    index = max(0, min(index, len(line.text)))
    if line.offsets is None:
        return line.start + index
    return next((origin for origin in line.offsets[index:] if origin >= 0), line.end)


def column_of(line: Line, offset: int) -> int:
    """Return the cell where the character at an offset of the passage is drawn, counted from the left edge.

    A combining mark is in its letter's cell. An offset before the line gives the cell of its first
    character, one after it the cell after its last.
    """
    return line.indent + cell_of(line.text, index_of_offset(line, offset))


def offset_at(line: Line, column: int) -> int:
    """Return the offset in the passage of the character drawn at a cell.

    Returns `start` left of the text, `end` right of it, and for an inserted character the offset of the next one.
    """
    return offset_of_index(line, index_at(line.text, column - line.indent))
