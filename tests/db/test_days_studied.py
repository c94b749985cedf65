"""The sums of each day are what the log amounts to, whoever writes into it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.library import Library
from db.models import CardState

if TYPE_CHECKING:
    from pathlib import Path

    from db.models import Rating


def sums_of_log(library: Library) -> list[tuple[str, int, int, float]]:
    """The same, the long way."""
    days: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for review in library.study.log():
        day = days[review.study_day]
        day[0] += 1
        day[1] += review.rating != 1
        day[2] += min(review.duration_ms, 60_000)
    return [(day, total, known, spent / 1000) for day, (total, known, spent) in sorted(days.items())]


def test_answers_and_undos_keep_the_sums_in_step(library: Library) -> None:
    study = library.study
    for number in range(12):
        day = f"2026-05-{1 + number // 4:02}"
        rating: Rating = 1 if number % 3 == 0 else 3
        study.record(
            f"card-{number % 5}", rating, day, CardState(f"card-{number % 5}"), duration_ms=number * 9_000
        ).result()
    assert study.days() == sums_of_log(library)
    for _ in range(6):
        last = study.last_answer()
        assert last is not None
        study.undo(last, "2026-05-09", CardState(last.card)).result()
        assert study.days() == sums_of_log(library)
    study.record_choice("card-1", "figure:lenin", "2026-05-09").result()
    assert study.days() == sums_of_log(library)
    assert "2026-05-09" not in {day for day, *_ in study.days()}


def test_a_log_from_before_is_summed_when_the_database_is_upgraded(library: Library, database: Path) -> None:
    study = library.study
    for number in range(5):
        study.record("card", 3, f"2026-05-0{1 + number % 2}", CardState("card"), duration_ms=1_000).result()
    last = study.last_answer()
    assert last is not None
    study.undo(last, "2026-05-03", CardState("card")).result()
    before = study.days()
    library.close()
    import sqlite3
    from contextlib import closing

    from db.build import migrate

    with closing(sqlite3.connect(database)) as connection, connection:
        for trigger in ("review_counts", "review_voided_counts_no_more"):
            connection.execute(f"drop trigger {trigger}")
        connection.execute("drop table day_studied")
        connection.execute("drop index review_given")
        connection.execute("delete from _sqlite_migrations where name = 'm006_day_studied'")
    migrate(database)
    with Library.open(database) as again:
        assert again.study.days() == before == sums_of_log(again)
