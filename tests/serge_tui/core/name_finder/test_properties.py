"""What holds for any query and any names."""

from __future__ import annotations

import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from serge_tui.core.name_finder.decision import MARGIN
from serge_tui.core.name_finder.names import NameFinder
from serge_tui.core.name_finder.words import MAX_WORDS, query_words
from tests.serge_tui.core.name_finder.people import PEOPLE, TEXTS, person

FINDER = NameFinder(PEOPLE, TEXTS)
NAMES = [
    (figure.key, text)
    for figure in PEOPLE
    for text in (figure.name, figure.native_name, *(alias.text for alias in figure.aliases))
    if text
]
letters = st.text(alphabet=string.ascii_letters + "äёжщ'-. ", min_size=1, max_size=24)


@given(st.text(max_size=300))
@settings(max_examples=300)
def test_any_query_is_answered_safely(query: str) -> None:
    found = FINDER.find(query, limit=7)
    assert len(found) <= 7
    assert len({match.figure for match in found}) == len(found)
    for match in found:
        assert 0 <= match.score <= 100
        assert list(match.positions) == sorted(set(match.positions))
        assert all(0 <= at < len(match.alias) for at in match.positions)
    scores = [match.score for match in found if match.reason != "description"]
    assert scores == sorted(scores, reverse=True)
    meant = FINDER.identify(query)
    assert meant.accepted == (meant.verdict == "accepted")
    assert (meant.best is None) == (meant.verdict == "nobody")


@given(letters)
def test_the_order_of_the_figures_does_not_matter(query: str) -> None:
    backwards = NameFinder(PEOPLE[::-1], TEXTS)
    assert [match.figure for match in FINDER.find(query)] == [match.figure for match in backwards.find(query)]


@pytest.mark.parametrize(("figure", "text"), NAMES)
def test_an_exact_name_is_first_and_accepted(figure: str, text: str) -> None:
    assert FINDER.find(text)[0].figure == figure
    meant = FINDER.identify(text.upper())
    assert meant.accepted
    assert meant.best is not None
    assert meant.best.figure == figure


@given(st.sampled_from(NAMES), st.randoms(use_true_random=False))
def test_the_order_of_the_words_does_not_matter(name: tuple[str, str], chance: object) -> None:
    figure, text = name
    words = text.split()
    getattr(chance, "shuffle")(words)  # noqa: B009  # hypothesis types its generator as an object
    assert FINDER.find(" ".join(words) + " ")[0].figure == figure


@given(st.lists(st.text(alphabet=string.ascii_lowercase, min_size=3, max_size=9), min_size=1, max_size=6, unique=True))
def test_every_surname_of_made_up_people_is_found(surnames: list[str]) -> None:
    people = [person(name, f"Ivan {name.title()}", f"{name.title()}, Ivan") for name in surnames]
    finder = NameFinder(people)
    for name in surnames:
        assert name in [match.figure for match in finder.find(name)]


@given(letters)
def test_whoever_is_accepted_leads(query: str) -> None:
    meant = FINDER.identify(query)
    if meant.accepted and meant.best is not None and meant.best.score < 100:
        near = [other for other in meant.alternatives if other.score == meant.best.score]
        assert not near
    assert MARGIN > 0


@given(st.text(max_size=2000))
def test_a_query_is_bounded(query: str) -> None:
    assert len(query_words(query)) <= MAX_WORDS
