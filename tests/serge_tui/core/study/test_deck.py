"""Decks: what is in them, what has been met, what is saved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import SergeError
from db.models import CardState
from serge_tui.core.study.cards.registry import CARD_TITLES
from serge_tui.core.study.deck import (
    AS_FAR_AS_READ,
    LATELY_WRONG,
    MY_OWN,
    PORTRAITS,
    WHO_SAID_WHAT,
    Filter,
    Progress,
    is_met,
    of_chapter,
    of_figure,
    select,
    vanished,
    with_edits,
)
from tests.serge_tui.core.study.making import card, review, state

if TYPE_CHECKING:
    from serge_tui.core.study.card import Card

CARDS = [
    card("who/a", quotation="a", chapter=3, figures=("lenin",)),
    card("portrait/b", kind="portrait", quotation="b", chapter=4, figures=("trotsky",), stimulus="a rogue"),
    card("order/x", kind="order", chapter=4, chapters=(3, 4)),
    card("fate/lenin", kind="fate", figures=("lenin",), chapter=5, year=1924),
    card("own/1", kind="own"),
]


def keys(cards: list[Card]) -> list[str]:
    return [each.key for each in cards]


def test_decks_by_kind_chapter_person_and_text() -> None:
    assert keys(select(CARDS, PORTRAITS)) == ["portrait/b"]
    assert keys(select(CARDS, WHO_SAID_WHAT)) == ["who/a"]
    assert keys(select(CARDS, MY_OWN)) == ["own/1"]
    assert keys(select(CARDS, of_chapter(3))) == ["who/a", "order/x"]
    assert keys(select(CARDS, of_figure("lenin"))) == ["who/a", "fate/lenin"]
    assert keys(select(CARDS, Filter(text="ROGUE"))) == ["portrait/b"]


def test_as_far_as_read_waits_for_the_passage() -> None:
    located = Progress(quotations=frozenset("a"), located=frozenset("ab"))
    assert keys(select(CARDS, AS_FAR_AS_READ, progress=located)) == ["who/a", "own/1"]
    chapter_read = Progress(chapters=frozenset({3}), located=frozenset("b"))
    assert keys(select(CARDS, AS_FAR_AS_READ, progress=chapter_read)) == ["who/a", "own/1"]
    both = Progress(chapters=frozenset({3, 4}))
    assert keys(select(CARDS, AS_FAR_AS_READ, progress=both)) == ["who/a", "portrait/b", "order/x", "own/1"]


def test_a_death_waits_for_its_year_and_its_man() -> None:
    fate = CARDS[3]
    assert not is_met(fate, Progress(figures=frozenset({"lenin"}), year=1921))
    assert not is_met(fate, Progress(year=1930))
    assert is_met(fate, Progress(figures=frozenset({"lenin"}), year=1924))
    assert is_met(fate, Progress(finished=True))


def test_without_an_edition_nothing_counts_as_unread() -> None:
    assert select(CARDS, AS_FAR_AS_READ) == CARDS


def test_a_half_read_book_spoils_no_later_card(cards: list[Card]) -> None:
    met = select(cards, AS_FAR_AS_READ, progress=Progress(chapters=frozenset({1, 2}), year=1919))
    assert met
    assert all(c.chapter in (1, 2) for c in met)
    assert not [c for c in met if c.kind in ("fate", "alive") and (c.year or 9999) > 1919]


def test_lately_wrong_looks_at_the_log() -> None:
    log = [
        review(1, "who/a", 1, "2024-01-01"),
        review(2, "portrait/b", 1, "2024-01-20"),
        review(3, "own/1", 3, "2024-01-20"),
    ]
    assert keys(select(CARDS, LATELY_WRONG, log=log, day=date(2024, 1, 21))) == ["portrait/b"]


def test_flagged_and_never_asked_look_at_the_states() -> None:
    states = {"who/a": CardState("who/a", 5.0, 5.0, flag=1), "own/1": state("own/1")}
    assert keys(select(CARDS, Filter(flagged=True), states=states)) == ["who/a"]
    assert "who/a" not in keys(select(CARDS, Filter(never_asked=True), states=states))


@given(
    st.builds(
        Filter,
        name=st.text(max_size=10),
        kinds=st.frozensets(st.sampled_from(sorted(CARD_TITLES))),
        chapters=st.frozensets(st.integers(1, 10)),
        figures=st.frozensets(st.text(max_size=5)),
        text=st.text(max_size=5),
        as_far_as_read=st.booleans(),
        wrong_within=st.integers(0, 99),
        flagged=st.booleans(),
        never_asked=st.booleans(),
    )
)
def test_a_saved_deck_is_the_same_deck(chosen: Filter) -> None:
    assert Filter.from_json(chosen.to_json()) == chosen


@pytest.mark.parametrize(
    "text", ["", "[]", '{"shelf": 1}', '{"kinds": ["riddle"]}', '{"chapters": 3}', '{"chapters": ["x"]}']
)
def test_a_damaged_saved_deck_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SergeError, match="saved deck"):
        Filter.from_json(text)


def test_what_was_learned_and_lost_its_source_is_named() -> None:
    states = {key: state(key) for key in ("who/a", "who/gone")} | {"who/never": CardState("who/never")}
    assert vanished(CARDS, states) == ["who/gone"]


def test_the_readers_wording_takes_the_place_of_the_packs() -> None:
    changed = with_edits(CARDS, {"who/a": ("Mine?", "Yes")})
    assert (changed[0].question, changed[0].answer, changed[0].is_edited) == ("Mine?", "Yes", True)
    assert changed[1:] == CARDS[1:]
