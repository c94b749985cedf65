"""Catching up, exams, and what a target costs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import SergeError
from serge_tui.core.study.scheduling import is_due
from serge_tui.core.study.workload import Pace, costs, exam_plan, pace_of, rests, spread
from tests.serge_tui.core.study.making import review, state

DAY = date(2024, 1, 10)  # a Wednesday


@given(st.integers(0, 60), st.integers(1, 20), st.frozensets(st.integers(0, 6), max_size=5))
def test_a_backlog_is_spread_without_loss(cards: int, per_day: int, easy: frozenset[int]) -> None:
    states = [state(f"card/{n}", stability=1.0 + n, due="2024-01-05") for n in range(cards)]
    plan = spread(states, DAY, per_day, easy)
    assert set(plan) == {s.card for s in states}
    assert max(Counter(plan.values()).values(), default=0) <= per_day
    assert all(day >= DAY and day.weekday() not in easy for day in plan.values())
    assert list(plan.values()) == sorted(plan.values())


def test_the_most_forgotten_come_first() -> None:
    states = [state("firm", stability=90.0), state("faded", stability=1.0), state("later", due="2024-02-01")]
    assert spread(states, DAY, 1) == {"faded": DAY, "firm": DAY + timedelta(days=1)}


def test_what_comes_due_later_keeps_its_room() -> None:
    backlog = [state(f"old/{n}", due="2024-01-01") for n in range(8)]
    coming = [state(f"coming/{n}", due="2024-01-11") for n in range(4)]
    days = Counter(spread([*backlog, *coming], DAY, 4).values())
    assert days[DAY] == 4
    assert days[DAY + timedelta(days=1)] == 1  # a quarter of the room is always left for catching up
    assert days[DAY + timedelta(days=2)] == 3 or days[DAY + timedelta(days=2)] == 4


def test_a_planned_card_is_asked_on_its_day() -> None:
    states = {key: state(key) for key in ("a", "b")}
    plan = {"a": DAY, "b": DAY + timedelta(days=3)}
    until = rests(plan)
    by_key = {card: replace(states[card], buried_until=until[card]) for card in plan}
    for key, day in plan.items():
        assert is_due(by_key[key], day)
        assert not is_due(by_key[key], day - timedelta(days=1))
        assert by_key[key].due_day == states[key].due_day


def test_a_backlog_without_room_is_refused() -> None:
    with pytest.raises(SergeError, match="room"):
        spread([state("a")], DAY, 0)
    with pytest.raises(SergeError, match="room"):
        spread([state("a")], DAY, 5, frozenset(range(7)))


def test_an_exam_says_how_many_new_a_day_and_what_will_be_weak() -> None:
    states = {"firm": state("firm", stability=500.0), "faded": state("faded", stability=2.0)}
    plan = exam_plan(["firm", "faded", *(f"new/{n}" for n in range(12))], states, DAY, DAY + timedelta(days=7))
    assert (plan.days_left, plan.unseen, plan.new_per_day) == (7, 12, 3)
    assert plan.weak[-1] == "faded"
    assert "firm" not in plan.weak
    assert 0 < plan.expected < 0.2


def test_an_exam_in_the_past_or_of_nothing_is_refused() -> None:
    with pytest.raises(SergeError, match="has passed"):
        exam_plan(["a"], {}, DAY, DAY - timedelta(days=1))
    with pytest.raises(SergeError, match="no cards"):
        exam_plan([], {}, DAY, DAY)


def test_a_higher_target_costs_more_and_keeps_more() -> None:
    found = costs(60, days=120, retentions=(0.8, 0.9, 0.95))
    assert [c.retention for c in found] == [0.8, 0.9, 0.95]
    assert [c.minutes_a_day for c in found] == sorted(c.minutes_a_day for c in found)
    assert [c.known for c in found] == sorted(c.known for c in found)
    assert all(c.known <= 60 for c in found)
    assert found == costs(60, days=120, retentions=(0.8, 0.9, 0.95))


def test_the_pace_is_the_readers_once_there_is_enough() -> None:
    log = [review(n, "a", 3, "2024-01-01", ms=4000) for n in range(60)]
    log += [review(n, "a", 1, "2024-01-01", ms=500_000) for n in range(60, 80)]
    assert pace_of(log) == Pace(right=4.0, wrong=60.0)
    assert pace_of(log[:10]) == Pace()
    assert pace_of([replace(r, duration_ms=0) for r in log]) == Pace()
