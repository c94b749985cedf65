"""Bars, columns and the calendar in text."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.charts import bar, calendar, chart, columns, row_of, shade
from serge_tui.core.study.statistics import Coming, MonthRecalled
from serge_tui.modes.progress.plots import forecast_plot, retention_plot


@given(st.floats(0, 1), st.integers(1, 60))
def test_a_bar_is_always_as_wide_as_its_room(share: float, width: int) -> None:
    assert len(bar(share, width)) == width


@given(st.floats(0, 1), st.floats(0, 1), st.integers(1, 60))
def test_a_longer_share_is_never_a_shorter_bar(one: float, other: float, width: int) -> None:
    def filled(share: float) -> int:
        return sum(0 if char == "·" else 8 if char == "█" else "▏▎▍▌▋▊▉".index(char) + 1 for char in bar(share, width))

    assert (filled(one) <= filled(other)) or one > other


@pytest.mark.parametrize(
    ("share", "shown"), [(0.0, "····"), (1.0, "████"), (0.5, "██··"), (0.001, "▏···"), (2.0, "████")]
)
def test_bars(share: float, shown: str) -> None:
    assert bar(share, 4) == shown


@given(st.lists(st.floats(0, 1000), max_size=60))
def test_columns_have_one_cell_a_value_and_something_for_anything(values: list[float]) -> None:
    shown = columns(values)
    assert len(shown) == len(values)
    if any(values):
        assert all((cell == " ") == (value == 0) for cell, value in zip(shown, values, strict=True))
        assert shown[values.index(max(values))] == "█"


def test_the_calendar_puts_each_day_in_its_week_and_row() -> None:
    last = date(2026, 5, 13)  # a Wednesday
    lines = calendar({"2026-05-13": 9.0, "2026-05-11": 1.0, "2026-05-10": 9.0}, last, 4)
    assert len(lines) == 8
    assert all(len(line) <= 4 + 4 for line in lines)
    assert lines[1].startswith("Mon ")
    assert lines[1][-1] == "░"
    assert lines[3][-1] == "█"
    assert lines[4][-1] == " ", "tomorrow is blank"
    assert lines[7][-2] == "█", "the Sunday of the week before"
    assert "May" in lines[0]


def test_shades_rise_with_the_value() -> None:
    assert [shade(value, 8.0) for value in (0, 1, 3, 5, 8)] == ["·", "░", "▒", "▓", "█"]
    assert shade(1, 0) == "·"


@given(st.lists(st.floats(0, 100), min_size=1, max_size=40), st.integers(1, 8), st.integers(1, 3), st.integers(0, 2))
def test_a_chart_is_a_rectangle_whose_columns_rise_with_their_values(
    values: list[float], height: int, wide: int, gap: int
) -> None:
    rows = chart(values, height, 100.0, wide=wide, gap=gap)
    assert len(rows) == height
    assert {len(row) for row in rows} == {len(values) * wide + (len(values) - 1) * gap}
    heights = [sum(" ▁▂▃▄▅▆▇█".index(row[place * (wide + gap)]) for row in rows) for place in range(len(values))]
    for one, first in zip(values, heights, strict=True):
        assert (first == 0) == (one == 0)
        assert all(first <= second for other, second in zip(values, heights, strict=True) if one <= other)


def test_the_line_of_a_chart_goes_through_what_is_empty() -> None:
    assert chart([1.0, 0.5, 1.0], 2, 1.0, wide=1, gap=1, line=0.9) == ["█┄┄┄█", "█ █ █"]
    assert row_of(0.9, 0.5, 1.0, 5) == 4
    assert row_of(0.5, 0.5, 1.0, 5) == 0


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 500)), min_size=1, max_size=12), st.integers(50, 73))
def test_the_plot_of_retention_fits_and_names_every_month_it_shows(counts: list[tuple[int, int]], room: int) -> None:
    months = [MonthRecalled(f"2026-{n + 1:02}", asked, min(asked, known)) for n, (asked, known) in enumerate(counts)]
    lines = retention_plot(months, 0.9, room)
    assert all(len(line) <= room for line in lines)
    assert any("┄" in line for line in lines) or all(month.share > 0.8 for month in months)
    assert any(line.startswith(" 90%") for line in lines)
    assert lines[-1].split()[-1] == f"{months[-1].share:.0%}"


@pytest.mark.parametrize("room", [50, 57, 73])
def test_the_plot_of_what_is_coming_begins_today_and_fits(room: int) -> None:
    days = [Coming((date(2026, 5, 1) + timedelta(days=n)).isoformat(), n % 5) for n in range(30)]
    lines = forecast_plot(days, room)
    assert all(len(line) <= room for line in lines)
    assert lines[-1].split()[0] == "today"
    assert "8 May" in lines[-1]
    assert lines[0].strip().startswith("4")
