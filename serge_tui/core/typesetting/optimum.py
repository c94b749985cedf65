"""Find the line breaks that are best for the whole paragraph.

After D. E. Knuth and M. F. Plass, "Breaking Paragraphs into Lines", Software: Practice and Experience 11 (1981),
1119-1184, adapted to a terminal: widths are whole cells and spaces cannot shrink, so a line is never over-full; at
badness 100 a space stretches by a cell (justified), or the right margin by a sixteenth of the measure (ragged).
Demerits are the paper's, (1 + badness + penalty) squared.

One rule is added: a paragraph gets as few lines as greedy breaking gives it, in every setting. So the length of a
chapter is known before its paragraphs are typeset, and a change of setting moves no paragraph. A line can then only
end between the places where filling from the front and filling from the back would end it, which leaves few breaks to
weigh.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from serge_tui.core.typesetting.breaks import SPACES, may_part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.typesetting.display_text import Drawn

HYPHEN_PENALTY: Final = 50
DASH_PENALTY: Final = 20
RUNT_PENALTY: Final = 60
DOUBLE_HYPHEN_DEMERITS: Final = 10_000.0
FINAL_HYPHEN_DEMERITS: Final = 5_000.0
RUNT: Final = 6
"""A last line of fewer cells looks lost."""

Demerits: TypeAlias = list[list[float]]
"""Demerits of a line by the cells it is short of the measure, then by its stretchable spaces."""


class Breakpoints(NamedTuple):
    """Places where the lines of a text may end and begin: index 0 is its start, the last index its end.

    `ends` and `nexts` are positions in the drawn text, `end_cells` and `next_cells` the same in cells, a hyphen to be
    put in counted; `gaps` the number of stretchable spaces up to and with each breakpoint. `penalties` are 0 at a
    space, DASH_PENALTY or HYPHEN_PENALTY.
    """

    ends: list[int]
    nexts: list[int]
    end_cells: list[int]
    next_cells: list[int]
    gaps: list[int]
    penalties: list[int]

    def hyphen(self, index: int) -> bool:
        """Return whether a hyphen must be drawn at a breakpoint."""
        return self.penalties[index] == HYPHEN_PENALTY


def is_right_to_left(char: str) -> bool:
    """Return whether a character belongs to a script written from right to left."""
    return char > "\u0590" and unicodedata.bidirectional(char) in {"R", "AL"}


def may_stretch(text: str, start: int, end: int) -> bool:
    """Return whether the spaces from `start` to `end` may be widened; those inside a right-to-left run may not."""
    return not (is_right_to_left(text[start - 1]) and is_right_to_left(text[end]))


def breakpoints(drawn: Drawn, start: int, stop: int, hyphens: Sequence[int] = ()) -> Breakpoints:
    """Collect the breakpoints of the text from `start` to `stop`, both at a word's edge.

    `hyphens` are positions where a hyphen may be inserted.
    """
    text, cells, places = drawn.text, drawn.cells, drawn.places
    found = [(start, start, 0, 0), (stop, stop, 0, 0)]
    for match in SPACES.finditer(text, start, stop):
        left, right = match.span()
        if may_part(drawn, left, right):
            found.append((left, right, 0, int(cells is None or may_stretch(text, left, right))))
    inside = places[bisect_right(places, start) : bisect_left(places, stop)]
    found.extend((place, place, DASH_PENALTY, 0) for place in inside)
    found.extend((place, place, HYPHEN_PENALTY, 0) for place in set(hyphens).difference(inside))
    found.sort()
    ends, nexts, penalties, gaps = [], [], [], []
    total = 0
    for end, then, penalty, gap in found:
        total += gap
        ends.append(end)
        nexts.append(then)
        penalties.append(penalty)
        gaps.append(total)
    extra = (int(penalty == HYPHEN_PENALTY) for penalty in penalties)
    end_cells = [(end if cells is None else cells[end]) + more for end, more in zip(ends, extra, strict=True)]
    next_cells = nexts if cells is None else [cells[then] for then in nexts]
    return Breakpoints(ends, nexts, end_cells, next_cells, gaps, penalties)


@lru_cache(maxsize=32)
def demerits(room: int, penalty: int, *, justified: bool) -> Demerits:
    """Return the table of demerits for lines of up to `room` cells."""

    def of(short: int, stretch: float) -> float:
        return (1 + 100 * (short / stretch) ** 3 + penalty) ** 2

    most_gaps = room // 2 + 2
    if justified:
        return [[of(short, gaps or 0.25) for gaps in range(most_gaps)] for short in range(room + 1)]
    return [[of(short, max(2.0, room / 16))] * most_gaps for short in range(room + 1)]


class Paragraph(NamedTuple):
    """The task: a number of `lines`, the first of `first` cells and the others of `rest`.

    `final` says that the last line ends the paragraph and may be short.
    """

    first: int
    rest: int
    lines: int
    final: bool
    justified: bool

    def room(self, line: int) -> int:
        """Return the cells of a line, counted from 0."""
        return self.rest if line else self.first

    def cost(self, points: Breakpoints, path: Sequence[int]) -> float:
        """Return the demerits of given breaks: `path` is 0, then the breakpoint at which each line ends."""
        total = 0.0
        for line, (i, j) in enumerate(pairwise(path)):
            total += self._line_cost(points, line, i, j)
        return total

    def _line_cost(self, points: Breakpoints, line: int, i: int, j: int) -> float:
        room = self.room(line)
        short = room - (points.end_cells[j] - points.next_cells[i])
        if self.final and line == self.lines - 1:
            cost = _last_line(room - short, self.lines)
        else:
            table = demerits(max(self.first, self.rest), points.penalties[j], justified=self.justified)
            cost = table[short][points.gaps[j - 1] - points.gaps[i]]
        if points.hyphen(i):
            if points.hyphen(j):
                cost += DOUBLE_HYPHEN_DEMERITS
            if self.final and line == self.lines - 1:
                cost += FINAL_HYPHEN_DEMERITS
        return cost


def _last_line(width: int, count: int) -> float:
    return float((1 + RUNT_PENALTY) ** 2 if width < RUNT and count > 1 else 1)


def total_fit(points: Breakpoints, wanted: Paragraph) -> list[int] | None:
    """Return the cheapest breaks: 0, then the breakpoint at which each line ends.

    Returns None if the text does not fit the number of lines, or has a word longer than a line.
    """
    ends, nexts, gaps, count = points.end_cells, points.next_cells, points.gaps, wanted.lines
    last = len(ends) - 1
    if last < count or any(ends[i + 1] - nexts[i] > wanted.rest for i in range(last)):
        return None
    latest = [0] * (count + 1)
    latest[count] = last
    for line in range(1, count):
        full = bisect_right(ends, nexts[latest[line - 1]] + wanted.room(line - 1)) - 1
        latest[line] = min(full, last - (count - line))
    earliest = [0] * (count + 1)
    earliest[count] = last
    for line in range(count - 1, 0, -1):
        full = bisect_left(nexts, ends[earliest[line + 1]] - wanted.room(line))
        earliest[line] = max(full, line)
    longest = max(wanted.first, wanted.rest)
    tables = {
        penalty: demerits(longest, penalty, justified=wanted.justified) for penalty in (0, DASH_PENALTY, HYPHEN_PENALTY)
    }
    hyphens = [penalty == HYPHEN_PENALTY for penalty in points.penalties]
    costs = [0.0]
    back: list[list[int]] = []
    for line in range(count):
        room, low, high = wanted.room(line), earliest[line], latest[line]
        ending = wanted.final and line == count - 1
        new: list[float] = []
        origin: list[int] = []
        for j in range(earliest[line + 1], latest[line + 1] + 1):
            least, choice = inf, -1
            full, table, inner = ends[j] - room, tables[points.penalties[j]], gaps[j - 1]
            for i in range(bisect_left(nexts, full, low, high + 1), min(high, j - 1) + 1):
                cost = costs[i - low]
                if ending:
                    cost += _last_line(ends[j] - nexts[i], count)
                else:
                    cost += table[nexts[i] - full][inner - gaps[i]]
                if hyphens[i]:
                    cost += DOUBLE_HYPHEN_DEMERITS * hyphens[j] + FINAL_HYPHEN_DEMERITS * ending
                if cost < least:
                    least, choice = cost, i
            new.append(least)
            origin.append(choice)
        costs = new
        back.append(origin)
    if costs[0] == inf:
        return None
    path = [last]
    for line in range(count - 1, -1, -1):
        path.append(back[line][path[-1] - earliest[line + 1]])
    return path[::-1]
