"""Repair a damaged database file: save everything of the reader's that can be read into a new file.

The damaged file is set aside whole, never changed. Nothing else takes its place before the new one is complete, and an
open app notices that its file is another one and opens it again.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
import time
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from db.backups import backups_of
from db.build import migrate
from db.connection import BUSY_MILLISECONDS, OWNER_ONLY, connect, readable_errors
from db.errors import DatabaseUnusableError
from db.pages import MAGIC, PageFile
from db.salvage import collect, fill_from, holds_serge, rows_of_copy
from db.schema import READERS_OWN_TABLES, REPLAY_SETTING
from db.schema.identity import identify_answers
from db.search_index import rebuild
from db.writer import in_transaction

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.pages import Record
    from db.salvage import Collected

RECOVERED_TAG: Final = "recovered"
"""Tag of notes that came from a copy because the damaged file had lost them."""
_WRITE_LOCK: Final = 120
"""Offset in the `-shm` file of the byte that a writer locks; from SQLite's *WAL-mode File Format*."""
_NO_DAMAGE: Final = (
    sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_FULL, sqlite3.SQLITE_NOMEM,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved of one table: rows of the damaged file, rows of copies, and whether some may be lost."""

    table: str
    rows: int
    from_copies: int
    lost: bool


@dataclass(frozen=True, slots=True)
class Repaired:
    """The result of a repair. With `is_whole` every row of every table was saved, derived ones too."""

    damaged: Path
    tables: tuple[Salvaged, ...]
    is_whole: bool

    @property
    def lost(self) -> bool:
        """Return whether something of the reader's may be lost."""
        return any(table.lost for table in self.tables)


def rebuild_index(path: Path) -> None:
    """Write the full-text index again from the passages."""
    with readable_errors(path), closing(connect(path)) as connection:
        in_transaction(connection, path, rebuild)


def is_damaged(path: Path) -> bool:
    """Return whether SQLite finds the file damaged or cannot read it at all.

    Raises DatabaseUnusableError if the file cannot be examined for another reason.
    """
    with path.open("rb") as file:
        versions = file.read(20)[18:]
    if not set(versions) <= {1, 2}:
        return True  # SQLite would take the file for one that may not be written
    with readable_errors(path):
        try:
            with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
                connection.execute("pragma query_only = on")
                return bool(connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok")
        except sqlite3.DatabaseError as error:
            code = getattr(error, "sqlite_errorcode", None)
            if code is not None and code & 0xFF in _NO_DAMAGE:
                raise
            return True


def refuse_what_is_not_ours(path: Path) -> None:
    """Raise DatabaseUnusableError if a file is not, and never was, a database of Serge."""
    try:
        ours = path.is_file() and holds_serge(path)
    except OSError as error:
        raise DatabaseUnusableError(f"{path} cannot be read: {error.strerror}.") from error
    if not ours:
        raise DatabaseUnusableError(
            f"{path} is not a Serge database; nothing was changed. If it was one, `serge restore` lists its copies."
        )


def repair(path: Path) -> Repaired:
    """Save the reader's rows out of a damaged file, and out of its copies what it has lost, into a new file.

    Derived tables are built again by the next start. Raises DatabaseUnusableError; then nothing was changed.
    """
    return _replace(path, base=None)


def restore_over_damage(path: Path, copy: Path) -> Repaired:
    """Put a copy in the place of a damaged file, with what the copy lacks and the damaged file still has."""
    return _replace(path, base=copy)


def salvage_into(path: Path, target: Path, base: Path | None = None) -> tuple[tuple[Salvaged, ...], bool]:
    """Write what can be saved of a damaged file into a new database; return the tables, and whether all was saved."""
    if base is None and _save_whole(path, target):
        return tuple(Salvaged(table, _count(target, table), 0, lost=False) for table in READERS_OWN_TABLES), True
    found = collect(path)
    copies = [backup.path for backup in backups_of(path)] if base is None else [base]
    lost = {table: not collected.is_whole for table, collected in found.items()}
    filled = fill_from(found, _readable(copies))
    if base is not None:
        _prefer(found, rows_of_copy(base))
    migrate(target)
    with closing(connect(target)) as connection:
        connection.execute("pragma foreign_keys = off")
        connection.execute("begin immediate")
        for table in READERS_OWN_TABLES:
            _store(connection, table, found[table])
        for (key,) in filled["annotation"] if base is None else ():
            connection.execute("insert or ignore into annotation_tag values (?, ?)", [key, RECOVERED_TAG])
        _settle(connection, replay=lost["review"] or lost["card_state"] or lost["memory_model"] or base is not None)
        connection.execute("commit")
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
    tables = []
    for table in READERS_OWN_TABLES:
        stored, from_copies = _count(target, table), len(filled[table])
        dropped = table != "annotation_tag" and stored < len(found[table].rows)
        gaps = lost[table] and not _is_covered(found[table])
        tables.append(Salvaged(table, max(0, stored - from_copies), from_copies, gaps or dropped))
    return tuple(tables), False


def _replace(path: Path, base: Path | None) -> Repaired:
    path = path.resolve()
    if base is None:
        refuse_what_is_not_ours(path)
    fresh = path.with_name(f"{path.name}.salvaged")
    try:
        with write_lock(path):
            _undo_half_set_aside(path)
            for leftover in (fresh, *_companions(fresh)):
                leftover.unlink(missing_ok=True)
            tables, is_whole = salvage_into(path, fresh, base)
            damaged = set_aside(path)
            fresh.replace(path)
            path.chmod(OWNER_ONLY)
    except OSError as error:
        raise DatabaseUnusableError(
            f"{path} cannot be repaired where it is: {error.strerror or error}. Nothing was changed; copy it to a"
            " folder that can be written, and repair it there with --db."
        ) from error
    return Repaired(damaged, tables, is_whole)


def set_aside(path: Path) -> Path:
    """Keep a database file with its log under another name; return that name. `path` itself stays until replaced."""
    damaged = path.with_name(f"{path.stem}.damaged-{datetime.now(UTC):%Y%m%d-%H%M%S-%f}{path.suffix}")
    try:
        damaged.hardlink_to(path)
    except OSError:
        shutil.copy2(path, damaged)
    # The log goes first: beside the new file it would be taken for the new file's.
    for companion in _companions(path):
        with suppress(FileNotFoundError):
            companion.rename(damaged.with_name(damaged.name + companion.name.removeprefix(path.name)))
    return damaged


def _undo_half_set_aside(path: Path) -> None:
    """Bring the log back that an earlier repair had set aside when it was killed before the new file was there."""
    log = _companions(path)[0]
    for other in path.parent.glob(f"{path.stem}.damaged-*{path.suffix}"):
        aside = _companions(other)[0]
        if path.exists() and other.samefile(path) and aside.exists():
            if not log.exists() or not log.stat().st_size:
                aside.replace(log)
            other.unlink()


@contextmanager
def write_lock(path: Path) -> Iterator[None]:
    """Keep every other process from writing, as SQLite's own writers do, also where SQLite cannot open the file.

    Raises DatabaseUnusableError if another process keeps writing.
    """
    try:
        import fcntl
    except ImportError:  # no such locks on this platform
        yield
        return
    with path.with_name(f"{path.name}-shm").open("ab+") as file:
        deadline = time.monotonic() + BUSY_MILLISECONDS / 1000
        while True:
            try:
                fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _WRITE_LOCK)
                break
            except OSError as error:
                if time.monotonic() > deadline:
                    raise DatabaseUnusableError(
                        f"{path} is being written by another Serge; close it and try again."
                    ) from error
                time.sleep(0.02)  # on the command line: nothing else waits meanwhile
        yield


def _companions(path: Path) -> tuple[Path, Path]:
    return path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}-shm")


