"""Where a line may break, and the greedy way of breaking.

The opportunities are a part of Unicode Standard Annex 14 (line breaking): at spaces, save before closing punctuation
and after an opening guillemet; after dashes and hyphens between words; at zero-width spaces; between ideographs.
A word joiner or a no-break space forbids.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

    from serge_tui.core.typesetting.display_text import Drawn

_DASHES: Final = re.compile("[-\u2010\u2013\u2014]+")
SPACES: Final = re.compile(" +")
_OPENING: Final = frozenset("([{\u00ab\u2039\u201c\u2018\u201e\u201a\u00a1\u00bf")
# A space before one of these belongs to it (French punctuation, spaced points); one after the other kind likewise.
_NEVER_FIRST: Final = frozenset("!%),.:;?]}\u2026")
_NEVER_LAST: Final = frozenset("([{\u00a1\u00bf")
# What makes it worth while to look closely at a space: all of the above, guillemets, dashes, and a second space.
_DOUBTFUL_AFTER: Final = _NEVER_FIRST | frozenset(" -\u2013\u2014\u00bb\u203a")
_DOUBTFUL_BEFORE: Final = _NEVER_LAST | frozenset(" \u00ab\u2039")
_WIDE: Final = (
    "\u2e80-\u2fdf\u3003-\u3007\u3012\u3013\u3021-\u3029\u3031-\u303c\u3041-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WIDE_NEVER_FIRST: Final = frozenset("ぁぃぅぇぉっゃゅょァィゥェォッャュョー々")
_ADDRESS_BREAKS: Final = "/&=?_.-"


@cache
def _after_wide() -> re.Pattern[str]:
    """Ideographs after which a line may break; most readers never need it, and it takes 3 ms to compile."""
    return re.compile(f"[{_WIDE}\u3001\u3002\uff0c\uff0e\uff01\uff1f\u300d\u300f\uff09](?=[{_WIDE}\u300c\u300e\uff08])")


def _is_dash_break(text: str, start: int, end: int) -> bool:
    """Whether a line may break after the dashes from `start` to `end`."""
    if start == 0 or end >= len(text) or text[start - 1].isspace():
        return False
    before, after = text[start - 1], text[end]
    if end - start == 1 and text[start] in "-\u2010":
        return after.isalpha() and start > 1 and before.isalnum() and text[start - 2].isalnum()
    if text[start] == "\u2013" and before.isdigit():
        return False
    return after.isalnum() or after in _OPENING


def places_inside(
    text: str, may: Collection[int] = (), never: Collection[int] = (), *, wide: bool = False
) -> list[int]:
    """Positions, ascending, at which a line may break although no space stands there.

    At those in `may` it may in any case, at those in `never` it may not; `wide` says that there may be ideographs.
    """
    found: set[int] = set()
    # Looking for single characters first is far quicker than the pattern, and most paragraphs have none.
    if "-" in text or (not text.isascii() and any(dash in text for dash in "\u2014\u2013\u2010")):
        found.update(m.end() for m in _DASHES.finditer(text) if _is_dash_break(text, *m.span()))
    if wide:
        ends = (match.end() for match in _after_wide().finditer(text))
        found.update(end for end in ends if text[end] not in _WIDE_NEVER_FIRST)
    if may:
        found.update(p for p in may if 0 < p < len(text) and " " not in text[p - 1 : p + 1])
    return sorted(found.difference(never)) if found else []


def may_part(drawn: Drawn, start: int, end: int) -> bool:
    """Whether a line may break at the run of spaces from `start` to `end`, which stands between two words."""
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
    """Break the text from `start` to `stop` so that each line takes as many words as it holds.

    `first` and `room` are the cells of the first line and of the others. No space may stand at `start` or before
    `stop`. Returns where each line starts and where it ends. No other way needs fewer
    lines. What cannot be broken and is longer than a line is cut, an address after one of its marks.
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
    """Where to cut what may not be broken and is longer than a line.

    At a space after all, after a mark in its second half as addresses have, or where the line is full.
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
