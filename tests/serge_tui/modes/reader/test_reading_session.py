"""Reading time: only what was on the screen and was passed at a speed at which it can be read counts."""

from __future__ import annotations

import pytest

from serge_tui.modes.reader.reading_session import USUAL_PACE, ReadingSession, minutes_left


def test_pages_read_one_after_another_add_up() -> None:
    sitting = ReadingSession()
    for page in range(4):
        sitting.look(60.0 * page, 1_500 * page, 1_500 * (page + 1))
    assert sitting.take() == (180.0, 4_500)
    assert sitting.take() == (0.0, 0)


@pytest.mark.parametrize(
    ("seconds", "top", "why"),
    [
        (1.0, 1_500, "leafed through"),
        (60.0, 9_000, "a jump to what was not in view"),
        (60.0, -500, "backwards"),
        (900.0, 1_500, "nobody was there"),
    ],
)
def test_what_was_not_read_does_not_count(seconds: float, top: int, why: str) -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 1_000, 2_600)
    sitting.look(seconds, 1_000 + top, 4_000 + top)
    assert sitting.take() == (0.0, 0), why


def test_a_resize_does_not_stop_the_clock_but_leaving_does() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_000)
    sitting.look(30.0, 0, 1_500)
    sitting.look(60.0, 1_200, 2_700)
    assert sitting.take() == (60.0, 1_200)
    sitting.leave(90.0)
    sitting.look(120.0, 2_400, 3_900)
    assert sitting.take() == (0.0, 0)


@pytest.mark.parametrize(
    ("characters", "pace", "minutes"),
    [(0, 1_000.0, 0), (10, 1_000.0, 1), (12_000, 1_000.0, 12), (int(USUAL_PACE * 3), None, 3)],
)
def test_minutes_left(characters: int, pace: float | None, minutes: int) -> None:
    assert minutes_left(characters, pace) == minutes


def test_lines_that_go_up_one_by_one_after_they_were_read_count() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_500)
    for line in range(1, 11):
        sitting.look(30.0 + line / 20, 65 * line, 1_500 + 65 * line)
    assert sitting.take_read() == [(0, 650)]
    seconds, characters = sitting.take()
    assert (round(seconds, 3), characters) == (30.5, 650)


def test_time_put_by_on_one_screen_does_not_pay_for_leafing_over_the_next() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_500)
    for page in range(1, 30):
        sitting.look(120.0 + page / 2, 1_400 * page, 1_400 * page + 1_500)
    assert sitting.take_read() == [(0, 1_400)]


def test_a_chapters_last_screen_counts_when_it_was_in_view_long_enough() -> None:
    for seconds, read in ((40.0, [(0, 2_500)]), (5.0, [(0, 1_400)])):
        sitting = ReadingSession()
        sitting.look(0.0, 0, 1_500)
        sitting.look(30.0, 1_400, 2_500, at_end=True)
        sitting.leave(30.0 + seconds)
        assert sitting.take_read() == read
        assert sitting.take_read() == []


def test_what_was_read_before_somebody_went_away_counts_but_not_for_the_pace() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_500)
    sitting.look(4_000.0, 1_400, 2_900)
    sitting.look(4_040.0, 2_800, 4_300)
    assert sitting.take_read() == [(0, 2_800)]
    assert sitting.take() == (40.0, 1_400)


def test_what_was_not_passed_slowly_enough_is_not_read() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_500)
    sitting.look(1.0, 1_400, 2_900)
    sitting.look(2.0, 9_000, 10_500)
    sitting.look(100.0, 8_500, 10_000)
    sitting.leave(200.0)
    assert sitting.take_read() == []


def test_what_was_read_before_looking_somebody_up_counts_after_coming_back() -> None:
    sitting = ReadingSession()
    sitting.look(0.0, 0, 1_500)
    sitting.leave(60.0)
    sitting.look(90.0, 0, 1_500)
    sitting.look(91.0, 1_400, 2_900)
    assert sitting.take_read() == [(0, 1_400)]
    assert sitting.take() == (0.0, 0)
    sitting.leave(200.0)
    sitting.change()
    sitting.look(201.0, 0, 1_500)
    sitting.look(202.0, 1_400, 2_900)
    assert sitting.take_read() == []
