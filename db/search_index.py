"""The index of the words of the passages: kept in step with them, and built anew beside the one of an earlier Serge.

Index and query are folded by one function (`db.text.fold`); SQLite's tokenizer alone would keep *œ*, *ß*, *й* and
ligatures. Where it folds as much as we do, the passage itself is indexed, elsewhere its folded text (`passage.folded`).
"""

from __future__ import annotations

import shutil
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from db.errors import DatabaseUnusableError
from db.text import folded_for_index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.writer import Writer

INDEX: Final = "passage_words"
EARLIER: Final = "passage_fts"
"""The index of an earlier Serge, over the passages as they are. It serves until the new one is whole."""
CHUNK: Final = 100
"""Passages that are indexed in one transaction: some twenty milliseconds."""
PAUSE: Final = 0.02
"""Seconds between two transactions, so that the app beside it stays quick."""
_ROOM_A_CHARACTER: Final = 6
"""Bytes of disk that a character may need: the folded text in two bytes a letter, the index, and the log of both."""
_ROOM_AT_LEAST: Final = 8_000_000
_PENDING: Final = f"select id from passage where id not in (select id from {INDEX}_docsize)"


def index_in_use(connection: sqlite3.Connection) -> str:
    """Return the name of the index that holds every passage: the earlier one as long as it is there."""
    row = connection.execute("select 1 from sqlite_master where type = 'table' and name = ?", [EARLIER]).fetchone()
    return EARLIER if row else INDEX


def add_to_index(connection: sqlite3.Connection, edition: str) -> None:
    """Index the passages of an edition that was just stored with its folded texts."""
    connection.execute(
        f"insert into {INDEX} (rowid, text)"
        " select id, coalesce(folded, text) from passage where edition = ? order by id",
        [edition],
    )
    if index_in_use(connection) == EARLIER:
        connection.execute(
            f"insert into {EARLIER} (rowid, text) select id, text from passage where edition = ? order by id", [edition]
        )


def remove_from_index(connection: sqlite3.Connection, edition: str) -> None:
    """Take the passages of an edition out of the index, before they are deleted."""
    # FTS5 has to be told the very text that it was given, and of nothing that it does not hold.
    connection.execute(
        f"insert into {INDEX} ({INDEX}, rowid, text) select 'delete', p.id, coalesce(p.folded, p.text) from passage p"
        f" where p.edition = ? and p.id in (select id from {INDEX}_docsize)",
        [edition],
    )
    if index_in_use(connection) == EARLIER:
        connection.execute(
            f"insert into {EARLIER} ({EARLIER}, rowid, text) select 'delete', id, text from passage where edition = ?",
            [edition],
        )


def rebuild(connection: sqlite3.Connection) -> None:
    """Fold and index every passage again, in the transaction of the caller."""
    _fold(connection, connection.execute("select id, text from passage"))
    connection.execute(f"insert into {INDEX} ({INDEX}) values ('rebuild')")
    connection.execute(f"drop table if exists {EARLIER}")


def _fold(connection: sqlite3.Connection, passages: Iterable[tuple[int, str]]) -> None:
    """Store the folded texts of passages."""
    connection.executemany(
        "update passage set folded = ?1 where id = ?2 and folded is not ?1",
        [(folded_for_index(text), number) for number, text in passages],
    )


class SearchIndex:
    """Builds the index after an upgrade. A kill loses one chunk at most: what is indexed is known row by row."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer, path: Path) -> None:
        self._reader = reader
        self._writer = writer
        self._path = path

    @property
    def is_whole(self) -> bool:
        """Whether the index of an earlier Serge is not needed any more."""
        return index_in_use(self._reader()) == INDEX

    def build(self, stopped: Callable[[], bool] = lambda: False, pause: float = PAUSE) -> bool:
        """Index what is not indexed yet, a chunk at a time, and then drop the earlier index. Call it in a thread.

        Searches use the earlier index until then. Returns whether the index is whole; `stopped` is asked between
        chunks. Raises DatabaseUnusableError if the disk has not enough room; nothing is lost then.
        """
        if self.is_whole:
            return True
        needed, free = room_needed(self._reader()), shutil.disk_usage(self._path.parent).free
        if needed > free:
            raise DatabaseUnusableError(
                f"The index for searching is not renewed: it needs {_megabytes(needed)}, and {_megabytes(free)} are"
                f" free beside {self._path}. The earlier index is used until then."
            )
        after = -1
        while not stopped():
            try:
                job = self._writer.submit(partial(_index_some, after=after))
            except RuntimeError:  # the library was closed
                return False
            last = job.result()
            if last is None and after < 0:
                return True
            after = -1 if last is None else last
            time.sleep(pause)  # in a thread of its own: leaves the writer to the reader between two steps
        return False


def _index_some(connection: sqlite3.Connection, after: int) -> int | None:
    """Index the next passages after one; return the last of them, None if there are none.

    If there are none anywhere (`after` is negative), the index is whole and the earlier one is dropped.
    """
    rows = connection.execute(
        f"select id, text from passage where id in ({_PENDING} and id > ? order by id limit {CHUNK})", [after]
    )
    passages = [(int(number), str(text)) for number, text in rows]
    if not passages:
        if after < 0:
            connection.execute(f"drop table if exists {EARLIER}")
        return None
    _fold(connection, passages)
    connection.executemany(
        f"insert into {INDEX} (rowid, text) select id, coalesce(folded, text) from passage where id = ?",
        [(number,) for number, _ in passages],
    )
    return max(number for number, _ in passages)


def room_needed(connection: sqlite3.Connection) -> int:
    """Return how many bytes of disk the rest of the index may need."""
    characters = connection.execute(
        f"select coalesce(sum(length(text)), 0) from passage where id in ({_PENDING})"
    ).fetchone()[0]
    return int(characters) * _ROOM_A_CHARACTER + _ROOM_AT_LEAST


def state_of_index(connection: sqlite3.Connection) -> tuple[str, str]:
    """Return what is wrong with the index in use, empty if nothing, and a line on it."""
    passages = int(connection.execute("select count(*) from passage").fetchone()[0])
    index = index_in_use(connection)
    indexed = int(connection.execute(f"select count(*) from {index}_docsize").fetchone()[0])
    problem = (
        f"The full-text index holds {indexed:,} passages of {passages:,}; `serge doctor --repair` writes it again."
    )
    detail = f"{passages:,} passages"
    if index == EARLIER:
        renewed = passages - int(connection.execute(f"select count(*) from ({_PENDING})").fetchone()[0])
        detail += f", {renewed:,} of them in the new index; it is finished while `serge` is open"
    return problem if indexed != passages else "", detail


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"
