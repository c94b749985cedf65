"""Typeset one passage: find its line breaks, and make each line when it is needed."""

from __future__ import annotations

from bisect import bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

from serge_tui.core.typesetting.breaks import SPACES, greedy, may_part
from serge_tui.core.typesetting.form import ASTERISM
from serge_tui.core.typesetting.hyphenation import hyphenator
from serge_tui.core.typesetting.justify import spread
from serge_tui.core.typesetting.line import Line
from serge_tui.core.typesetting.optimum import Paragraph, breakpoints, may_stretch, total_fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Passage
    from serge_tui.core.typesetting.display_text import Drawn
    from serge_tui.core.typesetting.form import Form

STRETCH: Final = 48
"""Lines weighed together. A longer paragraph is set in stretches, so that its end need not wait for its beginning."""


class _Stretch(NamedTuple):
    """Lines from `low` up to, not including, `high`, all of one line of the passage's text.

    `first` is the indent of the first of them and `rest` that of the others, in cells; `final` says that the last one
    ends its line of the text.
    """

    low: int
    high: int
    first: int
    rest: int
    final: bool


def height(drawn: Drawn, form: Form) -> int:
    """Return how many lines a passage takes, which is the same in every setting."""
    if _is_ornament(drawn, form):
        return 1
    return sum(len(starts) for starts, _, _, _ in _broken(drawn, form)) or 1


def _is_ornament(drawn: Drawn, form: Form) -> bool:
    """Return whether a break in the text has no words of its own."""
    return form.centred and not any(map(str.isalnum, drawn.text))


