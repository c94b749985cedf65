"""What is drawn: the settings a reader chooses, a line, and the way between offsets and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from db.book import PassageKind

Setting: TypeAlias = Literal["ragged", "ragged-optimum", "justified", "justified-hyphenated"]


@dataclass(frozen=True, slots=True)
class Settings:
    """How a text is set. `measure` is the length of a full line in terminal cells; `language` an ISO 639 code."""

    measure: int = 66
    setting: Setting = "ragged"
    paragraphs: Literal["indented", "spaced"] = "indented"
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the page.

    `passage` is the ordinal of the passage, -1 for an empty line between two; `start` and `end` are the character
    offsets of the passage shown here, trailing space left out. `text` is what is drawn after `indent` empty cells: it
    may hold extra spaces (justified) and a hyphen at its end. `offsets` gives the passage's offset for each character
    of `text`, -1 for one that was put in; None means `start + i`. `first` and `last` say where in its passage it is.
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


def column_of(line: Line, offset: int) -> int:
    """Cell at which the character at `offset` of the passage is drawn, counted from the left edge, indent included.

    An offset before or after the line gives the line's first cell or the one after its last.
    """
    return line.indent + max(0, min(offset, line.end) - line.start)


def offset_at(line: Line, column: int) -> int:
    """Offset in the passage of the character drawn at a cell: `start` left of the text, `end` right of it."""
    return max(line.start, min(line.end, line.start + column - line.indent))
