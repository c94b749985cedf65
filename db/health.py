"""Examine a database file. Reads only; works on a damaged database, an older one and a newer one."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.backups import refuse_if_empty
from db.connection import connect, readable_errors, refuse_if_foreign, refuse_if_unusable
from db.errors import DatabaseUnusableError
from db.schema import READERS_OWN_TABLES, applied_migrations, pending_migrations, unknown_migrations
from db.search_index import EARLIER, INDEX, state_of_index
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Finding:
    """The result of one check. `problems` are sentences, empty if all is well; `rows` are further lines to print."""

    name: str
    problems: tuple[str, ...] = ()
    detail: str = ""
    rows: tuple[str, ...] = ()


def examine(path: Path) -> list[Finding]:
    """Examine a database file: integrity, references, indexes, migrations, orphans, mode.

    Raises DatabaseUnusableError when it cannot be opened at all, is empty, or belongs to another program.
    """
    refuse_if_unusable(path)
    if not path.exists():
        raise DatabaseUnusableError(f"{path} does not exist yet; start `serge` once to build it.")
    refuse_if_empty(path)
    with readable_errors(path), closing(connect(path, read_only=True)) as connection:
        refuse_if_foreign(path, connection)
        findings = [_migrations(connection), _checked("integrity", _integrity, connection), _mode(path)]
        if not pending_migrations(connection):
            for name, check in _CHECKS.items():
                findings.append(_checked(name, check, connection))
        return findings


def _checked(name: str, check: Callable[[sqlite3.Connection], Finding], connection: sqlite3.Connection) -> Finding:
    """Run one check; where it meets damage, that is its finding, and the others still run."""
    try:
        return check(connection)
    except (DatabaseUnusableError, sqlite3.DatabaseError):
        return Finding(name, ("This could not be read: the file is damaged; `serge doctor --repair` saves it.",))


def _migrations(connection: sqlite3.Connection) -> Finding:
    problems = [f"The migration {name} is pending; start `serge` to run it." for name in pending_migrations(connection)]
    problems += [f"The migration {name} is of a newer Serge." for name in unknown_migrations(connection)]
    return Finding("migrations", tuple(problems), f"{len(applied_migrations(connection))} applied")


def _integrity(connection: sqlite3.Connection) -> Finding:
    lines = [str(row[0]) for row in connection.execute("pragma integrity_check(20)")]
    return Finding("integrity", () if lines == ["ok"] else tuple(lines))


def _mode(path: Path) -> Finding:
    mode = path.stat().st_mode & 0o777
    problem = f"The file can be read by others (mode {mode:o}); `chmod 600` closes it."
    return Finding("owner only", (problem,) if mode & 0o077 else ())


def _references(connection: sqlite3.Connection) -> Finding:
    broken = connection.execute("pragma foreign_key_check").fetchall()
    return Finding("references", tuple(f"A row of {row[0]} points to a missing {row[2]}." for row in broken[:20]))


def _full_text(connection: sqlite3.Connection) -> Finding:
    """Compare sizes: FTS5's own check changes nothing but counts as a write."""
    problem, detail = state_of_index(connection)
    return Finding("full-text index", (problem,) if problem else (), detail)


def _orphans(connection: sqlite3.Connection) -> Finding:
    number = connection.execute(
        "select count(*) from annotation where deleted_at = '' and (state = 'orphan' or (edition <> ''"
        " and edition not in (select key from edition)))"
    ).fetchone()[0]
    detail = "every annotation has its place" if not number else f"{number} kept with their words, in Notes"
    return Finding("annotations without a place", (), detail)


def _quotations(connection: sqlite3.Connection) -> Finding:
    rows = connection.execute(
        "select e.title, e.key, e.source_name, (select count(*) from quotation_place p where p.edition = e.key)"
        " from edition e where e.key <> 'guide' order by e.title, e.key"
    ).fetchall()
    total = connection.execute("select count(*) from quotation").fetchone()[0]
    # Two editions of one title are distinguished by their keys and files.
    titles = Counter(title for title, *_ in rows)
    lines = tuple(
        f"{title if titles[title] == 1 else f'{title} [{key}, {source}]'}: {found} of {total} stand there"
        for title, key, source, found in rows
    )
    return Finding("quotations located", (), "" if lines else "no edition imported", lines)


