"""The reader's pace: not from a few seconds, and never slower than anybody reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from db.library import Library


@pytest.mark.parametrize(
    ("seconds", "characters", "pace"),
    [(70.0, 90, None), (4_000.0, 800, None), (300.0, 6_000, 1_200.0), (36_000.0, 6_000, 300.0)],
)
def test_the_pace_is_told_from_enough_reading(
    library: Library, seconds: float, characters: int, pace: float | None
) -> None:
    library.texts.add_reading_time("guide", "2026-05-12", seconds, characters).result()
    assert library.texts.reading_pace() == pace