def _broken(drawn: Drawn, form: Form) -> Iterator[tuple[list[int], list[int], int, int]]:
    """Break each line of a passage's text greedily, which fixes the number of lines.

    Yields where they start and end, and the indents of the first and of the others.
    """
    text = drawn.text
    whole = form.measure - form.right
    at, indent = 0, form.left + form.first + len(form.bullet)
    for row in text.split("\n"):
        begin, at = at, at + len(row) + 1
        stop = begin + len(row.rstrip(" "))
        start = at - 1 - len(row.lstrip(" "))
        if start < stop:
            inset = min(start - begin, whole // 3) if form.preserved else 0
            first, rest = indent + inset, form.left + form.hang + inset
            starts, ends = greedy(drawn, start, stop, whole - first, whole - rest)
            yield starts, ends, first, rest
            indent = form.left
        elif form.preserved and len(row) < len(text):
            yield [begin], [begin], indent, indent


class SetPassage:
    """The lines of one passage in one form."""

    def __init__(self, passage: Passage, drawn: Drawn, form: Form, language: str) -> None:
        self._passage = passage
        self._drawn = drawn
        self._form = form
        self._language = language
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._hyphens: set[int] = set()
        self._stretches: list[_Stretch] = []
        self._lows: list[int] = []
        self._made: dict[int, list[Line]] = {}
        if _is_ornament(drawn, form):
            self._ornament()
            return
        for starts, ends, first, rest in _broken(drawn, form):
            self._add(starts, ends, first, rest)
        if not self._starts:
            self._add([0], [0], form.left, form.left)

    def __len__(self) -> int:
        return len(self._starts)

    def line(self, index: int) -> Line:
        """Return the line at `index`, from 0."""
        at = bisect_right(self._lows, index) - 1
        return self._lines(at)[index - self._lows[at]]

    def index_of(self, offset: int) -> int:
        """Return the index of the line that shows the character at an offset, a space at the line's end included."""
        position = self._drawn.position(offset)
        # Where a stretch begins stays fixed; the lines within it are known only once it is set.
        index = max(0, bisect_right(self._starts, position) - 1)
        at = bisect_right(self._lows, index) - 1
        stretch = self._stretches[at]
        self._lines(at)
        return max(stretch.low, bisect_right(self._starts, position, stretch.low, stretch.high) - 1)

    def _ornament(self) -> None:
        """Return the asterism that shows a break without words of its own."""
        passage, end = self._passage, len(self._passage.text)
        indent = (self._form.measure - len(ASTERISM)) // 2
        offsets = (0 if end else -1,)
        line = Line(
            passage.ordinal, 0, end, ASTERISM, indent, offsets, passage.kind, passage.level, first=True, last=True
        )
        self._starts, self._ends, self._lows = [0], [len(self._drawn.text)], [0]
        self._stretches = [_Stretch(0, 1, indent, indent, final=True)]
        self._made[0] = [line]

    def _add(self, starts: list[int], ends: list[int], first: int, rest: int) -> None:
        low = len(self._starts)
        high = low + len(starts)
        self._starts += starts
        self._ends += ends
        for begin in range(low, high, STRETCH):
            end = min(high, begin + STRETCH)
            self._lows.append(begin)
            self._stretches.append(_Stretch(begin, end, rest if begin > low else first, rest, end == high))

    def _lines(self, at: int) -> list[Line]:
        """Return the lines of a stretch."""
        lines = self._made.get(at)
        if lines is None:
            stretch = self._stretches[at]
            if self._form.optimum and stretch.high - stretch.low > 1:
                self._improve(stretch)
            lines = self._made[at] = self._make(stretch)
        return lines

    def _improve(self, stretch: _Stretch) -> None:
        """Find the best breaks for all lines of a stretch."""
        form, low = self._form, stretch.low
        start, stop = self._starts[low], self._ends[stretch.high - 1]
        divider = hyphenator(self._language) if form.hyphenated else None
        hyphens = divider.places(self._drawn, start, stop) if divider else ()
        points = breakpoints(self._drawn, start, stop, hyphens)
        whole = form.measure - form.right
        path = total_fit(
            points,
            Paragraph(
                whole - stretch.first,
                whole - stretch.rest,
                stretch.high - low,
                final=stretch.final and not form.balanced,
                justified=form.justified,
            ),
        )
        for line, (begin, end) in enumerate(pairwise(path) if path else (), low):
            self._starts[line] = points.nexts[begin]
            self._ends[line] = points.ends[end]
            if points.hyphen(end):
                self._hyphens.add(line)

    def _make(self, stretch: _Stretch) -> list[Line]:
        """Make the lines of a stretch from its present breaks."""
        passage, drawn, form = self._passage, self._drawn, self._form
        lines: list[Line] = []
        above: list[tuple[int, int]] = []
        for index in range(stretch.low, stretch.high):
            start, end = self._starts[index], self._ends[index]
            indent = stretch.rest if index > stretch.low else stretch.first
            row = _Row(drawn, start, end)
            if index in self._hyphens:
                row.insert(len(row.text), "-")
            if form.justified and not (stretch.final and index == stretch.high - 1):
                above = row.justify(indent, form.measure - form.right, above)
            if index == 0 and form.bullet and start < end:
                row.insert(0, form.bullet)
                indent -= len(form.bullet)
            if form.centred:
                indent = max(0, (form.measure - drawn.width(start, end)) // 2)
            begin = drawn.offset(start)
            lines.append(
                Line(
                    passage=passage.ordinal,
                    start=begin,
                    end=drawn.offset(end - 1) + 1 if start < end else begin,
                    text=row.text,
                    indent=indent,
                    offsets=tuple(row.offsets) if row.offsets is not None else None,
                    kind=passage.kind,
                    level=passage.level,
                    first=index == 0,
                    last=index == len(self._starts) - 1,
                )
            )
        return lines


class _Row:
    """A line being made: its text, and each character's offset in the passage (None while they are consecutive)."""

    def __init__(self, drawn: Drawn, start: int, end: int) -> None:
        self.text = drawn.text[start:end]
        self.offsets: list[int] | None = None
        self._drawn = drawn
        self._start = start
        self._end = end
        if drawn.origin is not None:
            origins = drawn.origin[start:end]
            # What fills up to a tab stop was put in; only the first of its cells is the tab.
            self.offsets = [here if here != before else -1 for before, here in pairwise([-1, *origins])]

    def insert(self, index: int, text: str) -> None:
        """Insert text that is not in the passage."""
        if self.offsets is None:
            self.offsets = list(range(self._start, self._end))
        self.text = self.text[:index] + text + self.text[index:]
        self.offsets[index:index] = [-1] * len(text)

    def justify(self, indent: int, right: int, above: list[tuple[int, int]]) -> list[tuple[int, int]]:
        """Widen the spaces until the line ends at the cell `right`; `above` are the spaces of the line over it.

        Returns the line's spaces, in cells: first and after. A line whose gaps would be too wide stays as it is.
        """
        drawn, start = self._drawn, self._start
        gaps = [
            (left, after)
            for left, after in (match.span() for match in SPACES.finditer(drawn.text, start, self._end))
            if may_part(drawn, left, after) and (drawn.cells is None or may_stretch(drawn.text, left, after))
        ]
        cells = [(indent + drawn.width(start, left), indent + drawn.width(start, after)) for left, after in gaps]
        hyphen = len(self.text) - (self._end - start)
        extra = spread(cells, right - indent - drawn.width(start, self._end) - hyphen, above)
        moved = 0
        for at, (gap, more) in enumerate(zip(gaps, extra, strict=False)):
            self.insert(gap[1] - start + moved, " " * more)
            cells[at] = (cells[at][0] + moved, cells[at][1] + moved + more)
            moved += more
        return cells
