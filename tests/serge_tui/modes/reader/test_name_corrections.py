"""Who a name means, said on the page: every way of saying it can be taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter
from db.models import Place
from db.models.link import LinkDecisions
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader

if TYPE_CHECKING:
    from db.library import Library


@pytest.mark.parametrize(("downs", "left"), [(1, ["kropotkin"]), (2, [])])
async def test_not_here_and_never_are_taken_back(library: Library, downs: int, left: list[str]) -> None:
    book = Book("A book", [BookChapter("One", [Block("Here stood Kropotkin. Kropotkin spoke of bread.")])])
    linked = EditionFindings([(0, 11, 20, "kropotkin", 1.0), (0, 22, 31, "kropotkin", 0.9)], [])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", linked))
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        assert screen.text.opened is not None
        await pilot.press("w", *"j" * downs, "enter")
        await pilot.pause()
        assert [name.figure for name in screen.text.opened.names] == left
        await pilot.press("u")
        await pilot.pause()
        assert [name.figure for name in screen.text.opened.names] == ["kropotkin", "kropotkin"]
        assert {mention.confidence for mention in library.passages.mentions_of("kropotkin", "book")} == {1.0, 0.9}
        assert library.links.decisions("book") == LinkDecisions()


async def test_a_wrong_name_is_turned_to_somebody_else_and_back(library: Library) -> None:
    book = Book("A book", [BookChapter("One", [Block("In the hall stood Kropotkin and spoke of bread.")])])
    linked = EditionFindings([(0, 18, 27, "kropotkin", 1.0)], [])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", linked))
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("w", "enter", *"Goldman", "enter")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.text.opened is not None
        assert [name.figure for name in screen.text.opened.names] == ["goldman"]
        await pilot.press("u")
        await pilot.pause()
        assert [name.figure for name in screen.text.opened.names] == ["kropotkin"]
        await pilot.press("w", "j", "enter")
        await pilot.pause()
        assert screen.text.opened.names == ()
