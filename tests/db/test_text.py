from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.text import fold, fold_with_map, in_original, sanitise, sanitise_line

HOSTILE = [
    "\x1b[31mred\x1b[0m",
    "\x1b]0;title\x07",
    "\x1b]52;c;aGk=\x07",
    "\x9b31m",
    "a\x00b\x7fc",
    "\u202ereversed\u202c",
    "\u2066isolate\u2069",
    "\ufeffmark",
    "\u2028line",
    "\ud800",
    "\U000e0041tag",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    clean = sanitise(text)
    for char in clean:
        assert char == "\n" or unicodedata.category(char) not in {"Cc", "Cs"}
        assert char not in "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u2028\u2029"


@given(st.text())
def test_sanitising_twice_is_sanitising_once_and_keeps_what_can_be_seen(text: str) -> None:
    clean = sanitise(text)
    assert sanitise(clean) == clean
    assert [char for char in text if char.isalnum()] == [char for char in clean if char.isalnum()]


@given(st.text())
def test_a_line_is_one_line(text: str) -> None:
    assert "\n" not in sanitise_line(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Café", "cafe"),
        ("don\u2019t", "don't"),
        ("Ten\u00a0Days", "ten days"),
        ("St\u00adalin", "stalin"),
        ("Smol\u2060ny", "Smolny"),
        ("\ufb01re", "fire"),
        ("a\u2014b", "a-b"),
        ("\u00abword\u00bb", '"word"'),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Троцкий", "троцкии"),
        ("wait…", "wait..."),
    ],
)
def test_two_spellings_of_one_thing_fold_to_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text(max_size=60))
def test_a_fold_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=60))
def test_each_folded_character_knows_where_it_came_from(text: str) -> None:
    folded, origin = fold_with_map(text)
    assert len(folded) == len(origin)
    assert origin == sorted(origin)
    assert all(0 <= offset < len(text) for offset in origin)


@given(st.text(max_size=60))
@example("a\u00a8b")
@example("a \u200b b")
@example("x\u00ad \u00ad")
def test_the_map_is_of_the_folded_text_itself(text: str) -> None:
    assert fold_with_map(text)[0].strip() == fold(text)


@pytest.mark.parametrize(
    ("text", "folded", "original"),
    [
        ("the o\ufb03ce", "office", "o\ufb03ce"),
        ("une e\u0301te\u0301 la", "ete", "e\u0301te\u0301"),
        ("Kron\u00adstadt\u00ad.", "kronstadt", "Kron\u00adstadt\u00ad"),
        ("wei\u00df", "weiss", "wei\u00df"),
    ],
)
def test_what_is_found_in_the_folded_text_is_shown_whole(text: str, folded: str, original: str) -> None:
    whole, origin = fold_with_map(text)
    at = whole.index(folded)
    start, end = in_original(origin, at, at + len(folded))
    assert text[start:end] == original