def _readable(copies: list[Path]) -> Iterator[dict[str, Collected]]:
    for copy in copies:
        with suppress(OSError):
            yield rows_of_copy(copy)


def _save_whole(path: Path, target: Path) -> bool:
    """Save a file that only its header makes unreadable, every table of it; return whether that was so."""
    content = path.read_bytes()
    file = PageFile(path)
    if len(content) < file.size or not file.tables():
        return False
    tried = target.with_name(f"{target.name}.header")
    log = _companions(path)[0]
    try:
        tried.write_bytes(_with_header(content, file.size))
        tried.chmod(OWNER_ONLY)
        if log.exists():
            shutil.copy2(log, _companions(tried)[0])
        with closing(sqlite3.connect(tried)) as connection:
            if connection.execute("pragma integrity_check(1)").fetchone()[0] != "ok":
                return False
            target.touch(mode=OWNER_ONLY)
            with closing(sqlite3.connect(target)) as fresh:
                connection.backup(fresh)
        with closing(connect(target)) as fresh:
            fresh.execute("pragma wal_checkpoint(truncate)").fetchall()
    except (sqlite3.DatabaseError, DatabaseUnusableError):
        target.unlink(missing_ok=True)
        return False
    finally:
        for leftover in (tried, *_companions(tried)):
            leftover.unlink(missing_ok=True)
    return True


