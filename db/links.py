"""Uncertain names, names in no glossary, and the reader's decisions on both.

A decision is a row of `correction`, the reader's own, so it survives every re-import:

    record  link:EDITION:SURFACE     the edition's key or `*` for every edition; the name folded as by `fold_surface`
    field   always                   value: the figure's key
            never:FIGURE             FIGURE is a key or `*`; no value
            here:DIGEST              value: the figure's key, or empty for nobody; DIGEST is `surroundings_of` the place

A digest of the words around a name identifies its place without passage numbers, which a re-import may change.
A decision takes effect at once: the places it settles leave the queue and are linked or unlinked in the same
transaction.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.corrections import forget_record, store_figure
from db.link_changes import LinkChange, take_back, watched
from db.models.link import LinkDecisions, NameSuggestion, UncertainMention
from db.passages import words_around
from db.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future

    from db.writer import Writer

EVERY_EDITION: Final = "*"
EVERYBODY: Final = "*"
_SURROUNDING_LETTERS: Final = 40
_PREFIX: Final = "link:"


def fold_surface(surface: str) -> str:
    """Fold a written name: folded words with one space between them."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(surface)).split())


def surroundings_of(text: str, start: int, end: int) -> str:
    """Return a digest of the letters around and in a stretch of a passage."""
    before = [char for char in fold(text[max(0, start - 4 * _SURROUNDING_LETTERS) : start]) if char.isalpha()]
    after = [char for char in fold(text[end : end + 4 * _SURROUNDING_LETTERS]) if char.isalpha()]
    letters = "".join(before[-_SURROUNDING_LETTERS:]) + "|" + "".join(after[:_SURROUNDING_LETTERS])
    return hashlib.blake2b(letters.encode("utf-8", "replace"), digest_size=8).hexdigest()


def decisions_in(connection: sqlite3.Connection, edition: str) -> LinkDecisions:
    """Read the reader's decisions for an edition, on any connection; its own take precedence over those for all."""
    decisions = LinkDecisions()
    never: defaultdict[str, set[str]] = defaultdict(set)
    rows = connection.execute(
        "select record, field, value from correction where record like 'link:%' order by created_at, field"
    ).fetchall()
    for wanted in (EVERY_EDITION, edition):
        for record, field, value in rows:
            of_edition, _, surface = str(record).removeprefix(_PREFIX).rpartition(":")
            if of_edition != wanted:
                continue
            kind, _, detail = str(field).partition(":")
            match kind:
                case "always":
                    decisions.always[surface] = str(value)
                case "never":
                    never[surface].add(detail)
                case "here":
                    decisions.here[surface, detail] = str(value)
    decisions.never = {surface: frozenset(figures) for surface, figures in never.items()}
    return decisions


