"""Texts removed from the library: kept for thirty days, so that they can be brought back as they were.

What the reader wrote in a text is not part of it: it stays where it is, with its words, and stands in the text again
once that is brought back.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64decode, b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from db.clock import utc_now
from db.errors import SergeError
from db.models import GUIDE_EDITION
from db.search_index import add_to_index
from db.store import remove_edition
from db.text import folded_for_index

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.writer import Writer

KEPT: Final = timedelta(days=30)
"""How long a removed text can be brought back."""
_MADE_AGAIN: Final = ("id", "folded")
"""Columns that are made again when a text is brought back."""
_TEXT: Final = ("chapter", "passage", "note", "page_mark", "picture", "picture_place")
_BYTES: Final = "data"
"""The column of a picture: JSON has no bytes, so they are packed as text in base64."""
_FOUND: Final = {
    "mention": "figure", "quotation_place": "quotation", "term_mention": "term", "link_question": "",
    "name_suggestion": "", "found_search": "", "found": "", "found_person": "", "found_mention": "",
}  # fmt: skip
"""What was found in a text, with the column that names a record of the study pack: a newer pack may lack it."""


@dataclass(frozen=True, slots=True)
class RemovedText:
    """A text that can be brought back until `deleted_on`, an ISO date."""

    key: str
    title: str
    words: int
    deleted_on: str


class RemovedTexts:
    """The removed texts; each change is one transaction."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def all(self) -> list[RemovedText]:
        """Return the texts that can be brought back, the last removed first."""
        rows = self._reader().execute(
            "select key, title, words, removed_at from removed_text where removed_at >= ?"
            " order by removed_at desc, key",
            [_oldest()],
        )
        return [
            RemovedText(key, title, words, (datetime.fromisoformat(removed_at) + KEPT).date().isoformat())
            for key, title, words, removed_at in rows
        ]

    def remove(self, key: str) -> Future[None]:
        """Remove a text from the library; those removed long ago are deleted.

        The future raises SergeError for the guide, and for a text that is not there.
        """

        def write(connection: sqlite3.Connection) -> None:
            row = connection.execute("select title, words from edition where key = ?", [key]).fetchone()
            if row is None or key == GUIDE_EDITION:
                raise SergeError("There is no such text of yours in the library.")
            _delete_old(connection)
            connection.execute(
                "insert or replace into removed_text values (?, ?, ?, ?, ?)",
                [key, row[0], row[1], utc_now(), _packed(connection, key)],
            )
            remove_edition(connection, key)

        return self._writer.submit(write)

    def restore(self, key: str) -> Future[None]:
        """Bring a text back as it was.

        The future raises SergeError if it has been deleted, or another text has its place.
        """

        def write(connection: sqlite3.Connection) -> None:
            row = connection.execute("select rows from removed_text where key = ?", [key]).fetchone()
            if row is None:
                raise SergeError("That text has been deleted; import its file again.")
            if connection.execute("select 1 from edition where key = ?", [key]).fetchone() is not None:
                raise SergeError("That text is in the library again; it was imported since.")
            _unpack(connection, row[0])
            connection.execute("delete from removed_text where key = ?", [key])

        return self._writer.submit(write)

    def delete(self, key: str) -> Future[None]:
        """Delete a removed text for good."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute("delete from removed_text where key = ?", [key])

        return self._writer.submit(write)

    def delete_all(self) -> Future[int]:
        """Delete every removed text for good; the future returns their number."""

        def write(connection: sqlite3.Connection) -> int:
            # Nothing of a deleted text is left in the file's free pages.
            connection.execute("pragma secure_delete = on")
            return connection.execute("delete from removed_text").rowcount

        return self._writer.submit(write)

    def delete_old(self) -> Future[int]:
        """Delete the texts whose thirty days have passed; the future returns their number."""
        return self._writer.submit(_delete_old)


def _delete_old(connection: sqlite3.Connection) -> int:
    return connection.execute("delete from removed_text where removed_at < ?", [_oldest()]).rowcount


def _oldest() -> str:
    return (datetime.now(UTC) - KEPT).isoformat()


def _packed(connection: sqlite3.Connection, key: str) -> bytes:
    tables: dict[str, list[dict[str, Any]]] = {
        "edition": [dict(row) for row in connection.execute("select * from edition where key = ?", [key])]
    }
    for table in (*_TEXT, *_FOUND):
        rows = connection.execute(f"select * from {table} where edition = ?", [key])
        tables[table] = [
            {
                name: b64encode(value).decode() if isinstance(value, bytes) else value
                for name, value in dict(row).items()
                if name not in _MADE_AGAIN
            }
            for row in rows
        ]
    return zlib.compress(json.dumps(tables, ensure_ascii=False, separators=(",", ":")).encode())


def _unpack(connection: sqlite3.Connection, packed: bytes) -> None:
    tables: dict[str, list[dict[str, Any]]] = json.loads(zlib.decompress(packed))
    for passage in tables["passage"]:
        passage["folded"] = folded_for_index(passage["text"])  # an earlier Serge packed none
    for picture in tables.get("picture", ()):  # nor any of these
        picture[_BYTES] = b64decode(picture[_BYTES])
    for table, rows in tables.items():
        if names := _FOUND.get(table, ""):
            known = {key for (key,) in connection.execute(f"select key from {names}")}
            rows = [row for row in rows if row[names] in known]  # noqa: PLW2901  # the rows that can still be stored
        if rows:
            columns = list(rows[0])
            connection.executemany(
                f"insert into {table} ({', '.join(columns)}) values ({', '.join(f':{name}' for name in columns)})", rows
            )
    add_to_index(connection, tables["edition"][0]["key"])
