"""Opening the file: safe settings, owner-only mode, and one sentence for each thing that can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from db.errors import DatabaseUnusableError, NewerDatabaseError
from db.schema import EXPECTED, applied_migrations, pending_migrations, unknown_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_MILLISECONDS: Final = 5_000
OWNER_ONLY: Final = stat.S_IRUSR | stat.S_IWUSR
_MAGIC: Final = b"SQLite format 3\x00"


def refuse_if_unusable(path: Path) -> None:
    """Raise a `DatabaseUnusableError` that says why `path` cannot be a database, before SQLite touches it."""
    if path.is_dir():
        raise DatabaseUnusableError(f"{path} is a folder, not a database; give the path of a file.")
    folder = path.parent
    if path.exists():
        if not path.is_file():
            raise DatabaseUnusableError(f"{path} is not an ordinary file; give another path with --db.")
        if not os.access(path, os.R_OK | os.W_OK):
            raise DatabaseUnusableError(f"{path} cannot be read and written by you; check its owner and its mode.")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        if start and start != _MAGIC:
            raise DatabaseUnusableError(
                f"{path} is not a Serge database; nothing was changed. Give another path with --db."
            )
    elif folder.exists() and not folder.is_dir():
        raise DatabaseUnusableError(f"{folder} is not a folder, so no database can be made in it.")
    if folder.exists() and not os.access(folder, os.W_OK | os.X_OK):
        raise DatabaseUnusableError(f"Nothing can be written in {folder}; give another path with --db.")


def create_owner_only(path: Path) -> None:
    """Make an empty file that only its owner may read, and its folder if need be.

    Raises DatabaseUnusableError if that is not possible.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=OWNER_ONLY, exist_ok=True)
        if path.stat().st_mode & 0o077:
            path.chmod(OWNER_ONLY)
    except OSError as error:
        raise DatabaseUnusableError(
            f"{path} cannot be made: {error.strerror or error}. Give another path with --db."
        ) from error


def connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open one connection with the settings every connection has.

    Transactions are begun by hand (`isolation_level` is None); `read_only` connections refuse to write.
    Raises DatabaseUnusableError.
    """
    with readable_errors(path):
        connection = sqlite3.connect(
            path, timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False
        )
        try:
            connection.row_factory = sqlite3.Row
            connection.execute("pragma foreign_keys = on")
            if read_only:
                connection.execute("pragma query_only = on")
            else:
                connection.execute("pragma journal_mode = wal").fetchone()
                connection.execute("pragma synchronous = full")
        except sqlite3.Error:
            connection.close()
            raise
    return connection


def refuse_if_newer(path: Path, connection: sqlite3.Connection) -> None:
    """Raise NewerDatabaseError if the file has migrations this program does not know."""
    if unknown := unknown_migrations(connection):
        raise NewerDatabaseError(
            f"{path} was written by a newer Serge ({unknown[-1]}); update Serge, or give another path with --db."
        )


def is_ready(path: Path) -> bool:
    """Whether the file exists and needs no migration.

    Raises DatabaseUnusableError if it can never be opened and NewerDatabaseError if this program is too old for it.
    """
    refuse_if_unusable(path)
    if not path.exists() or path.stat().st_size == 0:
        return False
    connection = connect(path, read_only=True)
    try:
        with readable_errors(path):
            applied = applied_migrations(connection)
            if not applied and connection.execute("select 1 from sqlite_master limit 1").fetchone():
                raise DatabaseUnusableError(
                    f"{path} is a database of another program; nothing was changed. Give another path with --db."
                )
            refuse_if_newer(path, connection)
            return applied == EXPECTED or not pending_migrations(connection)
    finally:
        connection.close()


def holds_pack(path: Path) -> bool:
    """Whether a database that is ready has the study pack in it: a kill between the two leaves it without."""
    connection = connect(path, read_only=True)
    try:
        with readable_errors(path):
            return connection.execute("select 1 from build where name = 'pack'").fetchone() is not None
    finally:
        connection.close()


@contextmanager
def readable_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite raises about the file itself into a DatabaseUnusableError with one clear sentence."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        code = getattr(error, "sqlite_errorcode", None)
        primary = None if code is None else code & 0xFF
        sentences = {
            sqlite3.SQLITE_NOTADB: f"{path} is not a Serge database; nothing was changed.",
            sqlite3.SQLITE_CORRUPT: (
                f"{path} is damaged; `serge doctor --repair` saves what is yours. Nothing was changed yet."
            ),
            sqlite3.SQLITE_FULL: f"The disk that holds {path} is full; nothing was changed. Make room and try again.",
            sqlite3.SQLITE_READONLY: f"{path} cannot be written; check its mode and its folder's.",
            sqlite3.SQLITE_CANTOPEN: f"{path} cannot be opened; check its folder and your rights there.",
            sqlite3.SQLITE_IOERR: f"{path} could not be read or written: the disk reported an error.",
            sqlite3.SQLITE_BUSY: f"{path} is being written by another Serge; try again in a moment.",
            sqlite3.SQLITE_LOCKED: f"{path} is being written by another Serge; try again in a moment.",
        }
        if primary in sentences:
            raise DatabaseUnusableError(sentences[primary]) from error
        raise
