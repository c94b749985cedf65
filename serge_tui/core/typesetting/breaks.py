"""Break text into lines greedily: at spaces, except before closing punctuation and after an opening guillemet, and
at the places that `break_opportunities` finds.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from serge_tui.core.typesetting.display_text import Drawn

SPACES: Final = re.compile(" +")
# A space before one of these belongs to it (French punctuation, spaced points); one after the other kind likewise.
_NEVER_FIRST: Final = frozenset("!%),.:;?]}\u2026")
_NEVER_LAST: Final = frozenset("([{\u00a1\u00bf")
# What makes it worth while to look closely at a space: all of the above, guillemets, dashes, and a second space.
_DOUBTFUL_AFTER: Final = _NEVER_FIRST | frozenset(" -\u2013\u2014\u00bb\u203a")
_DOUBTFUL_BEFORE: Final = _NEVER_LAST | frozenset(" \u00ab\u2039")
_ADDRESS_BREAKS: Final = "/&=?_.-"


def may_part(drawn: Drawn, start: int, end: int) -> bool:
    """Return whether a line may break at the run of spaces from `start` to `end`, between two words."""
    text = drawn.text
    before, after = text[start - 1], text[end]
    if after in _NEVER_FIRST or before in _NEVER_LAST:
        return False
    if after in "-\u2013\u2014" and text[end + 1 : end + 2].isspace():
        return False
    # A guillemet binds the space on its inner side: « French » has one there, »German« has none.
    if after in "\u00bb\u203a" and not text[end + 1 : end + 2].isalnum():
        return False
    if before in "\u00ab\u2039" and (start == 1 or not text[start - 2].isalnum()):
        return False
    return drawn.never.isdisjoint(range(start, end + 1))


def greedy(drawn: Drawn, start: int, stop: int, first: int, room: int) -> tuple[list[int], list[int]]:
    """Break the text from `start` to `stop` so that each line has as many words as fit.

    `first` and `room` are the cells of the first line and of the others. There must be no space at `start` or
    before `stop`. Returns where each line starts and where it ends; no other way needs fewer lines. A word longer
    than a line is cut, a web address after one of its marks.
    """
    text, cells, places, never = drawn.text, drawn.cells, drawn.places, drawn.never
    starts, ends = [start], list[int]()
    at, width = start, first
    while True:
        limit = at + width if cells is None else bisect_right(cells, cells[at] + width, at) - 1
        if limit >= stop:
            ends.append(stop)
            return starts, ends
        end = text.rfind(" ", at + 1, limit + 1)
        then = end + 1
        while end >= 0 and (text[then] in _DOUBTFUL_AFTER or text[end - 1] in _DOUBTFUL_BEFORE or never):
            while text[end - 1] == " ":
                end -= 1
            while text[then] == " ":
                then += 1
            if may_part(drawn, end, then):
                break
            end = text.rfind(" ", at + 1, end)
            then = end + 1
        if places:
            place = places[bisect_right(places, limit) - 1]
            if end < place <= limit and place > at:
                end = then = place
        if end < 0:
            end = then = min(stop, _cut(drawn, at, limit))
            if end == stop:
                ends.append(stop)
                return starts, ends
            while text[then] == " ":
                then += 1
        ends.append(end)
        starts.append(then)
        at, width = then, room


def _cut(drawn: Drawn, at: int, limit: int) -> int:
    """Return where to cut an unbreakable run that is longer than a line.

    Prefers a space, then a mark such as those of web addresses in the second half, then the end of the line.
    """
    text, cells = drawn.text, drawn.cells
    if limit <= at:
        # Not even one cluster fits; it is drawn all the same, or nothing would ever be.
        limit = at + 1
        while cells is not None and limit < len(text) and cells[limit] == cells[limit + 1]:
            limit += 1
        return limit
    space = text.rfind(" ", at + 1, limit + 1)
    if space > at:
        return at + len(text[at:space].rstrip(" "))
    mark = max(text.rfind(mark, (at + limit) // 2, limit) for mark in _ADDRESS_BREAKS)
    return mark + 1 if mark > at else limit
