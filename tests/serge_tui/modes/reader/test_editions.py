"""Two editions side by side, and from one to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.models import GUIDE_EDITION, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader, start

if TYPE_CHECKING:
    import sqlite3

    from db.library import Library


async def test_beside_a_text_the_one_that_has_the_chapter_is_offered_first(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    blocks = [Block("It snowed."), Block("It thawed.")]

    def write(connection: sqlite3.Connection) -> None:
        for key, title, canonical in (("book", "Another", 4), ("novel", "A novel", None)):
            book = Book(title, [BookChapter("Danger", blocks, canonical=canonical)], language="en")
            replace_edition(connection, key, book, "", EditionFindings([], []))

    library.writer.run(write)
    app = SergeApp(library, start=ReadAt(Place(GUIDE_EDITION, chapter.first_passage, 0)))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("E", "enter")
        await settle(pilot)
        assert screen.second_page.display


async def test_two_editions_go_in_step(library: Library) -> None:
    chapter = library.texts.canonical(GUIDE_EDITION, 4)
    assert chapter is not None
    passages = library.passages.of_chapter(GUIDE_EDITION, chapter.ordinal)
    blocks = [Block(passage.text, passage.kind) for passage in passages]
    blocks[2:2] = [Block("A foreword that the guide does not have."), Block("It goes on for two paragraphs.")]
    book = Book("Another", [BookChapter("Danger", blocks, canonical=4)], language="en")
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(120, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("E", "enter")
        await settle(pilot)
        await pilot.press("j", "j")
        await pilot.pause()
        here, there = screen.page.view(), screen.second_page.view()
        assert here is not None
        assert there is not None
        at = chapter.first_passage
        assert there.passage == here.passage - at + 2
        await pilot.press("z", "e")
        await pilot.pause()
        assert screen.text.opened is not None
        assert screen.text.opened.edition.key == "book"
        assert screen.text.here().passage == here.passage - at + 2


async def test_a_reader_who_has_read_nothing_yet_begins_with_the_imported_book(library: Library) -> None:
    book = Book("Another", [BookChapter("Danger", [Block("It snowed.")], canonical=4)], language="en")
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        await settle(pilot)
        assert reader(pilot).text.edition == "book"
