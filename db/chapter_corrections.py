"""Where chapters begin and which of the Memoirs they are, as the reader says: kept by their words, like notes.

A correction where the file begins a chapter says which chapter of the Memoirs that is; on any other passage it cuts the
chapter there. Both are the reader's own (the `correction` table, `edition:KEY`), are synced, and are found again by
their words when the text is imported again. `edition.file_chapters` keeps the chapters as the file has them, so that
corrections can be taken back.
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
_LONGEST_TITLE: Final = 60
_MOST_CHAPTERS: Final = 10


@dataclass(frozen=True, slots=True)
class ChapterCorrection:
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
        """The name it is stored under: made of its words, so that two machines give the same place one name."""
        return _FIELD + blake2b(f"{self.exact}\n{self.suffix}".encode(), digest_size=8).hexdigest()


@dataclass(frozen=True, slots=True)
class ChapterStart:
    """A chapter: its title, depth, chapter of the Memoirs, and first passage."""

    title: str
    level: int
    canonical: int | None
    first: int


class ChapterCorrections:
    """The reader's corrections in each text; each change is one transaction, and the chapters follow at once."""

    def __init__(self, reader: Callable[[], sqlite3.Connection], writer: Writer) -> None:
        self._reader = reader
        self._writer = writer

    def of(self, edition: str) -> tuple[ChapterCorrection, ...]:
        """Return the corrections in a text, in order."""
        return corrections_of(self._reader(), edition)

    def with_chapter(
        self, edition: str, passage: int, canonical: int | None, title: str = ""
    ) -> tuple[ChapterCorrection, ...]:
        """Return the corrections in a text with one more, in place of one on the same passage; nothing is stored."""
        rows = self._reader().execute(
            "select text from passage where edition = ? and ordinal >= ? order by ordinal limit ?",
            [edition, passage, _EXACT],
        )
        whole = "\n".join(text for (text,) in rows)
        suffix = whole[_EXACT : _EXACT + CONTEXT_CHARACTERS]
        correction = ChapterCorrection(passage, whole[:_EXACT], suffix, canonical, sanitise_line(title).strip())
        others = [one for one in self.of(edition) if one.passage != passage and one.field != correction.field]
        return tuple(sorted([*others, correction], key=lambda one: one.passage))

    def without_chapter(self, edition: str, passage: int) -> tuple[ChapterCorrection, ...]:
        """Return the corrections in a text without the one on a passage; nothing is stored."""
        return tuple(one for one in self.of(edition) if one.passage != passage)

    def replace(self, edition: str, corrections: Sequence[ChapterCorrection]) -> Future[None]:
        """Store these corrections in a text in place of those before."""

        def write(connection: sqlite3.Connection) -> None:
            _store(connection, edition, corrections)
            show_corrected_chapters(connection, f"edition:{edition}")

        return self._writer.submit(write)


def corrections_of(connection: sqlite3.Connection, edition: str) -> tuple[ChapterCorrection, ...]:
    """Return the reader's corrections in a text, in order; one that cannot be understood is left out."""
    rows = connection.execute(
        "select value from correction where record = ? and field glob ?", [f"edition:{edition}", f"{_FIELD}*"]
    )
    found = (_read(value) for (value,) in rows)
    return tuple(sorted((one for one in found if one is not None), key=lambda one: one.passage))


def correct_book(book: Book, corrections: Sequence[ChapterCorrection]) -> list[ChapterStart]:
    """Cut and name a book's chapters as the reader has marked them; return the chapters as they were.

    A correction whose words are nowhere in the book is told in its report.
    """
    before = starts_of(book)
    if not corrections:
        return before
    texts = book.texts
    after, lost = _corrected(before, corrections, texts)
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    ends = [*(one.first for one in after[1:]), len(blocks)]
    kind = type(book.chapters[0])
    book.chapters[:] = [
        kind(one.title, blocks[one.first : end], one.level, one.canonical) for one, end in zip(after, ends, strict=True)
    ]
    book.report += [
        f"The words “{_shown(correction)}” were not found, so no chapter begins there." for correction in lost
    ]
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


