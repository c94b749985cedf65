"""The sums of each day are what the log amounts to, whoever writes into it and in what order."""

from __future__ import annotations

import lzma
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from sqlite_utils import Database

from db.build import migrate
from db.library import Library
from db.models import CardState, DayStudied
from db.schema.migrations import migrations
from db.study import Study
from tests.fixtures.make import fixture_of
from tests.serge_tui.core.study.plain_figures import calendar

if TYPE_CHECKING:
    from pathlib import Path

    from db.models import Rating

DAYS = ("2026-05-01", "2026-05-02", "2026-05-04", "2026-06-01")
ANSWER = (
    "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given)"
    " values (?, 'answer', ?, '2026-05-01T10:00:00+00:00', ?, ?, '')"
)
UNDO = (
    "insert into review (card, kind, reviewed_at, study_day, duration_ms, given, voids)"
    " select card, 'undo', reviewed_at, '2026-06-02', 0, '', id from review where id = ?"
)


def in_log(study: Study) -> list[DayStudied]:
    """The same, the long way."""
    return calendar(sorted(study.log(), key=lambda review: review.id))


def test_answers_and_undos_keep_the_sums_in_step(library: Library) -> None:
    study = library.study
    for number in range(12):
        day = f"2026-05-{1 + number // 4:02}"
        rating: Rating = 1 if number % 3 == 0 else 3
        study.record(
            f"card-{number % 5}", rating, day, CardState(f"card-{number % 5}"), duration_ms=number * 9_000
        ).result()
    assert study.days() == in_log(study)
    assert sum(day.asked for day in study.days()) > 0
    for _ in range(6):
        last = study.last_answer()
        assert last is not None
        study.undo(last, "2026-05-09", CardState(last.card)).result()
        assert study.days() == in_log(study)
    study.record_choice("card-1", "figure:lenin", "2026-05-09").result()
    assert study.days() == in_log(study)
    assert "2026-05-09" not in {day.day for day in study.days()}


@given(
    st.lists(
        st.one_of(
            st.tuples(st.sampled_from("abc"), st.integers(1, 4), st.sampled_from(DAYS), st.integers(0, 90_000)),
            st.integers(1, 30),
        ),
        max_size=30,
    )
)
def test_answers_from_elsewhere_in_any_order_of_days(steps: list[tuple[str, int, str, int] | int]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        migrations.apply(Database(connection))
        answers: set[int | None] = set()
        voided: set[int] = set()
        for step in steps:
            if isinstance(step, tuple):
                answers.add(connection.execute(ANSWER, step).lastrowid)
            elif step in answers - voided:
                connection.execute(UNDO, [step])
                voided.add(step)
        study = Study(lambda: connection, writer=None)  # type: ignore[arg-type]  # nothing is written here
        assert study.days() == in_log(study)


def test_a_log_from_before_is_summed_when_the_database_is_upgraded(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    path.write_bytes(lzma.decompress(fixture_of("m005_sync").read_bytes()))
    with closing(sqlite3.connect(path)) as connection, connection:
        for number, day in enumerate(DAYS):
            connection.execute(ANSWER, ["card", 1 + number, day, 1_000])
        last = connection.execute(ANSWER, ["card", 3, DAYS[0], 1_000]).lastrowid
        connection.execute(UNDO, [last])
    migrate(path)
    with Library.open(path) as library:
        assert library.study.days() == in_log(library.study)
        assert sum(day.asked for day in library.study.days()) == len(DAYS) - 1
