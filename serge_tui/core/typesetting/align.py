"""Align two editions of one chapter: find which passages of one correspond to which of the other.

The method is dynamic programming over lengths, after W. A. Gale and K. W. Church, "A Program for Aligning Sentences in
Bilingual Corpora", Computational Linguistics 19 (1993), 75-102, with anchors that two texts of one book share: names
and numbers, located quotations, and words of common origin, which Simard, Foster and Isabelle, "Using
Cognates to Align Sentences in Bilingual Corpora" (TMI 1992), recognise by equal beginnings. A passage may match
several, and a run of passages missing from one edition costs little more than one missing passage.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import erfc, exp, inf, log, sqrt
from statistics import median
from typing import TYPE_CHECKING, Final, TypeAlias

from db.names import skeletons
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Marked: TypeAlias = "tuple[str, frozenset[str]]"
"""A passage's text and its anchors."""

# Gale and Church: variance of the length per character, and how often one sentence becomes one, two or none. Merges of
# more than two are ours, for editions that part verse, letters and lists differently.
_HALF_VARIANCE: Final = 6.8 / 2
_MOST_MERGED: Final = 5
_PRIORS: Final = {(1, 1): 0.89, (1, 2): 0.0445, (2, 2): 0.011, (1, 3): 0.01, (1, 4): 0.004, (1, 5): 0.002}
_BEADS: Final = [
    (bead, -log(prior)) for way, prior in _PRIORS.items() for bead in ((way,) if way[0] == way[1] else (way, way[::-1]))
]
_GAP_OPENS: Final = -log(0.0099 / 2)
_GAP_GOES_ON: Final = 1.2
# Cost of a length that is off by so many standard deviations, in steps; never more than 25 nats.
_STEPS: Final = 16
_DEVIATION_COST: Final = [-log(max(erfc(step / _STEPS / sqrt(2)), 1.4e-11)) for step in range(7 * _STEPS)]
_LAST: Final = len(_DEVIATION_COST) - 1

# How often an anchor of a passage is also in its counterpart, and what part of the weight of its anchors a passage
# must find there for the match to be worth anything.
_SHARED: Final = 0.6
_EXPECTED: Final = 0.2
_LEAST_WEIGHT: Final = 0.5
_MOST_PAIRS: Final = 400
_ENOUGH: Final = 5
_NARROWEST: Final = 12
_WIDEST: Final = 44

_NUMBER: Final = re.compile(r"\d[\d.,]*\d|\d")
_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_STEM: Final = 5


@dataclass(frozen=True, slots=True)
class Group:
    """Passages that match, as ranges of positions in the two lists; one is empty where an edition has no counterpart.

    `score`, 0 to 1, says how well lengths and anchors support the match; it is 0 for a gap.
    """

    left: range
    right: range
    score: float


@lru_cache(maxsize=8192)
def _anchors_of_word(word: str) -> tuple[str, ...]:
    folded = fold(word)
    found = ["@" + skeleton for skeleton in skeletons(folded) if len(skeleton) > 2] if word[0].isupper() else []
    if len(folded) >= _STEM:
        found.append("~" + folded[:_STEM])
    return tuple(found)


def anchors(text: str, keys: Iterable[str] = ()) -> frozenset[str]:
    """Collect what another edition of a passage should have too, whatever its language.

    Numbers, capitalised words by the consonants that any transliteration keeps, the beginnings of longer words, and
    `keys`: people named and quotations found there (`figure:trotsky`, `quote:istrati-omelette`).
    """
    found = {"#" + "".join(filter(str.isdigit, number)) for number in _NUMBER.findall(text)}
    for word in _WORD.findall(text):
        found.update(_anchors_of_word(word))
    found.update(keys)
    return frozenset(found)


