"""Prepare a passage's text for drawing: sanitised, without invisible characters, with a map to the original offsets."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from db.text import sanitise_in_place
from serge_tui.core.typesetting.break_opportunities import places_inside
from serge_tui.core.typesetting.metrics import character_widths, is_one_cell

TAB_STOP: Final = 4
"""After a tab in a table or a verse, the text begins at a multiple of this many cells."""

# Not drawn: these only say where a line may break or may not, and terminals differ in how wide they are.
_UNSEEN: Final = re.compile("[\u00ad\u034f\u180e\u200b\u2060-\u2064]")
_SOFT_HYPHEN: Final = "\u00ad"
_ZERO_WIDTH_SPACE: Final = "\u200b"
_WORD_JOINER: Final = "\u2060"
_OTHER_SPACES: Final = re.compile("[\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
# More marks than this on one letter are no writing, and would cover the lines above and below.
_MOST_MARKS: Final = 8


@dataclass(slots=True)
class Drawn:
    """A passage's text for drawing.

    `text` is what is drawn. `origin` gives, ascending, the passage's offset of each character and last of the end; a
    space added to reach a tab stop has the tab's offset.

    `cells` are the cells before each character, as `metrics.cell_positions` gives them. The sets hold positions in
    `text` where something unseen stood: a line may break there (`may`), may not (`never`), or may with a hyphen
    (`soft`). `places` are all the positions, ascending, where it may break although there is no space. Where
    `origin` is None the two texts have the same offsets; where `cells` is None each character takes one cell.
    """

    text: str
    places: list[int]
    origin: array[int] | None = None
    cells: array[int] | None = None
    never: frozenset[int] = frozenset()
    soft: frozenset[int] = frozenset()

    def offset(self, position: int) -> int:
        """Return the offset in the passage of the character at a position of `text`; the end counts."""
        return position if self.origin is None else self.origin[position]

    def position(self, offset: int) -> int:
        """Return the position in `text` of the character at an offset of the passage, or of the next one drawn."""
        return offset if self.origin is None else bisect_left(self.origin, offset)

    def width(self, start: int, end: int) -> int:
        """Return the cells from one position to another."""
        return end - start if self.cells is None else self.cells[end] - self.cells[start]


def draw(text: str, *, expand_tabs: bool = False) -> Drawn:
    """Prepare a passage's text for drawing. Tabs become one space, or reach the next tab stop."""
    if is_one_cell(text):
        return Drawn(text, places_inside(text))
    safe = sanitise_in_place(text)
    origin: array[int] | None = None
    may: set[int] = set()
    never: set[int] = set()
    soft: set[int] = set()
    if expand_tabs and "\t" in text:
        safe, origin = _with_tabs_expanded(text, safe)
    if _UNSEEN.search(safe):
        safe, origin = _without_unseen(safe, origin, may, never, soft)
    safe = _OTHER_SPACES.sub(" ", safe)
    if is_one_cell(safe):
        places = places_inside(safe, may, never)
        return Drawn(safe, places, origin, None, frozenset(never), frozenset(soft))
    widths = character_widths(safe)
    if bytes(_MOST_MARKS + 1) in bytes(widths):
        if origin is None:
            origin = array("i", range(len(safe) + 1))
        safe, origin, widths = _with_fewer_marks(safe, origin, widths)
        may, never, soft = set(), set(), set()
    places = places_inside(safe, may, never, wide=True)
    cells = array("I", accumulate(widths, initial=0))
    return Drawn(safe, places, origin, cells, frozenset(never), frozenset(soft))


def _without_unseen(
    text: str, origin: array[int] | None, may: set[int], never: set[int], soft: set[int]
) -> tuple[str, array[int]]:
    """Leave out invisible characters, and note in the three sets what they say about breaks."""
    told = {_ZERO_WIDTH_SPACE: may, _WORD_JOINER: never, _SOFT_HYPHEN: soft}
    if origin is None:
        origin = array("i", range(len(text) + 1))
    shown: list[str] = []
    kept = array("i")
    at = 0
    for match in _UNSEEN.finditer(text):
        shown.append(text[at : match.start()])
        kept += origin[at : match.start()]
        at = match.end()
        if match.group() in told:
            told[match.group()].add(len(kept))
    shown.append(text[at:])
    kept += origin[at:]
    return "".join(shown), kept


def _with_tabs_expanded(text: str, safe: str) -> tuple[str, array[int]]:
    """Replace each tab of `text` by spaces up to the next tab stop; `safe` is the same text made harmless."""
    shown: list[str] = []
    origin = array("i")
    column = 0
    for position, char in enumerate(safe):
        shown.append(char)
        origin.append(position)
        column = 0 if char == "\n" else column + 1
        while text[position] == "\t" and column % TAB_STOP:
            shown.append(" ")
            origin.append(position)
            column += 1
    origin.append(len(text))
    return "".join(shown), origin


def _with_fewer_marks(text: str, origin: array[int], widths: list[int]) -> tuple[str, array[int], list[int]]:
    """Leave out combining marks on one letter beyond a sensible number."""
    kept: list[int] = []
    marks = 0
    for position, width in enumerate(widths):
        marks = 0 if width or text[position] == "\n" else marks + 1
        if marks <= _MOST_MARKS:
            kept.append(position)
    return (
        "".join(text[position] for position in kept),
        array("i", [origin[position] for position in kept] + [origin[-1]]),
        [widths[position] for position in kept],
    )
