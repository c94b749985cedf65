"""Typed answers, judged over the whole pack's names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.models import CardState
from serge_tui.core.study.confusions import Confusion
from serge_tui.core.study.grading import grade_typed
from serge_tui.core.study.leeches import Leech, leeches
from tests.serge_tui.core.study.making import card, state

if TYPE_CHECKING:
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.core.study.card import Card

ZINOVIEV = card("who/x", answer="Grigory Zinoviev", answer_figure="zinoviev")
GAP_CARD = card("cloze/x", kind="cloze", answer="counterfeit")


@pytest.mark.parametrize(
    "typed",
    ["Grigory Zinoviev", "zinoviev", "ZINOVIEV", "Зиновьев", "Grigori Zinoviev", " Zinoviev, Grigory ", "Sinowjew"],
)
def test_any_of_the_names_is_right(typed: str, finder: NameFinder) -> None:
    verdict = grade_typed(typed, ZINOVIEV, finder)
    assert (verdict.outcome, verdict.rating, verdict.message) == ("right", 3, "Right.")


@pytest.mark.parametrize("typed", ["Zinoveiv", "Zinovuev"])
def test_a_slip_is_close_and_said_so(typed: str, finder: NameFinder) -> None:
    verdict = grade_typed(typed, ZINOVIEV, finder)
    assert (verdict.outcome, verdict.rating) == ("close", 3)
    assert typed in verdict.message


@pytest.mark.parametrize("typed", ["Trotsky", "Trotsky 1927", "to Trotsky, in 1927", "To Leon Trotsky in 1927"])
def test_to_whom_and_when_takes_the_year_with_the_name(typed: str, finder: NameFinder) -> None:
    to = card("to/x", kind="to", answer="Leon Trotsky, in 1927", answer_figure="trotsky", year=1927)
    assert grade_typed(typed, to, finder).outcome == "right"
    assert grade_typed(typed.replace("Trotsky", "Zinoviev"), to, finder).outcome == "wrong"


@pytest.mark.parametrize("typed", ["the sailors of Kronstadt, in 1921", "sailors of Kronstadt", "sailors of Kronstat"])
def test_hearers_without_a_record_are_taken_with_and_without_the_year(typed: str, finder: NameFinder) -> None:
    accepted = ("the sailors of Kronstadt", "sailors of Kronstadt")
    to = card("to/x", kind="to", answer="the sailors of Kronstadt, in 1921", accepted=accepted, year=1921)
    assert grade_typed(typed, to, finder).rating == 3


def test_another_name_is_wrong_and_remembered_for_the_ledger(finder: NameFinder) -> None:
    verdict = grade_typed("Kamenev", ZINOVIEV, finder)
    assert (verdict.outcome, verdict.rating, verdict.taken_for) == ("wrong", 1, "kamenev")
    assert "Kamenev" in verdict.message


def test_nobodys_name_is_wrong_and_takes_nobody_for_anybody(finder: NameFinder) -> None:
    verdict = grade_typed("Xyzzyplugh", ZINOVIEV, finder)
    assert (verdict.outcome, verdict.rating, verdict.taken_for) == ("wrong", 1, "")


def test_a_shared_surname_asks_for_more(finder: NameFinder) -> None:
    smirnov = card("who/y", answer="Ivan Nikitich Smirnov", answer_figure="ivan-smirnov")
    verdict = grade_typed("Smirnov", smirnov, finder)
    assert (verdict.outcome, verdict.rating) == ("ambiguous", None)
    assert "Smirnov" in verdict.message
    assert "Ivan" not in verdict.message, "asking which one does not say who"
    assert grade_typed("Ivan Smirnov", smirnov, finder).outcome == "right"


def test_part_of_the_right_name_is_never_somebody_elses(finder: NameFinder) -> None:
    sedov = card("who/z", answer="Lev (Leon) Sedov", answer_figure="lev-sedov")
    assert grade_typed("Sedov", sedov, finder).rating != 1
    assert grade_typed("Sedova", sedov, finder).rating == 1


def test_a_hint_makes_it_hard(finder: NameFinder) -> None:
    assert grade_typed("Zinoviev", ZINOVIEV, finder, hints=1).rating == 2
    assert grade_typed("Kamenev", ZINOVIEV, finder, hints=1).rating == 1


def test_nothing_typed_is_again(finder: NameFinder) -> None:
    assert grade_typed("  ", ZINOVIEV, finder).outcome == "nothing"
    assert grade_typed("", ZINOVIEV, finder).rating == 1


def test_a_spelling_the_reader_taught_is_right(finder: NameFinder) -> None:
    assert grade_typed("Grishka", ZINOVIEV, finder, remembered={"grishka": "zinoviev"}).outcome == "right"
    assert grade_typed("Grishka", ZINOVIEV, finder, remembered={"grishka": "kamenev"}).outcome == "wrong"


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [("counterfeit", "right"), ("Counterfeit.", "right"), ("counterfiet", "close"), ("genuine", "wrong")],
)
def test_a_gap_forgives_slips_only(typed: str, outcome: str, finder: NameFinder) -> None:
    assert grade_typed(typed, GAP_CARD, finder).outcome == outcome


def test_a_short_gap_forgives_nothing(finder: NameFinder) -> None:
    short = card("cloze/y", kind="cloze", answer="man")
    assert grade_typed("men", short, finder).outcome == "wrong"


def test_hostile_typing_is_shown_harmless(finder: NameFinder) -> None:
    assert "\x1b" not in grade_typed("\x1b[2Jnobody", ZINOVIEV, finder).message


def test_every_name_in_the_pack_is_right_for_its_card(cards: list[Card], finder: NameFinder) -> None:
    wrong = [
        c.key
        for c in cards
        if c.answer_figure and grade_typed(c.answer.partition(",")[0], c, finder).outcome != "right"
    ]
    assert wrong == []


def test_leeches_are_offered_not_dropped() -> None:
    states = [
        CardState("a", 5.0, 9.0, lapses=4),
        CardState("b", 5.0, 9.0, lapses=6),
        CardState("c", 5.0, 9.0, lapses=9, suspended=True),
        state("d"),
    ]
    found = leeches(states, [Confusion("lenin", "levi", 2, "2024-01-01")], [card("a", answer_figure="lenin")])
    assert found == [Leech("b", 6), Leech("a", 4, ("levi",))]
