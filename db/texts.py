"""Editions, their chapters, notes and printed pages, and where the reader is in each."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from db.clock import utc_now
from db.edition_corrections import rename_text, told_title
from db.models import (
    GUIDE_EDITION,
    Chapter,
    Edition,
    Note,
    PageLabel,
    Place,
    ReadingPosition,
    TextSummary,
)

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from db.writer import Writer

_EDITION = "key, title, author, language, format, source_name, imported_at, words, report, importer"
_CHAPTER = "edition, ordinal, title, level, canonical, first_passage, passages, words, characters"

ENOUGH_READ: Final = 6_000
"""Characters read, about five minutes, from which the reader's own pace is known."""
SLOWEST: Final = 300.0
"""Characters a minute, about sixty words of English."""


class Texts:
    """The texts in the library, and the reader's place in each."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def editions(self) -> list[Edition]:
        """Return all editions: imported ones (newest first), then the guide."""
        rows = self._reader().execute(
            f"select {_EDITION} from edition order by key = ?, imported_at desc, key", [GUIDE_EDITION]
        )
        return [_edition(row) for row in rows]

    def edition(self, key: str) -> Edition | None:
        """Return one edition."""
        row = self._reader().execute(f"select {_EDITION} from edition where key = ?", [key]).fetchone()
        return _edition(row) if row else None

    def summaries(self) -> list[TextSummary]:
        """Return every text with what a list of the library shows, in the order of `editions`."""
        rows = self._reader().execute(
            "select e.key, (select count(distinct canonical) from chapter where edition = e.key),"
            # The share of each chapter, weighted by its words, as in Progress and Today.
            " (select sum(c.words * min(1.0, 1.0 / max(1, c.characters) * coalesce((select sum(s.characters)"
            "   from stretch_read s where s.edition = c.edition and s.passage >= c.first_passage"
            "   and s.passage < c.first_passage + c.passages), 0))) / max(1, sum(c.words))"
            "   from chapter c where c.edition = e.key),"
            " (select count(*) from annotation where edition = e.key and deleted_at = '')"
            " from edition e"
        )
        counts = {key: (recognised, min(1.0, share or 0.0), notes) for key, recognised, share, notes in rows}
        return [TextSummary(one, *counts[one.key]) for one in self.editions() if one.key in counts]

    def rename(self, key: str, title: str) -> Future[None]:
        """Give a text a title of the reader's own, kept when it is imported again; its key never changes.

        An empty title takes the reader's away: the one in the file is back.
        """
        return self._writer.submit(lambda connection: rename_text(connection, key, title))

    def own_title(self, key: str) -> str:
        """Return the title that the reader gave to a text, or an empty string."""
        return told_title(self._reader(), key)

    def identifier(self, key: str) -> str:
        """Return the identifier in an edition's file (an ISBN, a URL), or an empty string."""
        row = self._reader().execute("select identifier from edition where key = ?", [key]).fetchone()
        return str(row[0]) if row else ""

    def digest(self, key: str) -> str:
        """Return the digest of the file an edition was read from, or an empty string."""
        row = self._reader().execute("select digest from edition where key = ?", [key]).fetchone()
        return str(row[0]) if row else ""

    def chapters(self, edition: str) -> list[Chapter]:
        """Return the chapters of an edition in reading order."""
        rows = self._reader().execute(f"select {_CHAPTER} from chapter where edition = ? order by ordinal", [edition])
        return [Chapter(*row) for row in rows]

    def chapter(self, edition: str, ordinal: int) -> Chapter | None:
        """Return one chapter by its ordinal in the edition."""
        row = (
            self._reader()
            .execute(f"select {_CHAPTER} from chapter where edition = ? and ordinal = ?", [edition, ordinal])
            .fetchone()
        )
        return Chapter(*row) if row else None

    def chapter_of(self, edition: str, passage: int) -> Chapter | None:
        """Return the chapter of a passage; for a passage past the end, the last chapter."""
        row = (
            self._reader()
            .execute(
                f"select {_CHAPTER} from chapter where edition = ? and first_passage <= ?"
                " order by first_passage desc limit 1",
                [edition, passage],
            )
            .fetchone()
        )
        return Chapter(*row) if row else None

    def canonical(self, edition: str, number: int) -> Chapter | None:
        """Return the chapter of an edition recognised as chapter `number` of the Memoirs."""
        row = (
            self._reader()
            .execute(
                f"select {_CHAPTER} from chapter where edition = ? and canonical = ? order by ordinal limit 1",
                [edition, number],
            )
            .fetchone()
        )
        return Chapter(*row) if row else None

    def notes(self, edition: str) -> dict[str, Note]:
        """Return the footnotes and endnotes of an edition by key."""
        rows = self._reader().execute(
            "select edition, key, label, text from note where edition = ? order by position", [edition]
        )
        return {row[1]: Note(*row) for row in rows}

    def note(self, edition: str, key: str) -> Note | None:
        """Return one footnote or endnote."""
        row = (
            self._reader()
            .execute("select edition, key, label, text from note where edition = ? and key = ?", [edition, key])
            .fetchone()
        )
        return Note(*row) if row else None

    def pages(self, edition: str, first: int, last: int) -> list[PageLabel]:
        """Return the printed-page marks in passages `first` to `last` inclusive."""
        rows = self._reader().execute(
            "select passage, offset, label from page_mark where edition = ? and passage between ? and ?"
            " order by passage, offset",
            [edition, first, last],
        )
        return [PageLabel(*row) for row in rows]

    def page_at(self, place: Place) -> str:
        """Return the label of the printed page at a place; empty if the edition has no page marks."""
        row = (
            self._reader()
            .execute(
                "select label from page_mark where edition = ? and (passage, offset) <= (?, ?)"
                " order by passage desc, offset desc limit 1",
                [place.edition, place.passage, place.offset],
            )
            .fetchone()
        )
        return str(row[0]) if row else ""

    def place_of_page(self, edition: str, label: str) -> Place | None:
        """Return the place where a printed page begins."""
        row = (
            self._reader()
            .execute(
                "select passage, offset from page_mark where edition = ? and label = ? order by passage limit 1",
                [edition, label.strip()],
            )
            .fetchone()
        )
        return Place(edition, row[0], row[1]) if row else None

    def position(self, edition: str) -> ReadingPosition | None:
        """Return the reader's last place in an edition."""
        row = (
            self._reader()
            .execute("select passage, offset, exact, updated_at from position where edition = ?", [edition])
            .fetchone()
        )
        return ReadingPosition(Place(edition, row[0], row[1]), row[2], row[3]) if row else None

    def last_position(self) -> ReadingPosition | None:
        """Return the reader's last place in any edition that still exists."""
        row = (
            self._reader()
            .execute(
                "select edition, passage, offset, exact, updated_at from position"
                " where edition in (select key from edition) order by updated_at desc limit 1"
            )
            .fetchone()
        )
        return ReadingPosition(Place(row[0], row[1], row[2]), row[3], row[4]) if row else None

    def save_position(
        self, place: Place, exact: str, read: tuple[int, Sequence[tuple[int, int]]] | None = None
    ) -> Future[None]:
        """Store the reader's place; `exact` are the words that begin there.

        `read` are stretches of a chapter read since the last write, as in `Reading.add`: one transaction for both.
        """

        def write(connection: sqlite3.Connection) -> None:
            from db.reading import add_read

            _save_position(connection, place, exact)
            if read is not None:
                add_read(connection, place.edition, *read)

        return self._writer.submit(write)

    def add_reading_time(self, edition: str, day: str, seconds: float, characters: int) -> Future[None]:
        """Add to the reading time and the characters read on one day (ISO date)."""

        def write(connection: sqlite3.Connection) -> None:
            connection.execute(
                "insert into reading_time values (?, ?, ?, ?) on conflict (edition, day) do update"
                " set seconds = seconds + excluded.seconds, characters = characters + excluded.characters",
                [edition, day, seconds, characters],
            )

        return self._writer.submit(write)

    def reading_pace(self) -> float | None:
        """Return the reading pace in characters a minute over the last thirty days read; None before enough was read.

        A page left open would count as slow reading: a pace slower than anybody reads is not believed either.
        """
        seconds, characters = (
            self._reader()
            .execute(
                "select coalesce(sum(seconds), 0), coalesce(sum(characters), 0) from"
                " (select seconds, characters from reading_time order by day desc limit 30)"
            )
            .fetchone()
        )
        return max(SLOWEST, characters / (seconds / 60)) if characters >= ENOUGH_READ and seconds else None

    def reading_days(self) -> list[tuple[str, float]]:
        """Return the days of reading with their seconds, oldest first."""
        rows = self._reader().execute("select day, sum(seconds) from reading_time group by day order by day")
        return [(str(day), float(seconds)) for day, seconds in rows]


def _save_position(connection: sqlite3.Connection, place: Place, exact: str) -> None:
    connection.execute(
        "insert into position values (?, ?, ?, ?, ?) on conflict (edition) do update set passage = excluded.passage,"
        " offset = excluded.offset, exact = excluded.exact, updated_at = excluded.updated_at",
        [place.edition, place.passage, place.offset, exact, utc_now()],
    )


def _edition(row: sqlite3.Row) -> Edition:
    return Edition(**dict(row) | {"report": tuple(json.loads(row["report"]))})
