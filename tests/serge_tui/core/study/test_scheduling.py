"""Scheduling agrees with the library, with its published vectors, and with itself replayed."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from random import Random
from typing import TYPE_CHECKING, get_args
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.errors import SergeError
from db.models import CardState, Rating, Review
from serge_tui.core.study.scheduling import (
    RATINGS,
    Scheduling,
    answer,
    bring_forward,
    differences,
    fuzz_range,
    holds_a_week,
    is_due,
    preview,
    replay,
    retrievability,
    study_day,
)
from tests.serge_tui.core.study.making import review

if TYPE_CHECKING:
    from collections.abc import Sequence

EXACT = Scheduling(fuzz=False, maximum_interval=36500)
START = date(2024, 1, 1)

histories = st.lists(st.tuples(st.sampled_from(RATINGS), st.integers(0, 400)), max_size=12)


def days(state: CardState) -> int:
    assert state.due_day is not None
    assert state.last_day is not None
    return (date.fromisoformat(state.due_day) - date.fromisoformat(state.last_day)).days


def test_the_published_vector() -> None:
    """Upstream's test of intervals, its short steps being answers of the same day here."""
    ratings: Sequence[Rating] = (3, 3, 3, 3, 3, 3, 1, 1, 3, 3, 3, 3, 3)
    expected = [0, 2, 11, 46, 163, 498, 0, 0, 2, 4, 7, 12, 21]
    state, day, given_days = CardState("card"), START, []
    for rating, interval in zip(ratings, expected, strict=True):
        state = answer(state, rating, day, EXACT)
        given_days.append(days(state) if interval else 0)
        day += timedelta(days=interval)
    assert given_days == expected


def test_the_published_memory_state() -> None:
    """Upstream's test of the memory state: stability 53.62691 and difficulty 6.3574867 after six answers."""
    ratings: Sequence[Rating] = (1, 3, 3, 3, 3, 3)
    intervals = (0, 0, 1, 3, 8, 21)
    state = CardState("card")
    for rating, offset in zip(ratings, accumulate(intervals), strict=True):
        state = answer(state, rating, START + timedelta(days=offset), EXACT)
    assert state.stability == pytest.approx(53.62691, abs=1e-4)
    assert state.difficulty == pytest.approx(6.3574867, abs=1e-4)


def test_first_intervals_without_steps() -> None:
    assert preview(CardState("card"), START, EXACT) == {1: 1, 2: 1, 3: 2, 4: 8}


def test_three_thousand_histories_agree_with_the_library() -> None:
    from fsrs import Card, Scheduler
    from fsrs import Rating as Grade

    scheduler = Scheduler(learning_steps=(), relearning_steps=(), maximum_interval=36500, enable_fuzzing=False)
    random = Random(1)
    for _ in range(3000):
        state, card, day = CardState("card"), Card(card_id=1), START
        for _ in range(random.randint(1, 10)):
            rating = random.choice(RATINGS)
            moment = datetime.combine(day, time(), UTC)
            assert retrievability(state, day) == pytest.approx(scheduler.get_card_retrievability(card, moment))
            card, _ = scheduler.review_card(card, Grade(rating), moment)
            state = answer(state, rating, day, EXACT)
            assert (state.stability, state.difficulty) == (card.stability, card.difficulty)
            assert state.due_day == card.due.date().isoformat()
            day += timedelta(days=random.choice((0, 0, 1, 2, 5, days(state), random.randint(0, 300))))


@given(histories)
def test_the_button_says_what_is_given(history: list[tuple[Rating, int]]) -> None:
    state, day = CardState("who/istrati-omelette"), START
    for rating, gap in history:
        day += timedelta(days=gap)
        assert preview(state, day)[rating] == days(answer(state, rating, day))
        state = answer(state, rating, day)


@given(histories)
def test_better_grades_never_wait_less(history: list[tuple[Rating, int]]) -> None:
    state, day = CardState("card"), START
    for rating, gap in history:
        day += timedelta(days=gap)
        intervals = preview(state, day)
        assert intervals[2] <= intervals[3] <= intervals[4]
        assert min(intervals.values()) >= 1
        state = answer(state, rating, day)


