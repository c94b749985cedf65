"""A place is shown, and survives a restart, another size and a quotation looked up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt, ShowQuotation
from tests.db.helpers import book
from tests.serge_tui.modes.reader.reading import page_lines, reader, start, top_line

if TYPE_CHECKING:
    from db.library import Library


async def test_a_place_is_shown_at_the_top_and_survives_a_restart(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.text.here() == start(library).place
        await pilot.press("j", "j", "j")
        place, line = screen.text.here(), top_line(screen)
    again = SergeApp(library)
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert reader(pilot).text.here() == place
        assert top_line(reader(pilot)) == line


@pytest.mark.parametrize("sizes", [[(60, 20), (100, 30)], [(200, 60), (40, 12), (100, 30)], [(100, 12), (100, 30)]])
async def test_resizing_there_and_back_leaves_the_same_line_on_top(
    library: Library, sizes: list[tuple[int, int]]
) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("ctrl+d", "j")
        screen = reader(pilot)
        line = top_line(screen)
        for size in sizes:
            await pilot.resize_terminal(*size)
            await pilot.pause()
        assert top_line(screen) == line
        await pilot.press("c")
        await pilot.pause()
        assert top_line(screen) == line


async def test_a_quotation_opens_where_its_words_stand(library: Library) -> None:
    app = SergeApp(library, start=ShowQuotation("renewal-of-the-revolution"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.text.lit is not None
        assert "renewal of the revolution" in screen.page.words_of(screen.text.lit)
        assert screen.page.spot_of(*screen.text.lit.begin) is not None


@pytest.mark.parametrize("size", [(80, 24), (160, 20)])
async def test_whole_pages_leave_nothing_out_and_go_on_into_the_next_chapter(
    library: Library, size: tuple[int, int]
) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("z", "m", "g", "g")
        await pilot.pause()
        assert screen.text.opened is not None
        opened, seen = screen.text.opened, set[tuple[int, int]]()
        while screen.text.opened is opened:
            for first, last in screen.page.spans():
                seen.update((first, line) for line in range(first, last))
            shown = page_lines(screen)
            await pilot.press("space")
            await pilot.pause()
            if size[0] < 150 and screen.text.opened is opened:
                assert page_lines(screen)[0] in shown[-3:]
        lines = {line for _, line in seen}
        assert lines == set(range(max(lines) + 1))
        assert screen.text.opened.chapter.canonical == 5


async def test_what_comes_after_a_short_chapter_is_told_once_in_two_columns(library: Library) -> None:
    short = book(["It snowed."], ["It thawed."])
    library.writer.run(lambda c: replace_edition(c, "small", short, "d", EditionFindings()))
    async with SergeApp(library, start=ReadAt(Place("small", 0, 0))).run_test(size=(200, 60)) as pilot:
        await pilot.pause()
        lines = page_lines(reader(pilot))
        assert sum(line.count("]] Chapter 2") for line in lines) == 1
        assert any("It snowed." in line for line in lines)
