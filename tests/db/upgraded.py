"""A database as the migration to the folded index leaves one that has texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.schema.derived import DERIVED

if TYPE_CHECKING:
    import sqlite3


def leave_as_upgraded(connection: sqlite3.Connection) -> None:
    """Make the earlier index whole and the new one empty, and forget the folded texts."""
    connection.execute(next(sql for sql in DERIVED if "passage_fts" in sql))
    connection.execute("insert into passage_fts (passage_fts) values ('rebuild')")
    connection.execute("insert into passage_words (passage_words) values ('delete-all')")
    connection.execute("update passage set folded = null")
