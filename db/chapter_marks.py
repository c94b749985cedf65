"""Where chapters begin and which of the Memoirs they are, as the reader says: kept by their words, like notes.

A mark on a passage where the file begins a chapter says which chapter of the Memoirs that is; on any other passage it
cuts the chapter there. Marks are the reader's own (corrections of `edition:KEY`), are synced, and are found again by
their words when the text is imported again. `edition.file_chapters` keeps the chapters as the file has them, so that
marks can be taken back.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

from db.anchoring import CONTEXT_CHARACTERS, TextIndex, reanchor
from db.clock import utc_now
from db.models import Anchor
from db.text import sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence
    from concurrent.futures import Future

    from db.book import Book
    from db.writer import Writer

_FIELD: Final = "begins:"
_EXACT: Final = 80
"""Characters of a chapter's beginning that are kept to find it again."""
_MOST_CHAPTERS: Final = 10


@dataclass(frozen=True, slots=True)
class ChapterMark:
    """A chapter begins at a passage; `exact` are its first words, across passages where the first is short.

    `canonical` is the chapter of the Memoirs, None for none of them. `title` is the reader's, empty for the file's.
    """

    passage: int
    exact: str
    suffix: str
    canonical: int | None
    title: str = ""

    @property
    def field(self) -> str:
        """The name that the mark is stored under: of its words, so that two machines give the same place one name."""
        return _FIELD + blake2b(f"{self.exact}\n{self.suffix}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class ChapterStart:
    """A chapter: its title, depth, chapter of the Memoirs, and first passage."""

    title: str
    level: int
    canonical: int | None
    first: int


class ChapterMarks:
    """The reader's marks in each text; each change is one transaction, and the chapters follow at once."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def of(self, edition: str) -> tuple[ChapterMark, ...]:
        """Return the marks in a text, in order."""
        return marks_of(self._reader(), edition)

    def with_mark(self, edition: str, passage: int, canonical: int | None, title: str = "") -> tuple[ChapterMark, ...]:
        """Return the marks in a text with one more, in place of one on the same passage; nothing is stored."""
        rows = self._reader().execute(
            "select text from passage where edition = ? and ordinal >= ? order by ordinal limit ?",
            [edition, passage, _EXACT],
        )
        whole = "\n".join(text for (text,) in rows)
        suffix = whole[_EXACT : _EXACT + CONTEXT_CHARACTERS]
        mark = ChapterMark(passage, whole[:_EXACT], suffix, canonical, sanitise_line(title).strip())
        others = [one for one in self.of(edition) if one.passage != passage and one.field != mark.field]
        return tuple(sorted([*others, mark], key=lambda one: one.passage))

    def without_mark(self, edition: str, passage: int) -> tuple[ChapterMark, ...]:
        """Return the marks in a text without the one on a passage; nothing is stored."""
        return tuple(one for one in self.of(edition) if one.passage != passage)

    def replace(self, edition: str, marks: Sequence[ChapterMark]) -> Future[None]:
        """Store these marks in a text in place of those before."""

        def write(connection: sqlite3.Connection) -> None:
            _store(connection, edition, marks)
            show_marks(connection, f"edition:{edition}")

        return self._writer.submit(write)


def marks_of(connection: sqlite3.Connection, edition: str) -> tuple[ChapterMark, ...]:
    """Return the reader's marks in a text, in order; one that cannot be understood is left out."""
    rows = connection.execute(
        "select value from correction where record = ? and field glob ?", [f"edition:{edition}", f"{_FIELD}*"]
    )
    found = (_read(value) for (value,) in rows)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.passage))


def mark_book(book: Book, marks: Sequence[ChapterMark]) -> list[ChapterStart]:
    """Cut and name a book's chapters as the reader has marked them; return the chapters as they were.

    A mark whose words are nowhere in the book is told in its report.
    """
    before = starts_of(book)
    if not marks:
        return before
    texts = book.texts
    after, lost = _marked(before, marks, texts)
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    ends = [*(one.first for one in after[1:]), len(blocks)]
    kind = type(book.chapters[0])
    book.chapters[:] = [
        kind(one.title, blocks[one.first : end], one.level, one.canonical) for one, end in zip(after, ends, strict=True)
    ]
    book.report += [f"The words “{_shown(mark)}” were not found, so no chapter begins there." for mark in lost]
    return before


def starts_of(book: Book) -> list[ChapterStart]:
    """Return a book's chapters with their first passages."""
    return [
        ChapterStart(chapter.title, chapter.level, chapter.canonical, first)
        for chapter, (first, _) in zip(book.chapters, book.chapter_starts, strict=True)
    ]


def to_column(starts: Iterable[ChapterStart]) -> str:
    """Return chapters as the column `file_chapters` has them."""
    return json.dumps([[one.title, one.level, one.canonical, one.first] for one in starts], ensure_ascii=False)


def settle_marks(connection: sqlite3.Connection, edition: str, texts: Sequence[str]) -> None:
    """Store where the marks of a text stand now; a mark that is not found stays as it is."""
    marks = marks_of(connection, edition)
    if marks:
        places = _places(marks, texts)
        _store(
            connection,
            edition,
            [replace(one, passage=place) if place is not None else one
             for one, place in zip(marks, places, strict=True)],
        )  # fmt: skip


