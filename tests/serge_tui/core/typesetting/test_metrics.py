from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import wcswidth, wcwidth

from db.text import sanitise_in_place
from serge_tui.core.typesetting.metrics import cell_of, cell_width, character_widths, index_at, is_one_cell

from .helpers import texts

WIDTHS = [
    ("word", 4),
    ("\u6f22\u5b57", 4),
    ("cafe\u0301", 4),
    ("\U0001f469\u200d\U0001f469\u200d\U0001f467", 2),
    ("\u2764\ufe0f", 2),
    ("\U0001f1eb\U0001f1f7", 2),
    ("\U0001f44d\U0001f3fd", 2),
    ("\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd", 4),
    ("\u0915\u094d\u0937\u093f", 2),
    ("\u1112\u1161\u11ab", 2),
    ("", 0),
]


@pytest.mark.parametrize(("text", "width"), WIDTHS)
def test_cells_of_wide_combining_and_joined_characters(text: str, width: int) -> None:
    assert cell_width(text) == width
    assert cell_len(text) == width, "the toolkit that draws the line measures it otherwise"


def test_every_character_passed_without_measuring_takes_one_cell_everywhere() -> None:
    passed = [chr(code) for code in range(32, sys.maxunicode + 1) if is_one_cell(chr(code))]
    assert len(passed) > 1_500
    assert [char for char in passed if wcwidth(char) != 1 or cell_len(char) != 1] == []
    assert [char for char in passed if sanitise_in_place(char) != char] == []


@given(texts(hostile=False, stray_marks=False))
def test_widths_of_the_characters_add_up(text: str) -> None:
    text = sanitise_in_place(text).replace("\n", " ")
    widths = character_widths(text)
    assert len(widths) == len(text)
    assert sum(widths) == max(0, wcswidth(text))


@given(texts(), st.data())
def test_from_character_to_cell_and_back_stays_in_the_cluster(text: str, data: st.DataObject) -> None:
    text = "x" + sanitise_in_place(text).replace("\n", " ")
    index = data.draw(st.integers(0, len(text) - 1))
    cell = cell_of(text, index)
    back = index_at(text, cell)
    assert back <= index
    assert cell_of(text, back) == cell
    assert index_at(text, cell_width(text)) == len(text)
    assert index_at(text, -3) == 0


def test_second_cell_of_a_wide_character_is_that_character() -> None:
    assert [index_at("a\u6f22b", cell) for cell in range(4)] == [0, 1, 1, 2]
