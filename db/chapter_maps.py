"""The reader's own mapping of an edition's chapters to those of the Memoirs, kept through every re-import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.clock import utc_now

if TYPE_CHECKING:
    import sqlite3

_FIELD: Final = "chapters"


def chapter_map(connection: sqlite3.Connection, edition: str) -> str:
    """Return the reader's mapping for an edition (`5=1,6=2`), or an empty string."""
    row = connection.execute(
        "select value from correction where record = ? and field = ?", [f"edition:{edition}", _FIELD]
    ).fetchone()
    return str(row[0]) if row else ""


def keep_chapter_map(connection: sqlite3.Connection, edition: str, told: str) -> None:
    """Store a mapping; an empty one deletes it."""
    record = f"edition:{edition}"
    if not told:
        connection.execute("delete from correction where record = ? and field = ?", [record, _FIELD])
        return
    connection.execute(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
        " set value = excluded.value, created_at = excluded.created_at",
        [record, _FIELD, told, utc_now()],
    )
