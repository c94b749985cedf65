"""Nobody guesses the quiz by fame, length or repetition: measured over all possible questions."""

from __future__ import annotations

from random import Random

import pytest

from serge_tui.core.study.quiz.balance import Draw, drawn, shares, weights
from serge_tui.core.study.quiz.quizmaster import Quizmaster
from serge_tui.core.study.quiz.sheet import OPTIONS
from tests.quiz_fame import OFTENER, POINTS, guessing, material

_SEEDS = 8


@pytest.mark.parametrize(
    ("kind", "choices"),
    [("who", 3), ("who", 5), ("about", 4), ("to", 3), ("portrait", 4), ("portrait", 5), ("first", 3), ("alive", 3)],
)
def test_no_guess_earns_much_more_than_chance(kind: str, choices: int) -> None:
    measured = guessing(kind, choices, _SEEDS)
    assert measured.best <= POINTS, measured
    # What chance alone adds with so few seeds; the command measures with more.
    noise = 2.5 * (OFTENER / (measured.questions * _SEEDS)) ** 0.5
    assert measured.oftener <= OFTENER + noise, measured


def test_a_sheet_is_drawn_from_the_same_questions() -> None:
    sheet = Quizmaster(material(OPTIONS)).questions(20, 7, ["portrait"])
    drawn_again = {q.card: q.keys for q in Quizmaster(material(OPTIONS)).questions(20, 7, ["portrait"])}
    assert {question.card: question.keys for question in sheet} == drawn_again
    assert all(len(question.options) == OPTIONS for question in sheet)


def test_who_is_often_right_is_often_wrong_too() -> None:
    everybody = [f"p{number}" for number in range(10)]
    draws = [Draw("p0", dict.fromkeys(everybody[1:], 1.0)) for _ in range(10)]
    draws += [Draw(key, {other: 1.0 for other in everybody if other != key}) for key in everybody[1:]]
    weight = weights(draws, 2)
    offered = sum(shares(draw, weight, 2).get("p0", 0.0) for draw in draws)
    assert offered > 8, "p0 is right in ten questions, and wrong in nearly all others"


def test_shares_are_chances_and_add_up_to_the_number_drawn() -> None:
    draw = Draw("right", {"famous": 100.0, "a": 1.0, "b": 1.0, "c": 2.0})
    found = shares(draw, dict.fromkeys(draw.fit, 1.0), 2)
    assert found["famous"] == 1.0
    assert sum(found.values()) == pytest.approx(2)
    counted = [key for seed in range(400) for key in drawn(draw, dict.fromkeys(draw.fit, 1.0), 2, Random(seed))]
    assert counted.count("famous") == 400
    assert counted.count("c") == pytest.approx(400 * found["c"], abs=50)


def test_fewer_fit_than_are_wanted() -> None:
    assert drawn(Draw("right", {"a": 1.0}), {"a": 1.0}, 2, Random(1)) == ["a"]
    assert drawn(Draw("right", {}), {}, 2, Random(1)) == []