@given(st.lists(st.tuples(st.sampled_from(RATINGS), st.integers(0, 90), st.booleans()), max_size=15))
def test_a_replay_agrees_with_the_steps_and_leaves_out_what_was_undone(steps: list[tuple[Rating, int, bool]]) -> None:
    log: list[Review] = []
    states = [CardState("card")]
    day = START
    for number, (rating, gap, undone) in enumerate(steps, start=1):
        day += timedelta(days=gap)
        log.append(review(2 * number, "card", rating, day.isoformat()))
        if undone:
            log.append(Review(2 * number + 1, "card", "undo", None, "", day.isoformat(), 0, "", voids=2 * number))
        else:
            states.append(answer(states[-1], rating, day))
    again = replay(log, keep=CardState("card"))
    assert again == states[-1]
    assert differences(states[-1], again) == []


def test_a_replay_keeps_what_no_answer_decides() -> None:
    kept = replay([review(1, "card", 3, "2024-01-01")], keep=CardState("card", suspended=True, flag=2))
    assert kept.suspended
    assert kept.flag == 2
    assert kept.answers == 1


def test_differences_name_the_fields() -> None:
    stored = answer(CardState("card"), 3, START)
    assert differences(stored, answer(CardState("card"), 4, START)) == ["stability", "difficulty"]
    assert differences(stored, CardState("card")) == ["last_day", "answers", "stability", "difficulty"]


def test_a_lapse_is_the_first_failure_of_a_day_on_a_known_card() -> None:
    state = answer(CardState("card"), 1, START)
    assert state.lapses == 0
    state = answer(state, 1, START + timedelta(days=3))
    state = answer(state, 1, START + timedelta(days=3))
    assert state.lapses == 1
    assert answer(state, 3, START + timedelta(days=3)).lapses == 1


@pytest.mark.parametrize("days", [1, 2, 400])
def test_a_day_before_the_last_answer_counts_as_the_day_of_that_answer(days: int) -> None:
    state = answer(CardState("card"), 3, START)
    for rating in (1, 3):
        assert answer(state, rating, START - timedelta(days=days)) == answer(state, rating, START)
    log = [
        Review(1, "card", "answer", 3, "2026-01-01T22:00:00+00:00", START.isoformat(), 0),
        Review(2, "card", "answer", 1, "2026-01-01T23:00:00+00:00", (START - timedelta(days=days)).isoformat(), 0),
        Review(3, "card", "answer", 3, "2026-01-02T23:00:00+00:00", (START + timedelta(days=1)).isoformat(), 0),
    ]
    replayed = replay(log)
    assert (replayed.last_day, replayed.answers, replayed.lapses) == ((START + timedelta(days=1)).isoformat(), 3, 0)


def test_a_card_brought_forward_before_its_last_day_can_be_previewed_and_answered() -> None:
    state = answer(CardState("card"), 3, START)
    early = START - timedelta(days=1)
    forward = bring_forward(state, early)
    assert is_due(forward, early)
    intervals = preview(forward, early)
    after = answer(forward, 3, early)
    assert after.last_day == START.isoformat()
    assert (date.fromisoformat(str(after.due_day)) - START).days == intervals[3] >= 1


@given(st.integers(1, 4000), st.integers(1, 4000))
def test_fuzz_stays_in_its_range(interval: int, maximum: int) -> None:
    interval = min(interval, maximum)
    shortest, longest = fuzz_range(interval, maximum)
    assert 1 <= shortest <= longest <= max(maximum, interval)
    assert interval < 3 or shortest <= interval <= longest


def test_fuzz_differs_between_cards_and_is_the_same_for_one() -> None:
    given_days = {
        days(answer(CardState(f"card/{n}", 40.0, 5.0, "2024-01-01", "2023-12-01", 5), 3, START)) for n in range(40)
    }
    assert len(given_days) > 3
    state = CardState("card/1", 40.0, 5.0, "2024-01-01", "2023-12-01", 5)
    assert answer(state, 3, START) == answer(state, 3, START)


