"""Years: what is narrowed and what is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from serge_tui.app import SergeApp
from serge_tui.modes.years.screen import YearsScreen
from serge_tui.navigation import ShowEvent
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


@pytest.mark.usefixtures("ends_hidden")
async def test_while_fates_are_sealed_nobody_has_an_age_they_may_not_have_reached(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1909))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        screen = app.screen
        assert isinstance(screen, YearsScreen)
        lines = [line.text.plain.strip() for line in screen.page._lines]
        assert "Peter Kropotkin  born 1842" in lines
        assert not [line for line in lines if line.startswith("Alexander II  ")], "he died before 1906: no secret"
        await pilot.press("full_stop")
        lines = [line.text.plain.strip() for line in screen.page._lines]
        assert "Peter Kropotkin  67" in lines


@pytest.mark.usefixtures("ends_hidden")
async def test_an_event_of_a_last_year_is_sealed_in_the_list_on_the_page_and_when_narrowed(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent("bonnot-killed"))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        screen = app.screen
        assert isinstance(screen, YearsScreen)

        def lines() -> tuple[str, str]:
            row = screen.list.draw_row(screen.list.cursor, 100).plain
            return row, "\n".join(f"{line.text.plain}\n{line.beside_text.plain}" for line in screen.page._lines)

        # Only people met: everybody born by then names Bonnot, as alive as all the others.
        await pilot.press("m")
        for told in lines():
            assert "told later" in told
            assert "Bonnot" not in told
        assert "28 Apr" in lines()[0]
        await pilot.press("full_stop")
        for told in lines():
            assert "Jules Bonnot" in told
        await pilot.press("full_stop")
        assert "Bonnot" not in "".join(lines())
        await pilot.press("i", *"besieged")
        assert not screen.list.rows, "a word of it does not find it"
