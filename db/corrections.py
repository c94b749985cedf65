"""The reader's own word over the study pack: corrected and added, kept through every upgrade, shown as theirs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.dates import HistoricalDate
from db.errors import SergeError
from db.overlay import (
    EVENT_TEXTS,
    FIGURE_DATES,
    FIGURE_LISTS,
    FIGURE_TEXTS,
    PREFIXES,
    QUOTATION_TEXTS,
    lay_over,
)
from db.text import fold, sanitise, sanitise_line
from db.vocabulary import ALIAS_KINDS, FATES, MAX_ONE_LINE, MOVEMENTS, NATIONALITIES, SEXES, TIE_INVERSES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Mapping
    from concurrent.futures import Future

    from db.writer import Writer

LONGEST_VALUE: Final = 20_000
"""Characters a value may have."""
_WORDS: Final[dict[str, tuple[str, Collection[str]]]] = {
    "movements": ("movement", MOVEMENTS),
    "nationalities": ("nationality", NATIONALITIES),
}


@dataclass(frozen=True, slots=True)
class Correction:
    """A field of a record as the reader has it. `record` is a stable key such as `figure:trotsky`.

    `field` is a column's name; `alias:Sinowjew` for a spelling, whose value is its kind, empty where the pack's is
    taken away; `tie:friend:gorky` for a tie, whose value is its note. `created_at` is ISO 8601 in UTC.
    """

    record: str
    field: str
    value: str
    created_at: str


class Corrections:
    """Corrections of figures, events and quotations, and figures the reader added."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def of(self, record: str) -> dict[str, Correction]:
        """Corrections of one record, by field."""
        rows = self._reader().execute(
            "select record, field, value, created_at from correction where record = ? order by field", [record]
        )
        return {row["field"]: Correction(*row) for row in rows}

    def all(self) -> list[Correction]:
        """Every correction of the pack, by record and field."""
        rows = self._reader().execute("select record, field, value, created_at from correction order by record, field")
        return [Correction(*row) for row in rows if str(row["record"]).partition(":")[0] in PREFIXES]

    def correct(self, record: str, values: Mapping[str, str], back: Collection[str] = ()) -> Future[None]:
        """Store what the reader says instead of the pack, field by field, and take the corrections of the fields in
        `back` away, all in one transaction.

        Raises SergeError, with the field and what to write, before anything is stored.
        """
        checked = {field: check(record, field, value) for field, value in values.items()}
        return self._writer.submit(lambda connection: _correct(connection, record, checked, back))

    def take_back(self, record: str, *fields: str) -> Future[None]:
        """Take corrections away, all of a record's if no field is named: the pack's word is back.

        A figure the reader added is gone with its name.
        """

        def write(connection: sqlite3.Connection) -> None:
            if fields:
                _take_back(connection, record, fields)
                lay_over(connection, record)
            else:
                forget_record(connection, record)

        return self._writer.submit(write)

    def add_figure(self, values: Mapping[str, str]) -> tuple[str, Future[None]]:
        """Add somebody the pack does not have; gives the new key at once. `values` need a `name`.

        Raises SergeError when there is no name or a value cannot be understood.
        """
        key, checked = new_figure(self._reader(), values)
        return key, self._writer.submit(lambda connection: _correct(connection, f"figure:{key}", checked))

    def is_added(self, key: str) -> bool:
        """Whether a figure is the reader's own and not the pack's."""
        row = self._reader().execute("select 1 from pack_value where record = ? and field = 'added'", [f"figure:{key}"])
        return row.fetchone() is not None


def new_figure(connection: sqlite3.Connection, values: Mapping[str, str]) -> tuple[str, dict[str, str]]:
    """Return a free key and the checked values for somebody the pack does not have.

    Raises SergeError when there is no name or a value cannot be understood.
    """
    name = sanitise_line(values.get("name", ""))
    if not name:
        raise SergeError("A person needs a name.")
    stem = re.sub(r"[^a-z0-9]+", "-", fold(name)).strip("-") or "somebody"
    taken = {str(key) for (key,) in connection.execute("select key from figure where key like ?", [f"{stem}%"])}
    key = next(key for number in range(1, len(taken) + 2) if (key := _numbered(stem, number)) not in taken)
    return key, {field: check(f"figure:{key}", field, value) for field, value in {**values, "name": name}.items()}


