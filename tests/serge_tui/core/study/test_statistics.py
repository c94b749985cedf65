"""Figures from the days studied."""

from __future__ import annotations

import json
from datetime import date

from db.models import DayStudied
from serge_tui.core.study.statistics import Coming, Hard, Held, Retention, Statistics, by_month, retention, streak

DAY = date(2024, 1, 10)
STUDIED = [
    DayStudied("2023-11-30", 4, 4, 1.0, asked=2, recalled=2),
    DayStudied("2023-12-11", 9, 8, 3.0, asked=8, recalled=6),
    DayStudied("2023-12-12", 3, 3, 1.0),
    DayStudied("2024-01-05", 5, 3, 1.0, asked=4, recalled=3),
    DayStudied("2024-01-10", 2, 1, 0.5, asked=1, recalled=0),
]


def test_retention_looks_back_only_so_far() -> None:
    assert retention(STUDIED, DAY, 30, 0.9) == Retention(5, 3, 0.9)
    assert retention(STUDIED, DAY, 31, 0.9) == Retention(13, 9, 0.9)
    assert retention(STUDIED, date(2024, 3, 1), 30, 0.9).share is None


def test_months_in_which_nothing_was_asked_again_are_left_out() -> None:
    found = by_month([*STUDIED, DayStudied("2024-02-01", 3, 3, 1.0)])
    assert [(month.month, month.asked, month.known) for month in found] == [
        ("2023-11", 2, 2),
        ("2023-12", 8, 6),
        ("2024-01", 5, 3),
    ]
    assert found[1].share == 0.75
    many = [DayStudied(f"20{year}-{month:02}-01", 1, 1, 1.0, 1, 1) for year in (24, 25) for month in range(1, 13)]
    assert [month.month for month in by_month(many)] == [f"2025-{month:02}" for month in range(1, 13)]


def test_a_streak_survives_a_day_not_yet_begun() -> None:
    days = [DayStudied(f"2024-01-0{n}", 1, 1, 1.0) for n in (5, 7, 8, 9)]
    assert streak(days, DAY) == 3
    assert streak(days, date(2024, 1, 9)) == 3
    assert streak(days, date(2024, 1, 11)) == 0
    assert streak([], DAY) == 0


def test_everything_together_is_plain_json() -> None:
    found = Statistics(
        answers=5,
        days=3,
        streak=1,
        minutes=2.5,
        seconds_an_answer=30.0,
        retention=Retention(2, 1, 0.85),
        months=by_month(STUDIED),
        forecast=(Coming("2024-01-10", 3),),
        calendar=tuple(STUDIED),
        chapters=(Held("4", 2, 1, 0.9),),
        people=(),
        hardest=(Hard("a", 4, 1, 6.5),),
        confusions=(),
        counts={"new": 3},
    )
    again = json.loads(json.dumps(found.to_dict()))
    assert again["retention"] == {"asked": 2, "known": 1, "target": 0.85, "share": 0.5}
    assert again["months"][1] == {"month": "2023-12", "asked": 8, "known": 6, "share": 0.75}
    assert again["chapters"][0]["key"] == "4"
