"""Motions: words, sentences, and that every motion stays in the text."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Passage
from serge_tui.modes.reader.motions import Motion, Text, Unit, sentences, words
from serge_tui.modes.reader.selection_range import SelectionRange
from serge_tui.modes.reader.stretch import Stretch


def passages(*texts: str) -> list[Passage]:
    return [Passage("guide", 7 + at, 0, "paragraph", 0, text, ()) for at, text in enumerate(texts)]


def line(place: tuple[int, int]) -> Stretch:
    return Stretch(*place, place[0], place[1] + 1)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It was cold. Nobody spoke.", ["It was cold.", "Nobody spoke."]),
        ("“Is it you?” he asked. “It is.”", ["“Is it you?” he asked.", "“It is.”"]),
        ("He met J. P. Smith and Dr. Weil. Then he left.", ["He met J. P. Smith and Dr. Weil.", "Then he left."]),
        ("What… now? Who knows!", ["What… now?", "Who knows!"]),
        ("Был холод. Никто не говорил.", ["Был холод.", "Никто не говорил."]),
        ("no end", ["no end"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_words_keep_apostrophes_and_hyphens() -> None:
    text = "Lenin’s half-hearted “yes”"
    assert [text[start:end] for start, end in words(text)] == ["Lenin’s", "half-hearted", "yes"]


def test_motions_go_over_paragraphs_and_stop_at_the_ends() -> None:
    text = Text(passages("One two.", "Three. Four five."))
    assert text.move((7, 4), "word") == (8, 0)
    assert text.move((8, 0), "back") == (7, 4)
    assert text.move((7, 0), "word-end") == (7, 2)
    assert text.move((8, 0), "sentence") == (8, 7)
    assert text.move((7, 3), "paragraph") == (8, 0)
    assert text.move((8, 9), "paragraph-back") == (8, 0)
    assert text.move((7, 7), "right") == (8, 0)
    assert text.move((7, 0), "left") == (7, 0)
    assert text.move((8, 16), "word") == (8, 16)


def test_a_combining_mark_goes_with_its_letter() -> None:
    text = Text(passages("cafe\u0301 x"))
    assert text.move((7, 3), "right") == (7, 5)
    assert text.move((7, 5), "left") == (7, 3)
    assert text.unit((7, 3), "character", line) == Stretch(7, 3, 7, 5)


def test_a_selection_takes_whole_units_whichever_end_moves() -> None:
    text = Text(passages("One two. Three four.", "Five."))
    chosen = SelectionRange((7, 11), (7, 5)).wider().wider()
    assert chosen.unit == "sentence"
    assert chosen.stretch(text, line) == Stretch(7, 0, 7, 20)
    assert chosen.turned().stretch(text, line) == chosen.stretch(text, line)
    assert chosen.to((8, 1)).stretch(text, line) == Stretch(7, 9, 8, 5)


@given(
    texts=st.lists(st.text(max_size=40), min_size=1, max_size=4),
    start=st.tuples(st.integers(0, 12), st.integers(-2, 50)),
    motions=st.lists(st.sampled_from(get_args(Motion)), max_size=20),
    unit=st.sampled_from(get_args(Unit)),
)
def test_every_motion_stays_in_the_text(
    texts: list[str], start: tuple[int, int], motions: list[Motion], unit: Unit
) -> None:
    text = Text(passages(*texts))
    place = text.tame(start)
    for motion in motions:
        place = text.move(place, motion)
        assert place == text.tame(place)
        if unit != "line":
            stretch = text.unit(place, unit, line)
            assert stretch.end <= len(text.text(place[0]))
            assert stretch.start <= place[1] <= max(stretch.start, stretch.end)
