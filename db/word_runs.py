"""Find long words again in a text in which a stretch of them was cut, added or rewritten."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import Final

LEAST_WORDS: Final = 16
"""Fewer words are too little evidence once a stretch of them is gone."""
_RUN: Final = 3
"""Words that must stand together, to be found at all."""
_MOST_PLACES: Final = 60
"""A run that stands oftener in the text says nothing."""
_WIDEST: Final = 2.5
"""A place may be so many times as long as the words looked for."""
_WORD: Final = re.compile(r"\w+")

Stretch = tuple[float, int, int]
"""Share of the words in order, 0 to 100, and start and end in the text."""


def stretches(needle: str, text: str) -> list[Stretch]:
    """Find where runs of a needle's words occur in the same order in a text, the most complete place first.

    Both are folded. A place begins and ends with the first and last run found; where the needle's own first or last
    word stands as far before or behind as in the needle, it reaches up to it.
    """
    words = [(match.start(), match.end()) for match in _WORD.finditer(needle)]
    if len(words) < LEAST_WORDS:
        return []
    hits: list[tuple[int, int]] = []
    ends: dict[tuple[int, int], int] = {}
    for number in range(len(words) - _RUN + 1):
        run = [needle[start:end] for start, end in words[number : number + _RUN]]
        for start, end in _places(run, text):
            hits.append((start, number))
            ends[start, number] = end
    hits.sort()
    found: list[Stretch] = []
    waiting = _clusters(hits, len(needle))
    while waiting:
        cluster = waiting.pop()
        chain = _in_order(cluster)
        # Another place close by, perhaps just as good: what the chain does not cover is looked at again.
        waiting += _clusters([hit for hit in cluster if hit[0] < chain[0][0]], len(needle))
        waiting += _clusters([hit for hit in cluster if hit[0] > chain[-1][0]], len(needle))
        covered = {word for _, number in chain for word in range(number, number + _RUN)}
        begin, first = chain[0]
        last = chain[-1][1] + _RUN - 1
        stop = ends[chain[-1]]
        if stop - begin > _WIDEST * len(needle):
            continue
        share = (
            100 * sum(words[word][1] - words[word][0] for word in covered) / sum(end - start for start, end in words)
        )
        begin = _first_word(needle, text, begin, words[first][0] - words[0][0])
        before = needle[: words[0][0]]
        if text.endswith(before, 0, begin):
            begin -= len(before)
        stop = _last_word(needle, text, stop, words[-1][1] - words[last][1])
        behind = needle[words[-1][1] :]
        if text.startswith(behind, stop):
            stop += len(behind)
        found.append((share, begin, stop))
    return sorted(found, reverse=True)


def _places(run: list[str], text: str) -> list[tuple[int, int]]:
    """Where words stand together, whatever is between them; nowhere when they do too often."""
    found: list[tuple[int, int]] = []
    # No look behind: a pattern that begins with a letter is searched for many times faster.
    for match in re.finditer(r"\W{1,4}".join(map(re.escape, run)) + r"(?!\w)", text):
        if not text[match.start() - 1 : match.start()].isalnum():
            found.append(match.span())
            if len(found) > _MOST_PLACES:
                return []
    return found


def _clusters(hits: list[tuple[int, int]], apart: int) -> list[list[tuple[int, int]]]:
    """Divide places where the text goes on for longer than the needle without one."""
    clusters: list[list[tuple[int, int]]] = []
    for hit in hits:
        if clusters and hit[0] - clusters[-1][-1][0] <= apart:
            clusters[-1].append(hit)
        else:
            clusters.append([hit])
    return clusters


def _in_order(cluster: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the longest part of a cluster whose runs are in the needle's order."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for at, (_, number) in enumerate(cluster):
        length = bisect_left(tails, number)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(number)
            ends.append(at)
        else:
            tails[length], ends[length] = number, at
    chain, at = [], ends[-1]
    while at >= 0:
        chain.append(cluster[at])
        at = before[at]
    return chain[::-1]


def _first_word(needle: str, text: str, begin: int, missing: int) -> int:
    """Go back to the needle's first word when it stands about as far before as in the needle."""
    if not missing:
        return begin
    word = _WORD.findall(needle)[0]
    reach = missing + missing // 4 + 4
    low = max(0, begin - reach)
    starts = [low + match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text[low:begin])]
    near = [start for start in starts if begin - start >= missing - missing // 4 - 4]
    return min(near, key=lambda start: abs(begin - missing - start), default=begin)


def _last_word(needle: str, text: str, stop: int, missing: int) -> int:
    """Go on to the needle's last word when it stands about as far behind as in the needle."""
    if not missing:
        return stop
    word = _WORD.findall(needle)[-1]
    reach = missing + missing // 4 + 4
    ends = [stop + match.end() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text[stop : stop + reach])]
    near = [end for end in ends if end - stop >= missing - missing // 4 - 4]
    return min(near, key=lambda end: abs(stop + missing - end), default=stop)
