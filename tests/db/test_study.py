from __future__ import annotations

import sqlite3
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.build import migrate
from db.library import Library
from db.models import CardState, DayStudied

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CARD = "who/istrati-omelette"


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Library]:
    path = tmp_path / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        yield library


def answered(**changes: object) -> CardState:
    state = CardState(CARD, 2.3, 5.0, "2026-01-03", "2026-01-01", 1, 0)
    return replace(state, **changes)  # type: ignore[arg-type]  # fields of any type


def test_an_answer_and_its_state_are_stored_together(empty: Library) -> None:
    number = empty.study.record(CARD, 3, "2026-01-01", answered(), duration_ms=1200, given="Istrati").result()
    (review,) = empty.study.history(CARD)
    assert (review.id, review.rating, review.given, review.duration_ms) == (number, 3, "Istrati", 1200)
    assert empty.study.state(CARD) == answered()
    assert empty.study.count_due("2026-01-02") == 0
    assert [state.card for state in empty.study.due("2026-01-03")] == [CARD]


def test_an_undo_voids_the_answer_but_the_log_keeps_both(empty: Library) -> None:
    empty.study.record(CARD, 3, "2026-01-01", answered()).result()
    last = empty.study.last_answer()
    assert last is not None
    empty.study.undo(last, "2026-01-01", CardState(CARD)).result()
    assert empty.study.history(CARD) == []
    assert empty.study.last_answer() is None
    assert empty.study.state(CARD) == CardState(CARD)
    lines = empty.reader().execute("select kind, voids from review order by id").fetchall()
    assert [tuple(line) for line in lines] == [("answer", None), ("undo", last.id)]


def test_an_answer_cannot_be_voided_twice(empty: Library) -> None:
    empty.study.record(CARD, 3, "2026-01-01", answered()).result()
    last = empty.study.last_answer()
    assert last is not None
    empty.study.undo(last, "2026-01-01", CardState(CARD)).result()
    with pytest.raises(sqlite3.IntegrityError):
        empty.study.undo(last, "2026-01-01", CardState(CARD)).result()


@pytest.mark.parametrize("statement", ["update review set rating = 4", "delete from review"])
def test_the_log_refuses_to_be_rewritten(empty: Library, statement: str) -> None:
    empty.study.record(CARD, 3, "2026-01-01", answered()).result()
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        empty.writer.run(lambda connection: connection.execute(statement))
    assert len(empty.study.history(CARD)) == 1


def test_suspended_and_buried_cards_are_not_due(empty: Library) -> None:
    empty.study.set_state(answered(suspended=True)).result()
    assert empty.study.count_due("2026-02-01") == 0
    empty.study.set_state(answered(buried_until="2026-02-01")).result()
    assert empty.study.count_due("2026-02-01") == 0
    assert empty.study.count_due("2026-02-02") == 1


def test_days_are_counted_from_the_log_without_what_was_undone(empty: Library) -> None:
    for rating in (1, 3):
        empty.study.record(CARD, rating, "2026-01-01", answered(), duration_ms=500).result()
    empty.study.record(CARD, 3, "2026-01-02", answered()).result()
    last = empty.study.last_answer()
    assert last is not None
    empty.study.undo(last, "2026-01-02", answered()).result()
    assert empty.study.days() == [DayStudied("2026-01-01", 2, 1, 1 / 60)]