def align(left: Sequence[Marked], right: Sequence[Marked]) -> list[Group]:
    """Match the passages of two editions of one chapter, each a text and its anchors, in order.

    Every passage of either side is in just one group, and the groups are in order on both sides.
    """
    if not left or not right:
        return [Group(range(at, at + 1), range(0), 0.0) for at in range(len(left))] + [
            Group(range(0), range(at, at + 1), 0.0) for at in range(len(right))
        ]
    table = _Table(left, right)
    steps = table.steps()
    groups: list[Group] = []
    i = j = 0
    for taken, given in steps:
        score = table.score(i, j, taken, given) if taken and given else 0.0
        groups.append(Group(range(i, i + taken), range(j, j + given), score))
        i, j = i + taken, j + given
    return groups


def turned(groups: Iterable[Group]) -> list[Group]:
    """Return the same matches with left and right exchanged."""
    return [Group(group.right, group.left, group.score) for group in groups]


def counterpart(
    groups: Sequence[Group], here: Sequence[int], there: Sequence[int], at: int, offset: int = 0
) -> tuple[int, int]:
    """Return the place on the right that corresponds to a place on the left: position of the passage, and offset.

    `here` and `there` are the lengths of the passages on both sides. Within a group the way is by proportion; what has
    no counterpart leads to the beginning of the next passage that could have been one.
    """
    if not groups or not there or not here:
        return 0, 0
    at = max(0, min(at, len(here) - 1))
    group = groups[bisect_right(groups, at, key=lambda group: group.left.stop)]
    if not group.right:
        return min(group.right.start, len(there) - 1), 0
    before = sum(here[group.left.start : at]) + max(0, min(offset, here[at]))
    whole = max(1, sum(here[passage] for passage in group.left))
    target = before * sum(there[passage] for passage in group.right) // whole
    passage = group.right.start
    while target >= there[passage] and passage < group.right[-1]:
        target -= there[passage]
        passage += 1
    return passage, min(target, there[passage])


