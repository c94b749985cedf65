"""Imported text on the page is harmless."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt
from tests.serge_tui.modes.reader.reading import reader

if TYPE_CHECKING:
    from db.library import Library


async def test_a_hostile_text_reaches_the_screen_as_harmless_characters(library: Library) -> None:
    evil = "\x1b[31mred\x1b]52;c;aGk=\x07 [@click=app.quit()]press[/] \u202eback\x9b2J"
    book = Book(evil, [BookChapter("One", [Block(f"{evil} word " * 5)]), BookChapter(evil, [Block(evil)])])
    library.writer.run(lambda connection: replace_edition(connection, "evil", book, "", EditionFindings([], [])))
    app = SergeApp(library, start=ReadAt(Place("evil", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        screen.page.put_labels({0: [(0, "\x1b[2J")]})
        for keys in ([], ["t"], ["e"], ["v", "l", "l", "a"], ["s"], ["K"]):
            await pilot.press(*keys)
            await pilot.pause()
            shown = app.export_screenshot()
            assert not set(shown) & set("\x1b\x9b\x07\u202e")
            strips = [screen.page.render_line(y) for y in range(screen.page.size.height)]
            assert not set("".join(strip.text for strip in strips)) & set("\x1b\x9b\x07\u202e")
            while len(app.screen_stack) > 1:
                app.pop_screen()
                await pilot.pause()
        assert "[@click=app.quit()]" in "".join(strip.text for strip in strips)
