"""Figures from the last answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from serge_tui.core.study.answer_figures import (
    FEWEST_IN_PART,
    FEWEST_IN_TENTH,
    AnswerFigures,
    figures_of,
    grade_shares,
    part_of_day,
)
from serge_tui.core.study.memory_model import DEFAULT_WEIGHTS, decay_of
from tests.serge_tui.core.study.learners import FORGETS_FAST, learner
from tests.serge_tui.core.study.making import review

if TYPE_CHECKING:
    from db.models import Review

DAY = date(2025, 1, 1)


def log_of(cards: int, hour: int = 12) -> list[Review]:
    found: list[Review] = []
    for number, steps in enumerate(learner(DEFAULT_WEIGHTS, cards, 300, 5)):
        for step in steps:
            day = (DAY + timedelta(days=step.day)).isoformat()
            found.append(review(len(found) + 1, f"who/{number:03}", step.rating, day))
    return found


def test_the_schedule_of_a_learner_it_describes_foretells_what_comes() -> None:
    log = log_of(200)
    found = figures_of(log, {line.id for line in log}, DEFAULT_WEIGHTS, lambda _: 9)
    assert len(found.calibration) > 1
    for tenth in found.calibration:
        assert tenth.asked >= FEWEST_IN_TENTH
        assert tenth.low <= tenth.foretold <= tenth.low + 0.1
        spread = 4 * (0.25 / tenth.asked) ** 0.5
        assert tenth.known == pytest.approx(tenth.foretold, abs=spread)
    assert sum(found.buttons) == len(log)
    assert sum(grade_shares(found.buttons).values()) == pytest.approx(1)
    asked = found.young.asked + found.mature.asked
    assert asked >= sum(tenth.asked for tenth in found.calibration) > 0
    assert found.young.share is not None
    assert found.hours == (), "one part of the day alone says nothing"
    wrong = figures_of(log, {line.id for line in log}, FORGETS_FAST, lambda _: 9)
    worst = max(abs(tenth.known - tenth.foretold) for tenth in wrong.calibration)
    assert worst > 0.15, "with the parameters of somebody else it does not"
    assert decay_of(DEFAULT_WEIGHTS) == 0.1542


def test_only_the_answers_that_were_asked_for_count_but_all_make_the_memory() -> None:
    log = [
        review(1, "who/a", 3, "2026-01-01"),
        review(2, "who/a", 3, "2026-01-03"),
        review(3, "who/a", 1, "2026-01-10"),
    ]
    found = figures_of(log, {3}, DEFAULT_WEIGHTS, lambda _: 12)
    assert (found.young.asked, found.young.known, found.buttons) == (1, 0, (1, 0, 0, 0))
    assert figures_of([], set(), DEFAULT_WEIGHTS, lambda _: 0) == AnswerFigures()
    assert found.young.share == 0
    assert found.mature.share is None


def test_the_time_of_day_is_told_only_where_it_says_something() -> None:
    def figures(evening: int) -> AnswerFigures:
        """Return figures of many cards, all known in the morning; in the evening so many of ten."""
        log = []
        for number in range(2 * FEWEST_IN_PART):
            late = number % 2
            known = not late or number // 2 % 10 < evening
            log += [
                review(2 * number + 1, f"who/{number:03}", 3, "2026-01-01"),
                review(2 * number + 2, f"who/{number:03}", 3 if known else 1, f"2026-01-0{3 + late}"),
            ]
        return figures_of(log, {line.id for line in log}, DEFAULT_WEIGHTS, lambda moment: 8 if "-03T" in moment else 20)

    assert figures(10).hours == figures(9).hours == ()
    assert [(hour.part, hour.asked, hour.known) for hour in figures(5).hours] == [
        ("morning", 30, 30), ("evening", 30, 15)
    ]  # fmt: skip
    assert [part_of_day(hour) for hour in (4, 5, 12, 18, 23)] == ["night", "morning", "afternoon", "evening", "night"]