def store_figure(connection: sqlite3.Connection, values: Mapping[str, str]) -> str:
    """Add somebody the pack does not have, inside the caller's transaction; return the new key. Raises SergeError."""
    key, checked = new_figure(connection, values)
    _correct(connection, f"figure:{key}", checked)
    return key


def forget_record(connection: sqlite3.Connection, record: str) -> None:
    """Take every correction of a record away, inside the caller's transaction."""
    connection.execute("delete from correction where record = ?", [record])
    lay_over(connection, record)


def _correct(
    connection: sqlite3.Connection, record: str, checked: Mapping[str, str], back: Collection[str] = ()
) -> None:
    now = utc_now()
    connection.executemany(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
        " set value = excluded.value, created_at = excluded.created_at",
        ((record, field, value, now) for field, value in checked.items()),
    )
    _take_back(connection, record, back)
    lay_over(connection, record)


def _take_back(connection: sqlite3.Connection, record: str, fields: Collection[str]) -> None:
    connection.executemany(
        "delete from correction where record = ? and field = ?", ((record, field) for field in fields)
    )


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def check(record: str, field: str, value: str) -> str:
    """Check a value and make it harmless. Raises SergeError that names the field and says what to write."""
    kind = record.partition(":")[0]
    several = field in FIGURE_LISTS
    value = "\n".join(filter(None, map(sanitise_line, value.splitlines()))) if several else sanitise(value).strip()
    if len(value) > LONGEST_VALUE:
        raise SergeError(f"{field}: at most {LONGEST_VALUE} characters; this has {len(value)}.")
    columns = {"figure": (*FIGURE_TEXTS, *FIGURE_LISTS), "event": EVENT_TEXTS, "quote": QUOTATION_TEXTS}.get(kind, ())
    if (kind, field) in {("event", "date"), *(("figure", date) for date in FIGURE_DATES)}:
        try:
            return HistoricalDate.parse(value or "unknown").text
        except ValueError as error:
            raise SergeError(f"{field}: {error}.") from error
    if kind == "figure":
        _check_figure(field, value)
        if field.startswith(("alias:", "tie:")) or field == "chapters":
            return value
    if field not in columns:
        raise SergeError(f'"{field}" of {record or "nothing"} cannot be corrected.')
    return value


def _check_figure(field: str, value: str) -> None:
    match field:
        case "name" if not value:
            raise SergeError("name: a person needs a name.")
        case "sex" if value not in SEXES:
            raise SergeError("sex: write m or f.")
        case "fate" if value not in FATES:
            raise SergeError(f"fate: write one of {', '.join(FATES)}.")
        case "one_line" if len(value) > MAX_ONE_LINE:
            raise SergeError(f"one_line: at most {MAX_ONE_LINE} characters; this has {len(value)}.")
        case "chapters" if not all(word.isdecimal() and 1 <= int(word) <= 10 for word in value.split()):
            raise SergeError("chapters: write numbers from 1 to 10 with spaces between them.")
        case "movements" | "nationalities":
            word, known = _WORDS[field]
            for line in value.splitlines():
                if line not in known:
                    raise SergeError(f'{field}: "{line}" is no {word} here; write of {_near(line, known)}.')
        case _ if field.startswith("alias:"):
            if not sanitise_line(field.removeprefix("alias:")) or value not in {"", *ALIAS_KINDS}:
                raise SergeError(f"{field}: its kind is one of {', '.join(sorted(ALIAS_KINDS))}.")
        case _ if field.startswith("tie:"):
            _, tie, *other = field.split(":", 2)
            if tie not in TIE_INVERSES or not other:
                raise SergeError(f"{field}: a tie is one of {', '.join(sorted(TIE_INVERSES))}.")


def _near(word: str, known: Collection[str]) -> str:
    """The words of a vocabulary that come nearest to one that is not in it."""
    from rapidfuzz import process

    return ", ".join(found[0] for found in process.extract(word, sorted(known), limit=4))
