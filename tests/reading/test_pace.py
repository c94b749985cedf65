"""Reading time: only what was on the screen and was passed at a speed at which it can be read counts."""

from __future__ import annotations

import pytest

from serge_tui.reading.pace import USUAL_PACE, Sitting, minutes_left


def test_pages_read_one_after_another_add_up() -> None:
    sitting = Sitting()
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
    sitting = Sitting()
    sitting.look(0.0, 1_000, 2_600)
    sitting.look(seconds, 1_000 + top, 4_000 + top)
    assert sitting.take() == (0.0, 0), why


def test_a_resize_does_not_stop_the_clock_but_leaving_does() -> None:
    sitting = Sitting()
    sitting.look(0.0, 0, 1_000)
    sitting.look(30.0, 0, 1_500)
    sitting.look(60.0, 1_200, 2_700)
    assert sitting.take() == (60.0, 1_200)
    sitting.leave()
    sitting.look(120.0, 2_400, 3_900)
    assert sitting.take() == (0.0, 0)


@pytest.mark.parametrize(
    ("characters", "pace", "minutes"),
    [(0, 1_000.0, 0), (10, 1_000.0, 1), (12_000, 1_000.0, 12), (int(USUAL_PACE * 3), None, 3)],
)
def test_minutes_left(characters: int, pace: float | None, minutes: int) -> None:
    assert minutes_left(characters, pace) == minutes
