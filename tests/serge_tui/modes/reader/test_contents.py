"""The contents beside the page, and what is typed to go somewhere."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter, PageMark
from db.models import GUIDE_EDITION, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.dialogs.prompt import Prompt
from serge_tui.navigation import ReadAt
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.reader.reading import reader, start

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def test_the_contents_lead_to_a_chapter_and_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        spot = screen.spot()
        await pilot.press("t")
        await pilot.pause()
        assert [row.title for row in screen.contents.rows if row.here] == ["4 · Danger from Within"]
        await pilot.press("home", "enter")
        await pilot.pause()
        assert screen.text.here() == Place(GUIDE_EDITION, 0, 0)
        await pilot.press("escape")
        await pilot.pause()
        assert screen.spot() == spot


@pytest.mark.parametrize(
    ("typed", "chapter"), [("ch7", 7), ("7", 7), ("0%", 1), ("100%", 10), ("p. 9999", 4), ("nowhere", 4)]
)
async def test_go_to(library: Library, typed: str, chapter: int) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("colon", *(character if character != " " else "space" for character in typed), "enter")
        await pilot.pause()
        opened = reader(pilot).text.opened
        assert opened is not None
        assert opened.chapter.canonical == chapter


def title_of(pilot: Pilot[None]) -> str:
    opened = reader(pilot).text.opened
    return opened.chapter.title if opened is not None else ""


async def test_a_small_number_is_the_books_own_chapter_though_front_matter_and_pages_have_it_too(
    library: Library,
) -> None:
    chapters = [
        BookChapter("Foreword", [Block("A word before. " * 20, pages=[PageMark(0, "1")])]),
        BookChapter("1. Snow", [Block("It snowed. " * 20, pages=[PageMark(0, "2")])]),
        BookChapter("2. Ice", [Block("It froze. " * 20, pages=[PageMark(0, "3")])]),
    ]
    book = Book("Book", chapters)
    library.writer.run(lambda connection: replace_edition(connection, "book", book, "", EditionFindings([], [])))
    app = SergeApp(library, start=ReadAt(Place("book", 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: app.current_mode == "reader")
        for typed, title in (("2", "2. Ice"), ("p2", "1. Snow"), ("3", "2. Ice"), ("1", "1. Snow")):
            await pilot.press("colon")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            await pilot.press(*typed, "enter")
            await until(pilot, lambda title=title: title_of(pilot) == title)  # type: ignore[misc]


@pytest.mark.usefixtures("ends_hidden")
async def test_the_contents_tell_what_was_read_and_a_key_counts_a_chapter(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    # Not the function itself: the event loop goes by it too.
    monkeypatch.setattr("serge_tui.modes.reader.reading_position.time", SimpleNamespace(monotonic=lambda: clock[0]))
    app = SergeApp(library, start=ReadAt(start(library).place))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.text.opened is not None
        fourth = screen.text.opened.chapter
        await pilot.press("g", "g")
        for _ in range(3):
            clock[0] += 45
            await pilot.press("space")
            await pilot.pause()
        await pilot.press("t")
        await settle(pilot)

        def row_of(ordinal: int) -> str:
            at = next(n for n, row in enumerate(screen.contents.rows) if row.chapter == ordinal)
            return screen.contents.draw_row(at, 60).plain

        share = library.reading.chapters(GUIDE_EDITION)[fourth.ordinal].share
        assert 0.2 < share < 1
        assert f"{round(100 * share)} %" in row_of(fourth.ordinal)
        assert library.reading.chapters(GUIDE_EDITION).keys() == {fourth.ordinal}
        assert "read" not in row_of(fourth.ordinal - 1).split()
        met = library.reading.people_met()
        await pilot.press("r")
        await pilot.pause()
        assert "read" in row_of(fourth.ordinal).split()
        await pilot.press("k", "R")
        await pilot.pause()
        assert all("read" in row_of(n).split() for n in range(fourth.ordinal + 1))
        assert met < library.reading.people_met()
        await pilot.press("j", "r")
        await pilot.pause()
        assert library.reading.chapters(GUIDE_EDITION).keys() == set(range(fourth.ordinal))
        await pilot.press("escape", "u", "u", "u")
        await pilot.pause()
        assert library.reading.chapters(GUIDE_EDITION)[fourth.ordinal].share == share
        assert library.reading.people_met() == met
        # The panel goes by the furthest reading, wherever one is.
        assert screen.host.fates_hidden
        app.go_to(ReadAt(Place(GUIDE_EDITION, 0, 0)))
        await pilot.press("X")
        await pilot.pause()
        listed = {screen.people_list.person_at(n) for n in range(screen.people_list.row_count)}
        assert met - {"serge"} <= listed
