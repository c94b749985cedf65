"""Which cards the end of a chapter asks: those of what was read of it that were never answered, three a day."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION, CardState
from serge_tui.core.study.card import Card
from serge_tui.services.card_collection import card_collection
from serge_tui.services.chapter_questions import by_turns, cards_read, chosen, questions_on
from serge_tui.services.review_session import ReviewSession

if TYPE_CHECKING:
    from db.library import Library

DAY = "2026-05-01"


def card(key: str, kind: str = "line", **more: object) -> Card:
    return Card(key, kind, "Who is this?", key, key, **more)  # type: ignore[arg-type]  # attributes of the test's own


def test_kinds_come_in_turn() -> None:
    cards = [card("a"), card("b"), card("c", "told"), card("d"), card("e", "told")]
    assert [one.key for one in by_turns(cards)] == ["a", "c", "b", "e", "d"]


def test_only_cards_that_may_be_asked_today_and_no_two_alike() -> None:
    cards = [
        card("answered"), card("suspended"), card("buried"), card("sibling", siblings=("word",)),
        card("needs", requires="answered"), card("first", answer_figure="lenin"), card("same", answer_figure="lenin"),
        card("second", siblings=("x",)), card("its-sibling", siblings=("x",)), card("third"), card("fourth"),
    ]  # fmt: skip
    states = {
        "answered": CardState("answered", stability=3.0, difficulty=5.0),
        "suspended": CardState("suspended", suspended=True),
        "buried": CardState("buried", buried_until=DAY),
    }
    known = {one.key: one for one in cards}
    assert chosen(cards, states, DAY, asked=[card("x", siblings=("word",))], most=3, known=known) == [
        "first",
        "second",
        "third",
    ]
    assert chosen(cards, states, DAY, asked=(), most=0, known=known) == []


def test_what_was_not_read_is_not_asked(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    cards = card_collection(library).cards.values()
    whole = sum(len(passage.text) for passage in library.passages.of_chapter(GUIDE_EDITION, chapter.ordinal))
    assert cards_read(library, cards, chapter, (0, 0)) == []
    some, everything = (cards_read(library, cards, chapter, (0, until)) for until in (whole // 4, whole))
    assert some
    assert {one.key for one in some} < {one.key for one in everything}
    assert not {"chapter", "fate", "alive", "end"} & {one.kind for one in everything}
    # In another book the same people are no questions on the Memoirs.
    elsewhere = cards_read(library, cards, replace(chapter, canonical=None), (0, whole))
    assert elsewhere == [one for one in everything if one.quotation]
    # What was read before counts with what is in view.
    library.reading.add(GUIDE_EDITION, chapter.ordinal, [(0, whole // 2)]).result()
    assert cards_read(library, cards, chapter, (whole // 2, whole)) == everything


def test_three_first_answers_a_day_in_the_log_of_cards(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    view = (0, 1_000_000)
    keys = questions_on(library, chapter, view)
    assert len(keys) == 3
    library.settings.set("cards.new_per_day", 0).result()
    session = ReviewSession(library, only=keys)
    first = session.card
    assert first is not None
    assert first.key == keys[0]
    session.reviewer.reveal()
    answer = session.grade(1, 900)
    assert answer is not None
    answer.result()
    assert questions_on(library, chapter, view) == keys[1:]
    for _ in keys[1:]:
        session.reviewer.reveal()
        answer = session.grade(3, 900)
        assert answer is not None
        answer.result()
    assert questions_on(library, chapter, view) == []
    assert [review.card for review in library.study.latest(9)] == keys
    # Undone in another session, it is asked again.
    undone = ReviewSession(library).undo()
    assert undone is not None
    undone.result()
    assert questions_on(library, chapter, view) == [keys[2]]
