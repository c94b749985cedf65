"""Divide a chapter into pages and columns."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from serge_tui.core.typesetting.layout import ChapterLayout

TWO_COLUMNS_FROM: Final = 150
_GUTTER: Final = 6
_LOWEST_PAGE_WITH_CARE: Final = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """The number of columns side by side, the length of their lines and the gap between them, in cells."""

    count: int
    measure: int
    gutter: int


def columns(width: int, measure: int = 66) -> Columns:
    """Decide between one column and two for a width in cells; `measure` is the reader's setting."""
    if width >= TWO_COLUMNS_FROM:
        return Columns(2, max(1, min(measure, (width - _GUTTER) // 2)), _GUTTER)
    return Columns(1, max(1, min(measure, width)), 0)


@dataclass(frozen=True, slots=True)
class Page:
    """Lines from `start` up to, not including, `end`; the first `context` of them repeat the page before."""

    start: int
    end: int
    context: int


def pages(layout: ChapterLayout, height: int, context: int = 1) -> list[Page]:
    """Cut a chapter into pages of at most `height` lines; each repeats the last `context` lines of the one before.

    No page ends after the first line of a paragraph (an orphan), after a heading or in its air, before the last line
    of a paragraph (a widow), or with an empty line, as long as the page stays at least half full. For two columns ask
    for pages without context and take them in pairs.
    """
    total, cut = len(layout), list[Page]()
    height = max(1, height)
    at, again = 0, 0
    while at < total:
        end = min(total, at - again + height)
        if end < total:
            end = _best_end(layout, at + 1, end) if height >= _LOWEST_PAGE_WITH_CARE else end
        cut.append(Page(at - again, end, again))
        at, again = end, min(context, height - 1)
    return cut


def page_of(cut: list[Page], index: int) -> int:
    """Return the position in `cut` of the page on which the line at `index` is new, not context."""
    starts = [page.start + page.context for page in cut]
    return max(0, bisect_right(starts, index) - 1)


def _best_end(layout: ChapterLayout, least: int, most: int) -> int:
    """Return the last good end of a page at `most` lines or before."""
    lowest = max(least, most - (most - least) // 2)
    for end in range(most, lowest - 1, -1):
        if _may_end(layout, end):
            return end
    return most


def _may_end(layout: ChapterLayout, end: int) -> bool:
    """Return whether a page may end before the line `end`."""
    before, after = layout.passage_at(end - 1), layout.passage_at(end)
    first, stop = layout.passage_lines(before)
    if before != after:
        # Between two passages: what precedes must be no heading, and the next page begins with text or its air.
        return layout.passages[before].kind != "heading"
    if end <= first:
        return False
    kind = layout.passages[before].kind
    return kind != "heading" and end - first >= 2 and stop - end >= 2
