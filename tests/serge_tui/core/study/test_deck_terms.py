"""Decks written as terms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import SergeError
from db.models import CardState
from serge_tui.core.study.cards.registry import DECK_KINDS
from serge_tui.core.study.deck import LATELY, Filter, select
from serge_tui.core.study.deck_terms import HINT, has_terms, parse_terms, terms_to_complete, written
from tests.serge_tui.core.study.making import review
from tests.serge_tui.core.study.test_deck import CARDS, keys
from tests.serge_tui.core.study.test_reviewer import DAY, TODAY

PEOPLE = {"lenin": "lenin", "uljanow": "lenin", "trotsky": "trotsky"}


def parse(text: str) -> Filter:
    return parse_terms(text, lambda name: PEOPLE.get(name.lower(), ""))


@pytest.mark.parametrize(
    ("text", "deck"),
    [
        ("chapter:4", Filter(chapters=frozenset({4}))),
        ("ch:2-4 chapter:9", Filter(chapters=frozenset({2, 3, 4, 9}))),
        ("kind:portrait KIND:Fate", Filter(kinds=frozenset({"portrait", "fate"}))),
        ("person:Uljanow figure:trotsky", Filter(figures=frozenset({"lenin", "trotsky"}))),
        ("wrong", Filter(wrong_within=LATELY)),
        ("wrong:30", Filter(wrong_within=30)),
        ("flagged new read", Filter(flagged=True, never_asked=True, as_far_as_read=True)),
        ("is:flagged", Filter(flagged=True)),
        ("is:due is:suspended is:Buried", Filter(due=True, suspended=True, buried=True)),
        ("due", Filter(words=("due",))),
        ("stability<10 Lapses>=3", Filter(limits=("stability<10", "lapses>=3"))),
        ("rated:7 added:30", Filter(rated_within=7, added_within=30)),
        ("answer:Uljanow answer:cheka", Filter(answers=frozenset({"lenin", "cheka"}))),
        ("tag:doubt tag:none flag:2", Filter(tags=frozenset({"doubt", ""}), flags=frozenset({2}))),
        ("iron fist", Filter(words=("iron", "fist"))),
        ('"iron fist" "new"', Filter(words=("iron fist", "new"))),
        ("-flagged -chapter:4", Filter(without=(Filter(flagged=True), Filter(chapters=frozenset({4}))))),
        ("", Filter()),
        ('- "" :', Filter(words=("-", ":"))),
    ],
)
def test_terms_are_read(text: str, deck: Filter) -> None:
    assert parse(text) == deck


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("shelf:3", 'no term "shelf:"'),
        ("chapter:11", "chapter:1 to chapter:10"),
        ("chapter:4-2", "no chapter"),
        ("chapter:", "no chapter"),
        ("kind:riddle", "portrait, feature"),
        ("person:nobody", "does not name one person"),
        ("wrong:always", "wrong:30"),
        ("-is:red", 'no term "is:red"'),
    ],
)
def test_what_is_no_term_is_one_sentence_with_those_there_are(text: str, told: str) -> None:
    with pytest.raises(SergeError) as error:
        parse(text)
    assert told in str(error.value)


def test_terms_narrow_the_cards() -> None:
    states = {"who/a": CardState("who/a", 5.0, 5.0, flag=1)}

    def found(text: str) -> list[str]:
        return keys(select(CARDS, parse(text), states=states, log=[review(1, "own/1", 1, TODAY)], day=DAY))

    assert found("chapter:4") == ["portrait/b", "order/x"]
    assert found("chapter:4 kind:portrait") == ["portrait/b"]
    assert found("chapter:3 -kind:order") == ["who/a"]
    assert found("person:lenin") == ["who/a", "fate/lenin"]
    assert found("person:lenin -flagged") == ["fate/lenin"]
    assert found("wrong") == ["own/1"]
    assert found("-wrong -new") == ["who/a"]
    assert found("rogue a") == ["portrait/b"]


words = st.text(st.characters(categories=["L", "N", "P"], exclude_characters='"'), min_size=1, max_size=8)
plain = st.builds(
    Filter,
    kinds=st.frozensets(st.sampled_from(DECK_KINDS)),
    chapters=st.frozensets(st.integers(1, 10)),
    figures=st.frozensets(st.sampled_from(["lenin", "trotsky"])),
    as_far_as_read=st.booleans(),
    wrong_within=st.integers(0, 99),
    flagged=st.booleans(),
    never_asked=st.booleans(),
    words=st.lists(words | st.tuples(words, words).map(" ".join), max_size=3).map(tuple),
    suspended=st.booleans(),
    buried=st.booleans(),
    due=st.booleans(),
    rated_within=st.integers(0, 99),
    added_within=st.integers(0, 99),
    answers=st.frozensets(st.sampled_from(["lenin", "the-Cheka"])),
    tags=st.frozensets(st.sampled_from(["doubt", "Über", ""])),
    flags=st.frozensets(st.integers(1, 7)),
    limits=st.lists(st.sampled_from(["stability<10", "lapses>=3", "difficulty>7.5"]), unique=True).map(tuple),
)
one_term = st.one_of(
    st.sampled_from(DECK_KINDS).map(lambda kind: Filter(kinds=frozenset({kind}))),
    st.integers(1, 10).map(lambda chapter: Filter(chapters=frozenset({chapter}))),
    words.map(lambda word: Filter(text=word)),
    st.just(Filter(flagged=True)),
)


@given(plain, st.lists(one_term, max_size=3, unique=True))
def test_a_deck_is_written_as_it_is_read(deck: Filter, without: list[Filter]) -> None:
    from dataclasses import replace

    deck = replace(deck, without=tuple(without))
    assert parse(written(deck)) == deck
    assert Filter.from_json(deck.to_json()) == deck


def test_chapters_in_a_row_are_written_as_one_term() -> None:
    assert written(Filter(chapters=frozenset({3, 4, 5, 7, 9, 10}))) == "chapter:3-5 chapter:7 chapter:9-10"


def test_everything_that_is_offered_is_a_term() -> None:
    for term in [*terms_to_complete(["lenin"]), *HINT.split()]:
        parse(term)
    assert has_terms("chapter:4")
    assert has_terms("-omelette")
    assert not has_terms("Portraits and more")
