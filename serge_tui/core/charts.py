"""Bars and small plots in text: block characters alone, so that they mean the same without colour.

docs/learning.md says why no library draws them.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EIGHTHS: Final = " ▏▎▍▌▋▊▉█"
_HEIGHTS: Final = " ▁▂▃▄▅▆▇█"
_SHADES: Final = "·░▒▓█"
_MONTHS: Final = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


def bar(share: float, width: int) -> str:
    """A horizontal bar for a share of 0 to 1, always `width` cells; what is above nothing shows at least a hair."""
    share = min(1.0, max(0.0, share))
    eighths = round(share * width * 8)
    if share > 0:
        eighths = max(1, eighths)
    whole, rest = divmod(eighths, 8)
    return ("█" * whole + (_EIGHTHS[rest] if rest else "")).ljust(width, "·")


def columns(values: Sequence[float]) -> str:
    """A row of columns, one a value, the highest full; what is above nothing shows at least one eighth."""
    most = max(values, default=0.0)
    if most <= 0:
        return "▁" * len(values) if values else ""
    return "".join(_HEIGHTS[max(1, round(8 * value / most))] if value > 0 else " " for value in values)


def chart(
    values: Sequence[float],
    height: int,
    high: float,
    *,
    low: float = 0.0,
    wide: int = 1,
    gap: int = 0,
    line: float | None = None,
) -> list[str]:
    """Columns over several rows, the top row first: `low` at the foot, `high` at the top, each `wide` cells and `gap`
    cells apart. `line` is a value drawn through whatever is empty in its row. What is above `low` shows something.
    """
    eighths = [_eighths(value, low, high, height) for value in values]
    rows = []
    for row in reversed(range(height)):
        empty = "┄" if line is not None and row_of(line, low, high, height) == row else " "
        cells = [_HEIGHTS[min(8, max(0, filled - 8 * row))].replace(" ", empty) for filled in eighths]
        rows.append((empty * gap).join(cell * wide for cell in cells))
    return rows


def _eighths(value: float, low: float, high: float, height: int) -> int:
    share = (min(value, high) - low) / (high - low) if high > low else 0.0
    return max(1, round(8 * height * share)) if value > low else 0


def row_of(value: float, low: float, high: float, height: int) -> int:
    """The row of a chart that a value lies in, 0 at the foot."""
    return min(height - 1, max(0, int(height * (value - low) / (high - low)))) if high > low else 0


def shade(value: float, most: float) -> str:
    """One cell of a calendar: a dot for nothing, then four shades."""
    if value <= 0 or most <= 0:
        return _SHADES[0]
    return _SHADES[min(4, 1 + int(4 * value / most * 0.999))]


def calendar(values: Mapping[str, float], last: date, weeks: int) -> list[str]:
    """Weeks as columns, weekdays as rows (Monday first), the month's name over the week it begins in.

    `values` are by ISO day; days after `last` are blank.
    """
    monday = last - timedelta(days=last.weekday() + 7 * (weeks - 1))
    most = max(values.values(), default=0.0)
    head = [" "] * weeks
    free_from = 0
    for week in range(weeks):
        days = [monday + timedelta(days=7 * week + n) for n in range(7)]
        first = next((day for day in days if day.day == 1), None)
        if first is not None and week >= free_from and week + 3 <= weeks:
            head[week : week + 3] = list(_MONTHS[first.month - 1])
            free_from = week + 4
    lines = ["    " + "".join(head)]
    for weekday in range(7):
        cells = []
        for week in range(weeks):
            day = monday + timedelta(days=7 * week + weekday)
            cells.append(shade(values.get(day.isoformat(), 0.0), most) if day <= last else " ")
        label = ("Mon", "", "Wed", "", "Fri", "", "Sun")[weekday]
        lines.append(f"{label:<4}{''.join(cells)}")
    return lines
