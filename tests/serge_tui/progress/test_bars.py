"""Bars, columns and the calendar in text."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.progress.bars import bar, calendar, columns, shade


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
