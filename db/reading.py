"""What was read of each edition: stretches of its chapters, and how far each of them was read."""

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
"""Characters kept of the beginning and the end of a stretch, to find it again in a new edition of the text."""
READ: Final = 0.9
"""Share of a chapter from which it counts as read: a page leafed over does not undo the rest."""

Interval = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ChapterReading:
    """What was read of a chapter: the share of its characters, and the place after the last of them."""

    share: float
    passage: int
    offset: int

    @property
    def is_read(self) -> bool:
        """Whether (nearly) the whole of it was."""
        return self.share >= READ

    def holds(self, passage: int, offset: int) -> bool:
        """Whether a place of the chapter is no further than the furthest that was read."""
        return (passage, offset) <= (self.passage, self.offset)


class Reading:
    """What was read. A chapter's intervals count its characters from 0, passages without anything between them."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def chapters(self, edition: str) -> dict[int, ChapterReading]:
        """What was read of each chapter, by its ordinal; chapters of which nothing was are left out."""
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
        """The place after the last character of an edition that was read; None when nothing was."""
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
        """Figures whom each chapter of an edition, or of any, names as far as it was read."""
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
        """The stretches read of a chapter, in order."""
        known = _chapter(self._reader(), edition, chapter)
        return known.stored(self._reader()) if known else []

    def add(self, edition: str, chapter: int, intervals: Iterable[Interval]) -> Future[None]:
        """Count stretches of a chapter as read too."""
        new = list(intervals)
        return self._writer.submit(lambda connection: add_read(connection, edition, chapter, new))

    def replace(self, edition: str, chapters: Iterable[tuple[int, Sequence[Interval] | None]]) -> Future[None]:
        """Count exactly these stretches of some chapters as read; None is the whole chapter."""
        wanted = list(chapters)

        def write(connection: sqlite3.Connection) -> None:
            for ordinal, intervals in wanted:
                if known := _chapter(connection, edition, ordinal):
                    known.store(connection, [(0, known.characters)] if intervals is None else intervals)

        return self._writer.submit(write)


def add_read(connection: sqlite3.Connection, edition: str, chapter: int, intervals: Iterable[Interval]) -> None:
    """Count stretches of a chapter as read too, inside the caller's transaction."""
    if known := _chapter(connection, edition, chapter):
        known.store(connection, [*known.stored(connection), *intervals])


class Stretch(NamedTuple):
    """A stretch that was read, from its first character to past its last, with the words it begins and ends with."""

    passage: int
    start: int
    end_passage: int
    end: int
    characters: int
    exact: str
    ending: str


def stretches(connection: sqlite3.Connection, edition: str) -> list[Stretch]:
    """What was read of an edition, in order."""
    rows = connection.execute(
        f"select {', '.join(Stretch._fields)} from stretch_read where edition = ? order by passage, start", [edition]
    )
    return [Stretch(*row) for row in rows]


def put(connection: sqlite3.Connection, edition: str, read: Iterable[Stretch]) -> None:
    """Count exactly these stretches of an edition as read."""
    connection.execute("delete from stretch_read where edition = ?", [edition])
    connection.executemany("insert into stretch_read values (?, ?, ?, ?, ?, ?, ?, ?)", ((edition, *s) for s in read))


def find_read_again(connection: sqlite3.Connection, edition: str, index: Callable[[], TextIndex]) -> None:
    """Find what was read of an edition in its new text, inside the caller's transaction; `index` is of that text."""
    if before := stretches(connection, edition):
        put(connection, edition, _found_again(connection, edition, before, index))


def here(connection: sqlite3.Connection, edition: str, told: Iterable[Stretch]) -> list[Stretch]:
    """Stretches told of the same edition elsewhere, as stretches of its text here, those that touch made one.

    Of an edition that is not here they are kept as they are, and found when it is imported.
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
    """Where a stretch begins and stops in a text that may have changed; None if neither end is there any more."""
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
    # Few words at its end cannot be found by themselves, but they move with its beginning.
    last = found(end_passage + (begin[0] - passage if begin else 0), before, ending)
    if begin is None and last is None:
        return None
    return begin or (passage, 0), (last[0], last[1] + len(ending)) if last else (end_passage, end)


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A chapter's passages as one row of characters."""

    edition: str
    first: int
    before: list[int]
    """Characters before each passage, and at the end those of all."""

    @property
    def characters(self) -> int:
        return self.before[-1]

    @property
    def last(self) -> int:
        """Ordinal of the last passage."""
        return self.first + len(self.before) - 2

    def count(self, place: tuple[int, int]) -> int:
        """Characters of the chapter before a place, which may lie before it or after it."""
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
        """Intervals as stretches of the text, those that touch made one."""
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
    """Intervals in order, those that touch made one, none reaching beyond 0 and `length`."""
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
