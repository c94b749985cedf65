"""Collect the reader's own rows from a damaged database file and from its copies."""

from __future__ import annotations

import json
import re
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, get_args

from db.connection import connect
from db.errors import DatabaseUnusableError
from db.models import AnnotationKind, ReviewKind
from db.pages import PageFile
from db.schema import READERS_OWN_TABLES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.pages import Record, Row, Value

SHAPES: Final = {
    "setting": "tt", "position": "tiitt", "annotation": "ttttiiiittttttttt", "annotation_tag": "tt",
    "review": "0ttIttitI", "card_state": "tRRTTiiiti", "correction": "tttt", "reading_time": "ttri",
    "candidate_decision": "tttttttt", "sync_op": "tittttt", "review_origin": "0t", "stretch_read": "tiiiiitt",
    "draft": "ttttttt", "found_decision": "tttttttttttttt", "card_tag": "tt", "memory_model": "tttirrt",
}  # fmt: skip
"""Kind of each column: t text, i integer, r number, 0 the rowid; capital letters may be null."""
KEYS: Final = {
    "setting": 1, "position": 1, "annotation": 1, "annotation_tag": 2, "review": 1, "card_state": 1, "correction": 2,
    "reading_time": 2, "candidate_decision": 1, "sync_op": 2, "review_origin": 1, "stretch_read": 3, "draft": 1,
    "found_decision": 1, "card_tag": 2, "memory_model": 1,
}  # fmt: skip
"""Number of columns, from the first, that name a row."""
_WITHOUT_ROWID: Final = ("sync_op", "stretch_read")
_TIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T[\d:.]+([+-]\d\d:\d\d|Z)?)?")
_NAME: Final = re.compile(r"[a-z]+([._-][a-z]+)+|theme|searches")
"""Names of settings; other tables of two texts have names of one word."""
_CARD: Final = re.compile(r"[a-z]+/\S+")
"""Keys of cards; other tables of two texts have none in the first column."""
_MARKS: Final = (
    b"TABLE card_state", b"TABLE annotation_tag", b"TABLE candidate_decision", b"review_is_append_only",
    b"TABLE canonical_chapter", b"TABLE canonical_title", b"TABLE figure_nationality", b"TABLE reception_point",
    b"TABLE link_question", b"m001_derived",
)  # fmt: skip
"""Words of the table of contents that no other program's database has; of several, since it fills several pages."""


@dataclass(slots=True)
class Collected:
    """Rows of one table by key. `is_whole` says that nothing of the table was lost; `live` are the keys that an
    undamaged index names: a row that is not among them was deleted.
    """

    rows: dict[Record, Record] = field(default_factory=dict)
    is_whole: bool = True
    live: set[Record] | None = None


def holds_serge(path: Path) -> bool:
    """Return whether a file is, or was, a database of Serge, however damaged."""
    content = path.read_bytes()
    if any(mark in content for mark in _MARKS):
        return True
    file = PageFile(path)
    return any(
        _table_of(row, known_keys=frozenset()) in ("annotation", "review", "card_state")
        for number in file.leaves()
        for row in file.rows(number)[0]
    )


def collect(path: Path) -> dict[str, Collected]:
    """Read every row of the reader's own tables that can be read from a file's pages. Raises OSError."""
    file = PageFile(path)
    roots, found = file.tables(), {table: Collected() for table in READERS_OWN_TABLES}
    reached: set[int] = set()
    for table, collected in found.items():
        if table not in roots:
            collected.is_whole = False
            continue
        tree = file.tree(roots[table])
        reached |= tree.pages
        collected.is_whole = tree.is_whole
        for row in tree.rows:
            if _fits(table, row.values):
                _add(table, collected, row)
            else:
                collected.is_whole = False
        index = f"sqlite_autoindex_{table}_1"
        if index in roots and (keys := file.tree(roots[index])).is_whole:
            collected.live = {row.values[: KEYS[table]] for row in keys.rows}
    # Which tables an older file has cannot be known once its table of contents is damaged: then all may have lost rows.
    if roots and file.tree(1).is_whole:
        for table, collected in found.items():
            collected.is_whole |= table not in roots
    if not all(collected.is_whole for collected in found.values()):
        _collect_strays(file, found, reached | file.free_pages())
    return found


def _collect_strays(file: PageFile, found: dict[str, Collected], known: set[int]) -> None:
    """Add the rows of pages that no undamaged page leads to, by the form of their values."""
    strays = [row for number in file.leaves() if number not in known for row in file.rows(number)[0]]
    # Tags are known by the notes they belong to, so those come first.
    for tags_too in (False, True):
        keys = frozenset(str(key) for (key,) in found["annotation"].rows)
        for row in strays:
            table = _table_of(row, known_keys=keys)
            if table is None or (table == "annotation_tag") is not tags_too or found[table].is_whole:
                continue
            collected = found[table]
            if collected.live is None or row.values[: KEYS[table]] in collected.live or table == "review":
                _add(table, collected, row)


