"""The reader's corrections laid over the study pack, inside the caller's transaction.

The `correction` table is the truth and is never rebuilt; what it says is written into the derived tables, so that every
query sees it. What the pack says instead is kept in `pack_value`, from where it comes back when a correction is taken
away. After the pack is stored anew, `apply_all` lays everything over it again.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Final

from db.dates import HistoricalDate
from db.models import FIGURE_COLUMNS, FIGURE_FIELDS
from db.vocabulary import TAKEN_AWAY

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

FIGURE_TEXTS: Final = tuple(known.name for known in FIGURE_COLUMNS if known.kind == "text" and known.correctable)
FIGURE_DATES: Final = tuple(known.name for known in FIGURE_COLUMNS if known.kind == "date")
FIGURE_LISTS: Final = {known.name: (known.table, known.column) for known in FIGURE_FIELDS if known.kind == "list"}
"""Fields of several values, one a line: their table and column."""
EVENT_TEXTS: Final = ("place", "text", "doubt")
QUOTATION_TEXTS: Final = ("page", "topic", "doubt")
PREFIXES: Final = {"figure": "figure", "event": "event", "quote": "quotation"}
"""What may be corrected: the word before the colon of its stable key, and its table."""
_ADDED: Final = "added"
"""Field of `pack_value` that says a figure is not in the pack at all."""
_OF_ADDED: Final = {"sex": "m", "in_memoirs": "context", "confidence": "low", "fate": "unknown"}
"""What a figure the reader added has in columns that may not be empty."""
_CHILDREN: Final = (*(table for table, _ in FIGURE_LISTS.values()), "figure_chapter", "alias", "tie")


def apply_all(connection: sqlite3.Connection) -> None:
    """Lay every correction over the pack as it was just stored."""
    connection.execute("delete from pack_value")
    records = connection.execute("select distinct record from correction order by record").fetchall()
    # Figures the reader added come first: a tie of another correction may lead to one.
    for (record,) in records:
        _add_missing(connection, record)
    for (record,) in records:
        _apply(connection, record)


def lay_over(connection: sqlite3.Connection, record: str) -> None:
    """Bring one record in line with its corrections, after some were written or taken away."""
    if record.partition(":")[0] not in PREFIXES:
        return
    # A figure that was added is taken out and put in again; what refers to it waits until the end.
    connection.execute("pragma defer_foreign_keys = on")
    _restore(connection, record)
    _add_missing(connection, record)
    _apply(connection, record)
    kind, _, key = record.partition(":")
    if kind == "figure" and not _exists(connection, "figure", key):
        connection.execute("delete from mention where figure = ?", [key])
        connection.execute("delete from tie where other = ?", [key])


def _exists(connection: sqlite3.Connection, table: str, key: str) -> bool:
    return connection.execute(f"select 1 from {table} where key = ?", [key]).fetchone() is not None


def _fields(connection: sqlite3.Connection, record: str) -> dict[str, str]:
    rows = connection.execute(
        "select field, value from correction where record = ? order by created_at, field", [record]
    )
    return {str(field): str(value) for field, value in rows}


def _remember(connection: sqlite3.Connection, record: str, field: str, value: object) -> None:
    connection.execute(
        "insert or ignore into pack_value values (?, ?, ?)", [record, field, json.dumps(value, ensure_ascii=False)]
    )


def _add_missing(connection: sqlite3.Connection, record: str) -> None:
    """Put a figure the reader added into the tables, empty but for its name."""
    kind, _, key = record.partition(":")
    if kind != "figure" or _exists(connection, "figure", key):
        return
    fields = _fields(connection, record)
    if name := fields.get("name"):
        _remember(connection, record, _ADDED, value=True)
        row = {known.name: "unknown" if known.kind == "date" else "" for known in FIGURE_COLUMNS}
        row |= {"key": key, "name": name, "sort_name": sort_name(name), **_OF_ADDED}
        connection.execute(
            f"insert into figure ({', '.join(row)}) values ({', '.join(f':{column}' for column in row)})", row
        )


def sort_name(name: str) -> str:
    """A name as it is sorted, the last word first: `Trotsky, Leon`."""
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else last


def _apply(connection: sqlite3.Connection, record: str) -> None:
    kind, _, key = record.partition(":")
    if kind not in PREFIXES or not _exists(connection, PREFIXES[kind], key):
        return
    fields = _fields(connection, record)
    match kind:
        case "figure":
            _apply_to_figure(connection, key, fields)
        case "event":
            _set_texts(connection, record, EVENT_TEXTS, fields)
            if "date" in fields:
                _remember_column(connection, record, "date")
                _set_event_date(connection, key, fields["date"])
        case _:
            _set_texts(connection, record, QUOTATION_TEXTS, fields)
            if "page" in fields:
                _set_page(connection, key, fields["page"])


def _apply_to_figure(connection: sqlite3.Connection, key: str, fields: Mapping[str, str]) -> None:
    record = f"figure:{key}"
    _set_texts(connection, record, FIGURE_TEXTS, fields)
    if "name" in fields and "sort_name" not in fields:
        _remember_column(connection, record, "sort_name")
        connection.execute("update figure set sort_name = ? where key = ?", [sort_name(fields["name"]), key])
    for field in FIGURE_DATES:
        if field in fields:
            _remember_column(connection, record, field)
            _set_figure_date(connection, key, field, fields[field])
    for field, (table, column) in FIGURE_LISTS.items():
        if field in fields:
            _remember_rows(connection, key, table)
            connection.execute(f"delete from {table} where figure = ?", [key])
            connection.executemany(
                f"insert into {table} (figure, position, {column}) values (?, ?, ?)",
                ((key, position, value) for position, value in enumerate(fields[field].splitlines()) if value),
            )
    if "chapters" in fields:
        _remember_rows(connection, key, "figure_chapter")
        connection.execute("delete from figure_chapter where figure = ?", [key])
        connection.executemany(
            "insert or ignore into figure_chapter values (?, ?, 'seen')",
            ((key, int(number)) for number in fields["chapters"].split()),
        )
    for field, value in fields.items():
        if field.startswith("alias:"):
            _set_alias(connection, key, field.removeprefix("alias:"), value)
        elif field.startswith("tie:"):
            _remember_rows(connection, key, "tie")
            _, tie_kind, other = field.split(":", 2)
            # One that was taken away is left out by whoever asks: it may be written on either side.
            if value != TAKEN_AWAY and _exists(connection, "figure", other):
                connection.execute("insert or replace into tie values (?, ?, ?, ?)", [key, other, tie_kind, value])


def _set_texts(
    connection: sqlite3.Connection, record: str, columns: tuple[str, ...], fields: Mapping[str, str]
) -> None:
    kind, _, key = record.partition(":")
    for column in columns:
        if column in fields:
            _remember_column(connection, record, column)
            connection.execute(f"update {PREFIXES[kind]} set {column} = ? where key = ?", [fields[column], key])


def _set_alias(connection: sqlite3.Connection, key: str, text: str, kind: str) -> None:
    """Add another spelling, or with an empty kind take one away."""
    _remember_rows(connection, key, "alias")
    connection.execute("delete from alias where figure = ? and text = ?", [key, text])
    if kind:
        connection.execute(
            "insert into alias select ?, coalesce(max(position), -1) + 1, ?, ?, 0 from alias where figure = ?1",
            [key, text, kind],
        )


def _set_figure_date(connection: sqlite3.Connection, key: str, field: str, text: str) -> None:
    connection.execute(
        f"update figure set {field} = ?, {field}_year = ? where key = ?", [text, HistoricalDate.parse(text).year, key]
    )


def _set_event_date(connection: sqlite3.Connection, key: str, text: str) -> None:
    date = HistoricalDate.parse(text)
    sort_date = date.earliest.isoformat() if date.earliest else "9999"
    connection.execute(
        "update event set date = ?, sort_date = ?, year = ? where key = ?", [text, sort_date, date.year, key]
    )


def _set_page(connection: sqlite3.Connection, key: str, page: str) -> None:
    first = re.match(r"\d+", page)
    connection.execute(
        "update quotation set page_first = ? where key = ?", [int(first.group()) if first else None, key]
    )


# --- what the pack says ----------------------------------------------------------------------------------------------


def _remember_column(connection: sqlite3.Connection, record: str, column: str) -> None:
    kind, _, key = record.partition(":")
    row = connection.execute(f"select {column} from {PREFIXES[kind]} where key = ?", [key]).fetchone()
    _remember(connection, record, column, row[0])


def _remember_rows(connection: sqlite3.Connection, key: str, table: str) -> None:
    rows = connection.execute(f"select * from {table} where figure = ? order by rowid", [key]).fetchall()
    _remember(connection, f"figure:{key}", f"{table}.rows", [list(row) for row in rows])


def _restore(connection: sqlite3.Connection, record: str) -> None:
    """Write back what the pack says."""
    kind, _, key = record.partition(":")
    kept = {
        str(field): json.loads(value)
        for field, value in connection.execute("select field, value from pack_value where record = ?", [record])
    }
    connection.execute("delete from pack_value where record = ?", [record])
    if _ADDED in kept:
        for table in _CHILDREN:
            connection.execute(f"delete from {table} where figure = ?", [key])
        connection.execute("delete from figure where key = ?", [key])
        return
    for field, value in kept.items():
        table, dot, _ = field.partition(".")
        if dot:
            connection.execute(f"delete from {table} where figure = ?", [key])
            for row in value:
                connection.execute(f"insert into {table} values ({', '.join('?' * len(row))})", row)
        elif kind == "figure" and field in FIGURE_DATES:
            _set_figure_date(connection, key, field, value)
        elif kind == "event" and field == "date":
            _set_event_date(connection, key, value)
        else:
            connection.execute(f"update {PREFIXES[kind]} set {field} = ? where key = ?", [value, key])
            if kind == "quote" and field == "page":
                _set_page(connection, key, value)
