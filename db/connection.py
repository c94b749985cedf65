"""Opening the file: safe settings, owner-only mode, and one sentence for each thing that can be wrong with it."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Final, Self

from db.errors import DamagedDatabaseError, DatabaseUnusableError, NewerDatabaseError
from db.schema import EXPECTED, applied_migrations, pending_migrations, unknown_migrations

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUSY_MILLISECONDS: Final = 5_000
OWNER_ONLY: Final = stat.S_IRUSR | stat.S_IWUSR
_DAMAGED: Final = "{} is damaged; `serge doctor --repair` saves what is yours. Nothing was changed yet."
_MAGIC: Final = b"SQLite format 3\x00"


def refuse_if_unusable(path: Path) -> None:
    """Raise a `DatabaseUnusableError` that says why `path` cannot be a database, before SQLite touches it."""
    if path.is_dir():
        raise DatabaseUnusableError(f"{path} is a folder, not a database; give the path of a file.")
    folder = path.parent
    if path.exists():
        if not path.is_file():
            raise DatabaseUnusableError(f"{path} is not an ordinary file; give another path with --db.")
        if not os.access(path, os.R_OK):
            raise DatabaseUnusableError(f"{path} cannot be read by you; check its owner and its mode.")
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
        if start and start != _MAGIC:
            from db.salvage import holds_serge

            if holds_serge(path):
                raise DamagedDatabaseError(_DAMAGED.format(path))
            raise DatabaseUnusableError(
                f"{path} is not a Serge database; nothing was changed. Give another path with --db."
            )
    elif folder.exists() and not folder.is_dir():
        raise DatabaseUnusableError(f"{folder} is not a folder, so no database can be made in it.")
    if folder.exists() and not path.exists() and not os.access(folder, os.W_OK | os.X_OK):
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


def connect(path: Path, *, read_only: bool = False) -> CarefulConnection:
    """Open one connection with the settings every connection has.

    Transactions are begun by hand (`isolation_level` is None); `read_only` connections refuse to write.
    Raises DatabaseUnusableError.
    """
    with readable_errors(path):
        connection = sqlite3.connect(
            _address(path, immutable=read_only and is_read_only(path)),
            timeout=BUSY_MILLISECONDS / 1000, isolation_level=None, check_same_thread=False, uri=True,
            factory=CarefulConnection,
        )  # fmt: skip
        try:
            connection.path = path
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


class CarefulConnection(sqlite3.Connection):
    """A connection whose reads survive damage: wrong bytes are shown as such, a damaged page is one clear sentence."""

    path: Path
    has_invalid_text = False
    """Whether text was read that is not UTF-8."""

    def cursor(self, factory: Any = None) -> Any:
        """Return a cursor that translates errors."""
        return super().cursor(factory or CarefulCursor)

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        """Run a statement; sqlite3's own method would make a plain cursor."""
        return self.cursor().execute(sql, parameters)

    def tolerate_invalid_text(self) -> None:
        """From now on, read bytes that are not UTF-8 as replacement characters."""
        self.has_invalid_text = True
        self.text_factory = partial(str, encoding="utf-8", errors="replace")


class CarefulCursor(sqlite3.Cursor):
    """A cursor that raises DatabaseUnusableError for a damaged file, and reads wrong bytes on a second attempt."""

    _query: tuple[str, Any] = ("", ())
    _delivered = 0

    def execute(self, sql: str, parameters: Any = ()) -> Self:
        """Run a statement."""
        self._query, self._delivered = (sql, parameters), 0
        with readable_errors(self._path):
            return super().execute(sql, parameters)

    def fetchone(self) -> Any:
        """Return the next row, or None."""
        with readable_errors(self._path):
            try:
                row = super().fetchone()
            except sqlite3.OperationalError as error:
                self._begin_again(error)
                row = super().fetchone()
        self._delivered += 1
        return row

    def fetchall(self) -> list[Any]:
        """Return all remaining rows."""
        with readable_errors(self._path):
            try:
                return super().fetchall()
            except sqlite3.OperationalError as error:
                self._begin_again(error)
                return super().fetchall()

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]  # a loop asks for no more than this
        """Yield the remaining rows."""
        with readable_errors(self._path):
            try:
                for row in iter(super().__next__, None):
                    self._delivered += 1
                    yield row
            except sqlite3.OperationalError as error:
                self._begin_again(error)
                yield from iter(super().__next__, None)

    @property
    def _path(self) -> Path:
        connection = self.connection
        assert isinstance(connection, CarefulConnection)
        return connection.path

    def _begin_again(self, error: sqlite3.OperationalError) -> None:
        """Run the query again up to the row that could not be decoded; raise the error if it was another one."""
        connection = self.connection
        sql, parameters = self._query
        if "decode to UTF-8" not in str(error) or not sql.lstrip().lower().startswith(("select", "with", "pragma")):
            raise error
        assert isinstance(connection, CarefulConnection)
        connection.tolerate_invalid_text()
        super().execute(sql, parameters)
        for _ in range(self._delivered):
            super().fetchone()


def is_read_only(path: Path) -> bool:
    """Return whether a database can be read but nothing can be written beside it, as on a read-only disk."""
    return path.exists() and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))


def _address(path: Path, *, immutable: bool) -> str:
    # Where no log can be made, SQLite reads the file only if opened as immutable.
    return path.absolute().as_uri() + ("?immutable=1" if immutable else "")


def same_file(path: Path, before: os.stat_result) -> bool:
    """Return whether a path still names the file that it named before."""
    try:
        return os.path.samestat(path.stat(), before)
    except OSError:
        return False


def refuse_if_newer(path: Path, connection: sqlite3.Connection) -> None:
    """Raise NewerDatabaseError if the file has migrations this program does not know."""
    if unknown := unknown_migrations(connection):
        raise NewerDatabaseError(
            f"{path} was written by a newer Serge ({unknown[-1]}); update Serge, or give another path with --db."
        )


def refuse_if_foreign(path: Path, connection: sqlite3.Connection) -> None:
    """Raise DatabaseUnusableError if the file is another program's database."""
    if not applied_migrations(connection) and connection.execute("select 1 from sqlite_master limit 1").fetchone():
        raise DatabaseUnusableError(
            f"{path} is a database of another program; nothing was changed. Give another path with --db."
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
            refuse_if_foreign(path, connection)
            applied = applied_migrations(connection)
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
            sqlite3.SQLITE_NOTADB: f"{path} is not a Serge database, or its header is damaged; nothing was changed."
            " If it was one, `serge doctor --repair` saves what is yours.",
            sqlite3.SQLITE_FULL: f"The disk that holds {path} is full; nothing was changed. Make room and try again.",
            sqlite3.SQLITE_READONLY: f"{path} cannot be written; check its mode and its folder's.",
            sqlite3.SQLITE_CANTOPEN: f"{path} cannot be opened; check its folder and your rights there.",
            sqlite3.SQLITE_IOERR: f"{path} could not be read or written: the disk reported an error.",
            sqlite3.SQLITE_BUSY: f"{path} is being written by another Serge; try again in a moment.",
            sqlite3.SQLITE_LOCKED: f"{path} is being written by another Serge; try again in a moment.",
        }
        if "unsupported file format" in str(error):  # one wrong byte in the header; SQLite has no code for it
            raise DamagedDatabaseError(_DAMAGED.format(path)) from error
        if primary == sqlite3.SQLITE_CORRUPT:
            raise DamagedDatabaseError(_DAMAGED.format(path)) from error
        if primary in sentences:
            raise DatabaseUnusableError(sentences[primary]) from error
        raise