class _Table:
    """The table of costs, in nats, of matching the first `i` passages on the left with the first `j` on the right."""

    def __init__(self, left: Sequence[Marked], right: Sequence[Marked]) -> None:
        self._left = [0, *accumulate(len(text) for text, _ in left)]
        self._right = [0, *accumulate(len(text) for text, _ in right)]
        self._marks = [marks for _, marks in left], [marks for _, marks in right]
        self._where = _positions(self._marks[0]), _positions(self._marks[1])
        here, there = self._where
        single = {
            (at[0], there[anchor][0]) for anchor, at in here.items() if len(at) == len(there.get(anchor, ())) == 1
        }
        self._chain = _longest_chain(single)
        # Whole texts would mislead where one edition lacks a part.
        ratios = [len(right[j][0]) / len(left[i][0]) for i, j in self._chain if left[i][0]]
        whole = (self._right[-1] + 1) / (self._left[-1] + 1)
        self._ratio = min(2.5, max(0.4, median(ratios) if len(ratios) >= _ENOUGH else whole))
        self._low, self._high = self._band()
        self._weights = dict(self._weigh())
        self._expected = self._expect(0), self._expect(1)

    def _expect(self, side: int) -> list[float]:
        """Row by row, the weight of what the passages up to here should find in their counterparts.

        A name or number that the other edition lacks altogether counts too; a mere word does not.
        """
        here, there = self._where[side], self._where[1 - side]
        expected = dict(self._weights)
        for anchor, at in here.items():
            if anchor not in there and not anchor.startswith("~"):
                expected[anchor] = max(0.0, log(_SHARED * len(self._marks[side]) / len(at)))
        weights = (sum(expected.get(anchor, 0.0) for anchor in marks) for marks in self._marks[side])
        return [0.0, *accumulate(_EXPECTED * weight for weight in weights)]

    def _weigh(self) -> Iterator[tuple[str, float]]:
        """Return how much an anchor on both sides supports a match: the log of its likelihood against chance."""
        here, there = self._where
        size = len(self._marks[0]) * len(self._marks[1])
        for anchor in here.keys() & there.keys():
            pairs = len(here[anchor]) * len(there[anchor])
            weight = log(_SHARED * sqrt(size / pairs))
            if weight >= _LEAST_WEIGHT and pairs <= _MOST_PAIRS:
                yield anchor, weight

    def _band(self) -> tuple[list[int], list[int]]:
        """Return the first and last column worth examining, row by row.

        Anchors found once on each side give a chain of points from corner to corner; between two of them the columns
        follow the lengths, with a margin that grows with the distance between the points.
        """
        rows, columns = len(self._marks[0]), len(self._marks[1])
        chain = [(0, 0), *((i + 1, j + 1) for i, j in self._chain), (rows, columns)]
        low, high = [columns] * (rows + 1), [0] * (rows + 1)
        for (i1, j1), (i2, j2) in pairwise(chain):
            margin = min(_WIDEST, _NARROWEST + min(i2 - i1, j2 - j1) // 4)
            part = (self._right[j2] - self._right[j1]) / max(1, self._left[i2] - self._left[i1])
            middle = [j1]
            for i in range(i1 + 1, i2):
                target = self._right[j1] + (self._left[i] - self._left[i1]) * part
                middle.append(bisect_left(self._right, target, j1, j2))
            middle.append(j2)
            # A row reaches over what may be left out before it and after it.
            for at, i in enumerate(range(i1, i2 + 1)):
                low[i] = min(low[i], max(0, middle[max(0, at - 1)] - margin))
                high[i] = max(high[i], min(columns, middle[min(at + 1, i2 - i1)] + margin))
        low[0], high[rows] = 0, columns
        return low, high

    def _sums(self) -> Iterator[list[float]]:
        """Return, row by row, the weight of anchors shared between the passages so far and those up to each column."""
        there, weights = self._where[1], self._weights
        sums = [0.0] * (len(self._marks[1]) + 1)
        yield sums
        for marks in self._marks[0]:
            row = [0.0] * len(sums)
            for anchor in marks:
                if anchor in weights:
                    for column in there[anchor]:
                        row[column + 1] += weights[anchor]
            sums = [above + here for above, here in zip(sums, accumulate(row), strict=True)]
            yield sums

    def steps(self) -> list[tuple[int, int]]:
        """Return the cheapest path through the table: passages taken on the left and on the right, step by step."""
        right, ratio = self._right, self._ratio
        mine, theirs = self._expected
        matched: list[list[float]] = []
        skipped: list[list[float]] = []
        least: list[list[float]] = []
        how: list[list[tuple[int, int]]] = []
        shared: list[list[float]] = []
        for i, sums in enumerate(self._sums()):
            low, high = self._low[i], self._high[i]
            shared.append(sums)
            if i > _MOST_MERGED:
                shared[i - _MOST_MERGED - 1] = []
            costs = [inf] * (high - low + 1)
            bead = [(0, 0)] * len(costs)
            if i == 0:
                costs[0] = 0.0
            for (taken, given), prior in _BEADS:
                if taken > i:
                    continue
                above, first, other = least[i - taken], self._low[i - taken], shared[i - taken]
                long = (self._left[i] - self._left[i - taken]) * ratio
                fixed = prior + mine[i] - mine[i - taken]
                for j in range(max(low, first + given), min(high, self._high[i - taken] + given) + 1):
                    start = j - given
                    common = sums[j] - sums[start] - other[j] + other[start]
                    if given == taken == 2:
                        common = _of_one_diagonal(common, shared[i - 1], sums, other, j)
                    cost = above[start - first] + fixed + theirs[j] - theirs[start] - common
                    if cost >= costs[j - low]:
                        continue
                    cost += _length_cost(long, right[j] - right[start], ratio)
                    if cost < costs[j - low]:
                        costs[j - low] = cost
                        bead[j - low] = (taken, given)
            gaps = [inf] * len(costs)
            if i:
                above, more, first = matched[i - 1], skipped[i - 1], self._low[i - 1]
                for j in range(max(low, first), min(high, self._high[i - 1]) + 1):
                    gaps[j - low] = min(above[j - first] + _GAP_OPENS, more[j - first] + _GAP_GOES_ON)
            for at in range(1, len(costs)):
                gaps[at] = min(gaps[at], costs[at - 1] + _GAP_OPENS, gaps[at - 1] + _GAP_GOES_ON)
            matched.append(costs)
            skipped.append(gaps)
            least.append(list(map(min, costs, gaps)))
            how.append(bead)
        return self._walk_back(matched, skipped, how)

    def _walk_back(
        self, matched: list[list[float]], skipped: list[list[float]], how: list[list[tuple[int, int]]]
    ) -> list[tuple[int, int]]:
        """Follow the cheapest costs from the last corner to the first."""
        lows, highs = self._low, self._high
        i, j = len(lows) - 1, len(self._right) - 1
        steps: list[tuple[int, int]] = []
        in_gap = skipped[i][j - lows[i]] < matched[i][j - lows[i]]
        while i or j:
            at = j - lows[i]
            if not in_gap:
                taken, given = how[i][at]
                steps.append((taken, given))
                i, j = i - taken, j - given
                in_gap = skipped[i][j - lows[i]] < matched[i][j - lows[i]]
                continue
            ways: list[tuple[float, int, int, bool]] = []
            if i and lows[i - 1] <= j <= highs[i - 1]:
                ways.append((matched[i - 1][j - lows[i - 1]] + _GAP_OPENS, 1, 0, False))
                ways.append((skipped[i - 1][j - lows[i - 1]] + _GAP_GOES_ON, 1, 0, True))
            if at:
                ways.append((matched[i][at - 1] + _GAP_OPENS, 0, 1, False))
                ways.append((skipped[i][at - 1] + _GAP_GOES_ON, 0, 1, True))
            _, taken, given, in_gap = min(ways)
            steps.append((taken, given))
            i, j = i - taken, j - given
        return steps[::-1]

    def score(self, i: int, j: int, taken: int, given: int) -> float:
        """Score how well lengths and anchors support matching `taken` passages at `i` with `given` from `j`.

        A third of it is the chance that lengths of a true match differ more, two thirds the share of the anchors
        that are found on both sides, by weight. Without any anchor that part counts half.
        """
        long = (self._left[i + taken] - self._left[i]) * self._ratio
        lengths = exp(-_length_cost(long, self._right[j + given] - self._right[j], self._ratio))
        here = frozenset[str]().union(*self._marks[0][i : i + taken])
        there = frozenset[str]().union(*self._marks[1][j : j + given])
        most = min(self._weight(here), self._weight(there))
        return min(1.0, (lengths + 2 * (self._weight(here & there) / most if most else 0.5)) / 3)

    def _weight(self, marks: Iterable[str]) -> float:
        return sum(self._weights.get(anchor, 0.0) for anchor in marks)


def _length_cost(long: float, wide: float, ratio: float) -> float:
    """Minus the logarithm of the chance that a true match differs in length as much, in nats."""
    deviation = abs(long - wide) / sqrt(_HALF_VARIANCE * (long + wide) / ratio + 1)
    return _DEVIATION_COST[min(int(deviation * _STEPS), _LAST)]


def _of_one_diagonal(common: float, middle: list[float], sums: list[float], other: list[float], j: int) -> float:
    """Weight shared by two passages and two, each having one counterpart: in order, or the other way round.

    All four pairs together would count what neighbours share twice, and every two matches would be made one.
    """
    turned_above = middle[j] - middle[j - 1] - other[j] + other[j - 1]
    turned_below = sums[j - 1] - sums[j - 2] - middle[j - 1] + middle[j - 2]
    turned = turned_above + turned_below
    return max(turned, common - turned)


def _positions(marks: Sequence[frozenset[str]]) -> dict[str, list[int]]:
    """Where each anchor is."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    for at, here in enumerate(marks):
        for anchor in here:
            found[anchor].append(at)
    return found


def _longest_chain(points: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest run of points that ascend on both sides."""
    ends: list[int] = []
    holders: list[int] = []
    ordered = sorted(points, key=lambda point: (point[0], -point[1]))
    before = [-1] * len(ordered)
    for at, (_, j) in enumerate(ordered):
        place = bisect_left(ends, j)
        before[at] = holders[place - 1] if place else -1
        ends[place : place + 1] = [j]
        holders[place : place + 1] = [at]
    chain: list[tuple[int, int]] = []
    at = holders[-1] if holders else -1
    while at >= 0:
        chain.append(ordered[at])
        at = before[at]
    return chain[::-1]