def _with_header(content: bytes, size: int) -> bytes:
    """Give a file the header that every database of this program has, keeping its counters and its free pages."""
    counter = content[24:28]
    header = (
        MAGIC + (1 if size == 65536 else size).to_bytes(2, "big") + bytes([2, 2, 0, 64, 32, 32]) + counter
        + (len(content) // size).to_bytes(4, "big") + content[32:44] + (4).to_bytes(4, "big") + bytes(8)
        + (1).to_bytes(4, "big") + bytes(32) + counter + (3_040_000).to_bytes(4, "big")
    )  # fmt: skip
    return header + content[100:]


def _count(path: Path, table: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        there = connection.execute("select 1 from sqlite_master where name = ?", [table]).fetchone()
        return int(connection.execute(f"select count(*) from {table}").fetchone()[0]) if there else 0


def _is_covered(collected: Collected) -> bool:
    """Return whether an undamaged index shows that every row of a damaged table is there again."""
    return collected.live is not None and collected.live <= set(collected.rows)


def _prefer(found: dict[str, Collected], copy: dict[str, Collected]) -> None:
    """Take the copy's version of what both have, except of notes changed later in the damaged file."""
    for table, collected in found.items():
        for key, values in copy[table].rows.items():
            mine = collected.rows.get(key)
            if table == "annotation" and mine is not None and str(mine[15]) > str(values[15]):
                continue
            collected.rows[key] = values


def _store(connection: sqlite3.Connection, table: str, collected: Collected) -> None:
    columns = [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
    statement = f"insert or ignore into {table} ({', '.join(columns)}) values ({', '.join('?' * len(columns))})"
    for values in sorted(collected.rows.values(), key=_number) if table == "review" else collected.rows.values():
        with suppress(sqlite3.DatabaseError):
            connection.execute(statement, values)


def _number(values: Record) -> int:
    return values[0] if isinstance(values[0], int) else 0


def _settle(connection: sqlite3.Connection, *, replay: bool) -> None:
    """Leave out what points to a lost row, identify answers of an older schema, and note what must be replayed."""
    connection.execute("delete from annotation_tag where annotation not in (select key from annotation)")
    connection.execute("delete from review_origin where review not in (select id from review)")
    identify_answers(connection)
    if replay:
        cards = [str(card) for (card,) in connection.execute("select distinct card from review where kind = 'answer'")]
        if cards:
            connection.execute("insert or replace into setting values (?, ?)", [REPLAY_SETTING, json.dumps(cards)])
