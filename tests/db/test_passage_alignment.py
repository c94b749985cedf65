"""Which passage is which of an earlier form of a text."""

from __future__ import annotations

import pytest

from db.anchoring import TextIndex, make_anchor, reanchor
from db.passage_alignment import PassageAlignment

BEFORE = ["First.", "Title", "One.", "Title", "Two.", "Title", "Three.", "Last."]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        (BEFORE, [0, 1, 2, 3, 4, 5, 6, 7]),
        (["New.", *BEFORE], [1, 2, 3, 4, 5, 6, 7, 8]),
        (["First.", "Title", "One.", "Title", "Two. More.", "Title", "Three.", "Last."], [0, 1, 2, 3, None, 5, 6, 7]),
        (["First.", "One.", "Title", "Two.", "Title", "Three.", "Last."], [0, None, 1, 2, 3, 4, 5, 6]),
        (["Title", "Title", "First.", "Last."], [2, None, None, None, None, None, None, 3]),
        ([], [None] * 8),
    ],
)
def test_a_passage_is_found_between_its_neighbours(later: list[str], expected: list[int | None]) -> None:
    alignment = PassageAlignment(BEFORE, later)
    assert [alignment.later(at) for at in range(len(BEFORE))] == expected


def test_words_that_stand_more_than_a_hundred_times_are_found_where_they_were() -> None:
    texts = [f"Passage {number}: Lenin spoke." for number in range(300)]
    anchor = make_anchor("e", texts, 0, 250, 13, 250, 18)
    found = reanchor(anchor, "anchored", TextIndex(texts))
    assert (found.state, found.anchor) == ("anchored", anchor)


def test_a_passage_that_never_was_is_nowhere() -> None:
    alignment = PassageAlignment(BEFORE, BEFORE)
    assert alignment.later(-1) is None
    assert alignment.later(8) is None


def test_what_changed_its_place_is_not_followed_backwards() -> None:
    alignment = PassageAlignment(["A.", "B.", "C.", "D."], ["D.", "A.", "B.", "C."])
    assert [alignment.later(at) for at in range(4)] == [1, 2, 3, None]
