"""The model of memory against the library that schedules, and parameters fitted to learners whose own are known."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from math import isclose
from random import Random
from statistics import fmean

import fsrs
import pytest
from fsrs.scheduler import LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS

from db.models import CardState
from db.models.memory import HIGHEST, LOWEST, are_sound
from serge_tui.core.study.fitting import (
    FEWEST_ANSWERS,
    Step,
    fit,
    gradient,
    later_answers,
    log_losses,
    predictions,
    sequences,
)
from serge_tui.core.study.memory_model import (
    DEFAULT_DECAY,
    DEFAULT_WEIGHTS,
    Weights,
    decay_of,
    first,
    following,
    interval,
    model_name,
    recall,
)
from serge_tui.core.study.scheduling import RATINGS, Scheduling, answer, retrievability
from tests.serge_tui.core.study.learners import FORGETS_FAST, HOLDS_WELL, LOSES_ALL_AT_A_LAPSE, learner
from tests.serge_tui.core.study.making import review

OTHERS = (DEFAULT_WEIGHTS, FORGETS_FAST, HOLDS_WELL, LOSES_ALL_AT_A_LAPSE)


def test_the_published_parameters_and_their_bounds_are_those_of_the_library() -> None:
    assert tuple(fsrs.Scheduler().parameters) == DEFAULT_WEIGHTS
    assert (LOWEST, HIGHEST) == (LOWER_BOUNDS_PARAMETERS, UPPER_BOUNDS_PARAMETERS)
    assert all(are_sound(weights) for weights in OTHERS)
    assert not are_sound(DEFAULT_WEIGHTS[:20])
    assert not are_sound((*DEFAULT_WEIGHTS[:20], float("nan")))
    assert [model_name(DEFAULT_WEIGHTS), model_name(list(DEFAULT_WEIGHTS))] == ["fsrs-6", "fsrs-6"]
    assert len({model_name(weights) for weights in OTHERS}) == len(OTHERS)


def test_recall_and_interval_undo_each_other() -> None:
    assert isclose(recall(12, 12), 0.9)
    for decay in (0.1, DEFAULT_DECAY, 0.8):
        for retention in (0.7, 0.9, 0.97):
            assert isclose(recall(interval(20, retention, decay), 20, decay), retention)


@pytest.mark.parametrize("weights", OTHERS)
def test_each_step_is_that_of_the_library_and_of_the_schedule(weights: Weights) -> None:
    random = Random(4)
    scheduler = fsrs.Scheduler(parameters=weights, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    settings = Scheduling(weights=weights, fuzz=False)
    for _ in range(40):
        moment, card, state = datetime(2026, 1, 1, tzinfo=UTC), fsrs.Card(card_id=1), CardState("who/a")
        memory = None
        for number in range(9):
            rating, elapsed = random.choice(RATINGS), random.choice((0, 1, 3, 9, 40, 200)) if number else 0
            moment += timedelta(days=elapsed)
            if memory is not None:
                known = scheduler.get_card_retrievability(card, moment)
                assert isclose(recall(elapsed, memory.stability, decay_of(weights)), known)
                assert isclose(retrievability(state, moment.date(), settings.decay), known)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), moment)
            state = answer(state, rating, moment.date(), settings)
            memory = first(weights, rating) if memory is None else following(weights, memory, rating, elapsed)
            assert card.stability is not None
            assert card.difficulty is not None
            assert isclose(memory.stability, card.stability)
            assert isclose(memory.difficulty, card.difficulty)
            assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
            assert state.model == model_name(weights)
            days = min(settings.maximum_interval, max(1, round(interval(card.stability, 0.9, decay_of(weights)))))
            assert (card.due - moment).days == days


@pytest.mark.parametrize("weights", OTHERS)
def test_the_gradient_is_the_slope_of_the_loss(weights: Weights) -> None:
    cards = learner(FORGETS_FAST, 40, 200, 3)
    slope, count = gradient(cards, weights)
    assert count == later_answers(cards) == sum(1 for _ in predictions(cards, weights))
    for index, weight in enumerate(weights):
        width = 1e-6 * max(1.0, abs(weight))
        low, high = list(weights), list(weights)
        low[index] -= width
        high[index] += width
        measured = (sum(log_losses(cards, high)) - sum(log_losses(cards, low))) / (2 * width)
        assert slope[index] == pytest.approx(measured, rel=1e-3, abs=2e-3), index


@pytest.mark.parametrize(("true", "cards"), [(FORGETS_FAST, 160), (HOLDS_WELL, 500), (LOSES_ALL_AT_A_LAPSE, 160)])
def test_a_fit_foretells_what_was_held_back_better_than_the_published_parameters(true: Weights, cards: int) -> None:
    given = learner(true, cards, 365, 11)
    found = fit(given)
    assert found is not None
    assert found.is_better
    assert are_sound(found.weights)
    assert found.answers == later_answers(given)
    days = sorted(day for day, _, _ in predictions(given, true))
    assert found.held_back == sum(day >= days[-found.held_back] for day in days)
    best = fmean(log_losses(given, true, days[-found.held_back]))
    # Of what could be gained at all, with the parameters that this learner really has, half is.
    assert (found.before - found.after) / (found.before - best) > 0.5


def test_what_already_fits_stays_and_a_fit_does_no_harm() -> None:
    given = learner(LOSES_ALL_AT_A_LAPSE, 160, 365, 12)
    found = fit(given, LOSES_ALL_AT_A_LAPSE)
    assert found is not None
    assert not found.is_better
    later = learner(LOSES_ALL_AT_A_LAPSE, 160, 365, 13)
    harm = fmean(log_losses(later, found.weights)) - fmean(log_losses(later, LOSES_ALL_AT_A_LAPSE))
    assert harm < 0.01


def test_a_learner_with_few_answers_is_not_fitted() -> None:
    cards = learner(FORGETS_FAST, 20, 60, 1)
    assert 0 < later_answers(cards) < FEWEST_ANSWERS
    assert fit(cards) is None
    assert fit([]) is None


def test_sequences_are_those_answers_that_count_in_whole_days() -> None:
    log = [
        review(1, "who/a", 3, "2026-01-01"), review(2, "who/a", 1, "2026-01-05"), review(3, "who/a", 3, "2026-01-05"),
        review(4, "who/a", 3, "2026-01-04"), review(5, "who/b", 4, "2026-01-02"),
    ]  # fmt: skip
    one, other = sequences(log)
    assert [(step.rating, step.elapsed) for step in one] == [(3, 0), (1, 4), (3, 0), (3, 0)]
    assert one[-1].day == one[1].day, "a day earlier than the last counts as that last day"
    assert [step.elapsed for step in other] == [0]
    assert isinstance(other[0], Step)
