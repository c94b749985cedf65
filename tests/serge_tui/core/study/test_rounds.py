"""Rounds and duels."""

from __future__ import annotations

import pytest

from db.errors import SergeError
from serge_tui.core.study.quiz.question import Question
from serge_tui.core.study.quiz.rounds import Round


def question(right: int = 0) -> Question:
    return Question("who", "Who says this?", "…", "", ("A", "B", "C"), ("a", "b", "c"), right)


def test_a_round_counts_right_answers_streaks_and_misses() -> None:
    game = Round([question(0), question(1), question(2), question(0)])
    assert [game.answer(chosen).right for chosen in (0, 1, None, 0)] == [True, True, False, True]
    assert (game.score(), game.streak(), game.total) == (3, 1, 4)
    assert [given.chosen for given in game.misses] == [None]
    assert game.current is None


def test_a_wrong_choice_names_who_was_taken_for_whom() -> None:
    game = Round([question(0), question(0), question(0)])
    assert game.answer(2).taken_for == "c"
    assert game.answer(None).taken_for == ""
    assert game.answer(0).taken_for == ""


def test_a_typed_name_counts_as_its_option() -> None:
    game = Round([question(1), question(1)])
    assert game.answer_figure("b").right
    assert not game.answer_figure("nobody-here").right


def test_an_option_that_is_not_there_is_refused_and_costs_nothing() -> None:
    game = Round([question()])
    with pytest.raises(SergeError, match="Choose 1 to 3"):
        game.answer(3)
    assert game.current is not None
    game.answer(0)
    with pytest.raises(SergeError, match="over"):
        game.answer(0)


def test_two_answer_in_turn_and_as_often() -> None:
    duel = Round([question() for _ in range(5)], players=2)
    assert duel.total == 4
    turns = []
    for chosen in (0, 1, 0, 0):
        turns.append(duel.player)
        assert duel.winner is None
        duel.answer(chosen)
    assert turns == [0, 1, 0, 1]
    assert (duel.score(0), duel.score(1), duel.winner) == (2, 1, 0)


def test_a_draw_has_no_winner() -> None:
    duel = Round([question(), question()], players=2)
    duel.answer(0)
    duel.answer(0)
    assert duel.winner is None
    with pytest.raises(SergeError, match="for two"):
        Round([], players=3)


def test_a_round_can_be_kept_and_gone_on_with() -> None:
    game = Round([question(0), question(1), question(2)], 1, seed=4)
    game.answer(1)
    game.answer_figure("nobody-here")
    kept = Round.from_json(game.to_json())
    assert (kept.given, kept.current, kept.seed, kept.players) == (game.given, game.current, 4, 1)
    duel = Round([question()] * 4, 2)
    duel.answer(None)
    assert Round.from_json(duel.to_json()).player == 1


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"questions": [{"kind": "who"}], "players": 1, "answers": []}'])
def test_a_round_of_another_version_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SergeError, match="cannot be read"):
        Round.from_json(text)


def test_from_answers_beyond_the_end_no_round_comes() -> None:
    text = Round([question()]).to_json().replace('"answers": []', '"answers": [0, 0]')
    with pytest.raises(SergeError, match="over"):
        Round.from_json(text)
