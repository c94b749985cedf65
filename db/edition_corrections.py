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
    """Store a title of the reader's own, and show it at once; an empty one changes nothing."""
    if told := sanitise_line(title).strip():
        _keep(connection, edition, _TITLE, told)
        show_told_title(connection, f"edition:{edition}")


def show_told_title(connection: sqlite3.Connection, record: str) -> None:
    """Show the title received or stored for a record `edition:KEY`; ignore records about anything else."""
    kind, _, edition = record.partition(":")
    if kind == "edition" and (told := told_title(connection, edition)):
        connection.execute("update edition set title = ? where key = ?", [told, edition])


def chapter_map(connection: sqlite3.Connection, edition: str) -> str:
    """Return which chapters of the Memoirs the reader says an edition's are (`5=1,6=2`), or an empty string."""
    return _told(connection, edition, _CHAPTERS)


def keep_chapter_map(connection: sqlite3.Connection, edition: str, told: str) -> None:
    """Store which chapters of the Memoirs an edition's are; an empty text deletes it."""
    if told:
        _keep(connection, edition, _CHAPTERS, told)
    else:
        connection.execute("delete from correction where record = ? and field = ?", [f"edition:{edition}", _CHAPTERS])


def _told(connection: sqlite3.Connection, edition: str, field: str) -> str:
    row = connection.execute(
        "select value from correction where record = ? and field = ?", [f"edition:{edition}", field]
    ).fetchone()
    return str(row[0]) if row else ""


def _keep(connection: sqlite3.Connection, edition: str, field: str, value: str) -> None:
    connection.execute(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
        " set value = excluded.value, created_at = excluded.created_at",
        [f"edition:{edition}", field, value, utc_now()],
    )
