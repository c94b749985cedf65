from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

import pytest

from db.build import migrate
from db.connection import connect
from db.writer import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def writer(tmp_path: Path) -> Iterator[Writer]:
    path = tmp_path / "serge.db"
    migrate(path)
    writer = Writer(path)
    yield writer
    writer.close()


def put(name: str, value: str, connection: sqlite3.Connection) -> None:
    connection.execute("insert into setting values (?, ?)", [name, value])


def count(writer: Writer) -> int:
    return int(writer.run(lambda connection: connection.execute("select count(*) from setting").fetchone()[0]))


def test_a_job_that_fails_leaves_nothing_behind_and_the_next_one_works(writer: Writer) -> None:
    def half_done(connection: sqlite3.Connection) -> None:
        put("a", "1", connection)
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        writer.run(half_done)
    assert count(writer) == 0
    writer.run(lambda connection: put("a", "1", connection))
    assert count(writer) == 1


def test_jobs_of_many_threads_all_arrive(writer: Writer) -> None:
    with ThreadPoolExecutor(8) as pool:
        futures = pool.map(
            lambda number: writer.submit(lambda connection: put(f"n{number}", "1", connection)), range(200)
        )
        for future in list(futures):
            future.result()
    assert count(writer) == 200


def test_a_second_writer_on_the_same_file_waits_its_turn(writer: Writer, tmp_path: Path) -> None:
    other = Writer(tmp_path / "serge.db")
    futures = [(writer if number % 2 else other).submit(partial(put, f"n{number}", "1")) for number in range(100)]
    for future in futures:
        future.result()
    other.close()
    assert count(writer) == 100


def test_nothing_is_taken_after_the_end_and_closing_twice_is_harmless(writer: Writer) -> None:
    writer.run(lambda connection: put("a", "1", connection))
    writer.close()
    writer.close()
    with pytest.raises(RuntimeError):
        writer.submit(lambda connection: put("b", "1", connection))


def test_what_was_queued_before_the_end_is_written(writer: Writer, tmp_path: Path) -> None:
    for number in range(50):
        writer.submit(partial(put, f"n{number}", "1"))
    writer.close()
    with closing(connect(tmp_path / "serge.db", read_only=True)) as connection:
        assert connection.execute("select count(*) from setting").fetchone()[0] == 50
