"""What has been read of each edition: stretches of its chapters, and the furthest place in each."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NamedTuple

from db.models import Anchor, Place

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future

    from db.anchoring import TextIndex
    from db.writer import Writer

WORDS_KEPT: Final = 80
"""Characters kept of the beginning and the end of a stretch, to find it again in a changed text."""
READ: Final = 0.9
"""Share of a chapter from which the chapter counts as read: one skipped page does not matter."""

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChapterReading:
    """What has been read of a chapter: the share of its characters, and the place after the last one read."""

    share: float
    passage: int
    offset: int

    @property
    def is_read(self) -> bool:
        """Return whether (nearly) all of it has been read."""
        return self.share >= READ

    def holds(self, passage: int, offset: int) -> bool:
        """Return whether a place of the chapter is not beyond the furthest place read."""
        return (passage, offset) <= (self.passage, self.offset)


class Reading:
    """What has been read. Intervals count a chapter's characters from 0, with nothing between passages."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def chapters(self, edition: str) -> dict[int, ChapterReading]:
        """Return what has been read of each chapter, by its ordinal; unread chapters are left out."""
        rows = self._reader().execute(
            "select c.ordinal, c.characters, sum(s.characters), s.end_passage, s.end,"
            " max(s.end_passage * 4294967296 + s.end)"  # SQLite gives the bare columns of the row with the maximum
            " from chapter c join stretch_read s on s.edition = c.edition"
            " and s.passage >= c.first_passage and s.passage < c.first_passage + c.passages"
            " where c.edition = ? group by c.ordinal",
            [edition],
        )
        return {
            ordinal: ChapterReading(min(1.0, read / characters) if characters else 1.0, passage, end)
            for ordinal, characters, read, passage, end, _ in rows
        }

    def furthest(self, edition: str) -> Place | None:
        """Return the place after the last character read of an edition; None if nothing has been read."""
        row = (
            self._reader()
            .execute(
                "select end_passage, end from stretch_read where edition = ? order by end_passage desc, end desc"
                " limit 1",
                [edition],
            )
            .fetchone()
        )
        return Place(edition, row[0], row[1]) if row else None

    def people_met(self, edition: str | None = None) -> set[str]:
        """Return the figures named in what has been read of an edition, or of any."""
        rows = self._reader().execute(
            "select distinct m.figure from (select c.edition, c.first_passage,"
            " max(s.end_passage * 4294967296 + s.end) as reach from chapter c join stretch_read s"
            " on s.edition = c.edition and s.passage >= c.first_passage and s.passage < c.first_passage + c.passages"
            " where ?1 is null or c.edition = ?1 group by c.edition, c.ordinal) r"
            " join mention m on m.edition = r.edition"
            " and m.passage between r.first_passage and r.reach / 4294967296"
            " and m.passage * 4294967296 + m.start < r.reach",
            [edition],
        )
        return {str(figure) for (figure,) in rows}

    def intervals(self, edition: str, chapter: int) -> list[Interval]:
        """Return the stretches read of a chapter, in order."""
        known = _chapter(self._reader(), edition, chapter)
        return known.stored(self._reader()) if known else []

    def add(self, edition: str, chapter: int, intervals: Iterable[Interval]) -> Future[None]:
        """Mark more stretches of a chapter as read."""
        new = list(intervals)
        return self._writer.submit(lambda connection: add_read(connection, edition, chapter, new))

    def replace(self, edition: str, chapters: Iterable[tuple[int, Sequence[Interval] | None]]) -> Future[None]:
        """Mark exactly these stretches of some chapters as read; None is the whole chapter."""
        wanted = list(chapters)

        def write(connection: sqlite3.Connection) -> None:
            for ordinal, intervals in wanted:
                if known := _chapter(connection, edition, ordinal):
                    known.store(connection, [(0, known.characters)] if intervals is None else intervals)

        return self._writer.submit(write)


def add_read(connection: sqlite3.Connection, edition: str, chapter: int, intervals: Iterable[Interval]) -> None:
    """Mark more stretches of a chapter as read, inside the caller's transaction."""
    if known := _chapter(connection, edition, chapter):
        known.store(connection, [*known.stored(connection), *intervals])


class Stretch(NamedTuple):
    """A stretch that has been read, end exclusive, with the words it begins and ends with."""

    passage: int
    start: int
    end_passage: int
    end: int
    characters: int
    exact: str
    ending: str


def stretches(connection: sqlite3.Connection, edition: str) -> list[Stretch]:
    """Return the stretches read of an edition, in order."""
    rows = connection.execute(
        f"select {', '.join(Stretch._fields)} from stretch_read where edition = ? order by passage, start", [edition]
    )
    return [Stretch(*row) for row in rows]


def put(connection: sqlite3.Connection, edition: str, read: Iterable[Stretch]) -> None:
    """Mark exactly these stretches of an edition as read."""
    connection.execute("delete from stretch_read where edition = ?", [edition])
    connection.executemany("insert into stretch_read values (?, ?, ?, ?, ?, ?, ?, ?)", ((edition, *s) for s in read))


def find_read_again(connection: sqlite3.Connection, edition: str, index: Callable[[], TextIndex]) -> None:
    """Find the stretches read in an edition's new text, inside the caller's transaction; `index` is of that text."""
    if before := stretches(connection, edition):
        put(connection, edition, _found_again(connection, edition, before, index))


