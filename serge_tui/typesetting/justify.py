"""Spaces spread so that a line reaches the right margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_EXTRA: Final = 3
"""A space is widened by at most this many cells; a line that would need more stays ragged, which is easier to read."""


def spread(gaps: Sequence[tuple[int, int]], short: int, above: Sequence[tuple[int, int]]) -> list[int]:
    """Share out `short` extra cells among the spaces of a line; an empty list when that would tear it apart.

    `gaps` are the line's spaces as pairs of first cell and cell after, `above` those of the line over it. Every space
    gets the same number of cells or one more; which get one more is turned until the fewest spaces stand under a
    space, so that no white river runs down the page. Among equals it alternates from line to line.
    """
    count = len(gaps)
    if not count or short > count * MOST_EXTRA:
        return []
    each, more = divmod(short, count)
    if not more:
        return [each] * count
    even = [each + ((i + 1) * more // count - i * more // count) for i in range(count)]
    white = {cell for first, after in above for cell in range(first, after)}
    if not white:
        return even
    choices = (even[turn:] + even[:turn] for turn in range(count))
    return min(choices, key=lambda choice: _overlap(gaps, choice, white))


def _overlap(gaps: Sequence[tuple[int, int]], extra: Sequence[int], white: set[int]) -> int:
    """How many cells of white stand under white."""
    moved = touching = 0
    for (first, after), more in zip(gaps, extra, strict=True):
        touching += sum(cell in white for cell in range(first + moved, after + moved + more))
        moved += more
    return touching
