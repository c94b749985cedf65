"""The rows changed by a decision about a name, so that it can be undone exactly."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping

Row: TypeAlias = tuple[object, ...]
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "correction": ("record", "field"),
    "mention": ("edition", "passage", "start", "figure"),
    "link_question": ("edition", "passage", "start", "figure"),
    "name_suggestion": ("edition", "surface"),
}
"""Tables changed by a decision, with their key columns."""
_FIGURE: Final = 4
"""Index of the figure in a mention's row."""


@dataclass(frozen=True, slots=True)
class LinkChange:
    """`settled` is the number of places settled; `gone` and `new` are rows by table, `texts` the texts stored then.

    `person` is the key of the figure that was added with the decision, empty if none was.
    """

    settled: int
    gone: Mapping[str, frozenset[Row]]
    new: Mapping[str, frozenset[Row]]
    texts: tuple[Row, ...]
    person: str = ""


def watched(connection: sqlite3.Connection, edition: str, write: Callable[[], int]) -> LinkChange:
    """Run a decision about an edition (empty: all) and record what it changed, inside the caller's transaction."""
    before = _rows(connection, edition)
    settled = write()
    after = _rows(connection, edition)
    return LinkChange(
        settled,
        {table: before[table] - after[table] for table in _KEYS},
        {table: after[table] - before[table] for table in _KEYS},
        _texts(connection),
    )


def take_back(connection: sqlite3.Connection, change: LinkChange) -> bool:
    """Undo a decision, inside the caller's transaction; return whether the places are as they were.

    If a text was imported since, its places have changed: then only the decision is undone, and the next import asks
    again.
    """
    same = _texts(connection) == change.texts
    for table in _KEYS if same else ("correction",):
        columns = [str(row[1]) for row in connection.execute(f"pragma table_info({table})")]
        keys = [columns.index(name) for name in _KEYS[table]]
        where = " and ".join(f"{name} = ?" for name in _KEYS[table])
        connection.executemany(
            f"delete from {table} where {where}", ([row[at] for at in keys] for row in change.new[table])
        )
        places = ", ".join("?" * len(columns))
        # A figure the reader added may have been deleted since.
        known = " where exists (select 1 from figure where key = ?)" if table == "mention" else ""
        connection.executemany(
            f"insert or replace into {table} select {places}{known}",
            ([*row, row[_FIGURE]] if known else row for row in change.gone[table]),
        )
    return same


def _rows(connection: sqlite3.Connection, edition: str) -> dict[str, frozenset[Row]]:
    rows = {}
    for table in _KEYS:
        condition, parameters = ("edition = ?", [edition]) if edition else ("1", [])
        if table == "correction":
            condition, parameters = "record like 'link:%'", []
        rows[table] = frozenset(map(tuple, connection.execute(f"select * from {table} where {condition}", parameters)))
    return rows


def _texts(connection: sqlite3.Connection) -> tuple[Row, ...]:
    """Return when each text was imported, and with which pack its names were linked."""
    texts = connection.execute("select key, imported_at from edition union all select name, value from build")
    return tuple(sorted(map(tuple, texts)))