def settle_chapters(connection: sqlite3.Connection, edition: str, texts: Sequence[str]) -> None:
    """Store where the corrections of a text stand now; a correction that is not found stays as it is."""
    corrections = corrections_of(connection, edition)
    if corrections:
        places = _places(corrections, texts)
        _store(
            connection,
            edition,
            [replace(one, passage=place) if place is not None else one
             for one, place in zip(corrections, places, strict=True)],
        )  # fmt: skip


def show_corrected_chapters(connection: sqlite3.Connection, record: str) -> None:
    """Give a text the chapters that its reader's corrections say; ignore records that are about anything else."""
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
    after, _ = _corrected(before, corrections_of(connection, edition), texts)
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


def _corrected(
    starts: Sequence[ChapterStart], corrections: Sequence[ChapterCorrection], texts: Sequence[str]
) -> tuple[list[ChapterStart], list[ChapterCorrection]]:
    """Return the chapters with the corrections, and the corrections whose words are nowhere."""
    chapters = list(starts)
    lost: list[ChapterCorrection] = []
    placed: dict[int, ChapterCorrection] = {}
    for correction, place in zip(corrections, _places(corrections, texts), strict=True):
        if place is None:
            lost.append(correction)
        else:
            placed[place] = correction
    for place, correction in sorted(placed.items()):
        # The last of those that begin at or before it: a part of a book may have no passage of its own.
        at = max((at for at, one in enumerate(chapters) if one.first <= place), default=0)
        around = chapters[at]
        if around.first == place:
            chapters[at] = replace(around, title=correction.title or around.title, canonical=correction.canonical)
        else:
            at += 1
            chapters.insert(
                at, ChapterStart(correction.title or _shown(correction), around.level, correction.canonical, place)
            )
        for later in range(at + 1, len(chapters)):
            if chapters[later].level <= around.level:
                break
            # The parts of a chapter are in the same chapter of the Memoirs as it is.
            if chapters[later].first not in placed:
                chapters[later] = replace(chapters[later], canonical=correction.canonical)
    return chapters, lost


def _places(corrections: Sequence[ChapterCorrection], texts: Sequence[str]) -> list[int | None]:
    made: list[TextIndex] = []

    def place(correction: ChapterCorrection) -> int | None:
        if correction.passage < len(texts) and _begins(texts, correction.passage, correction.exact):
            return correction.passage
        if not made:
            made.append(TextIndex(texts))
        last = correction.passage + correction.exact.count("\n")
        end = len(correction.exact.rpartition("\n")[2])
        found = reanchor(
            Anchor("", correction.passage, 0, last, end, correction.exact, "", correction.suffix), "anchored", made[0]
        )
        return None if found.state == "orphan" else found.anchor.passage

    return [place(correction) for correction in corrections]


def _begins(texts: Sequence[str], passage: int, words: str) -> bool:
    return "\n".join(texts[passage : passage + words.count("\n") + 1]).startswith(words)


def _store(connection: sqlite3.Connection, edition: str, corrections: Iterable[ChapterCorrection]) -> None:
    """Store corrections in place of those before; one that has not changed keeps its time."""
    record = f"edition:{edition}"
    wanted = {one.field: _written(one) for one in corrections}
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


def _written(one: ChapterCorrection) -> str:
    """Return a correction as it is stored: one line, in which nothing is lost when another machine cleans it."""
    value = json.dumps([one.passage, one.exact, one.suffix, one.canonical, one.title])
    return value.replace("  ", " \\u0020")


def _read(value: str) -> ChapterCorrection | None:
    """Return a stored correction, or None: it may come from another machine."""
    try:
        read = json.loads(value)
    except ValueError:
        return None
    match read:
        case [int(passage), str(exact), str(suffix), int() | None as canonical, str(title)] if passage >= 0 and exact:
            known = canonical if canonical is not None and 1 <= canonical <= _MOST_CHAPTERS else None
            return ChapterCorrection(passage, exact, suffix, known, sanitise_line(title))
    return None


def _shown(correction: ChapterCorrection) -> str:
    return first_words(correction.exact.partition("\n")[0])


def first_words(text: str) -> str:
    """Return the first words of a passage, as the title of a chapter that has none."""
    line = sanitise_line(text).strip()
    return (
        line if len(line) <= _LONGEST_TITLE else line[: _LONGEST_TITLE + 1].rpartition(" ")[0] or line[:_LONGEST_TITLE]
    )
