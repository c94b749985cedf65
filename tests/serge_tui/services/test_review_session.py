"""A review session over a real database: what is asked, what is left out, what comes first."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.errors import SergeError
from db.models import Anchor, CardState, Place
from serge_tui.core.study.cards.annotation import CARD_TAG, body_of
from serge_tui.core.study.confusions import contrast_key
from serge_tui.core.study.deck import ALL, MY_OWN
from serge_tui.services.card_collection import card_collection
from serge_tui.services.decks import chosen_deck, deck_named
from serge_tui.services.reading_progress import reading_progress
from serge_tui.services.review_session import SENT, ReviewSession
from serge_tui.services.study_settings import study_settings, today
from tests.serge_tui.services.answering import answer_on, study_some

if TYPE_CHECKING:
    import sqlite3
    from concurrent.futures import Future

    from db.library import Library


def dealt(session: ReviewSession, most: int = 100) -> list[str]:
    """Return the keys of the cards asked when every answer is right."""
    keys: list[str] = []
    while session.card is not None and len(keys) < most:
        keys.append(session.card.key)
        session.reviewer.reveal()
        session.grade(3, 1)
    return keys


def undo(session: ReviewSession) -> Future[None] | None:
    """Undo, reading older answers when those at hand are used up."""
    future = session.undo()
    if future is None and asyncio.run(session.read_older()):
        future = session.undo()
    return future


def test_new_cards_come_by_limit_and_only_when_nothing_is_left_over(library: Library) -> None:
    library.settings.set("cards.new_per_day", 3).result()
    assert len(dealt(ReviewSession(library))) == 3
    assert dealt(ReviewSession(library)) == [], "a second session of the day brings no more"


def test_undo_reaches_back_beyond_the_tail_of_the_log(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("serge_tui.services.review_session.TAIL", 3)
    cards = list(card_collection(library).cards)[:4]
    study_some(library, cards, today(library), days=10)
    answers = len(list(library.study.log()))
    assert answers > 8
    session = ReviewSession(library)
    for _ in range(answers):
        future = undo(session)
        assert future is not None
        future.result()
    assert undo(session) is None
    assert list(library.study.log()) == []
    assert all(library.study.state(card).answers == 0 for card in cards)


def test_what_the_quiz_sent_comes_first(library: Library) -> None:
    key = [key for key, card in card_collection(library).cards.items() if not card.requires][100]
    library.settings.set(SENT, [key]).result()
    assert dealt(ReviewSession(library), most=1) == [key]


def test_a_card_whose_source_is_gone_is_kept_and_can_be_retired(library: Library) -> None:
    day = today(library)
    answer_on(library, "who/no-longer-there", day - timedelta(days=9), 3)
    session = ReviewSession(library, ALL)
    assert session.card is not None
    assert session.card.key == "who/no-longer-there"
    assert "gone" in session.card.question
    session.suspend().result()
    assert library.study.state("who/no-longer-there").suspended
    assert "who/no-longer-there" not in dealt(ReviewSession(library, ALL))


def test_a_note_with_the_tag_is_a_card_and_keeps_its_schedule_when_corrected(library: Library) -> None:
    note = new_annotation(
        "note",
        anchor=Anchor("guide", 3, 0, 3, 4, "Some"),
        body=body_of("Who opened the door?", "Gorky"),
        tags=[CARD_TAG],
    )
    library.annotations.save(note).result()
    session = ReviewSession(library, MY_OWN)
    assert session.card is not None
    assert (session.card.question, session.card.answer) == ("Who opened the door?", "Gorky")
    session.reviewer.reveal()
    future = session.grade(3, 1)
    assert future is not None
    future.result()
    from dataclasses import replace

    library.annotations.save(replace(note, body=body_of("Who opened the door?", "Maxim Gorky"))).result()
    corrected = card_collection(library).cards[f"own/{note.key}"]
    assert corrected.answer == "Maxim Gorky"
    assert library.study.state(corrected.key).answers == 1


def test_a_rewording_is_kept_and_can_be_undone(library: Library) -> None:
    session = ReviewSession(library)
    assert session.card is not None
    key, question = session.card.key, session.card.question
    session.edit("My own question?", "My own answer").result()
    assert card_collection(library).cards[key].question == "My own question?"
    undone = session.undo()
    assert undone is not None
    undone.result()
    assert card_collection(library).cards[key].question == question


def test_two_mix_ups_bring_a_side_by_side_card(library: Library) -> None:
    box = card_collection(library)
    portraits = {card.answer_figure: card for card in box.cards.values() if card.kind == "portrait"}
    one, other = list(portraits.values())[:2]
    day = today(library).isoformat()
    for _ in range(2):
        library.study.record_choice(one.key, f"figure:{other.answer_figure}", day).result()
    session = ReviewSession(library)
    contrasts = [key for key in session.reviewer._cards if key.startswith("contrast/")]
    assert contrasts == [contrast_key(one.answer_figure, other.answer_figure)]


def test_a_side_by_side_card_stays_itself_and_rests_once_it_has_done_its_work(library: Library) -> None:
    card = next(
        c for c in card_collection(library).cards.values() if c.answer_figure == "zinoviev" and c.kind == "portrait"
    )
    day = today(library)
    pair = contrast_key("zinoviev", "kamenev")

    def mix_up() -> None:
        for _ in range(2):
            library.study.record_choice(card.key, "figure:kamenev", day.isoformat()).result()

    mix_up()
    answer_on(library, pair, day - timedelta(days=9), 1)
    assert not any("is gone" in c.question for c in ReviewSession(library, ALL).reviewer._cards.values())
    assert ReviewSession(library, ALL).reviewer._cards[pair].kind == "contrast"
    for ago in (8, 6, 4):
        answer_on(library, pair, day - timedelta(days=ago), 3)
    session = ReviewSession(library, ALL)
    assert pair not in session.reviewer._cards
    assert session.put_away() == []
    library.study.wait()
    assert library.study.count_due("2999-01-01") == 0
    mix_up()
    assert ReviewSession(library, ALL).reviewer._cards[pair].kind == "contrast"
    library.study.wait()
    assert library.study.count_due("2999-01-01") == 1


def test_how_far_one_has_read_bounds_the_cards(library: Library) -> None:
    """The guide counts as an imported edition here: it is the one real text at hand."""

    def copy_guide(connection: sqlite3.Connection) -> None:
        for table, others in (
            ("edition", "title, author, language, format, source_name, identifier, digest, imported_at, words, report"),
            ("chapter", "ordinal, title, level, canonical, first_passage, passages, words, characters"),
            ("passage", "ordinal, chapter, kind, level, text, spans"),
            ("mention", "passage, start, end, figure, confidence"),
        ):
            key = "key" if table == "edition" else "edition"
            connection.execute(
                f"insert into {table} ({key}, {others}) select 'mine', {others} from {table} where {key} = 'guide'"
            )

    assert reading_progress(library) is None
    library.writer.run(copy_guide)
    assert chosen_deck(library).as_far_as_read
    before = ReviewSession(library)
    assert before.card is None
    chapter = library.texts.canonical("mine", 1)
    assert chapter is not None
    library.texts.save_position(Place("mine", chapter.first_passage + chapter.passages, 0), "").result()
    assert ReviewSession(library).card is None
    library.reading.replace("mine", [(chapter.ordinal, None)]).result()
    library.texts.save_position(Place("mine", 0, 0), "").result()
    progress = reading_progress(library)
    assert progress is not None
    assert progress.chapters == {1}
    cards = [
        found_card for key in dealt(ReviewSession(library)) if (found_card := card_collection(library).cards.get(key))
    ]
    assert cards
    assert {card.chapter for card in cards} == {1}


@pytest.mark.parametrize(
    ("name", "chapters"), [("chapter 4", {4}), ("Ch. 7", {7}), ("9", {9}), ("portraits", set()), ("", set())]
)
def test_decks_have_names(library: Library, name: str, chapters: set[int]) -> None:
    assert deck_named(library, name).chapters == chapters


def test_an_unknown_deck_is_one_sentence(library: Library) -> None:
    with pytest.raises(SergeError, match="no deck"):
        deck_named(library, "nonsense")


def test_settings_out_of_bounds_are_as_they_ship(library: Library) -> None:
    for name, value in (("cards.rollover_hour", 99), ("cards.new_per_day", -4), ("cards.retention", 0.1)):
        library.settings.set(name, value).result()
    settings = study_settings(library)
    assert settings.rollover_hour == 4
    assert settings.new_per_day == 0
    assert settings.scheduling.retention == 0.9


def test_the_day_begins_at_the_rollover_hour(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    import time

    time.tzset()
    monkeypatch.setattr("db.clock.utc_now", lambda: "2026-05-02T03:59:00+00:00")
    assert today(library).isoformat() == "2026-05-01"
    monkeypatch.setattr("db.clock.utc_now", lambda: "2026-05-02T04:00:00+00:00")
    assert today(library).isoformat() == "2026-05-02"
    library.settings.set("cards.rollover_hour", 0).result()
    monkeypatch.setattr("db.clock.utc_now", lambda: "2026-05-02T00:00:01+00:00")
    assert today(library).isoformat() == "2026-05-02"


def test_the_next_due_day_counts_what_is_due_on_it(library: Library) -> None:
    day = today(library)
    soon, later = (day + timedelta(days=n) for n in (3, 9))
    library.study.replace_states(
        [
            CardState("a", 5.0, 5.0, soon.isoformat(), day.isoformat(), 1),
            CardState("b", 5.0, 5.0, soon.isoformat(), day.isoformat(), 1),
            CardState("c", 5.0, 5.0, later.isoformat(), day.isoformat(), 1),
            CardState("d", 5.0, 5.0, (day + timedelta(days=1)).isoformat(), day.isoformat(), 1, suspended=True),
        ]
    ).result()
    assert ReviewSession(library).next_due() == (soon, 2)


def test_another_book_read_beside_bounds_no_cards(library: Library) -> None:
    def write(connection: sqlite3.Connection) -> None:
        connection.execute(
            "insert into edition (key, title, author, language, format, source_name, identifier, digest, imported_at,"
            " words, report) select 'reed', 'Ten Days', author, language, 'epub', source_name, identifier, digest,"
            " imported_at, words, report from edition where key = 'guide'"
        )
        connection.execute("insert into chapter values ('reed', 0, 'Background', 1, null, 0, 10, 100, 600)")

    library.writer.run(write)
    library.texts.save_position(Place("reed", 3, 0), "").result()
    assert reading_progress(library) is None
    assert chosen_deck(library) == ALL
    assert ReviewSession(library).card is not None
