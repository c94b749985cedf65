"""The reader: places exact to the line, and the way from every name to its card and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt, ShowQuotation
from serge_tui.screens.reader import ReaderScreen
from serge_tui.widgets.figure_card import FigureCard

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library

START = ReadAt(Place(GUIDE_EDITION, 70, 0))


def reader(pilot: Pilot[None]) -> ReaderScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, ReaderScreen)
    return screen


def top_line(screen: ReaderScreen) -> str:
    """What stands in the first row of the page."""
    return "".join(segment.text for segment in screen.page.render_line(0)).strip()


async def test_a_place_is_shown_at_the_top_and_survives_a_restart(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.here() == START.place
        await pilot.press("j", "j", "j")
        place, line = screen.here(), top_line(screen)
    again = SergeApp(library)
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert reader(pilot).here() == place
        assert top_line(reader(pilot)) == line


@pytest.mark.parametrize("sizes", [[(60, 20), (100, 30)], [(200, 60), (40, 12), (100, 30)], [(100, 12), (100, 30)]])
async def test_resizing_there_and_back_leaves_the_same_line_on_top(
    library: Library, sizes: list[tuple[int, int]]
) -> None:
    app = SergeApp(library, start=START)
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


async def test_card_and_figure_and_twice_escape_lead_back_to_the_line(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket", "p", "right_square_bracket", "p")
        spot, line = screen.spot(), top_line(screen)
        await pilot.press("x")
        card = screen.query_one(FigureCard)
        assert card.display
        assert card.facts is not None
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "figures"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "reader"
        assert top_line(screen) == line
        await pilot.press("escape")
        assert not card.display
        assert top_line(screen) == line
        assert screen.spot() == spot


async def test_a_quotation_opens_where_its_words_stand(library: Library) -> None:
    app = SergeApp(library, start=ShowQuotation("renewal-of-the-revolution"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.lit is not None
        assert "renewal of the revolution" in screen.page.words_of(screen.lit)
        assert screen.page.spot_of(*screen.lit.begin) is not None


async def test_letters_lead_to_the_name_they_stand_on(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        assert screen.opened is not None
        view = screen.page.view()
        assert view is not None
        names = screen.opened.names_in(view)
        await pilot.press("f", "a")
        card = screen.query_one(FigureCard)
        assert card.facts is not None
        assert card.facts.key == names[0].figure


async def test_a_bracket_alone_turns_the_chapter_after_a_pause(library: Library) -> None:
    app = SergeApp(library, start=START)
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("right_square_bracket")
        await pilot.pause(0.8)
        assert screen.opened is not None
        assert screen.opened.chapter.canonical == 5
        await pilot.press("left_square_bracket", "left_square_bracket")
        await pilot.pause()
        assert screen.opened.chapter.canonical == 4
