"""Which passage of a text is which of an earlier form of it: by the passages whose words stand once in each.

Short passages (a heading, a line of a dialogue) may stand many times in a book, and words that are a whole passage have
none around them. Where an earlier form of the text is still there, its passages lie between ones that are certain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from typing import TYPE_CHECKING

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence


class PassageAlignment:
    """The passages of an earlier text beside those of a later one."""

    def __init__(self, earlier: Sequence[str], later: Sequence[str]) -> None:
        self._earlier = [fold(text) for text in earlier]
        self._later = [fold(text) for text in later]
        pairs = _in_order(_unique_in_both(self._earlier, self._later))
        self._from = [pair[0] for pair in pairs]
        self._to = [pair[1] for pair in pairs]

    def later(self, passage: int) -> int | None:
        """Return the passage of the later text that an earlier one is: the same words, between the same passages.

        None if it was changed, or if there are more or fewer with its words there now.
        """
        if not 0 <= passage < len(self._earlier):
            return None
        words = self._earlier[passage]
        before = bisect_right(self._from, passage) - 1
        after = bisect_left(self._from, passage)
        began, first = (self._from[before], self._to[before]) if before >= 0 else (0, 0)
        ended, last = (
            (self._from[after], self._to[after])
            if after < len(self._from)
            else (len(self._earlier) - 1, len(self._later) - 1)
        )
        ours = [at for at in range(began, ended + 1) if self._earlier[at] == words]
        theirs = [at for at in range(first, last + 1) if self._later[at] == words]
        return theirs[ours.index(passage)] if len(ours) == len(theirs) else None


def _unique_in_both(earlier: Sequence[str], later: Sequence[str]) -> list[tuple[int, int]]:
    times_earlier, times_later = Counter(earlier), Counter(later)
    places = {words: at for at, words in enumerate(later) if times_later[words] == 1}
    return [
        (at, places[words])
        for at, words in enumerate(earlier)
        if words in places and times_earlier[words] == 1 and words
    ]


def _in_order(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of pairs that never goes back."""
    ends: list[int] = []
    last: list[int] = []
    before: list[int] = []
    for at, (_, later) in enumerate(pairs):
        length = bisect_left(ends, later)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(later)
            last.append(at)
        else:
            ends[length], last[length] = later, at
    run: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        run.append(pairs[at])
        at = before[at]
    return run[::-1]
