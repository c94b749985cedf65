"""Search in the text on the page: hits are gone to, and end a selection."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.app import SergeApp
from tests.serge_tui.helpers import settle
from tests.serge_tui.modes.reader.reading import reader, start

if TYPE_CHECKING:
    from db.library import Library


async def test_words_are_searched_walked_and_forgotten_on_going_back(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        here = screen.text.here()
        await pilot.press("s", *"kronstat")
        await settle(pilot)
        await pilot.press("enter")
        await pilot.pause()
        assert screen.text.lit is not None
        places = {screen.text.lit}
        for _ in range(3):
            assert "kronstadt" in screen.page.words_of(screen.text.lit).lower()
            await pilot.press("n")
            await pilot.pause()
            assert screen.text.lit is not None
            places.add(screen.text.lit)
        assert len(places) == 4
        while app.trail.can_go_back:
            await pilot.press("escape")
            await pilot.pause()
        assert screen.text.here() == here


async def test_a_search_moves_the_end_of_a_selection(library: Library) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("v", "s", *"totalitarianism")
        await settle(pilot)
        await pilot.press("enter", "e")
        await pilot.pause()
        stretch = screen.selection.selected()
        assert stretch is not None
        assert stretch.begin == (start(library).place.passage, 0)
        assert screen.page.words_of(stretch).endswith("totalitarianism")
