"""All cards: found by terms, in any order, changed many at a time, each change one undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.errors import SergeError
from db.models import CardState
from serge_tui.core.study.cards.annotation import CARD_TAG, body_of
from serge_tui.services import card_changes
from serge_tui.services.all_cards import ORDERS, load_all_cards, when_due
from serge_tui.services.card_history import card_history
from serge_tui.services.study_settings import today
from tests.serge_tui.services.answering import answer_on, study_some

if TYPE_CHECKING:
    from db.library import Library


def test_cards_are_found_by_where_they_stand(library: Library) -> None:
    day = today(library)
    found = load_all_cards(library)
    keys = list(found.cards)[:6]
    study_some(library, keys, day, days=30)
    answer_on(library, keys[0], day, 1)
    for state, change in (
        (library.study.state(keys[1]), card_changes.suspend), (library.study.state(keys[2]), card_changes.flag),
    ):  # fmt: skip
        change(library, [state]).redo().result()
    card_changes.bury(library, [library.study.state(keys[3])], day).redo().result()
    library.card_tags.change({(keys[4], "Doubt")}).result()
    own = new_annotation("note", body=body_of("Who shaved him?", "Nobody"), tags=[CARD_TAG])
    library.annotations.save(own).result()
    found = load_all_cards(library)

    def keys_of(text: str) -> set[str]:
        return set(found.find(text, "book"))

    assert keys_of("is:suspended") == {keys[1]}
    assert keys_of("flag:1") == keys_of("flagged") == {keys[2]}
    assert keys_of("is:buried") == {keys[3]}
    assert keys_of("tag:doubt") == {keys[4]}
    assert keys_of("tag:none") == found.cards.keys() - {keys[4]}
    assert keys_of("rated:1") == {keys[0]}
    assert keys_of("rated:60") == set(keys)
    assert keys_of("added:1") == {f"own/{own.key}"}
    assert keys_of("added:60") == {*keys, f"own/{own.key}"}
    assert keys_of("is:due") == {key for key in keys if when_due(found.state(key), day) == "today"}
    stable = {key for key in keys if (found.state(key).stability or 0) > 5}
    assert keys_of("stability>5") == stable
    assert keys_of("stability<=5") == set(keys) - stable
    assert keys_of("lapses>0 -stability>5") == {key for key in keys if found.state(key).lapses} - stable
    trotsky = keys_of("answer:trotsky")
    assert trotsky
    assert all("Trotsky" in found.cards[key].answer for key in trotsky)
    assert keys_of("answer:Троцкий") == trotsky
    assert keys_of("shaved") == {f"own/{own.key}"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("stabilty<10", 'no figure "stabilty"; there are: stability'),
        ("stability<ten", "then a number, such as stability<10"),
        ("rated:never", "rated:7 is what was rated in the last 7 days"),
        ("flag:9", "up to flag:7"),
        ("tag:", "every card you tagged"),
        ("is:lost", "is:due"),
    ],
)
def test_what_is_no_term_is_told_in_a_sentence(library: Library, text: str, told: str) -> None:
    with pytest.raises(SergeError, match=told):
        load_all_cards(library).find(text, "book")


def test_each_order_has_every_card_and_goes_by_its_figure(library: Library) -> None:
    found = load_all_cards(library)
    study_some(library, list(found.cards)[:8], today(library), days=30)
    found = load_all_cards(library, found)
    for order in ORDERS:
        for backwards in (False, True):
            assert sorted(found.find("", order, backwards=backwards)) == sorted(found.cards)
    stabilities = [found.state(key).stability for key in found.find("stability>0", "stability")]
    assert stabilities == sorted(stabilities, key=lambda stability: stability or 0)
    hardest = [found.state(key).difficulty for key in found.find("", "difficulty")]
    assert hardest[0] == max(filter(None, hardest))
    assert hardest[-1] is None, "who was never asked comes last, whichever way round"
    assert found.state(found.find("", "difficulty", backwards=True)[-1]).difficulty is None


def test_every_change_of_many_cards_is_undone_and_redone_as_one(library: Library) -> None:
    day = today(library)
    keys = list(load_all_cards(library).cards)[:4]
    study_some(library, keys[:3], day, days=20)
    states = [library.study.state(key) for key in keys]
    before = library.study.states()
    due = day + timedelta(days=12)
    changes = [
        card_changes.suspend(library, states),
        card_changes.bury(library, states, day),
        card_changes.flag(library, states),
        card_changes.set_due(library, states, due),
        card_changes.forget(library, states, day),
        card_changes.retag(library, keys, "#doubt later -never", {}),
    ]
    shown = []
    for change in changes:
        assert change is not None
        change.redo().result()
        after, tags = library.study.states(), library.card_tags.by_card()
        shown.append((change.said, after, tags))
        change.undo().result()
        assert {key: state for key, state in library.study.states().items() if state != CardState(key)} == before
        assert library.card_tags.by_card() == {}
        change.redo().result()
        assert (library.study.states(), library.card_tags.by_card()) == (after, tags)
        change.undo().result()
    assert [said for said, _, _ in shown] == [
        "4 cards suspended", "4 cards buried until tomorrow", "4 cards flagged",
        f"3 cards due on {due:%A}, {due.day} {due:%B}", "3 cards forgotten", "tags of 4 cards changed",
    ]  # fmt: skip
    assert all(state.suspended for state in shown[0][1].values())
    assert {state.due_day for key, state in shown[3][1].items() if key in keys[:3]} == {due.isoformat()}
    assert all(state.answers == 0 for state in shown[4][1].values())
    assert shown[5][2] == dict.fromkeys(keys, ("doubt", "later"))
    new = [CardState(keys[3])]
    assert card_changes.forget(library, new, day) is None
    assert card_changes.set_due(library, new, due) is None
    assert card_changes.retag(library, keys, "-doubt", {}) is None


def test_a_day_to_be_due_on_is_read() -> None:
    day = date(2026, 11, 30)
    told = {"today": 0, "Tomorrow": 1, "7": 7, "in 10 days": 10, "+3d": 3, "2026-12-05": 5, "2 December": 2}
    assert {text: (card_changes.read_due(text, day) - day).days for text in told} == told
    for text, sentence in (("soon", "is not a day"), ("2026-11-29", "has passed")):
        with pytest.raises(SergeError, match=sentence):
            card_changes.read_due(text, day)


def test_a_cards_page_has_every_answer_with_what_it_led_to(library: Library) -> None:
    day = today(library)
    found = load_all_cards(library)
    key = next(key for key, card in found.cards.items() if card.kind == "who" and card.answer_figure)
    for ago, rating in ((20, 3), (18, 1), (18, 3), (10, 4)):
        answer_on(library, key, day - timedelta(days=ago), rating)  # type: ignore[arg-type]  # grades
    last = library.study.last_answer()
    assert last is not None
    library.study.undo(last, day.isoformat(), library.study.state(key)).result()
    answer_on(library, key, day - timedelta(days=9), 2)
    history = card_history(load_all_cards(library), key)
    assert [(given.review.rating, given.counts) for given in history.answers] == [
        (3, True), (1, True), (3, True), (4, False), (2, True)
    ]  # fmt: skip
    assert [given.interval for given in history.answers] == [None, 2, 0, None, 9]
    assert [given.stability is None for given in history.answers] == [False, False, False, True, False]
    assert history.reason == "It comes with Serge: a quotation of the study pack."
    assert history.people[0][0] == found.cards[key].answer_figure
    assert history.place is not None
    assert history.recall is not None
    assert 0 < history.recall < 1
