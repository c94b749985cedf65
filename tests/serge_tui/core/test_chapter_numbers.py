"""A number means the chapter that the book itself calls so."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.chapter_numbers import chapter_called

REED = [
    "Titlepage", "Imprint", "Introduction", "Preface", "Notes and Explanations", "Ten Days That Shook the World",
    "I: Background", "II: The Coming Storm", "III: On the Eve", "Appendix to Chapter I",
]  # fmt: skip


@pytest.mark.parametrize(
    ("titles", "number", "found"),
    [
        (REED, 1, "I: Background"),
        (REED, 3, "III: On the Eve"),
        (REED, 7, None),
        (["Cover", "Copyright", "Winter", "Spring", "Notes"], 2, "Spring"),
        (["Préface", "Hiver", "Printemps"], 1, "Hiver"),
        (["Предисловие", "Глава первая", "Глава вторая"], 2, "Глава вторая"),
        (["Chapter One: Out", "Chapter Two: Back"], 2, "Chapter Two: Back"),
        (["Erstes Kapitel", "Zweites Kapitel"], 2, "Zweites Kapitel"),
        (["Part One", "1. Out", "2. Back", "Part Two", "1. Again"], 1, "1. Out"),
        (["I Was Born", "I Grew Up", "I Died"], 2, "I Grew Up"),
        (["1984", "1985", "1986"], 3, "1986"),
        (["Preface"], 1, "Preface"),
        ([], 1, None),
        (["Winter"], 0, None),
    ],
)
def test_the_chapter_of_a_number(titles: list[str], number: int, found: str | None) -> None:
    at = chapter_called(titles, number)
    assert (None if at is None else titles[at]) == found


@given(st.lists(st.text(max_size=20), max_size=8), st.integers(-2, 12))
def test_whatever_the_titles_a_position_is_one_of_theirs(titles: list[str], number: int) -> None:
    at = chapter_called(titles, number)
    assert at is None or 0 <= at < len(titles)
