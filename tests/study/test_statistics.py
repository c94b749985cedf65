"""Figures from the log."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import CardState, Review
from serge_tui.study.scheduling import RATINGS, replay, retrievability
from serge_tui.study.statistics import (
    DayStudied,
    Held,
    calendar,
    counts,
    forecast,
    hardest,
    held_by_chapter,
    held_by_person,
    statistics,
    streak,
    true_retention,
)
from tests.study.making import card, review, state

DAY = date(2024, 1, 10)
LOG = [
    review(1, "a", 3, "2024-01-01"),
    review(2, "a", 1, "2024-01-05"),
    review(3, "a", 3, "2024-01-05"),
    review(4, "b", 1, "2024-01-05"),
    review(5, "a", 3, "2024-01-10", ms=600_000),
]
STATES = {key: replay([line for line in LOG if line.card == key]) for key in "ab"}
CARDS = [card("a", chapter=4, figures=("lenin",)), card("b", chapter=4, figures=("levi",)), card("c", chapter=5)]


def test_the_calendar_counts_days_and_caps_a_long_answer() -> None:
    assert [(d.day, d.answers, d.right) for d in calendar(LOG)] == [
        ("2024-01-01", 1, 1),
        ("2024-01-05", 3, 1),
        ("2024-01-10", 1, 1),
    ]
    assert [d.minutes for d in calendar(LOG)] == pytest.approx([5 / 60, 15 / 60, 1.0])


def test_retention_counts_the_first_answer_of_a_day_on_known_cards() -> None:
    found = true_retention(LOG, STATES, DAY)
    assert (found.asked, found.known) == (2, 1)  # the first sight of either card and the second try tell nothing
    assert found.share == 0.5


def test_retention_over_a_part_of_the_log_knows_older_cards_by_their_state() -> None:
    assert true_retention(LOG[4:], STATES, DAY).asked == 1
    assert true_retention(LOG[3:4], {"b": STATES["b"]}, DAY).asked == 0
    assert true_retention([], {}, DAY).share is None


def test_retention_looks_back_only_so_far() -> None:
    assert true_retention(LOG, STATES, date(2024, 3, 1), days=30).asked == 0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(RATINGS), st.integers(0, 3)), max_size=30))
def test_retention_agrees_with_a_plain_count(steps: list[tuple[str, int, int]]) -> None:
    ordinal, log = DAY.toordinal() - 200, []
    for number, (key, rating, gap) in enumerate(steps):
        ordinal += gap
        log.append(Review(number, key, "answer", rating, "", date.fromordinal(ordinal).isoformat(), 0))  # type: ignore[arg-type]
    states = {key: replay([line for line in log if line.card == key], keep=CardState(key)) for key in "abc"}
    found = true_retention(log, states, DAY, days=10_000)
    firsts: dict[tuple[str, str], Review] = {}
    for line in log:
        firsts.setdefault((line.card, line.study_day), line)
    begun = {key: min((line.study_day for line in log if line.card == key), default="") for key in "abc"}
    later = [line for (key, day), line in firsts.items() if day != begun[key]]
    assert found.asked == len(later)
    assert found.known == sum(line.rating != 1 for line in later)


def test_the_forecast_puts_what_is_overdue_on_today() -> None:
    states = [
        state("a", due="2024-01-02"),
        state("b", due="2024-01-10"),
        state("c", due="2024-01-12"),
        state("d", due="2025-01-01"),
        CardState("e", 5.0, 5.0, "2024-01-10", "2024-01-01", 2, suspended=True),
        CardState("new"),
    ]
    found = forecast(states, DAY, days=5)
    assert [entry.cards for entry in found] == [2, 0, 1, 0, 0]
    assert found[0].day == "2024-01-10"


def test_a_streak_survives_a_day_not_yet_begun() -> None:
    days = [DayStudied(f"2024-01-0{n}", 1, 1, 1.0) for n in (5, 7, 8, 9)]
    assert streak(days, DAY) == 3
    assert streak(days, date(2024, 1, 9)) == 3
    assert streak(days, date(2024, 1, 11)) == 0
    assert streak([], DAY) == 0


def test_what_is_held_is_the_mean_over_what_was_asked() -> None:
    share = (retrievability(STATES["a"], DAY) + retrievability(STATES["b"], DAY)) / 2
    fourth, fifth = held_by_chapter(CARDS, STATES, DAY)
    assert (fourth.key, fourth.cards, fourth.seen) == ("4", 2, 2)
    assert fourth.share == pytest.approx(share)
    assert fifth == Held("5", 1, 0, 0.0)
    people = held_by_person(CARDS, STATES, DAY)
    assert [entry.key for entry in people] == ["lenin", "levi"]
    assert people[0].share == pytest.approx(retrievability(STATES["a"], DAY))


def test_the_hardest_are_those_failed() -> None:
    found = hardest([*LOG, review(6, "b", 1, "2024-01-11")], STATES)
    assert [(hard.card, hard.asked, hard.failed) for hard in found] == [("b", 2, 2), ("a", 4, 1)]


def test_counts_put_every_card_in_one_place() -> None:
    states = STATES | {"c": CardState("c", suspended=True)}
    found = counts([*CARDS, card("d")], states, DAY)
    assert found["new"] + found["learning"] + found["held"] + found["suspended"] == 4
    assert found["suspended"] == 1


def test_everything_together_is_plain_json() -> None:
    found = statistics(CARDS, STATES, LOG, DAY, target=0.85)
    assert (found.answers, found.days, found.streak) == (5, 3, 1)
    assert found.retention.target == 0.85
    again = json.loads(json.dumps(found.to_dict()))
    assert again["retention"]["share"] == 0.5
    assert again["chapters"][0]["key"] == "4"


def test_an_undone_answer_counts_nowhere() -> None:
    undone = Review(9, "a", "undo", None, "", "2024-01-10", 0, "", voids=5)
    assert statistics(CARDS, STATES, [*LOG, undone], DAY).answers == 4


def test_an_empty_log_gives_noughts() -> None:
    found = statistics(CARDS, {}, [], DAY)
    assert (found.answers, found.seconds_an_answer, found.streak, found.hardest) == (0, 0.0, 0, ())
    assert found.counts["new"] == 3
