"""Names the linker is not sure of, names nobody knows yet, and the reader's word on both.

A decision is a row of `correction`, the reader's own, so that it outlives every re-import:

    record  link:EDITION:SURFACE     the edition's key or `*` for every edition; the name folded as by `fold_surface`
    field   always                   value: the figure's key
            never:FIGURE             FIGURE is a key or `*`; no value
            here:DIGEST              value: the figure's key, or empty for nobody; DIGEST is `surroundings_of` the place

A digest of the words around a name says where it stands without counting passages, which a re-import may renumber.
A decision takes effect at once: what it settles leaves the queue and is linked or unlinked in the same transaction.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.models.link import LinkDecisions, NameSuggestion, UncertainMention
from db.passages import words_around
from db.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from concurrent.futures import Future

    from db.writer import Writer

EVERY_EDITION: Final = "*"
EVERYBODY: Final = "*"
_SURROUNDING_LETTERS: Final = 40
_PREFIX: Final = "link:"


def fold_surface(surface: str) -> str:
    """The form in which two spellings of one written name are the same: folded words, one space between."""
    return " ".join("".join(char if char.isalnum() else " " for char in fold(surface)).split())


def surroundings_of(text: str, start: int, end: int) -> str:
    """A digest of the letters around a stretch of a passage, its own included."""
    before = [char for char in fold(text[max(0, start - 4 * _SURROUNDING_LETTERS) : start]) if char.isalpha()]
    after = [char for char in fold(text[end : end + 4 * _SURROUNDING_LETTERS]) if char.isalpha()]
    letters = "".join(before[-_SURROUNDING_LETTERS:]) + "|" + "".join(after[:_SURROUNDING_LETTERS])
    return hashlib.blake2b(letters.encode("utf-8", "replace"), digest_size=8).hexdigest()


def decisions_in(connection: sqlite3.Connection, edition: str) -> LinkDecisions:
    """Read the reader's decisions that hold for an edition, on any connection; its own go before those for all."""
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
    """The queue of uncertain names of an edition, and the suggestions."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def uncertain(self, edition: str, *, limit: int = 500) -> list[UncertainMention]:
        """What the reader may decide, in order of the text."""
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
        """How many uncertain names an edition has."""
        row = self._reader().execute(
            "select count(*) from (select distinct passage, start from link_question where edition = ?)", [edition]
        )
        return int(row.fetchone()[0])

    def suggestions(self, edition: str) -> list[NameSuggestion]:
        """Names in no glossary, the most frequent first."""
        rows = self._reader().execute(
            "select edition, name, occurrences, passage, start, end from name_suggestion where edition = ?"
            " order by occurrences desc, name",
            [edition],
        )
        return [NameSuggestion(*row) for row in rows]

    def decisions(self, edition: str) -> LinkDecisions:
        """The reader's word on names in an edition."""
        return decisions_in(self._reader(), edition)

    def always(self, edition: str, surface: str, figure: str) -> Future[int]:
        """From now on a name means a figure wherever it stands in an edition; gives how many places were linked."""

        def write(connection: sqlite3.Connection) -> int:
            folded = fold_surface(surface)
            _decide(connection, edition, folded, "always", figure)
            _take_back(connection, edition, folded, f"never:{figure}", f"never:{EVERYBODY}")
            places = _questions_about(connection, edition, folded)
            for of_edition, passage, start, end in places:
                _link(connection, of_edition, passage, start, end, figure)
            _forget_suggestion(connection, edition, folded)
            return len(places)

        return self._writer.submit(write)

    def never(self, edition: str, surface: str, figure: str = EVERYBODY) -> Future[int]:
        """From now on a name never means a figure (nobody at all by default); gives how many places were settled."""

        def write(connection: sqlite3.Connection) -> int:
            folded = fold_surface(surface)
            _decide(connection, edition, folded, f"never:{figure}", "")
            _take_back(connection, edition, folded, "always")
            settled = _questions_about(connection, edition, folded)
            condition, parameters = _in_edition(edition)
            who, whom = ("", []) if figure == EVERYBODY else (" and figure = ?", [figure])
            connection.execute(
                f"delete from link_question where surface = ? and {condition}{who}", [folded, *parameters, *whom]
            )
            _unlink(connection, edition, folded, figure)
            if figure == EVERYBODY:
                _forget_suggestion(connection, edition, folded)
            return len(settled)

        return self._writer.submit(write)

    def here(self, edition: str, passage: int, start: int, end: int, figure: str) -> Future[None]:
        """A name means a figure at this one place; an empty key says that it means nobody of the glossary."""

        def write(connection: sqlite3.Connection) -> None:
            row = connection.execute(
                "select text from passage where edition = ? and ordinal = ?", [edition, passage]
            ).fetchone()
            if row is None:
                return
            text = str(row[0])
            surface = fold_surface(text[start:end])
            _decide(connection, edition, surface, f"here:{surroundings_of(text, start, end)}", figure)
            if figure:
                _link(connection, edition, passage, start, end, figure)
            else:
                for table in ("link_question", "mention"):
                    connection.execute(
                        f"delete from {table} where edition = ? and passage = ? and start = ?",
                        [edition, passage, start],
                    )

        return self._writer.submit(write)

    def take_back(self, edition: str, surface: str) -> Future[int]:
        """Forget every decision about a name; gives how many there were. The next import decides anew."""

        def write(connection: sqlite3.Connection) -> int:
            record = _record(edition, fold_surface(surface))
            return connection.execute("delete from correction where record = ?", [record]).rowcount

        return self._writer.submit(write)


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
    """A condition on the column `edition`, and its parameters."""
    return ("edition is not null", []) if edition == EVERY_EDITION else ("edition = ?", [edition])


def _questions_about(connection: sqlite3.Connection, edition: str, folded: str) -> list[tuple[str, int, int, int]]:
    condition, parameters = _in_edition(edition)
    rows = connection.execute(
        f"select distinct edition, passage, start, end from link_question where surface = ? and {condition}",
        [folded, *parameters],
    )
    return [(str(row[0]), row[1], row[2], row[3]) for row in rows]


def _link(connection: sqlite3.Connection, edition: str, passage: int, start: int, end: int, figure: str) -> None:
    for table in ("link_question", "mention"):
        connection.execute(
            f"delete from {table} where edition = ? and passage = ? and start < ? and end > ?",
            [edition, passage, end, start],
        )
    connection.execute(
        "insert or replace into mention values (?, ?, ?, ?, ?, 1.0)", [edition, passage, start, end, figure]
    )


def _unlink(connection: sqlite3.Connection, edition: str, folded: str, figure: str) -> None:
    """Take away the mentions with a surface; it is read from the text, for a mention does not keep its own."""
    condition, parameters = _in_edition(edition)
    who, whom = ("", []) if figure == EVERYBODY else (" and m.figure = ?", [figure])
    rows = connection.execute(
        "select m.edition, m.passage, m.start, m.end, m.figure, p.text from mention m"
        f" join passage p on p.edition = m.edition and p.ordinal = m.passage where m.{condition}{who}",
        [*parameters, *whom],
    ).fetchall()
    connection.executemany(
        "delete from mention where edition = ? and passage = ? and start = ? and figure = ?",
        (
            (of_edition, passage, start, of_figure)
            for of_edition, passage, start, end, of_figure, text in rows
            if fold_surface(text[start:end]) == folded
        ),
    )


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
