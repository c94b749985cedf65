"""The reader of pages gives what SQLite gives, and the rest where SQLite gives nothing."""

from __future__ import annotations

import random
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.annotations import new_annotation
from db.build import migrate
from db.library import Library
from db.pages import PageFile
from db.schema import READERS_OWN_TABLES

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "serge.db"
    migrate(path)
    with Library.open(path) as library:
        library.annotations.save_all(
            new_annotation("note", body=f"note {number} é " + "x" * (number * 61 % 9_000), tags=["t"])
            for number in range(300)
        ).result()
        for number in range(40):
            library.settings.set(f"setting.{number}", number * 1.5).result()
    return path


def by_sqlite(path: Path, table: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return sorted(map(tuple, connection.execute(f"select * from {table}")), key=repr)


def by_pages(file: PageFile, table: str) -> list[tuple[object, ...]]:
    return sorted((row.values for row in file.tree(file.tables()[table]).rows), key=repr)


def test_every_row_of_a_sound_file_is_read(path: Path) -> None:
    file = PageFile(path)
    for table in set(READERS_OWN_TABLES) - {"review", "review_origin"}:
        assert by_pages(file, table) == by_sqlite(path, table), table
    assert all(file.tree(root).is_whole for name, root in file.tables().items() if root)


def test_the_write_ahead_log_is_read_too(path: Path, tmp_path: Path) -> None:
    with Library.open(path) as library:
        library.annotations.save(new_annotation("note", body="only in the log")).result()
        # As a crash leaves them: nobody has closed the files.
        for name in ("serge.db", "serge.db-wal"):
            (tmp_path / "crash").mkdir(exist_ok=True)
            (tmp_path / "crash" / name).write_bytes((tmp_path / name).read_bytes())
    copy = tmp_path / "crash" / "serge.db"
    file = PageFile(copy)
    found = {row.values[12] for row in file.tree(file.tables()["annotation"]).rows}
    assert "only in the log" in found
    wal = copy.with_name("serge.db-wal")
    wal.write_bytes(wal.read_bytes()[:-1])  # a torn frame is left out
    assert "only in the log" not in {row.values[12] for row in PageFile(copy).tree(file.tables()["annotation"]).rows}


@pytest.mark.parametrize("seed", range(20))
def test_nothing_damaged_stops_it(path: Path, seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(chance.randrange(1, 400)):
        content[chance.randrange(len(content))] = chance.randrange(256)
    if seed % 3 == 0:
        content[:100] = chance.randbytes(100)
    if seed % 4 == 0:
        content = content[: chance.randrange(len(content))]
    path.write_bytes(content)
    path.with_name("serge.db-wal").write_bytes(chance.randbytes(chance.randrange(9_000)))
    file = PageFile(path)
    for number in file.leaves():
        file.rows(number)
    for root in file.tables().values():
        file.tree(root)
    file.free_pages()
