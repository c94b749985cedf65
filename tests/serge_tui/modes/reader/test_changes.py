"""What is changed on the page is taken back and made again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.models import GUIDE_EDITION, Place
from db.models.link import LinkDecisions
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt
from tests.serge_tui.modes.reader.reading import reader, start, top_line

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def press(pilot: Pilot[None], *keys: str) -> None:
    """Press keys one after another, each when the one before has done its work."""
    for key in keys:
        await pilot.press(key)
        await pilot.pause()


async def test_highlight_colour_and_deletion_are_taken_back_and_made_again(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()

        def colours() -> list[str]:
            return [mark.colour for mark in library.annotations.all()]

        await press(pilot, "U")
        assert colours() == []
        await press(pilot, "v", "v", "H", "g", "K", "H", "r", "d")
        assert colours() == []
        states = []
        for _ in range(3):
            await press(pilot, "u")
            states.append(colours())
        assert states == [["red"], ["green"], []]
        states = []
        for key in ("U", "ctrl+y", "U"):
            await press(pilot, key)
            states.append(colours())
        assert states == [["green"], ["red"], []]
        await press(pilot, "u", "u", "b")
        kinds = {mark.kind for mark in library.annotations.all()}
        assert kinds == {"bookmark", "highlight"}
        # Nothing is left to make again after a new change.
        await press(pilot, "U")
        assert {mark.kind for mark in library.annotations.all()} == kinds


async def test_a_mark_moved_to_another_line_goes_back_and_forth(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await press(pilot, "m", "a")
        first = top_line(reader(pilot))
        await press(pilot, "j", "j", "j", "m", "a")
        second = top_line(reader(pilot))
        assert first != second
        for key, line in (("u", first), ("U", second)):
            await press(pilot, key, "G", "apostrophe", "a")
            assert top_line(reader(pilot)).removeprefix("a").strip() == line.removeprefix("a").strip()


async def test_a_corrected_name_is_made_again_and_taken_back_once_more(library: Library) -> None:
    book = Book("A book", [BookChapter("One", [Block("Here stood Kropotkin. Kropotkin spoke of bread.")])])
    linked = EditionFindings([(0, 11, 20, "kropotkin", 1.0), (0, 22, 31, "kropotkin", 0.9)], [])
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", linked))
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()

        def named() -> int:
            opened = reader(pilot).text.opened
            assert opened is not None
            return len(opened.names)

        await press(pilot, "w", "j", "enter")
        counts = [named()]
        for key in ("u", "U", "u"):
            await press(pilot, key)
            counts.append(named())
        assert counts == [1, 2, 1, 2]
        assert library.links.decisions("book") == LinkDecisions()


async def test_what_counts_as_read_is_made_again(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()

        def read() -> int:
            return sum(chapter.is_read for chapter in library.reading.chapters(GUIDE_EDITION).values())

        await press(pilot, "t", "R", "escape")
        counts = [read()]
        for key in ("u", "U"):
            await press(pilot, key)
            counts.append(read())
        assert counts[0] > 1
        assert counts == [counts[0], 0, counts[0]]