def rows_of_copy(path: Path) -> dict[str, Collected]:
    """Read the reader's rows of a copy: by SQLite if it is sound, else from its pages."""
    try:
        with closing(connect(path, read_only=True)) as connection:
            if connection.execute("pragma quick_check(1)").fetchone()[0] == "ok":
                connection.row_factory = None
                return {table: _rows_of_table(connection, table) for table in READERS_OWN_TABLES}
    except (sqlite3.DatabaseError, DatabaseUnusableError):
        pass
    return collect(path)


def _rows_of_table(connection: sqlite3.Connection, table: str) -> Collected:
    there = connection.execute("select 1 from sqlite_master where type = 'table' and name = ?", [table]).fetchone()
    if not there:
        return Collected()
    rows: dict[Record, Record] = {row[: KEYS[table]]: row for row in connection.execute(f"select * from {table}")}
    return Collected(rows, True, set(rows))


def _add(table: str, collected: Collected, row: Row) -> None:
    values = (row.rowid, *row.values[1:]) if SHAPES[table][0] == "0" else row.values
    collected.rows.setdefault(values[: KEYS[table]], values)


def _table_of(row: Row, known_keys: frozenset[str]) -> str | None:
    """Return the table whose rows have the form of this one."""
    for table, test in _STRAY_TESTS.items():
        is_plain = table not in _WITHOUT_ROWID
        if is_plain is (row.rowid is not None) and _fits(table, row.values) and test(row.values, known_keys):
            return table
    return None


def _fits(table: str, values: Record) -> bool:
    shape = SHAPES[table]
    return len(values) == len(shape) and all(map(_is_of, shape, values))


def _is_of(kind: str, value: Value) -> bool:
    if value is None:
        return kind in "0ITR"
    match kind.lower():
        case "t":
            return isinstance(value, str)
        case "i":
            return isinstance(value, int)
        case "r":
            return isinstance(value, int | float)
        case _:
            return False


def _is_time(value: Value) -> bool:
    return isinstance(value, str) and _TIME.fullmatch(value) is not None


def _is_setting(values: Record, _: frozenset[str]) -> bool:
    if not _NAME.fullmatch(str(values[0])):
        return False
    with suppress(ValueError):
        json.loads(str(values[1]))
        return True
    return False


_STRAY_TESTS: Final[dict[str, Callable[[Record, frozenset[str]], bool]]] = {
    "annotation": lambda v, _: v[1] in get_args(AnnotationKind) and _is_time(v[14]) and _is_time(v[15]),
    "review": lambda v, _: v[2] in get_args(ReviewKind) and _is_time(v[4]) and _is_time(v[5]),
    "card_state": lambda v, _: v[4] is None or _is_time(v[4]),
    "sync_op": lambda v, _: _is_time(v[2]) and ":" in str(v[3]),
    "stretch_read": lambda _v, _: True,
    "position": lambda v, _: _is_time(v[4]),
    "draft": lambda v, _: v[1] in ("note", "card", "correction", "journal") and _is_time(v[5]),
    "candidate_decision": lambda v, _: v[1] in ("accepted", "edited", "rejected") and _is_time(v[7]),
    "found_decision": lambda v, _: v[2] in ("kept", "skipped", "rejected") and _is_time(v[13]),
    "reading_time": lambda v, _: _is_time(v[1]),
    "correction": lambda v, _: ":" in str(v[0]) and _is_time(v[3]),
    "review_origin": lambda _v, _: True,
    "annotation_tag": lambda v, keys: v[0] in keys,
    "memory_model": lambda v, _: v[0] == "fsrs" and _is_time(v[6]),
    "card_tag": lambda v, _: _CARD.fullmatch(str(v[0])) is not None,
    "setting": _is_setting,
}
"""What a stray row must be like, beyond the form of its columns, to be taken for one of a table's."""


def fill_from(found: dict[str, Collected], copies: Iterable[dict[str, Collected]]) -> dict[str, set[Record]]:
    """Fill the gaps of damaged tables from copies, the newest first; return the keys that came from a copy, by table.

    What a newer copy no longer has was deleted, so nothing is taken from the copies before an undamaged one, except of
    the log of answers, from which nothing is ever deleted.
    """
    filled: dict[str, set[Record]] = {table: set() for table in found}
    settled = {table for table, collected in found.items() if collected.is_whole}
    for copy in copies:
        for table, collected in found.items():
            if table in settled:
                continue
            for key, values in copy[table].rows.items():
                if key in collected.rows or (collected.live is not None and key not in collected.live):
                    continue
                collected.rows[key] = values
                filled[table].add(key)
            if copy[table].is_whole and table not in ("review", "review_origin"):
                settled.add(table)
    return filled
