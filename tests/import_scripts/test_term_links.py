"""Terms found in a text: which names count, in which language, and what wins over what."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.dates import HistoricalDate
from db.models import Term, TermAlias
from import_scripts.linking.terms import TermLinker

UNKNOWN = HistoricalDate.parse("unknown")


def term(key: str, name: str, **aliases: list[str]) -> Term:
    return Term(
        key, "organisation", name, "", "One line.", "A text.", UNKNOWN, UNKNOWN, "",
        tuple(TermAlias(text, language) for language, texts in aliases.items() for text in texts),
    )  # fmt: skip


TERMS = [
    term("poum", "POUM", en=["P.O.U.M.", "Workers' Party of Marxist Unification"], fr=["poumistes"]),
    term("opposition", "Left Opposition", en=["Opposition"]),
    term("united", "United Opposition", en=["Joint Opposition"]),
    term("petrograd", "Petrograd", ru=["Петроград", "Питер"]),
    term("commissar", "Commissar", en=["commissar", "war commissar"]),
    term("whites", "Whites", de=["die Weißen"]),
    term("review", "La Révolution prolétarienne", ru=["«Кларте»"]),
]


def found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(text[start:end], key) for _, start, end, key in TermLinker(TERMS, language).mentions([text])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The POUM was outlawed.", [("POUM", "poum")]),
        ("the P.O.U.M. and its militia", [("P.O.U.M.", "poum")]),
        ("the Workers’ Party of\nMarxist Unification", [("Workers’ Party of\nMarxist Unification", "poum")]),
        ("Left Opposition, Joint Opposition", [("Left Opposition", "opposition"), ("Joint Opposition", "united")]),
        ("their opposition was feeble", []),
        ("An Oppositionist spoke.", []),
        ("Commissar Ivanov and the war commissar.", [("Commissar", "commissar"), ("war commissar", "commissar")]),
        ("PETROGRAD", []),
        ("", []),
    ],
)  # fmt: skip
def test_names_count_as_they_are_written(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_russian_name_may_be_declined() -> None:
    assert found("В Петрограде и в Питере, у Петрограда.", "ru") == [
        ("Петрограде", "petrograd"),
        ("Питере", "petrograd"),
        ("Петрограда", "petrograd"),
    ]


def test_a_name_in_quotation_marks_is_found_without_them() -> None:
    assert found("Статья в «Кларте» вышла.", "ru") == [("Кларте", "review")]


def test_a_text_in_a_known_language_has_the_names_of_that_language() -> None:
    assert found("Die Weißen kamen", "de") == [("Die Weißen", "whites")]
    assert found("Die Weißen kamen", "en") == []


def test_a_text_in_no_known_language_has_the_names_of_all() -> None:
    assert found("poumistes, die Weißen", "pt") == [("poumistes", "poum"), ("die Weißen", "whites")]


def test_persons_win_over_terms() -> None:
    text = "General Petrograd spoke."
    assert TermLinker(TERMS, "en").mentions([text], [(0, 0, 17)]) == []
    assert TermLinker(TERMS, "en").mentions([text], [(1, 0, 17)]) == [(0, 8, 17, "petrograd")]


def test_a_name_of_two_terms_is_linked_to_neither() -> None:
    terms = [term("a", "Centre"), term("b", "Bureau", en=["Centre"])]
    assert TermLinker(terms, "en").mentions(["The Centre and the Bureau"]) == [(0, 19, 25, "b")]


PIECES = ["POUM", "P.O.U.M.", "Left ", "Opposition", " ", "\n", "war commissar", "Питер", "е", "’s", "x", ". "]


@given(
    st.lists(st.lists(st.sampled_from(PIECES), max_size=6).map("".join), max_size=3),
    st.sampled_from(["en", "ru", ""]),
)
def test_mentions_lie_in_the_text_in_order_and_apart(texts: list[str], language: str) -> None:
    mentions = TermLinker(TERMS, language).mentions(texts)
    assert mentions == sorted(mentions)
    for passage, start, end, _ in mentions:
        assert 0 <= start < end <= len(texts[passage])
    for (one, _, end, _), (other, start, _, _) in itertools.pairwise(mentions):
        assert one != other or end <= start
