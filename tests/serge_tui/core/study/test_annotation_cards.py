"""The reader's own cards."""

from __future__ import annotations

import pytest

from db.models import Anchor, Annotation
from serge_tui.core.study.card import GAP
from serge_tui.core.study.cards.annotation import CARD_TAG, annotation_cards, body_of, body_with_gap, cards_of, draft

ANCHOR = Anchor("book", 3, 0, 3, 20, "The Revolution is hungry.")


def note(body: str, *, anchor: Anchor | None = ANCHOR, target: str = "", deleted: str = "") -> Annotation:
    return Annotation("n1", "note", target, anchor, "", body, "anchored", "", "", deleted, (CARD_TAG,))


def test_three_dashes_part_question_and_answer() -> None:
    (made,) = cards_of(note("Who is hungry?\n---\nThe Revolution"))
    assert (made.key, made.question, made.answer, made.note) == (
        "own/n1",
        "Who is hungry?",
        "The Revolution",
        "The Revolution is hungry.",
    )


def test_each_gap_is_a_card_and_shows_the_others() -> None:
    first, second = cards_of(note("The {{Revolution}} is {{c2::hungry::how?}}."))
    assert (first.key, first.stimulus, first.answer) == ("own/n1", f"The {GAP} is hungry.", "Revolution")
    assert (second.key, second.stimulus, second.answer) == ("own/n1/2", f"The Revolution is {GAP}.", "hungry")
    assert first.siblings == second.siblings


def test_a_plain_note_is_the_answer_to_its_words() -> None:
    (made,) = cards_of(note("because of the blockade"))
    assert (made.stimulus, made.answer) == ("The Revolution is hungry.", "because of the blockade")


@pytest.mark.parametrize("body", ["", "---", "only a question\n---\n"])
def test_nothing_is_made_without_an_answer(body: str) -> None:
    assert not list(cards_of(note(body, anchor=None)))


def test_only_living_tagged_annotations_are_cards() -> None:
    untagged = Annotation("n2", "note", "", ANCHOR, "", "text", "anchored", "", "", "", ())
    assert annotation_cards([untagged, note("text", deleted="2024-01-01")]) == []
    assert len(annotation_cards([note("text")])) == 1


def test_a_note_on_a_figure_is_about_that_figure() -> None:
    (made,) = cards_of(note("Q\n---\nA", anchor=None, target="figure:lenin"))
    assert made.figures == ("lenin",)


def test_both_sides_come_back_as_written() -> None:
    assert draft(note("")) == ("The Revolution is hungry.", "")
    (made,) = cards_of(note(body_of("Who?", "They")))
    assert (made.question, made.answer) == ("Who?", "They")
    assert draft(note(body_of("Who?", "They"))) == ("Who?", "They")
    (gap,) = cards_of(note(body_with_gap("The Revolution is hungry.", 18, 24)))
    assert gap.answer == "hungry"


def test_hostile_text_is_made_harmless() -> None:
    (made,) = cards_of(note("\x1b[31mQ\n---\nA\x9b2J"))
    assert "\x1b" not in made.question
    assert "\x9b" not in made.answer
