"""Long highlights whose text was changed inside."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.anchoring import TextIndex, make_anchor, reanchor
from db.word_runs import LEAST_WORDS, stretches
from tests.db.measure_anchoring import cut, gone

_FIRST = "All that winter the printers of our quarter set the paper by candlelight"
_MIDDLE = "with fingers too stiff to feel the letters they were picking from the case"
_LAST = "and every morning somebody carried the sheets across the frozen canal to the depot"
_WHOLE = f"{_FIRST}, {_MIDDLE}, {_LAST}."
_OTHERS = ["The depot stood beyond the canal.", "Nobody read the paper by candlelight in our quarter.", "It snowed."]


def moved(old: str, new: str, *others: str) -> str | None:
    """Where a highlight of a whole passage is found in another text: its words, or None for an orphan."""
    texts = [_OTHERS[0], new, *_OTHERS[1:], *others]
    anchor = make_anchor("e", [old], 0, 0, 0, 0, len(old))
    found = reanchor(anchor, "anchored", TextIndex(texts))
    if found.state == "orphan":
        return None
    place = found.anchor
    assert found.state == "drifted"
    assert place.passage == place.end_passage
    return texts[place.passage][place.start : place.end]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        (f"{_FIRST}, {_LAST}.", f"{_FIRST}, {_LAST}."),
        (f"Once more. {_FIRST}, {_LAST}. Then we slept.", f"{_FIRST}, {_LAST}."),
        (f"{_FIRST}, {_MIDDLE}, coughing, so that the type shook and half of the lines ran crooked, {_LAST}.",
         f"{_FIRST}, {_MIDDLE}, coughing, so that the type shook and half of the lines ran crooked, {_LAST}."),
        (f"{_FIRST}, cold as they were and hungry besides, {_LAST}.",
         f"{_FIRST}, cold as they were and hungry besides, {_LAST}."),
        (f"He said: {_MIDDLE}, {_LAST}. Then", f"{_MIDDLE}, {_LAST}."),
        (f"{_FIRST}, {_MIDDLE}. He fell silent.", f"{_FIRST}, {_MIDDLE}."),
        (f"{_FIRST} in the cold room, {_LAST}.", f"{_FIRST} in the cold room, {_LAST}."),
        ("All this is about something else: printers, canals and candles.", None),
        (f"{_FIRST}. The rest was lost.", None),
        (f"{_LAST}. {_MIDDLE}? No: nobody knows what came first that winter.", None),
    ],
)  # fmt: skip
def test_a_stretch_cut_added_or_rewritten_inside(new: str, expected: str | None) -> None:
    assert moved(_WHOLE, new) == expected


def test_two_places_as_full_as_each_other_are_refused() -> None:
    assert moved(_WHOLE, f"{_FIRST}, {_LAST}.", f"Again: {_FIRST}, {_LAST}. It was the same.") is None


def test_few_words_need_more_than_half() -> None:
    few = "The printers of our quarter set the paper by candlelight and left"
    assert len(few.split()) < LEAST_WORDS
    assert stretches(few, "the printers of our quarter set the paper") == []
    assert moved(few, "The printers of our quarter laughed and left us.") is None


@given(st.lists(st.sampled_from("a bb the ccc and of".split()), max_size=40), st.text("ab the.\n", max_size=200))
def test_stretches_lie_within_the_text(words: list[str], text: str) -> None:
    for share, begin, stop in stretches(" ".join(words), text):
        assert 0 < share <= 100
        assert 0 <= begin < stop <= len(text)


def test_random_cuts_of_a_made_text_are_found_and_nothing_is_taken_elsewhere() -> None:
    chance = random.Random(7)
    texts = [" ".join(chance.choice(f"{_WHOLE} {' '.join(_OTHERS)}".split()) for _ in range(90)) for _ in range(12)]
    for longer in (False, True):
        tally = cut(texts, 12, longer=longer)
        assert tally.wrong_ones == ()
        assert tally.right >= 0.7 * tally.movable
    assert gone(texts, 6) == []
