"""Making a database ready: created or upgraded, with a copy kept before every upgrade."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from db.connection import (
    OWNER_ONLY,
    connect,
    create_owner_only,
    is_ready,
    readable_errors,
    refuse_if_unusable,
)
from db.errors import DamagedDatabaseError, DatabaseUnusableError
from db.schema import READERS_OWN_TABLES

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS: Final = "backups"
BACKUP_STAMP: Final = "%Y%m%d-%H%M%S-%f"


def migrate(path: Path) -> Path | None:
    """Create the database or bring it up to date; gives the path of the copy made before an upgrade, if one was.

    Each migration is one transaction with its record: a kill leaves the file as it was before or after it.
    Raises DatabaseUnusableError, NewerDatabaseError.
    """
    refuse_if_unusable(path)
    if is_ready(path):
        return None
    fresh = not path.exists() or path.stat().st_size == 0
    create_owner_only(path)
    from sqlite_utils import Database

    from db.schema.migrations import migrations

    with readable_errors(path), closing(connect(path)) as connection:
        copy = None if fresh else back_up(connection, backup_path(path, "upgrade"))
        migrations.apply(Database(connection, execute_plugins=False))
        return copy


def back_up(connection: sqlite3.Connection, target: Path) -> Path:
    """Copy a database with SQLite's own online backup, and prove the copy by opening it.

    Raises DatabaseUnusableError if the copy cannot be written or does not check out.
    """
    create_owner_only(target)
    try:
        with closing(sqlite3.connect(target)) as copy:
            connection.backup(copy)
            verdict = copy.execute("pragma quick_check").fetchone()[0]
            _read_readers_own(copy)
    except sqlite3.Error as error:
        target.unlink(missing_ok=True)
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise DamagedDatabaseError(
                "The database is damaged, so no copy was made; the older copies are kept. `serge doctor --repair` saves"
                " what is yours."
            ) from error
        raise DatabaseUnusableError(
            f"No copy could be written to {target}: {error}. Nothing was changed; make room and try again."
        ) from error
    target.chmod(OWNER_ONLY)
    if verdict != "ok":
        target.unlink(missing_ok=True)
        raise DamagedDatabaseError(
            f"The database is damaged ({verdict}), so no copy was made; the older copies are kept."
            " `serge doctor --repair` saves what is yours."
        )
    return target


def _read_readers_own(copy: sqlite3.Connection) -> None:
    """Read every row of the reader's own from a copy. Raises sqlite3.DatabaseError if one cannot be read."""
    # Bytes that are not text are copied as they are: `serge doctor` names them.
    copy.text_factory = bytes
    for table in READERS_OWN_TABLES:
        if copy.execute("select 1 from sqlite_master where type = 'table' and name = ?", [table]).fetchone():
            for _ in copy.execute(f"select * from {table}"):
                pass


def backup_path(path: Path, reason: str) -> Path:
    """Where a copy of a database belongs: in the folder `backups` beside it, named by reason and time (UTC)."""
    folder = path.parent / BACKUPS
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise DatabaseUnusableError(
            f"No copy can be made in {folder}: {error.strerror or error}. Nothing was changed."
        ) from error
    return folder / f"{path.stem}.{reason}-{datetime.now(UTC).strftime(BACKUP_STAMP)}.db"


def forget_pack(path: Path) -> None:
    """Have the study pack stored again at the next start."""
    with readable_errors(path), closing(connect(path)) as connection:
        connection.execute("delete from build where name = 'pack'")
