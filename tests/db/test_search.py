"""Whole-text search: what is found, what is forgiven, and that nothing typed can break it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from db.query import Near, Term, parse_query, stretches
from db.search import Within
from db.store import EditionFindings, replace_edition
from tests.db.helpers import book

if TYPE_CHECKING:
    from db.library import Library

TEXTS = [
    "The sailors of Kronstadt walked over the ice.",
    "A sailor said that the revolution would come with the revolutions of the earth.",
    "An anarcho-syndicalist café stood near the old river and beyond the bridge of iron.",
    "The river is wide; nobody saw the ice, or the sailors, or the sea.",
    "Wałęsa and Čapek never met here.",
]


@pytest.fixture
def small(library: Library) -> Library:
    library.writer.run(lambda c: replace_edition(c, "small", book(TEXTS), "x", EditionFindings()))
    return library


def found(library: Library, words: str) -> list[int]:
    answer = library.search.saying(words, Within("small"))
    return [hit.place.passage for hit in answer.hits if hit.place is not None]


@pytest.mark.parametrize(
    ("words", "passages"),
    [
        ("kronstadt ", {0}),
        ("Kronst", {0}),
        ("sailors ice", {0, 3}),
        ('"walked over the ice"', {0}),
        ('"over the walked"', set()),
        ("sailors -river", {0, 1}),
        ("cafe", {2}),
        ("CAFÉ ", {2}),
        ("river near bridge", {2}),
        ("river near/1 bridge", set()),
        ("near(river bridge)", {2}),
        ("NEAR(river, bridge, 1)", set()),
        ('near("old river" bridge, 5)', {2}),
        ("near(river bri", {2}),
        ("river near beyond near bridge", {2}),
        ("cafe near/9 rivers", {2}),
        ("CAFÉS NEAR rivers", {2}),
        ("revolution near/9 sailors", {1}),
        ("near(sailors revolution)", {1}),
        ("near(river) wide", {3}),
        ("near(kronst", {0}),
        ("“walked over the ice”", {0}),
        ("«walked over the ice»", {0}),
        ("anarcho syndicalist", {2}),
        ("anarcho-syndicalist", {2}),
        ("walesa ", {4}),
    ],
)
def test_words_phrases_exclusion_nearness(small: Library, words: str, passages: set[int]) -> None:
    assert set(found(small, words)) == passages


def test_other_forms_come_after_the_words_as_typed(small: Library) -> None:
    assert found(small, "sailor ") == [1, 0, 3] or found(small, "sailor ") == [1, 3, 0]
    assert small.search.forgiving("sailor ", Within("small")).inflected


@pytest.mark.parametrize(
    ("words", "instead", "passage"),
    [
        ("kronstatd ", "kronstadt", 0),
        ("kronstad t", "kronstadt", 0),
        ("anarchosyndicalist ", '"anarcho syndicalist"', 2),
        ("kronstdt sailors", "kronstadt sailors", 0),
    ],
)
def test_what_may_have_been_meant(small: Library, words: str, instead: str, passage: int) -> None:
    answer = small.search.forgiving(words, Within("small"))
    assert answer.instead == instead
    assert [hit.place.passage for hit in answer.hits if hit.place] == [passage]


def test_a_phrase_that_nothing_says_gives_way_to_its_words(small: Library) -> None:
    for words in ('"over the walked"', "river near/1 bridge"):
        answer = small.search.forgiving(words, Within("small"))
        assert answer.instead == words.replace('"', "").replace(" near/1", "")
        assert answer.hits
    answer = small.search.forgiving('"kronstadt river"', Within("small"))
    assert answer.instead == "kronstadt or river"


def test_a_word_that_stands_elsewhere_may_be_a_slip_where_one_looks(small: Library) -> None:
    small.writer.run(lambda c: replace_edition(c, "other", book(["Cronstadt alone."]), "x", EditionFindings()))
    answer = small.search.forgiving("kronstadt ", Within("other"))
    assert answer.instead == "cronstadt"
    assert [hit.key for hit in answer.hits] == ["other:0"]


def test_near_counts_in_what_is_short_too() -> None:
    text = "The old river ran by; beyond it, long after, stood a bridge."
    assert parse_query("river near bridge").matches(text)
    assert parse_query("bridge near/9 river").matches(text)
    assert not parse_query("river near/3 bridge").matches(text)
    assert not parse_query("near(river bridge, 3)").matches(text)


def test_any_of_the_words_when_no_passage_has_them_all(small: Library) -> None:
    answer = small.search.forgiving("iron capek", Within("small"))
    assert answer.instead == "iron or capek"
    assert {hit.place.passage for hit in answer.hits if hit.place} == {2, 4}


def test_a_hit_says_where_its_words_stand(small: Library) -> None:
    (hit,) = small.search.passages("ice kronstadt", edition="small")
    assert hit.place is not None
    assert TEXTS[0][hit.place.offset :].startswith("Kronstadt")
    assert [hit.text[start:end] for start, end in hit.matches] == ["Kronstadt", "ice"]


def test_an_excerpt_of_a_long_passage_shows_the_words(library: Library) -> None:
    text = f"{'before ' * 200}the needle of it {'after ' * 200}"
    library.writer.run(lambda c: replace_edition(c, "long", book([text]), "x", EditionFindings()))
    (hit,) = library.search.passages("needle", edition="long")
    assert hit.text.startswith("…before")
    assert hit.text.endswith("after…")
    assert len(hit.text) < 240
    assert [hit.text[start:end] for start, end in hit.matches] == ["needle"]
    assert hit.place is not None
    assert text[hit.place.offset :].startswith("needle")


def test_filters(small: Library) -> None:
    assert small.search.passages("the", edition="small", chapter=0)
    assert small.search.passages("the", edition="small", chapter=1) == []
    named = small.search.passages("kronstadt", figure="trotsky", limit=100)
    assert named
    assert {hit.key for hit in named} < {hit.key for hit in small.search.passages("kronstadt", limit=100)}


def test_a_chapter_is_found_by_its_title_and_by_its_number(library: Library) -> None:
    (titled,) = library.search.chapters("danger within")
    assert titled.key in {hit.key for hit in library.search.chapters("chapter 4")}


def test_a_query_is_understood() -> None:
    assert parse_query('a "b c" -d e near/3 f').wanted == (
        Term(("a",)),
        Term(("b", "c")),
        Near((Term(("e",)), Term(("f",), prefix=True)), 3),
    )
    assert parse_query("a -d ").unwanted == (Term(("d",)),)
    assert parse_query("near ").wanted == (Term(("near",)),)
    three = Near((Term(("a",)), Term(("b", "c")), Term(("d",))), 5)
    assert parse_query('near(a "b c" d, 5)').wanted == (three,)
    assert parse_query('a near/5 "b c" near/2 d ').wanted == (three,)
    assert parse_query('a near/5 "b c" near/5 d ').text == 'a near/5 "b c" near/5 d'
    assert not parse_query("-only")
    assert parse_query('open "phrase that goes on').wanted[1] == Term(("phrase", "that", "goes", "on"), prefix=True)


ANYTHING = st.text() | st.text(alphabet="ab\"*()-+^:{}.,'/ \x00\x1bnearNEARANDORé", max_size=60)


@given(ANYTHING)
@example('"')
@example("NEAR(a b")
@example("near(a b) " * 400)
@example("near(" * 400)
@example("a near " * 400 + "b")
@example("a" * 3000)
@example("x " * 400)
@example("\ud800")
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_searching_is_safe_for_any_characters(small: Library, words: str) -> None:
    answer = small.search.forgiving(words, limit=5)
    for hit in answer.hits:
        assert all(0 <= start < end <= len(hit.text) for start, end in hit.matches)
    search = small.search
    for more in (search.quotations, search.events, search.notes, search.chapters):
        for hit in more(words, 5):
            assert all(0 <= start < end for start, end in hit.matches)


@given(st.text(min_size=1), st.lists(st.text(alphabet="abcé", min_size=1, max_size=3), max_size=3))
def test_stretches_are_in_order_and_do_not_overlap(text: str, words: list[str]) -> None:
    apart = stretches(text, [Term(parse_query(word).terms[0].words) for word in words if parse_query(word)])
    flat = [offset for stretch in apart for offset in stretch]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(text) for start, end in apart)
