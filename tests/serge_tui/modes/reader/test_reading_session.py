"""Reading time: only what was on the screen and was passed at a speed at which it can be read counts."""

from __future__ import annotations

import pytest

from serge_tui.modes.reader.reading_session import USUAL_PACE, ReadingSession, minutes_left


def test_pages_read_one_after_another_add_up() -> None:
    session = ReadingSession()
    for page in range(4):
        session.look(60.0 * page, 1_500 * page, 1_500 * (page + 1))
    assert session.take() == (180.0, 4_500)
    assert session.take() == (0.0, 0)


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
    session = ReadingSession()
    session.look(0.0, 1_000, 2_600)
    session.look(seconds, 1_000 + top, 4_000 + top)
    assert session.take() == (0.0, 0), why


def test_a_resize_does_not_stop_the_clock_but_leaving_does() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_000)
    session.look(30.0, 0, 1_500)
    session.look(60.0, 1_200, 2_700)
    assert session.take() == (60.0, 1_200)
    session.leave(90.0)
    session.look(120.0, 2_400, 3_900)
    assert session.take() == (0.0, 0)


@pytest.mark.parametrize(
    ("characters", "pace", "minutes"),
    [(0, 1_000.0, 0), (10, 1_000.0, 1), (12_000, 1_000.0, 12), (int(USUAL_PACE * 3), None, 3)],
)
def test_minutes_left(characters: int, pace: float | None, minutes: int) -> None:
    assert minutes_left(characters, pace) == minutes


def test_lines_that_go_up_one_by_one_after_they_were_read_count() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_500)
    for line in range(1, 11):
        session.look(30.0 + line / 20, 65 * line, 1_500 + 65 * line)
    assert session.take_read() == [(0, 650)]
    seconds, characters = session.take()
    assert (round(seconds, 3), characters) == (30.5, 650)


def test_time_saved_up_on_one_screen_does_not_pay_for_leafing_over_the_next() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_500)
    for page in range(1, 30):
        session.look(120.0 + page / 2, 1_400 * page, 1_400 * page + 1_500)
    assert session.take_read() == [(0, 1_400)]


def test_a_chapters_last_screen_counts_when_it_was_in_view_long_enough() -> None:
    for seconds, read in ((40.0, [(0, 2_500)]), (5.0, [(0, 1_400)])):
        session = ReadingSession()
        session.look(0.0, 0, 1_500)
        session.look(30.0, 1_400, 2_500, at_end=True)
        session.leave(30.0 + seconds)
        assert session.take_read() == read
        assert session.take_read() == []


def test_what_was_read_before_somebody_went_away_counts_but_not_for_the_pace() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_500)
    session.look(4_000.0, 1_400, 2_900)
    session.look(4_040.0, 2_800, 4_300)
    assert session.take_read() == [(0, 2_800)]
    assert session.take() == (40.0, 1_400)


def test_what_was_not_passed_slowly_enough_is_not_read() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_500)
    session.look(1.0, 1_400, 2_900)
    session.look(2.0, 9_000, 10_500)
    session.look(100.0, 8_500, 10_000)
    session.leave(200.0)
    assert session.take_read() == []


def test_what_was_read_before_looking_somebody_up_counts_after_coming_back() -> None:
    session = ReadingSession()
    session.look(0.0, 0, 1_500)
    session.leave(60.0)
    session.look(90.0, 0, 1_500)
    session.look(91.0, 1_400, 2_900)
    assert session.take_read() == [(0, 1_400)]
    assert session.take() == (0.0, 0)
    session.leave(200.0)
    session.change()
    session.look(201.0, 0, 1_500)
    session.look(202.0, 1_400, 2_900)
    assert session.take_read() == []
