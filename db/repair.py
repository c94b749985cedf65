"""Mending a damaged file: rebuild what can be rebuilt, and save the reader's own tables row by row into a new file."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.backups import backups_of
from db.build import migrate
from db.connection import OWNER_ONLY, connect
from db.schema import READERS_OWN_TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of one table; `lost` says whether some of it could not be read."""

    table: str
    rows: int
    lost: bool


def rebuild_index(path: Path) -> None:
    """Write the full-text index anew from the passages."""
    with closing(connect(path)) as connection:
        connection.execute("insert into passage_fts (passage_fts) values ('rebuild')")


def is_damaged(path: Path) -> bool:
    """Whether SQLite's own check finds the file damaged, or cannot read it at all."""
    try:
        with closing(sqlite3.connect(path)) as connection:
            return bool(connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok")
    except sqlite3.DatabaseError:
        return True


def salvage(path: Path) -> tuple[Path, list[Salvaged]]:
    """Save the reader's tables out of a damaged file into a new one that takes its place.

    Gives the path the damaged file was moved to, and what was saved. Derived tables are built anew by the next start.
    The new file is complete before it takes the old one's place.
    """
    fresh = path.with_name(f"{path.name}.salvaged")
    for leftover in (fresh, *_companions(fresh)):
        leftover.unlink(missing_ok=True)
    migrate(fresh)
    copy = next((backup.path for backup in backups_of(path) if not is_damaged(backup.path)), None)
    with closing(connect(fresh)) as target:
        target.execute("pragma foreign_keys = off")
        target.execute("begin immediate")
        saved = [_salvage_table(path, copy, target, table) for table in READERS_OWN_TABLES]
        # A tag whose annotation was lost, a line that voids a lost one: nothing may point into the void.
        target.execute("delete from annotation_tag where annotation not in (select key from annotation)")
        target.execute("commit")
        target.execute("pragma wal_checkpoint(truncate)")
    damaged = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S}{path.suffix}")
    path.rename(damaged)
    for companion in _companions(path):
        if companion.exists():
            companion.rename(damaged.with_name(damaged.name + companion.name.removeprefix(path.name)))
    fresh.rename(path)
    path.chmod(OWNER_ONLY)
    return damaged, saved


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _salvage_table(path: Path, copy: Path | None, target: sqlite3.Connection, table: str) -> Salvaged:
    """Save what can be read of a table; what cannot is filled up from a copy, if there is a sound one."""
    columns = [str(row[1]) for row in target.execute(f"pragma table_info({table})")]
    insert = f"insert or ignore into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    rows = 0
    lost = False
    for row in _readable_rows(path, table, columns):
        if row is None:
            lost = True
            continue
        with suppress(sqlite3.DatabaseError):
            rows += target.execute(insert, row).rowcount
    if lost and copy is not None:
        for row in _readable_rows(copy, table, columns):
            if row is not None:
                with suppress(sqlite3.DatabaseError):
                    rows += target.execute(insert, row).rowcount
    return Salvaged(table, rows, lost)


def _readable_rows(path: Path, table: str, columns: list[str]) -> Iterator[tuple[object, ...] | None]:
    """Rows that can be read: from the front, then, past the damage, from the back; None where something is lost."""
    seen: set[int] = set()
    for order in ("asc", "desc"):
        try:
            with closing(sqlite3.connect(path)) as source:
                names = ", ".join(columns)
                for rowid, *row in source.execute(f"select rowid, {names} from {table} order by rowid {order}"):
                    if rowid in seen:
                        return
                    seen.add(rowid)
                    yield tuple(row)
                return
        except sqlite3.DatabaseError:
            yield None
