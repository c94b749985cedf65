from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.anchoring import TextIndex, make_anchor, reanchor, suggestions
from db.models import Anchor
from tests.db.measure_anchoring import move, texts_of

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = [
    "The train stood for two days in the snow, and nobody came.",
    "\u201cWhere are we?\u201d asked the child. Nobody an\u00adswered\u2014the lamp had gone out.",
    "At Vologda they took on wood; at Vologda they took on water.",
]


def anchored(passage: int, words: str, end_passage: int | None = None, end_words: str = "") -> Anchor:
    start = TEXTS[passage].index(words)
    if end_passage is None:
        return make_anchor("e", TEXTS, 0, passage, start, passage, start + len(words))
    end = TEXTS[end_passage].index(end_words) + len(end_words)
    return make_anchor("e", TEXTS, 0, passage, start, end_passage, end)


def words_at(anchor: Anchor, texts: list[str]) -> str:
    assert anchor.passage == anchor.end_passage
    return texts[anchor.passage][anchor.start : anchor.end]


def test_words_that_did_not_move_stay_anchored() -> None:
    for anchor in (anchored(0, "two days in the snow"), anchored(1, "Nobody an\u00adswered"), anchored(2, "wood")):
        found = reanchor(anchor, "anchored", TextIndex(TEXTS))
        assert (found.anchor, found.state) == (anchor, "anchored")


def test_quotation_marks_dashes_and_hyphens_do_not_hide_words() -> None:
    changed = ["A preface.", '"Where are we?" asked the child. Nobody answered - the lamp had gone out.']
    found = reanchor(
        anchored(1, "asked the child. Nobody an\u00adswered\u2014the lamp"), "anchored", TextIndex(changed)
    )
    assert found.state == "drifted"
    assert words_at(found.anchor, changed) == "asked the child. Nobody answered - the lamp"


def test_a_selection_over_two_passages_is_found_when_they_become_one() -> None:
    anchor = anchored(0, "and nobody came", 1, "asked the child")
    joined = [" ".join(TEXTS)]
    found = reanchor(anchor, "anchored", TextIndex(joined))
    assert found.state != "orphan"
    assert words_at(found.anchor, joined) == "and nobody came. \u201cWhere are we?\u201d asked the child"


def test_context_tells_two_like_stretches_apart() -> None:
    anchor = make_anchor("e", TEXTS, 0, 2, 33, 2, 45)
    assert anchor.exact == "Vologda they"
    texts = ["Something new.", *TEXTS]
    found = reanchor(anchor, "anchored", TextIndex(texts))
    assert (found.anchor.passage, found.anchor.start, found.state) == (3, 33, "drifted")


def test_a_misprint_corrected_is_found_and_a_different_sentence_is_not() -> None:
    corrected = [TEXTS[0].replace("stood", "waited"), TEXTS[2]]
    anchor = anchored(0, "The train stood for two days in the snow")
    assert reanchor(anchor, "anchored", TextIndex(corrected)).state == "drifted"
    other = ["The ship lay for three weeks in the ice, and everybody left.", TEXTS[2]]
    assert reanchor(anchor, "anchored", TextIndex(other)).state == "orphan"


@pytest.mark.parametrize("words", ["two days in the snow", "Where are we?", "At Vologda they took on wood"])
def test_few_words_that_stand_elsewhere_among_others_are_not_taken_there(words: str) -> None:
    passage = next(at for at, text in enumerate(TEXTS) if words in text)
    before, after = "Printed by the company of that name, ", ", a tale for winter evenings, third edition"
    title = [before + words.upper() + after, "Quite another sentence altogether."]
    found = reanchor(anchored(passage, words), "anchored", TextIndex(title))
    assert (found.state, found.anchor.exact) == ("orphan", words)
    same = [before, TEXTS[passage].upper()]
    assert reanchor(anchored(passage, words), "anchored", TextIndex(same)).state != "orphan"


def test_few_words_changed_are_found_beside_the_same_words_elsewhere() -> None:
    texts = [
        "TWO DAYS IN THE SNOW, a tale",
        "Another sentence.",
        TEXTS[0].replace("two days in", "two days amid"),
        TEXTS[2],
    ]
    found = reanchor(anchored(0, "two days in the snow"), "anchored", TextIndex(texts))
    assert found.state == "drifted"
    assert words_at(found.anchor, texts) == "two days amid the snow"


def test_a_suggestion_does_not_cut_into_words() -> None:
    texts = ["A proclamation to the Cossacks, and more of it.", "Letters of the toiling Cossacks, in three parts."]
    found = suggestions(Anchor("e", 0, 0, 0, 0, "ataman of the Don Cossacks"), TextIndex(texts), "e")
    assert found
    for place in (one.anchor for one in found):
        words = words_at(place, texts).split()
        assert set(words) <= {word.strip(",") for word in texts[place.passage].split()} | {"Cossacks,"}


def test_a_heading_of_few_words_is_taken_only_where_it_is_written_alike() -> None:
    anchor = make_anchor("e", ["Nobody came then"], 0, 0, 0, 0, 16)
    alike = ["A preface.", "Nobody came then", "More."]
    assert reanchor(anchor, "anchored", TextIndex(alike)).state == "drifted"
    assert reanchor(anchor, "anchored", TextIndex(["A preface.", "and NOBODY CAME THEN, he said"])).state == "orphan"
    assert reanchor(anchor, "anchored", TextIndex(["A preface.", "and nobody came then, he said"])).state == "orphan"


def test_a_short_word_alone_is_never_guessed() -> None:
    anchor = Anchor("e", 0, 0, 0, 3, "The")
    assert reanchor(anchor, "anchored", TextIndex(["No word of it.", "The end."])).state == "orphan"


@given(st.lists(st.text("abc ,.\u00ad\u2019é", min_size=1, max_size=40), min_size=1, max_size=6), st.data())
def test_an_unchanged_text_never_loses_or_moves_anything(texts: list[str], data: st.DataObject) -> None:
    passage = data.draw(st.integers(0, len(texts) - 1))
    start = data.draw(st.integers(0, len(texts[passage]) - 1))
    end = data.draw(st.integers(start + 1, len(texts[passage])))
    anchor = make_anchor("e", texts, 0, passage, start, passage, end)
    found = reanchor(anchor, "anchored", TextIndex(texts))
    if found.state != "orphan":
        place = found.anchor
        assert place.passage <= place.end_passage < len(texts)
        assert (place.passage, place.start) <= (place.end_passage, place.end)


@pytest.mark.shared
def test_highlights_move_between_two_files_of_one_book_and_none_lands_wrong(samples: Path) -> None:
    from import_scripts.formats.book_file import read_book

    books = samples / "books"
    epub = texts_of(read_book(books / "john-reed_ten-days-that-shook-the-world.epub"))
    plain = texts_of(read_book(books / "reed_ten_days_utf8.txt"))
    tally = move(epub, plain, number=200)
    assert tally.wrong_ones == ()
    assert tally.right >= 0.98 * tally.movable
