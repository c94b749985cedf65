"""Titles that the reader has given to texts, kept through every re-import."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.text import sanitise_line

if TYPE_CHECKING:
    import sqlite3

_FIELD: Final = "title"


def told_title(connection: sqlite3.Connection, edition: str) -> str:
    """Return the title that the reader gave to an edition, or an empty string."""
    row = connection.execute(
        "select value from correction where record = ? and field = ?", [f"edition:{edition}", _FIELD]
    ).fetchone()
    return str(row[0]) if row else ""


def rename_text(connection: sqlite3.Connection, edition: str, title: str) -> None:
    """Store a title of the reader's own, and show it at once; an empty one takes it away."""
    record = f"edition:{edition}"
    if told := sanitise_line(title).strip():
        connection.execute(
            "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
            " set value = excluded.value, created_at = excluded.created_at",
            [record, _FIELD, told, utc_now()],
        )
    else:
        connection.execute("delete from correction where record = ? and field = ?", [record, _FIELD])
    show_title(connection, record)


def show_title(connection: sqlite3.Connection, record: str) -> None:
    """Show the title received or stored for a record `edition:KEY`, or the file's; ignore records of anything else."""
    kind, _, edition = record.partition(":")
    if kind == "edition":
        connection.execute(
            "update edition set title = coalesce(nullif(?, ''), nullif(file_title, ''), title) where key = ?",
            [told_title(connection, edition), edition],
        )
