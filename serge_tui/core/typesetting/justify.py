"""Justify a line: widen its spaces so that it reaches the right margin."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_EXTRA: Final = 3
"""A space is widened by at most this many cells; a line that would need more stays ragged, which is easier to read."""

_RIVER: Final = 2.0
"""What a cell of white under white weighs against a cell's departure from an even spread."""


def spread(gaps: Sequence[tuple[int, int]], short: int, above: Sequence[tuple[int, int]]) -> list[int]:
    """Distribute `short` extra cells over the spaces of a line; return an empty list if the gaps would be too wide.

    `gaps` are the line's spaces as pairs of first cell and cell after, `above` those of the line over it. Every space
    gets the same number of cells or one more. Wider spaces are spread evenly along the line and not placed under
    a space of the line above, so that no white river runs down the page. Dynamic programming over the spaces and the
    number already widened finds the best choice.
    """
    count = len(gaps)
    if not count or short > count * MOST_EXTRA:
        return []
    each, more = divmod(short, count)
    if not more:
        return [each] * count
    white = {cell for first, after in above for cell in range(first, after)}
    # costs[m]: least cost of the spaces so far with m of them widened; chosen[i][m]: whether space i was one of them.
    costs = {0: 0.0}
    chosen: list[dict[int, bool]] = []
    for i, (first, after) in enumerate(gaps):
        new: dict[int, float] = {}
        how: dict[int, bool] = {}
        for widened, cost in costs.items():
            moved = i * each + widened
            touching = sum(cell in white for cell in range(first + moved, after + moved + each))
            for m in (widened, widened + 1):
                if m > more or more - m > count - i - 1:
                    continue
                wide = m > widened
                uneven = m - (i + 1) * more / count
                under = touching + (wide and after + moved + each in white)
                total = cost + _RIVER * under + uneven * uneven
                if m not in new or total < new[m]:
                    new[m], how[m] = total, wide
        costs = new
        chosen.append(how)
    extra: list[int] = []
    m = more
    for how in reversed(chosen):
        wide = how[m]
        extra.append(each + wide)
        m -= wide
    return extra[::-1]
