"""Search in the text: what is forgiven, and that offsets point at the words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from serge_tui.modes.reader.destinations import GoTo, parse_goto
from serge_tui.modes.reader.searchable_text import Hit, SearchableText

TEXTS = [
    "The sailors’ meeting — in Kronstadt — voted for Petrichenko.",
    "Nobody from Kron\u00adstadt came to the café of the Hôtel Astoria.",
    "\N{NO-BREAK SPACE}Pâté, dit-il.",
]


def words(search: SearchableText, typed: str) -> list[str]:
    return [search.texts[hit.passage - search.first][hit.start : hit.end] for hit in search.find(typed).hits]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("sailors' meeting - in", ["sailors’ meeting — in"]),
        ("KRONSTADT", ["Kronstadt", "Kron\u00adstadt"]),
        ("cafe of the hotel", ["café of the Hôtel"]),
        ("pate", ["Pâté"]),
        ("dit-il", ["dit-il"]),
        ("nothing here", []),
        ("", []),
        ('" - (', []),
    ],
)
def test_kinds_of_marks_do_not_matter(typed: str, found: list[str]) -> None:
    assert words(SearchableText(TEXTS, 5), typed) == found


def test_words_of_one_paragraph_are_found_in_any_order() -> None:
    found = SearchableText(TEXTS).find("astoria nobody")
    assert found.how == "words"
    assert [hit.passage for hit in found.hits] == [1, 1]


@pytest.mark.parametrize("typed", ["kronstad", "kronsadt", "kornstadt", "kronnstadt", "kronstait"])
def test_one_slip_is_forgiven(typed: str) -> None:
    found = SearchableText(TEXTS).find(typed)
    assert {hit.passage for hit in found.hits} == {0, 1}
    assert found.how == ("phrase" if typed == "kronstad" else "spelling")


def test_two_slips_are_not() -> None:
    assert SearchableText(TEXTS).find("krunsdat").hits == ()


def test_an_excerpt_points_at_its_hit() -> None:
    search = SearchableText(["word " * 40 + "needle" + " word" * 40], 3)
    (hit,) = search.find("needle").hits
    assert hit == Hit(3, 200, 206)
    excerpt, ((start, end),) = search.excerpt(hit)
    assert excerpt[start:end] == "needle"
    assert len(excerpt) < 140


@given(st.lists(st.text(), max_size=4), st.text(max_size=6))
def test_nothing_typed_breaks_it_and_offsets_are_in_the_text(texts: list[str], typed: str) -> None:
    search = SearchableText(texts, 9)
    for hit in search.find(typed).hits:
        assert 0 <= hit.start < hit.end <= len(texts[hit.passage - 9])


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("218", GoTo("number", "218")),
        (" p. 218 ", GoTo("page", "218")),
        ("xii", GoTo("page", "xii")),
        ("p xii", GoTo("page", "xii")),
        ("38%", GoTo("percent", "38")),
        ("38,5 %", GoTo("percent", "38.5")),
        ("ch4", GoTo("chapter", "4")),
        ("Chapter 10", GoTo("chapter", "10")),
        ("somewhere", None),
        ("", None),
    ],
)
def test_where_to(typed: str, wanted: GoTo | None) -> None:
    assert parse_goto(typed) == wanted


def test_words_beside_one_another_are_one_hit() -> None:
    search = SearchableText(
        ["The Provisional Government fell; a provisional hut stayed. Government, provisional, of old."]
    )
    found = ["Provisional Government", "provisional", "Government, provisional"]
    assert words(search, "provisional goverment") == found
    assert words(search, "government provisional") == found