class Links:
    """Uncertain names of an edition, and suggested names."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def uncertain(self, edition: str, *, limit: int = 500) -> list[UncertainMention]:
        """Return the uncertain names in text order."""
        rows = self._reader().execute(
            "select q.passage, q.start, q.end, q.figure, q.confidence, q.reason, p.text, c.title"
            " from link_question q join passage p on p.edition = q.edition and p.ordinal = q.passage"
            " join chapter c on c.edition = p.edition and c.ordinal = p.chapter"
            " where q.edition = ? order by q.passage, q.start, q.confidence desc",
            [edition],
        )
        places: dict[tuple[int, int, int], list[sqlite3.Row]] = {}
        for row in rows:
            places.setdefault((row["passage"], row["start"], row["end"]), []).append(row)
            if len(places) > limit:
                places.popitem()
                break
        return [_question(edition, *place, found) for place, found in places.items()]

    def count(self, edition: str) -> int:
        """Count the uncertain names of an edition."""
        row = self._reader().execute(
            "select count(*) from (select distinct passage, start from link_question where edition = ?)", [edition]
        )
        return int(row.fetchone()[0])

    def suggestions(self, edition: str) -> list[NameSuggestion]:
        """Return names in no glossary, the most frequent first."""
        rows = self._reader().execute(
            "select edition, surface, name, occurrences, passage, start, end from name_suggestion where edition = ?"
            " order by occurrences desc, name",
            [edition],
        )
        return [NameSuggestion(*row) for row in rows]

    def decisions(self, edition: str) -> LinkDecisions:
        """Return the reader's decisions on names in an edition."""
        return decisions_in(self._reader(), edition)

    def always(self, edition: str, surface: str, figure: str) -> Future[LinkChange]:
        """Decide that a name always means a figure in an edition."""
        folded = fold_surface(surface)
        return self._watched(edition, lambda connection: _always(connection, edition, folded, figure))

    def add_person(self, edition: str, surface: str, values: Mapping[str, str]) -> Future[LinkChange]:
        """Add a person to the figures and decide that a name always means them, in one transaction.

        The write fails with SergeError if a value cannot be understood.
        """
        folded, scope = fold_surface(surface), "" if edition == EVERY_EDITION else edition

        def write(connection: sqlite3.Connection) -> LinkChange:
            key = store_figure(connection, values)
            return replace(watched(connection, scope, lambda: _always(connection, edition, folded, key)), person=key)

        return self._writer.submit(write)

    def never(self, edition: str, surface: str, figure: str = EVERYBODY) -> Future[LinkChange]:
        """Decide that a name never means a figure (by default: nobody at all)."""
        folded = fold_surface(surface)

        def write(connection: sqlite3.Connection) -> int:
            _decide(connection, edition, folded, f"never:{figure}", "")
            _take_back(connection, edition, folded, "always")
            return settle(connection, edition, folded, f"never:{figure}", "")

        return self._watched(edition, write)

    def here(self, edition: str, passage: int, start: int, end: int, figure: str) -> Future[LinkChange]:
        """Decide that a name means a figure at this place only; an empty key means nobody in the glossary."""

        def write(connection: sqlite3.Connection) -> int:
            row = connection.execute(
                "select text from passage where edition = ? and ordinal = ?", [edition, passage]
            ).fetchone()
            if row is None:
                return 0
            text = str(row[0])
            surface = fold_surface(text[start:end])
            _decide(connection, edition, surface, f"here:{surroundings_of(text, start, end)}", figure)
            _link_or_not(connection, (edition, passage, start, end), figure)
            return 1

        return self._watched(edition, write)

    def undo(self, change: LinkChange) -> Future[bool]:
        """Undo a decision, with the person added for it, in one transaction.

        Return whether the places are as they were (otherwise the next import asks again).
        """

        def write(connection: sqlite3.Connection) -> bool:
            as_before = take_back(connection, change)
            if change.person:
                forget_record(connection, f"figure:{change.person}")
            return as_before

        return self._writer.submit(write)

    def _watched(self, edition: str, write: Callable[[sqlite3.Connection], int]) -> Future[LinkChange]:
        scope = "" if edition == EVERY_EDITION else edition
        return self._writer.submit(lambda connection: watched(connection, scope, lambda: write(connection)))

    def forget(self, edition: str, surface: str) -> Future[int]:
        """Delete every decision about a name; return their number. The next import decides again."""

        def write(connection: sqlite3.Connection) -> int:
            record = _record(edition, fold_surface(surface))
            return connection.execute("delete from correction where record = ?", [record]).rowcount

        return self._writer.submit(write)


def _always(connection: sqlite3.Connection, edition: str, folded: str, figure: str) -> int:
    _decide(connection, edition, folded, "always", figure)
    _take_back(connection, edition, folded, f"never:{figure}", f"never:{EVERYBODY}")
    return settle(connection, edition, folded, "always", figure)


def settle(connection: sqlite3.Connection, edition: str, folded: str, field: str, value: str) -> int:
    """Apply a decision to the stored texts, inside the caller's transaction; return how many places it settled.

    Decisions of another machine too: they identify places by the words around them.
    """
    kind, _, detail = field.partition(":")
    places = _questions_about(connection, edition, folded)
    match kind:
        case "always":
            places += _suggested_places(connection, edition, folded)
            for place in places:
                _link(connection, *place, value)
            _forget_suggestion(connection, edition, folded)
        case "never":
            condition, parameters = _in_edition(edition)
            who, whom = ("", []) if detail == EVERYBODY else (" and figure = ?", [detail])
            connection.execute(
                f"delete from link_question where surface = ? and {condition}{who}", [folded, *parameters, *whom]
            )
            _unlink(connection, edition, folded, detail)
            if detail == EVERYBODY:
                _forget_suggestion(connection, edition, folded)
        case "here":
            named = [place for place, _ in _mentions_with(connection, edition, folded)]
            places = [place for place in {*places, *named} if _surroundings(connection, *place) == detail]
            for place in places:
                _link_or_not(connection, place, value)
    return len(places)


def settle_told(connection: sqlite3.Connection, record: str) -> None:
    """Apply every decision of a record received from another machine; ignore records about anything else."""
    if not record.startswith(_PREFIX):
        return
    edition, _, folded = record.removeprefix(_PREFIX).rpartition(":")
    rows = connection.execute("select field, value from correction where record = ? order by field", [record])
    for field, value in rows.fetchall():
        if value and connection.execute("select 1 from figure where key = ?", [value]).fetchone() is None:
            continue  # the pack on this machine does not have that figure yet
        settle(connection, edition, folded, str(field), str(value))


def _surroundings(connection: sqlite3.Connection, edition: str, passage: int, start: int, end: int) -> str:
    (text,) = connection.execute(
        "select text from passage where edition = ? and ordinal = ?", [edition, passage]
    ).fetchone()
    return surroundings_of(text, start, end)


def _record(edition: str, folded: str) -> str:
    return f"{_PREFIX}{edition}:{folded}"


