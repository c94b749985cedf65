"""Copies of the database: made with SQLite's online backup, proved by opening, kept by a plain rule, put back.

Copies lie in a folder `backups` beside the database, named by reason and time. Of the daily ones the newest of each of
the last seven days and of the last four weeks stay; of those made before an import, an upgrade or a restore the last
five of each; what the reader asked for is never removed.
"""

from __future__ import annotations

import re
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.build import BACKUP_STAMP, BACKUPS, back_up, backup_path
from db.connection import connect, create_owner_only, readable_errors, refuse_if_newer, refuse_if_unusable
from db.errors import DatabaseUnusableError
from db.schema import HOME_SETTING, READERS_OWN_TABLES, applied_migrations, pending_migrations

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

Reason: TypeAlias = Literal["daily", "import", "upgrade", "restore", "asked"]
_NAME: Final = re.compile(r".+\.(?P<reason>daily|import|upgrade|restore|asked)-(?P<stamp>\d{8}-\d{6}-\d{6})\.db")
DAYS_KEPT, WEEKS_KEPT, OTHERS_KEPT = 7, 4, 5


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was made. `made` is in UTC."""

    path: Path
    reason: Reason
    made: datetime


@dataclass(frozen=True, slots=True)
class Difference:
    """For one kind of the reader's things: how many are only here, only in the copy, and in both but not the same."""

    table: str
    only_here: int
    only_there: int
    changed: int


def backups_of(path: Path) -> list[Backup]:
    """Copies of a database, newest first. Files of other names are left out."""
    found = []
    for file in (path.parent / BACKUPS).glob(f"{path.stem}.*.db"):
        if match := _NAME.fullmatch(file.name):
            made = datetime.strptime(match["stamp"], BACKUP_STAMP).replace(tzinfo=UTC)
            found.append(Backup(file, match["reason"], made))  # type: ignore[arg-type]  # the pattern has only these words
    return sorted(found, key=lambda backup: backup.made, reverse=True)


def refuse_if_empty(path: Path) -> None:
    """Raise DatabaseUnusableError, which names the newest copy, if a file has nothing in it."""
    if not path.is_file() or path.stat().st_size:
        return
    newest = next(iter(backups_of(path)), None)
    if newest is None:
        raise DatabaseUnusableError(f"{path} is empty and has no copies; `serge` begins a new database in it.")
    raise DatabaseUnusableError(
        f"{path} is empty, but it has copies; the newest is of {newest.made.astimezone():%Y-%m-%d %H:%M}."
        f" `serge restore {newest.path}` puts it back; to begin anew, delete the empty file."
    )


def make_backup(path: Path, reason: Reason, target: Path | None = None) -> Path:
    """Copy a database and prove the copy; gives its path.

    Raises DatabaseUnusableError if the copy cannot be written, or if `target` exists already.
    """
    if target is None:
        target = backup_path(path, reason)
    elif target.exists():
        raise DatabaseUnusableError(f"{target} exists already; give a name that does not.")
    with readable_errors(path), closing(connect(path, read_only=True)) as connection:
        return back_up(connection, target)


def make_daily(path: Path, now: datetime) -> Path | None:
    """Make today's copy if there is none yet, and remove copies that are too old; return the new one's path."""
    if any(backup.reason == "daily" and backup.made.date() == now.date() for backup in backups_of(path)):
        return None
    made = make_backup(path, "daily")
    remove_old(path)
    return made


def remove_old(path: Path) -> None:
    """Remove the copies the rule does not keep."""
    backups = backups_of(path)
    kept = kept_of(backups)
    for backup in backups:
        if backup not in kept:
            backup.path.unlink(missing_ok=True)


def kept_of(backups: Iterable[Backup]) -> set[Backup]:
    """Which copies the rule keeps."""
    by_reason: defaultdict[str, list[Backup]] = defaultdict(list)
    for backup in sorted(backups, key=lambda backup: backup.made, reverse=True):
        by_reason[backup.reason].append(backup)
    kept = set(by_reason.pop("asked", ()))
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for backup in by_reason.pop("daily", ()):
        days.setdefault(backup.made.date(), backup)
        weeks.setdefault(backup.made.isocalendar()[:2], backup)
    kept.update(list(days.values())[:DAYS_KEPT], list(weeks.values())[:WEEKS_KEPT])
    for others in by_reason.values():
        kept.update(others[:OTHERS_KEPT])
    return kept


def differences(path: Path, copy: Path) -> list[Difference]:
    """What a restore would change of the reader's own things; tables that agree are left out.

    Raises DatabaseUnusableError if the copy is no sound Serge database or is newer than this program.
    """
    prove(copy)
    with readable_errors(path), closing(connect(path, read_only=True)) as connection:
        connection.execute("attach database ? as copy", [str(copy)])
        there = {str(row[0]) for row in connection.execute("select name from copy.sqlite_master where type = 'table'")}
        found = []
        for table in READERS_OWN_TABLES:
            if table not in there:
                continue
            keys = [str(row[1]) for row in connection.execute(f"pragma table_info({table})") if row[5]]
            columns = [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
            columns_there = {str(row[1]) for row in connection.execute(f"pragma copy.table_info({table})")}
            shared = ", ".join(column for column in columns if column in columns_there)
            key = ", ".join(keys)

            def count(query: str) -> int:
                return int(connection.execute(f"select count(*) from ({query})").fetchone()[0])

            # Which file this is says nothing about what is the reader's.
            where = f" where name <> '{HOME_SETTING}'" if table == "setting" else ""
            here, over = f"select {key} from main.{table}{where}", f"select {key} from copy.{table}{where}"
            only_here, only_there = count(f"{here} except {over}"), count(f"{over} except {here}")
            rows = count(f"select {shared} from main.{table}{where} except select {shared} from copy.{table}{where}")
            if only_here or only_there or rows:
                found.append(Difference(table, only_here, only_there, rows - only_here))
        return found


def restore(path: Path, copy: Path) -> Path | None:
    """Put a copy in the database's place; gives the copy made of the state before, if there was one.

    SQLite writes the whole in one transaction: a kill leaves the state before. Raises DatabaseUnusableError if the copy
    does not check out; then nothing is changed.
    """
    prove(copy)
    before = make_backup(path, "restore") if path.exists() and path.stat().st_size else None
    create_owner_only(path)  # on a new machine there is neither file nor folder yet
    with readable_errors(path), closing(connect(path)) as connection, closing(sqlite3.connect(copy)) as source:
        source.backup(connection)
        if not pending_migrations(connection):
            from db.sync.device import forget_home

            forget_home(connection)
    return before


def prove(copy: Path) -> None:
    """Raise DatabaseUnusableError unless a copy is a sound Serge database that this program can read."""
    refuse_if_unusable(copy)
    if not copy.exists():
        raise DatabaseUnusableError(
            f"{copy} does not exist; `serge restore` without a name lists the copies there are."
        )
    with readable_errors(copy), closing(connect(copy, read_only=True)) as connection:
        if not applied_migrations(connection):
            raise DatabaseUnusableError(f"{copy} is not a Serge database; nothing was changed.")
        refuse_if_newer(copy, connection)
        verdict = connection.execute("pragma quick_check(1)").fetchone()[0]
    if verdict != "ok":
        raise DatabaseUnusableError(f"{copy} is damaged ({verdict}); nothing was changed.")
