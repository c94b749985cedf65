"""The states are a cache of the log, and the log is the truth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.services.card_collection import card_collection
from serge_tui.services.replay import compare_with_log
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_settings import today
from tests.serge_tui.services.answering import spoil, study_some

if TYPE_CHECKING:
    from db.library import Library


def test_states_made_by_answering_are_what_the_log_amounts_to(library: Library) -> None:
    cards = list(card_collection(library).cards)[:30]
    study_some(library, cards, today(library))
    found = compare_with_log(library)
    assert found.answers > 60
    assert found.different == {}


def test_a_session_with_undo_leaves_states_that_replay(library: Library) -> None:
    session = ReviewSession(library)
    for rating in (3, 1, 4):
        session.reviewer.reveal()
        session.grade(rating, 10)
    session.undo()
    session.undo()
    session.reviewer.reveal()
    session.grade(2, 10)
    library.writer.run(lambda _: None)
    assert compare_with_log(library).different == {}


def test_what_is_not_as_the_log_says_is_found_and_named(library: Library) -> None:
    cards = list(card_collection(library).cards)[:5]
    study_some(library, cards, today(library))
    spoil(library, cards[0])
    found = compare_with_log(library)
    assert found.different == {cards[0]: ["answers"]}
    library.study.replace_states(found.replayed.values()).result()
    assert compare_with_log(library).different == {}
