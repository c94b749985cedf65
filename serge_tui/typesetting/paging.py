"""Pages and columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from serge_tui.typesetting.layout import ChapterLayout

TWO_COLUMNS_FROM: Final = 150
_GUTTER: Final = 6


@dataclass(frozen=True, slots=True)
class Columns:
    """How many columns fit side by side, how long their lines are and what is left between them, in cells."""

    count: int
    measure: int
    gutter: int


def columns(width: int, measure: int = 66) -> Columns:
    """Decide between one column and two for a width in cells; `measure` is what the reader asked for."""
    if width >= TWO_COLUMNS_FROM:
        return Columns(2, max(1, min(measure, (width - _GUTTER) // 2)), _GUTTER)
    return Columns(1, max(1, min(measure, width)), 0)


@dataclass(frozen=True, slots=True)
class Page:
    """The lines from `start` up to, not including, `end`; the first `context` of them stood on the page before."""

    start: int
    end: int
    context: int


def pages(layout: ChapterLayout, height: int, context: int = 1) -> list[Page]:
    """Cut a chapter into pages of at most `height` lines; each repeats the last `context` lines of the one before."""
    total, at, cut = len(layout), 0, list[Page]()
    while at < total:
        again = min(context, height - 1) if cut else 0
        end = min(total, at - again + height)
        cut.append(Page(at - again, end, again))
        at = end
    return cut