def show_marks(connection: sqlite3.Connection, record: str) -> None:
    """Give a text the chapters that its reader's marks say; ignore records that are about anything else."""
    kind, _, edition = record.partition(":")
    if kind != "edition":
        return
    before = _file_chapters(connection, edition)
    if not before:
        return
    texts = [
        str(text)
        for (text,) in connection.execute("select text from passage where edition = ? order by ordinal", [edition])
    ]
    after, _ = _marked(before, marks_of(connection, edition), texts)
    ends = [*(one.first for one in after[1:]), len(texts)]
    connection.execute("delete from chapter where edition = ?", [edition])
    for ordinal, (one, end) in enumerate(zip(after, ends, strict=True)):
        pieces = texts[one.first : end]
        connection.execute(
            "insert into chapter values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                edition, ordinal, one.title, one.level, one.canonical, one.first, end - one.first,
                sum(len(text.split()) for text in pieces), sum(map(len, pieces)),
            ],
        )  # fmt: skip
        connection.execute(
            "update passage set chapter = ? where edition = ? and ordinal between ? and ? and chapter <> ?1",
            [ordinal, edition, one.first, end - 1],
        )


def _file_chapters(connection: sqlite3.Connection, edition: str) -> list[ChapterStart]:
    """Return the chapters as the file has them; for a text imported before they were kept, those it has now."""
    row = connection.execute("select file_chapters from edition where key = ?", [edition]).fetchone()
    if row is not None and row[0]:
        return [ChapterStart(*one) for one in json.loads(row[0])]
    starts = [
        ChapterStart(*one)
        for one in connection.execute(
            "select title, level, canonical, first_passage from chapter where edition = ? order by ordinal", [edition]
        )
    ]
    connection.execute("update edition set file_chapters = ? where key = ?", [to_column(starts), edition])
    return starts


def _marked(
    starts: Sequence[ChapterStart], marks: Sequence[ChapterMark], texts: Sequence[str]
) -> tuple[list[ChapterStart], list[ChapterMark]]:
    """Return the chapters with the marks, and the marks whose words are nowhere."""
    chapters = list(starts)
    lost: list[ChapterMark] = []
    placed: dict[int, ChapterMark] = {}
    for mark, place in zip(marks, _places(marks, texts), strict=True):
        if place is None:
            lost.append(mark)
        else:
            placed[place] = mark
    for place, mark in sorted(placed.items()):
        # The last of those that begin at or before it: a part of a book may have no passage of its own.
        at = max((at for at, one in enumerate(chapters) if one.first <= place), default=0)
        around = chapters[at]
        if around.first == place:
            chapters[at] = replace(around, title=mark.title or around.title, canonical=mark.canonical)
        else:
            at += 1
            chapters.insert(at, ChapterStart(mark.title or _shown(mark), around.level, mark.canonical, place))
        for later in range(at + 1, len(chapters)):
            if chapters[later].level <= around.level:
                break
            # The parts of a chapter are in the same chapter of the Memoirs as it is.
            if chapters[later].first not in placed:
                chapters[later] = replace(chapters[later], canonical=mark.canonical)
    return chapters, lost


def _places(marks: Sequence[ChapterMark], texts: Sequence[str]) -> list[int | None]:
    made: list[TextIndex] = []

    def place(mark: ChapterMark) -> int | None:
        if mark.passage < len(texts) and _begins(texts, mark.passage, mark.exact):
            return mark.passage
        if not made:
            made.append(TextIndex(texts))
        last = mark.passage + mark.exact.count("\n")
        end = len(mark.exact.rpartition("\n")[2])
        found = reanchor(Anchor("", mark.passage, 0, last, end, mark.exact, "", mark.suffix), "anchored", made[0])
        return None if found.state == "orphan" else found.anchor.passage

    return [place(mark) for mark in marks]


def _begins(texts: Sequence[str], passage: int, words: str) -> bool:
    return "\n".join(texts[passage : passage + words.count("\n") + 1]).startswith(words)


def _store(connection: sqlite3.Connection, edition: str, marks: Iterable[ChapterMark]) -> None:
    """Store marks in place of those before; one that has not changed keeps its time."""
    record = f"edition:{edition}"
    wanted = {one.field: json.dumps([one.passage, one.exact, one.suffix, one.canonical, one.title]) for one in marks}
    known = connection.execute(
        "select field, value from correction where record = ? and field glob ?", [record, f"{_FIELD}*"]
    ).fetchall()
    for field, value in known:
        if wanted.get(field) == value:
            del wanted[field]
        else:
            connection.execute("delete from correction where record = ? and field = ?", [record, field])
    now = utc_now()
    connection.executemany(
        "insert into correction values (?, ?, ?, ?)", ((record, field, value, now) for field, value in wanted.items())
    )


def _read(value: str) -> ChapterMark | None:
    """Return a stored mark, or None: it may come from another machine."""
    try:
        read = json.loads(value)
    except ValueError:
        return None
    match read:
        case [int(passage), str(exact), str(suffix), int() | None as canonical, str(title)] if passage >= 0 and exact:
            known = canonical if canonical is not None and 1 <= canonical <= _MOST_CHAPTERS else None
            return ChapterMark(passage, exact, suffix, known, sanitise_line(title))
    return None


def _shown(mark: ChapterMark) -> str:
    return sanitise_line(mark.exact.partition("\n")[0])[:60].strip()
