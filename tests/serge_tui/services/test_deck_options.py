"""Limits and target retention of single decks."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from serge_tui.core.study.deck import ALL, PORTRAITS
from serge_tui.core.study.scheduling import Scheduling, answer
from serge_tui.services.card_collection import card_collection
from serge_tui.services.deck_options import (
    NONE,
    CardScheduling,
    DeckOptions,
    change_options,
    options_by_deck,
    options_of,
    read_options,
)
from serge_tui.services.decks import deck_named
from serge_tui.services.replay import replay_cards
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_settings import today
from tests.serge_tui.services.answering import answer_on

if TYPE_CHECKING:
    from db.library import Library
    from db.models import CardState


def test_options_are_written_as_they_are_read() -> None:
    options = read_options("New:10 retention:95%")
    assert options == DeckOptions(new=10, retention=0.95)
    assert read_options(str(options)) == options
    assert read_options(" ") == NONE
    for text, told in (("ten", "new:10 reviews:30"), ("retention:99", "between 70 % and 97 %"), ("new:-1", "no")):
        with pytest.raises(SergeError, match=told):
            read_options(text)


def test_the_limits_are_those_of_the_deck_one_sits_with(library: Library) -> None:
    change = change_options(library, PORTRAITS, DeckOptions(new=2))
    change.redo().result()
    assert options_of(library, PORTRAITS).new == 2
    assert ReviewSession(library, PORTRAITS).reviewer.remaining.new == 2
    assert ReviewSession(library, ALL).reviewer.remaining.new == 10
    change.undo().result()
    assert options_by_deck(library) == {}
    assert ReviewSession(library, PORTRAITS).reviewer.remaining.new == 10


def test_a_card_in_several_decks_takes_the_highest_retention_wherever_it_is_asked(library: Library) -> None:
    cards = card_collection(library).cards.values()
    one = next(card for card in cards if card.kind == "portrait" and card.chapter == 4)
    other = next(card for card in cards if card.kind == "portrait" and card.chapter == 5)
    neither = next(card for card in cards if card.kind == "who" and card.chapter == 5)
    for name, retention in (("Portraits", 0.8), ("chapter 4", 0.95), ("gone", 0.97)):
        deck = ALL if name == "gone" else deck_named(library, name)
        from dataclasses import replace

        change_options(library, replace(deck, name=name), DeckOptions(retention=retention)).redo().result()
    scheduling = CardScheduling(library)
    assert [scheduling.of(card.key).retention for card in (one, other, neither)] == [0.95, 0.8, 0.9]
    day = today(library)
    for card in (one, other, neither):
        for ago in (40, 30):
            answer_on(library, card.key, day - timedelta(days=ago), 4)
    session = ReviewSession(library, deck_named(library, "chapter 5"))
    state = session.reviewer.states[other.key]
    replay_cards(library, [one.key, other.key])
    for card, retention in ((one, 0.95), (other, 0.8)):
        replayed = library.study.state(card.key)
        plain = answer(replayed_before(library, card.key), 4, day - timedelta(days=30), Scheduling(retention))
        assert replayed.due_day == plain.due_day
    assert session.reviewer._scheduling_of(other.key).retention == 0.8
    assert state.stability is not None


def replayed_before(library: Library, card: str) -> CardState:
    """Return the state after the first answer."""
    from serge_tui.core.study.scheduling import replay

    return replay(library.study.history(card)[:1])
