"""SQLite databases of other programs: opened read-only, and queried only for columns they have."""

from __future__ import annotations

import sqlite3
from contextlib import closing, contextmanager
from itertools import count
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from db.errors import SergeError
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

SQLITE_MAGIC: Final = b"SQLite format 3\x00"
_STEPS: Final = 1_000_000
_MOST_STEPS: Final = 2_000
"""Times a million steps of SQLite's machine: ten million rows need some 200; a view made to run for ever, more."""
Cell = str | int | float | bytes | None


class ForeignDatabase:
    """An open database of another program."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def columns(self, table: str) -> frozenset[str]:
        """Return a table's column names in lower case; empty if there is no such table."""
        rows = self._connection.execute("select name from pragma_table_info(?)", [table])
        return frozenset(str(name).lower() for (name,) in rows)

    def rows(self, table: str, wanted: Sequence[str], limit: int) -> Iterator[dict[str, Cell]]:
        """Rows of a table as columns and cells; a column that this version of the program does not have is None.

        `table` and `wanted` are our own words, never the file's.
        """
        there = self.columns(table)
        chosen = ", ".join(f'"{name}"' if name.lower() in there else f'null as "{name}"' for name in wanted)
        for row in self._connection.execute(f'select {chosen} from "{table}" limit ?', [limit]):  # noqa: S608  # our own words, see above
            yield dict(zip(wanted, row, strict=True))


@contextmanager
def open_foreign(path: Path) -> Iterator[ForeignDatabase]:
    """Open a database so that it cannot be changed.

    A program that runs may have it open; what it has not yet written into the file itself is then read from its log,
    where that is possible without writing. Raises SergeError when it cannot be read.
    """
    name = sanitise_line(path.name)
    address = "file:" + quote(str(path.resolve()))
    try:
        connection = sqlite3.connect(f"{address}?mode=ro", uri=True)
        try:
            connection.execute("select count(*) from sqlite_master").fetchone()
        except sqlite3.OperationalError:
            # In a folder that cannot be written SQLite cannot share the log with anybody: read the file alone.
            connection.close()
            connection = sqlite3.connect(f"{address}?mode=ro&immutable=1", uri=True)
        with closing(connection):
            connection.execute("pragma query_only = on")
            connection.execute("pragma trusted_schema = off")
            yield ForeignDatabase(connection)
    except sqlite3.DatabaseError as error:
        raise _unreadable(name, error) from error


@contextmanager
def open_untouched(path: Path) -> Iterator[ForeignDatabase]:
    """Open a database as the file alone, without locks and without its log: nothing is ever made beside it.

    What may be reckoned in it is bounded. Raises SergeError when it cannot be read.
    """
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        with closing(sqlite3.connect(address, uri=True)) as connection:
            yield _bounded(connection)
    except sqlite3.DatabaseError as error:
        raise _unreadable(sanitise_line(path.name), error) from error


@contextmanager
def open_packed(data: bytes, name: str) -> Iterator[ForeignDatabase]:
    """Open a database that came out of an archive, in memory; otherwise as `open_untouched`."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            # Bytes 18 and 19 say 2 where there is a log beside the file; in memory there can be none (SQLite's file
            # format, 1.3.3).
            connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
            yield _bounded(connection)
    except sqlite3.DatabaseError as error:
        raise _unreadable(name, error) from error


def _bounded(connection: sqlite3.Connection) -> ForeignDatabase:
    connection.execute("pragma query_only = on")
    connection.execute("pragma trusted_schema = off")
    calls = count()
    connection.set_progress_handler(lambda: next(calls) >= _MOST_STEPS, _STEPS)
    return ForeignDatabase(connection)


def _unreadable(name: str, error: sqlite3.DatabaseError) -> SergeError:
    return SergeError(f"{name} cannot be read as a database: {sanitise_line(str(error))}. Copy it again.")


def text_of(cell: Cell) -> str:
    """Return a cell as text; invalid bytes are dropped."""
    if cell is None:
        return ""
    return cell.decode("utf-8", "replace") if isinstance(cell, bytes) else str(cell)


def number_of(cell: Cell) -> float | None:
    """Return a cell as a number, if it is one."""
    return float(cell) if isinstance(cell, (int, float)) else None
