"""Make tables wider than the page narrower by taking away blank columns."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from typing import Final

from serge_tui.core.typesetting.break_opportunities import places_inside
from serge_tui.core.typesetting.display_text import Drawn

_COLUMN_GAP: Final = re.compile(r"\S {2,}\S")


def squeezed(drawn: Drawn, room: int) -> Drawn:
    """Take away columns that are blank in all rows, from the right, until the rows are `room` cells wide.

    One blank column stays between any two. A row without a gap of two spaces is a caption and is left as it is.
    If that is not enough, or not every character takes one cell, the rows are left to wrap.
    """
    if drawn.cells is not None:
        return drawn
    rows = drawn.text.split("\n")
    tabular = [_COLUMN_GAP.search(row) is not None for row in rows]
    in_columns = [row for row, columns in zip(rows, tabular, strict=True) if columns]
    widest = max((len(row.rstrip()) for row in in_columns), default=0)
    if widest <= room:
        return drawn
    filled = {column for row in in_columns for column, char in enumerate(row) if char != " "}
    # A blank column can go when the one before it is blank too.
    spare = [at for at in range(widest - 1, min(filled), -1) if at not in filled and at - 1 not in filled]
    gone = frozenset(spare[: widest - room])
    if widest - len(gone) > room:
        return drawn
    kept: list[int] = []
    start = 0
    for row, columns in zip(rows, tabular, strict=True):
        kept += (start + at for at in range(len(row)) if not (columns and at in gone))
        kept.append(start + len(row))
        start += len(row) + 1
    # The last of them is the end of the text, where there is no line feed.
    text = "".join([drawn.text[at] for at in kept[:-1]])
    never = frozenset(bisect_left(kept, position) for position in drawn.never)
    return Drawn(text, places_inside(text, never=never), array("i", map(drawn.offset, kept)), never=never)
