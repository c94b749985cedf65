"""Chapters cut and named by the reader: at once, taken back, kept through another import, by their words."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter
from db.chapter_corrections import ChapterCorrection, correct_book, show_corrected_chapters, starts_of
from db.connection import connect
from db.store import EditionFindings, replace_edition
from db.sync.records import apply_correction
from db.text import sanitise_line
from import_scripts.pipeline import import_book

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    from db.library import Library

KEY = "plain-text"
SENTENCES = [f"Passage number {number} tells of day {number * 7} in the city, nothing else." for number in range(40)]


@pytest.fixture
def text(library: Library, tmp_path: Path) -> Path:
    path = tmp_path / "plain.txt"
    path.write_text("\n\n".join(SENTENCES), "utf-8")
    assert import_book(library, path).edition.key == KEY
    return path


def chapters(library: Library) -> list[tuple[str, int | None, int, int]]:
    return [(one.title, one.canonical, one.first_passage, one.passages) for one in library.texts.chapters(KEY)]


def whole(library: Library) -> list[tuple[object, ...]]:
    with closing(connect(library.path, read_only=True)) as connection:
        return [
            *map(tuple, connection.execute("select * from chapter where edition = ? order by ordinal", [KEY])),
            *map(tuple, connection.execute(
                "select ordinal, chapter, text from passage where edition = ? order by ordinal", [KEY])),
        ]  # fmt: skip


def mark(library: Library, passage: int, canonical: int | None, title: str = "") -> None:
    marks = library.chapter_corrections
    marks.replace(KEY, marks.with_chapter(KEY, passage, canonical, title)).result()


def test_a_chapter_is_cut_named_and_taken_back(library: Library, text: Path) -> None:
    before = whole(library)
    assert len(chapters(library)) == 1
    mark(library, 20, 2, "The second \x1b half")
    first, second = chapters(library)
    assert first[2:] == (0, 20)
    assert second[1:] == (2, 20, 20)
    assert second[0].startswith("The second ")
    assert "\x1b" not in second[0]
    assert library.passages.between(KEY, 25, 25)[0].chapter == 1
    marks = library.chapter_corrections
    marks.replace(KEY, marks.without_chapter(KEY, 20)).result()
    assert whole(library) == before


def test_a_chapter_that_is_there_is_taken_for_another(library: Library, text: Path) -> None:
    mark(library, 0, 3)
    assert [one[1] for one in chapters(library)] == [3]
    mark(library, 0, None)
    assert [one[1] for one in chapters(library)] == [None]
    assert len(library.chapter_corrections.of(KEY)) == 1


def test_marks_are_found_by_their_words_in_another_import(library: Library, text: Path) -> None:
    mark(library, 20, 2, "Second")
    mark(library, 30, 3)
    text.write_text("\n\n".join(["A preface that was not there before.", *SENTENCES]), "utf-8")
    imported = import_book(library, text, replace=KEY)
    assert {match.canonical for match in imported.mapping.matches} == {2, 3}
    assert [one[1:3] for one in chapters(library)] == [(None, 0), (2, 21), (3, 31)]
    assert [one.passage for one in library.chapter_corrections.of(KEY)] == [21, 31]
    marks = library.chapter_corrections
    marks.replace(KEY, ()).result()
    assert len(chapters(library)) == 1


def test_a_mark_whose_words_are_gone_is_told_and_kept(library: Library, text: Path) -> None:
    mark(library, 20, 2)
    text.write_text("\n\n".join(f"Quite other words, {word}." for word in "abcdefgh" * 5), "utf-8")
    imported = import_book(library, text, replace=KEY)
    assert any("Passage number 20" in sentence for sentence in imported.book.report)
    assert len(library.chapter_corrections.of(KEY)) == 1


def test_parts_follow_their_chapter_and_a_chapter_without_words_stays() -> None:
    book = Book("A book", [
        BookChapter("Part One", [], 1, 1),
        BookChapter("One", [Block("The first words of the first chapter.")], 1, 1),
        BookChapter("A part of it", [Block("Other words.")], 2, 1),
        BookChapter("Two", [Block("The end of it.")], 1, 2),
    ])  # fmt: skip
    before = starts_of(book)
    assert correct_book(book, [ChapterCorrection(0, "The first words", " of the", 4)]) == before
    assert [one.canonical for one in book.chapters] == [1, 4, 4, 2]
    assert [len(one.blocks) for one in book.chapters] == [0, 1, 1, 1]


@pytest.mark.parametrize(
    "value", ["", "[]", "7", '{"a": 1}', '[0, "", "", 1, ""]', '[-1, "Passage", "", 1, ""]', "[1, 2, 3, 4, 5]"]
)
def test_what_another_machine_sends_is_not_trusted(library: Library, text: Path, value: str) -> None:
    library.writer.run(lambda c: c.execute(
        "insert into correction values (?, 'begins:00', ?, '2026-01-01')", [f"edition:{KEY}", value]))  # fmt: skip
    assert library.chapter_corrections.of(KEY) == ()
    import_book(library, text)
    assert len(chapters(library)) == 1


def test_a_mark_taken_back_on_another_machine_is_here_too(library: Library, text: Path) -> None:
    mark(library, 20, 2, "Second")
    (known,) = library.chapter_corrections.of(KEY)

    def receive(connection: sqlite3.Connection) -> None:
        apply_correction(connection, f"edition:{KEY}|{known.field}", "null", "2026-01-02")
        show_corrected_chapters(connection, f"edition:{KEY}")

    library.writer.run(receive)
    assert len(chapters(library)) == 1


def test_words_with_runs_of_spaces_arrive_whole_on_another_machine(library: Library, tmp_path: Path) -> None:
    book = Book(
        "A book", [BookChapter("One", [Block("First."), Block("A  table   of\nwords    with spaces.", "table")])]
    )
    library.writer.run(lambda c: replace_edition(c, "tabled", book, "", EditionFindings()))
    corrections = library.chapter_corrections
    corrections.replace("tabled", corrections.with_chapter("tabled", 1, 2)).result()
    with closing(connect(library.path, read_only=True)) as connection:
        ((value,),) = connection.execute("select value from correction where record = 'edition:tabled'").fetchall()
    assert sanitise_line(value) == value
    (known,) = corrections.of("tabled")
    assert known.exact == "A  table   of\nwords    with spaces."
