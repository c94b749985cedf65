"""The list of portraits: type words, go to the passage and come back; keep, skip, reject, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from db.models import Place
from serge_tui.app import SergeApp
from serge_tui.dialogs.portraits import PortraitRows, PortraitsDialog
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt, ShowFigure
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.portraits import TEXTS, drawn_people

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def opened(pilot: Pilot[None], rows: int) -> PortraitsDialog:
    """Open the list, and wait until it has so many rows."""
    await settle(pilot)
    await pilot.press("g", "o")
    await until(pilot, lambda: isinstance(pilot.app.screen, PortraitsDialog))
    screen = pilot.app.screen
    assert isinstance(screen, PortraitsDialog)
    await until(pilot, lambda: len(screen.shown) == rows and not screen.keys_must_wait)
    return screen


@pytest.mark.parametrize("size", [(80, 24), (200, 60)])
async def test_words_lead_to_the_passage_and_the_list_comes_back_as_it_was(
    library: Library, size: tuple[int, int]
) -> None:
    drawn_people(library)
    app = SergeApp(library)
    with no_waiting_on_this_thread():
        async with app.run_test(size=size) as pilot:
            screen = await opened(pilot, 4)
            await pilot.press(*"tiger skin")
            await until(pilot, lambda: len(screen.shown) == 1)
            assert "Orlov, stout and jovial" in str(screen.query_one("#portraits-peek", Static).visual)
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
            assert isinstance(app.screen, ReaderScreen)
            assert app.screen.text.lit == (2, 0, 2, len(TEXTS[2][2]))
            again = await opened(pilot, 1)
            assert again.query_one(Input).value == "tiger skin"
            assert again.focused is again.query_one(PortraitRows)


async def test_in_the_list_letters_decide_and_undo(library: Library) -> None:
    key = drawn_people(library)
    app = SergeApp(library)
    with no_waiting_on_this_thread():
        async with app.run_test(size=(120, 40)) as pilot:
            screen = await opened(pilot, 4)
            first = screen.shown[0].found.key
            await pilot.press("down", "a")
            await until(pilot, lambda: screen.shown[0].state == "kept" and screen.query_one(PortraitRows).cursor == 1)
            await pilot.press("s")
            await until(pilot, lambda: len(screen.shown) == 4 and screen.shown[1].state == "skipped")
            await until(pilot, lambda: screen.query_one(PortraitRows).cursor == 2)
            await pilot.press("x")
            await until(pilot, lambda: len(screen.shown) == 3)
            await pilot.press("u")
            await until(pilot, lambda: len(screen.shown) == 4)
            await pilot.press("u", "u", "u")
            await until(pilot, lambda: library.found.decision(first) is None)
            await pilot.press("U")
            await until(pilot, lambda: library.found.decision(first) is not None)
            assert [decision.edition for decision in library.found.decisions()] == [key]


async def test_orders_turn_and_a_person_opens(library: Library) -> None:
    drawn_people(library)
    app = SergeApp(library, start=ReadAt(Place("drawn", 0, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, 4)
        await pilot.press("tab", "tab")
        await until(pilot, lambda: screen.shown[0].name == "Leon Trotsky")
        await pilot.press("down", "home", "p")
        await until(pilot, lambda: app.current_mode == "figures")
        assert app.mode_screen is not None
        place = app.mode_screen.spot().destination
        assert isinstance(place, ShowFigure)
        assert place.key == "trotsky"


async def test_without_portraits_it_says_where_to_look_for_them(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await opened(pilot, 0)
        assert "p in the library (L) looks for them" in screen.query_one(PortraitRows).nothing
        await pilot.press("escape")
        await until(pilot, lambda: not isinstance(app.screen, PortraitsDialog))