def _decide(connection: sqlite3.Connection, edition: str, folded: str, field: str, value: str) -> None:
    connection.execute(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update"
        " set value = excluded.value, created_at = excluded.created_at",
        [_record(edition, folded), field, value, utc_now()],
    )


def _take_back(connection: sqlite3.Connection, edition: str, folded: str, *fields: str) -> None:
    connection.executemany(
        "delete from correction where record = ? and field = ?",
        ((_record(edition, folded), field) for field in fields),
    )


def _in_edition(edition: str) -> tuple[str, list[str]]:
    """Return a condition on the column `edition`, and its parameters."""
    return ("edition is not null", []) if edition == EVERY_EDITION else ("edition = ?", [edition])


def _questions_about(connection: sqlite3.Connection, edition: str, folded: str) -> list[tuple[str, int, int, int]]:
    condition, parameters = _in_edition(edition)
    rows = connection.execute(
        f"select distinct edition, passage, start, end from link_question where surface = ? and {condition}",
        [folded, *parameters],
    )
    return [(str(row[0]), row[1], row[2], row[3]) for row in rows]


def _suggested_places(connection: sqlite3.Connection, edition: str, folded: str) -> list[tuple[str, int, int, int]]:
    """Find where a suggested name occurs unlinked: in its fullest form if present, else alone."""
    condition, parameters = _in_edition(edition)
    rows = connection.execute(
        "select s.edition, s.name, substr(p.text, s.start + 1, s.end - s.start) from name_suggestion s"
        f" join passage p on p.edition = s.edition and p.ordinal = s.passage where s.surface = ? and s.{condition}",
        [folded, *parameters],
    ).fetchall()
    found = []
    for key, name, written in rows:
        forms = "|".join(re.escape(form) for form in (name, written))
        standing = re.compile(rf"(?<!\w)(?:{forms})(?!\w)")
        taken: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        for passage, start, end in connection.execute(
            "select passage, start, end from mention where edition = ?", [key]
        ):
            taken[passage].append((start, end))
        for passage, text in connection.execute(
            "select ordinal, text from passage where edition = ? and instr(text, ?)", [key, written]
        ):
            found += [
                (str(key), int(passage), match.start(), match.end())
                for match in standing.finditer(text)
                if not any(start < match.end() and match.start() < end for start, end in taken[passage])
            ]
    return found


def _link(connection: sqlite3.Connection, edition: str, passage: int, start: int, end: int, figure: str) -> None:
    for table in ("link_question", "mention"):
        connection.execute(
            f"delete from {table} where edition = ? and passage = ? and start < ? and end > ?",
            [edition, passage, end, start],
        )
    connection.execute(
        "insert or replace into mention values (?, ?, ?, ?, ?, 1.0)", [edition, passage, start, end, figure]
    )


def _link_or_not(connection: sqlite3.Connection, place: tuple[str, int, int, int], figure: str) -> None:
    """Link a place to a figure; with an empty key, only remove its question."""
    if figure:
        _link(connection, *place, figure)
        return
    for table in ("link_question", "mention"):
        connection.execute(f"delete from {table} where edition = ? and passage = ? and start = ?", place[:3])


def _unlink(connection: sqlite3.Connection, edition: str, folded: str, figure: str) -> None:
    """Delete the mentions written in one way."""
    connection.executemany(
        "delete from mention where edition = ? and passage = ? and start = ? and figure = ?",
        (
            (*place[:3], named)
            for place, named in _mentions_with(connection, edition, folded)
            if figure in (EVERYBODY, named)
        ),
    )


def _mentions_with(
    connection: sqlite3.Connection, edition: str, folded: str
) -> list[tuple[tuple[str, int, int, int], str]]:
    """Return place and figure of each mention written in one way, read from the text."""
    condition, parameters = _in_edition(edition)
    rows = connection.execute(
        "select m.edition, m.passage, m.start, m.end, m.figure, p.text from mention m"
        f" join passage p on p.edition = m.edition and p.ordinal = m.passage where m.{condition}",
        parameters,
    )
    return [
        ((str(row[0]), row[1], row[2], row[3]), str(row[4]))
        for row in rows
        if fold_surface(row[5][row[2] : row[3]]) == folded
    ]


def _forget_suggestion(connection: sqlite3.Connection, edition: str, folded: str) -> None:
    condition, parameters = _in_edition(edition)
    connection.execute(f"delete from name_suggestion where surface = ? and {condition}", [folded, *parameters])


def _question(edition: str, passage: int, start: int, end: int, rows: list[sqlite3.Row]) -> UncertainMention:
    text = str(rows[0]["text"])
    before, after = words_around(text, start, end)
    return UncertainMention(
        edition, passage, start, end, text[start:end],
        tuple((str(row["figure"]), float(row["confidence"])) for row in rows), str(rows[0]["reason"]),
        before, after, str(rows[0]["title"]),
    )  # fmt: skip
