"""The order of editions, and the services that follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.models import GUIDE_EDITION, Place
from db.store import EditionFindings, replace_edition
from serge_tui.services.locators import find_chapter, preferred_editions
from serge_tui.services.reading_progress import edition_being_read, imported_editions, memoirs_being_read

if TYPE_CHECKING:
    import sqlite3

    from db.library import Library


def _import_two(library: Library) -> None:
    def write(connection: sqlite3.Connection) -> None:
        for key, canonical in (("memoirs", 4), ("novel", None)):
            book = Book(key, [BookChapter("Danger", [Block("It snowed.")], canonical=canonical)], language="en")
            replace_edition(connection, key, book, "", EditionFindings([], []))

    library.writer.run(write)


def test_with_the_guide_alone_nothing_counts_as_being_read(library: Library) -> None:
    assert preferred_editions(library) == [GUIDE_EDITION]
    assert imported_editions(library) == []
    assert edition_being_read(library) is None


def test_the_edition_read_last_comes_first_everywhere(library: Library) -> None:
    _import_two(library)
    for last in ("memoirs", "novel"):
        library.texts.save_position(Place(last, 0, 0), "").result()
        assert preferred_editions(library)[0] == last
        assert preferred_editions(library)[-1] == GUIDE_EDITION
        assert [edition.key for edition in imported_editions(library)] == preferred_editions(library)[:2]
        edition, memoirs = edition_being_read(library), memoirs_being_read(library)
        assert edition is not None
        assert edition.key == last
        assert memoirs is not None
        assert memoirs.key == "memoirs", "another book has no chapters of the Memoirs"


def test_the_guide_read_last_leaves_an_imported_book_the_one_being_read(library: Library) -> None:
    _import_two(library)
    library.texts.save_position(Place(GUIDE_EDITION, 3, 0), "").result()
    assert preferred_editions(library)[0] == GUIDE_EDITION
    edition = edition_being_read(library)
    assert edition is not None
    assert not edition.is_guide


def test_an_edition_asked_for_is_the_only_one(library: Library) -> None:
    _import_two(library)
    assert preferred_editions(library, "novel") == ["novel"]
    assert find_chapter(library, "4", "memoirs") == Place("memoirs", 0, 0)