def _states(connection: sqlite3.Connection) -> Finding:
    """Check that each card state has answers in the log, and that each answered card has a state."""
    without_log = connection.execute(
        "select count(*) from card_state s where answers > 0"
        " and not exists (select 1 from review r where r.card = s.card and r.kind = 'answer')"
    ).fetchone()[0]
    without_state = connection.execute(
        "select count(distinct card) from review where kind = 'answer' and card not in (select card from card_state)"
    ).fetchone()[0]
    problems = []
    if without_log:
        problems.append(f"{without_log} card states have no answers in the log.")
    if without_state:
        problems.append(f"{without_state} answered cards have no state.")
    answers = connection.execute("select count(*) from review where kind = 'answer'").fetchone()[0]
    voided = connection.execute(
        "select count(*) from review u join review r on r.id = u.voids where r.kind = 'answer'"
    ).fetchone()[0]
    summed, asked = connection.execute(
        "select coalesce(sum(answers), 0), coalesce(sum(asked), 0) from day_studied"
    ).fetchone()
    if summed != answers - voided:
        problems.append(f"The days studied count {summed:,} answers, the log has {answers - voided:,}.")
    recalls = connection.execute("select count(*) from recall").fetchone()[0]
    if asked != recalls:
        problems.append(f"The days studied count {asked:,} cards asked again, the log has {recalls:,}.")
    return Finding("review log", tuple(problems), f"{answers:,} answers")


def invalid_texts(connection: sqlite3.Connection, tables: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield table, row and column of every text that is not UTF-8. The connection's `text_factory` is changed."""
    connection.text_factory = bytes
    for table in tables:
        try:
            columns = [
                name for _, name, kind, *_ in _plain(connection, f"pragma table_info({table})") if kind == b"TEXT"
            ]
        except sqlite3.DatabaseError:
            continue
        if not columns:
            continue
        names = ", ".join(f'"{column.decode()}"' for column in columns)
        first = _plain(connection, f"select * from {table} limit 0").description[0][0]
        for key, *texts in _plain(connection, f'select "{first}", {names} from {table}'):
            for column, text in zip(columns, texts, strict=True):
                if isinstance(text, bytes):
                    try:
                        text.decode()
                    except UnicodeDecodeError:
                        row = key.decode("utf-8", "replace") if isinstance(key, bytes) else str(key)
                        yield table, sanitise_line(row), column.decode()


def _plain(connection: sqlite3.Connection, query: str) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = None
    return cursor.execute(query)


def _texts(connection: sqlite3.Connection) -> Finding:
    path = Path(_plain(connection, "pragma database_list").fetchone()[2])
    tables = [str(name) for (name,) in _plain(connection, "select name from sqlite_master where type = 'table'")]
    known = [table for table in tables if not table.startswith(("sqlite_", "_sqlite", INDEX, EARLIER))]
    with closing(connect(path, read_only=True)) as own:
        found = list(invalid_texts(own, known))
    lines = [
        f"{NOUNS.get(table, table)}: the {column} of {row} holds bytes that are not text, shown as \ufffd;"
        " write it again to mend it."
        for table, row, column in found[:20]
    ]
    if any(table not in READERS_OWN_TABLES for table, _, _ in found):
        lines.append("What came from the study pack is stored again by `serge doctor --repair`.")
    return Finding("texts", tuple(lines), "every text can be read" if not lines else f"{len(found):,} damaged")


_CHECKS: Final = {
    "references": _references,
    "full-text index": _full_text,
    "annotations without a place": _orphans,
    "quotations located": _quotations,
    "review log": _states,
    "texts": _texts,
}
NOUNS: Final = {"annotation": "note", "setting": "setting", "review": "answer", "correction": "correction"}


def damaged_texts(path: Path) -> list[tuple[str, str, str]]:
    """Return table, row and column of each of the reader's own texts that is not UTF-8."""
    with closing(connect(path, read_only=True)) as connection:
        return list(invalid_texts(connection, READERS_OWN_TABLES))