def test_easy_days_are_spared_where_there_is_room() -> None:
    settings = Scheduling(easy_days=frozenset({5, 6}))
    for number in range(60):
        state = answer(CardState(f"card/{number}", 40.0, 5.0, "2024-01-01", "2023-12-01", 5), 3, START, settings)
        assert state.due_day is not None
        assert date.fromisoformat(state.due_day).weekday() < 5


def test_a_higher_target_asks_sooner() -> None:
    state = CardState("card", 40.0, 5.0, "2024-01-01", "2023-12-01", 5)
    by_target = [preview(state, START, Scheduling(retention=r, fuzz=False))[3] for r in (0.8, 0.9, 0.95)]
    assert by_target == sorted(by_target, reverse=True)
    assert len(set(by_target)) == 3


@pytest.mark.parametrize("settings", [{"retention": 0.0}, {"retention": 0.99}, {"maximum_interval": 0}])
def test_impossible_settings_are_refused(settings: dict[str, float]) -> None:
    with pytest.raises(SergeError):
        Scheduling(**settings)  # type: ignore[arg-type]  # one field each


class TestStudyDay:
    paris = ZoneInfo("Europe/Paris")

    @pytest.mark.parametrize(
        ("clock", "day"),
        [
            ("2024-05-02T03:59", date(2024, 5, 1)),
            ("2024-05-02T04:00", date(2024, 5, 2)),
            ("2024-05-02T23:59", date(2024, 5, 2)),
        ],
    )
    def test_it_begins_at_the_rollover_hour(self, clock: str, day: date) -> None:
        now = datetime.fromisoformat(clock).replace(tzinfo=self.paris)
        assert study_day(now, 4, self.paris) == day
        assert study_day(now.astimezone(UTC), 4, self.paris) == day

    def test_it_begins_at_that_hour_on_the_clock_when_the_clock_changes(self) -> None:
        before = datetime(2024, 3, 31, 3, 30, tzinfo=self.paris)  # an hour was skipped at two
        assert study_day(before, 4, self.paris) == date(2024, 3, 30)
        assert study_day(before + timedelta(hours=1), 4, self.paris) == date(2024, 3, 31)

    def test_a_moment_without_a_zone_is_refused(self) -> None:
        with pytest.raises(SergeError, match="time zone"):
            study_day(datetime(2024, 1, 1), 4, UTC)  # noqa: DTZ001  # that is what is refused
        with pytest.raises(SergeError, match="0 to 23"):
            study_day(datetime(2024, 1, 1, tzinfo=UTC), 24, UTC)


def test_due_means_due_not_suspended_not_buried() -> None:
    state = CardState("card", 5.0, 5.0, "2024-01-01", "2023-12-20", 3)
    assert is_due(state, START)
    assert not is_due(state, START - timedelta(days=1))
    assert not is_due(CardState("card", 5.0, 5.0, "2024-01-01", "2023-12-20", 3, suspended=True), START)
    buried = CardState("card", 5.0, 5.0, "2024-01-01", "2023-12-20", 3, buried_until="2024-01-01")
    assert not is_due(buried, START)
    assert is_due(buried, START + timedelta(days=1))


def test_a_card_brought_forward_keeps_its_memory() -> None:
    state = CardState("card", 50.0, 5.0, "2024-03-01", "2024-01-01", 3)
    forward = bring_forward(state, date(2024, 1, 20))
    assert forward.due_day == "2024-01-20"
    assert forward.stability == state.stability
    assert differences(state, forward) == []
    assert bring_forward(CardState("new"), START) == CardState("new")


def test_a_week_is_held_from_seven_days_of_stability() -> None:
    assert not holds_a_week(None)
    assert not holds_a_week(CardState("card", 6.9, 5.0))
    assert holds_a_week(CardState("card", 7.0, 5.0))


def test_ratings_are_those_of_the_models() -> None:
    assert get_args(Rating) == RATINGS
