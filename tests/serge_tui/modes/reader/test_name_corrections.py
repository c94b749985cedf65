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
        assert screen.opened is not None
        await pilot.press("w", *"j" * downs, "enter")
        await pilot.pause()
        assert [name.figure for name in screen.opened.names] == left
        await pilot.press("u")
        await pilot.pause()
        assert [name.figure for name in screen.opened.names] == ["kropotkin", "kropotkin"]
        assert {mention.confidence for mention in library.passages.mentions_of("kropotkin", "book")} == {1.0, 0.9}
        assert library.links.decisions("book") == LinkDecisions()
