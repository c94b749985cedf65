"""Years: what is narrowed and what is sealed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.app import SergeApp
from serge_tui.navigation import ShowEvent
from serge_tui.screens.years import YearsScreen
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from db.library import Library


async def test_the_cursor_stays_in_sight_when_the_list_is_narrowed_and_widened(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1906))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        screen = app.screen
        assert isinstance(screen, YearsScreen)

        def in_sight() -> bool:
            top, height = screen.list.scroll_offset.y, screen.list.scrollable_content_region.height
            return top <= screen.list.cursor < top + height

        await pilot.press("j", "j")
        for number, key in enumerate("vvnv0vvvnnn0vn0"):
            await pilot.press(key)
            await settle(pilot)
            assert in_sight(), (number, key)


async def test_while_fates_are_sealed_nobody_has_an_age_they_may_not_have_reached(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1909))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await pilot.press("m")
        screen = app.screen
        assert isinstance(screen, YearsScreen)
        lines = [line.text.plain.strip() for line in screen.page._lines]
        assert "Alexander II  born 1818" in lines
        await pilot.press("full_stop")
        lines = [line.text.plain.strip() for line in screen.page._lines]
        assert "Peter Kropotkin  67" in lines
