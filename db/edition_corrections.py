"""What the reader has corrected of an edition itself, kept through every re-import: its title, and its chapters."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.text import sanitise_line

if TYPE_CHECKING:
    import sqlite3

_TITLE: Final = "title"
_CHAPTERS: Final = "chapters"
# Both are names in `correction.field` on readers' disks.


def told_title(connection: sqlite3.Connection, edition: str) -> str:
    """Return the title that the reader gave to an edition, or an empty string."""
    return _told(connection, edition, _TITLE)


def rename_text(connection: sqlite3.Connection, edition: str, title: str) -> None:
    """Store the reader's own title of a text and show it; an empty one brings back the title in the file."""
    _keep(connection, edition, _TITLE, sanitise_line(title).strip())
    show_title(connection, f"edition:{edition}")


def show_title(connection: sqlite3.Connection, record: str) -> None:
    """Show the title received or stored for a record `edition:KEY`, or the file's; ignore records of anything else."""
    kind, _, edition = record.partition(":")
    if kind == "edition":
        connection.execute(
            "update edition set title = coalesce(nullif(?, ''), nullif(file_title, ''), title) where key = ?",
            [told_title(connection, edition), edition],
        )


def chapter_map(connection: sqlite3.Connection, edition: str) -> str:
    """Return which chapters of the Memoirs the reader says an edition's are (`5=1,6=2`), or an empty string."""
    return _told(connection, edition, _CHAPTERS)


def keep_chapter_map(connection: sqlite3.Connection, edition: str, told: str) -> None:
    """Store which chapters of the Memoirs an edition's are; an empty text deletes it."""
    _keep(connection, edition, _CHAPTERS, told)


def _told(connection: sqlite3.Connection, edition: str, field: str) -> str:
    row = connection.execute(
        "select value from correction where record = ? and field = ?", [f"edition:{edition}", field]
    ).fetchone()
    return str(row[0]) if row else ""


def _keep(connection: sqlite3.Connection, edition: str, field: str, value: str) -> None:
    """Store a correction; an empty one is deleted."""
    record = f"edition:{edition}"
    if not value:
        connection.execute("delete from correction where record = ? and field = ?", [record, field])
        return
    connection.execute(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
        " set value = excluded.value, created_at = excluded.created_at",
        [record, field, value, utc_now()],
    )
