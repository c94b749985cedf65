"""The plots of Progress as lines of text: retention month by month, and what is coming day by day."""

from __future__ import annotations

from datetime import date
from math import floor
from typing import TYPE_CHECKING, Final

from serge_tui.core.charts import chart, row_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.study.statistics import Coming, MonthRecalled

_HEIGHT: Final = 5
_AXIS: Final = 6
"""Cells at the left for the numbers of an axis."""
_MONTH: Final = 5
"""Cells of a month: three of column, two between."""
_WEEK: Final = 7


def retention_plot(months: Sequence[MonthRecalled], target: float, room: int) -> list[str]:
    """Columns of true retention, the latest months that have room, with a line at the target and figures below."""
    months = months[-max(1, (room - _AXIS) // _MONTH) :]
    shares = [month.share for month in months]
    low = max(0.0, floor(10 * min(*shares, target)) / 10 - 0.1)
    rows = chart(shares, _HEIGHT, 1.0, low=low, wide=3, gap=2, line=target)
    labels = {0: f"{low:.0%}", _HEIGHT - 1: "100%"}
    labels[row_of(target, low, 1.0, _HEIGHT)] = f"{target:.0%}"
    lines = [f"{labels.get(_HEIGHT - 1 - n, ''):>4}  {row}" for n, row in enumerate(rows)]
    names = [date.fromisoformat(f"{month.month}-01") for month in months]
    lines.append(" " * _AXIS + "".join(f"{name:%b}".ljust(_MONTH) for name in names).rstrip())
    lines.append(" " * _AXIS + "".join(f"{share:.0%}".ljust(_MONTH) for share in shares).rstrip())
    return lines


def forecast_plot(days: Sequence[Coming], room: int) -> list[str]:
    """A column for the cards of each day, and the dates a week apart below."""
    wide = 2 if room >= _AXIS + 2 * len(days) else 1
    days = days[: room - _AXIS]
    most = max((coming.cards for coming in days), default=0)
    rows = chart([float(coming.cards) for coming in days], _HEIGHT - 1, float(most), wide=wide)
    lines = [f"{most if not n else '':>4}  {row}" for n, row in enumerate(rows)]
    axis = ""
    for number in range(0, len(days) - _WEEK + 3, _WEEK):
        day = date.fromisoformat(days[number].day)
        axis = axis.ljust(number * wide) + (f"{day.day} {day:%b}" if number else "today")
    return [*lines, " " * _AXIS + axis]