def here(connection: sqlite3.Connection, edition: str, told: Iterable[Stretch]) -> list[Stretch]:
    """Find stretches from another device in this device's text of the edition; those that touch become one.

    If the edition is not here, they are kept as they are, and found when it is imported.
    """

    @cache
    def index() -> TextIndex:
        from db.anchoring import TextIndex

        rows = connection.execute("select text from passage where edition = ? order by ordinal", [edition])
        return TextIndex([str(text) for (text,) in rows])

    if connection.execute("select 1 from passage where edition = ? limit 1", [edition]).fetchone():
        return _found_again(connection, edition, told, index)
    longest: dict[tuple[int, int], Stretch] = {}
    for stretch in sorted(told, key=lambda one: (one.end_passage, one.end, one)):
        longest[stretch.passage, stretch.start] = stretch
    return [longest[place] for place in sorted(longest)]


def _found_again(
    connection: sqlite3.Connection, edition: str, before: Iterable[Stretch], index: Callable[[], TextIndex]
) -> list[Stretch]:
    chapters = [
        found
        for (ordinal,) in connection.execute(
            "select ordinal from chapter where edition = ? order by first_passage", [edition]
        ).fetchall()
        if (found := _chapter(connection, edition, ordinal))
    ]
    read: list[list[Interval]] = [[] for _ in chapters]
    for stretch in set(before):
        if (ends := _ends(connection, edition, stretch, index)) is None:
            continue
        for chapter, intervals in zip(chapters, read, strict=True):
            intervals.append((chapter.count(ends[0]), chapter.count(ends[1])))
    return [
        stretch
        for chapter, intervals in zip(chapters, read, strict=True)
        for stretch in chapter.stretches(connection, intervals)
    ]


def _ends(
    connection: sqlite3.Connection, edition: str, stretch: Stretch, index: Callable[[], TextIndex]
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Find the ends of a stretch in a text that may have changed; return None if neither is left."""
    from db.anchoring import reanchor

    def found(passage: int, start: int, words: str) -> tuple[int, int] | None:
        if _text(connection, edition, passage)[start : start + len(words)] == words:
            return passage, start
        anchor = Anchor(edition, passage, start, passage, start + len(words), words)
        moved = reanchor(anchor, "anchored", index(), is_careful=False)
        return None if moved.state == "orphan" else (moved.anchor.passage, moved.anchor.start)

    passage, start, end_passage, end, _, exact, ending = stretch
    before = max(0, end - len(ending))
    begin = found(passage, start, exact)
    # A few words at its end are too short to be found alone; they move with its beginning.
    last = found(end_passage + (begin[0] - passage if begin else 0), before, ending)
    if begin is None and last is None:
        return None
    return begin or (passage, 0), (last[0], last[1] + len(ending)) if last else (end_passage, end)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter's passages as one sequence of characters."""

    edition: str
    first: int
    before: list[int]
    """Characters before each passage, and at the end those of all."""

    @property
    def characters(self) -> int:
        return self.before[-1]

    @property
    def last(self) -> int:
        """Return the ordinal of the last passage."""
        return self.first + len(self.before) - 2

    def count(self, place: tuple[int, int]) -> int:
        """Count the chapter's characters before a place, which may lie outside the chapter."""
        passage, offset = place
        if passage < self.first:
            return 0
        if passage > self.last:
            return self.characters
        at = passage - self.first
        return min(self.before[at] + max(0, offset), self.before[at + 1])

    def stored(self, connection: sqlite3.Connection) -> list[Interval]:
        rows = connection.execute(
            "select passage, start, end_passage, end from stretch_read"
            " where edition = ? and passage between ? and ? order by passage, start",
            [self.edition, self.first, self.last],
        )
        return [(self.count((row[0], row[1])), self.count((row[2], row[3]))) for row in rows]

    def store(self, connection: sqlite3.Connection, intervals: Iterable[Interval]) -> None:
        connection.execute(
            "delete from stretch_read where edition = ? and passage between ? and ?",
            [self.edition, self.first, self.last],
        )
        connection.executemany(
            "insert into stretch_read values (?, ?, ?, ?, ?, ?, ?, ?)",
            [(self.edition, *stretch) for stretch in self.stretches(connection, intervals)],
        )

    def stretches(self, connection: sqlite3.Connection, intervals: Iterable[Interval]) -> list[Stretch]:
        """Convert intervals to stretches of the text; those that touch become one."""
        found = []
        for begin, end in merged(intervals, self.characters):
            at = bisect_right(self.before, begin) - 1
            to = bisect_left(self.before, end) - 1
            start, stop = begin - self.before[at], end - self.before[to]
            one, other = (_text(connection, self.edition, self.first + number) for number in (at, to))
            found.append(
                Stretch(
                    self.first + at, start, self.first + to, stop, end - begin,
                    one[start : start + WORDS_KEPT], other[max(0, stop - WORDS_KEPT) : stop],
                )
            )  # fmt: skip
        return found


def merged(intervals: Iterable[Interval], length: int) -> list[Interval]:
    """Sort intervals, merge those that touch, and clip them to 0 and `length`."""
    found: list[Interval] = []
    for begin, end in sorted((max(0, begin), min(end, length)) for begin, end in intervals):
        if begin >= end:
            continue
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((begin, end))
    return found


def _chapter(connection: sqlite3.Connection, edition: str, ordinal: int) -> _Chapter | None:
    lengths = connection.execute(
        "select p.ordinal, length(p.text) from chapter c join passage p on p.edition = c.edition"
        " and p.ordinal >= c.first_passage and p.ordinal < c.first_passage + c.passages"
        " where c.edition = ? and c.ordinal = ? order by p.ordinal",
        [edition, ordinal],
    ).fetchall()
    if not lengths:
        return None
    return _Chapter(edition, lengths[0][0], list(accumulate((length for _, length in lengths), initial=0)))


def _text(connection: sqlite3.Connection, edition: str, ordinal: int) -> str:
    row = connection.execute(
        "select text from passage where edition = ? and ordinal = ?", [edition, ordinal]
    ).fetchone()
    return str(row[0]) if row else ""
