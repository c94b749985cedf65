"""What is closed leaves memory."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from textual.strip import Strip

from serge_tui.app import SergeApp
from serge_tui.modes import mode_screen
from tests.serge_tui.helpers import settle

if TYPE_CHECKING:
    import pytest

    from db.library import Library


def _drawn_lines() -> int:
    gc.collect()
    return sum(type(known) is Strip for known in gc.get_objects())


async def test_dialogs_that_were_closed_leave_no_drawn_lines(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        for keys in (("slash", "k", "r", "o", "escape"), ("ctrl+p", "t", "h", "escape")):
            counts = []
            for _ in range(4):
                await pilot.press(*keys)
                await settle(pilot)
                assert len(app.screen_stack) == 1
                counts.append(_drawn_lines())
            assert counts[-1] <= counts[1] + 5, counts


async def test_modes_that_were_left_hold_no_drawn_lines(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mode_screen, "FORGET_AFTER", 0.1)
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        await pilot.press("f1", "escape")
        await settle(pilot)
        before = _drawn_lines()
        for number in (3, 4, 5, 7, 8, 9):
            await pilot.press(f"f{number}")
            await settle(pilot)
            await pilot.press("f1", "escape")
            await settle(pilot)
        await pilot.press("f2")
        await settle(pilot)
        await pilot.pause(0.3)
        # Six modes with thirty lines each, and what each line was cut into: thousands, if they were kept.
        assert _drawn_lines() <= before * 1.25 + 100


async def test_help_that_was_closed_leaves_no_drawn_lines(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        counts = []
        for _ in range(4):
            await pilot.press("f1", "escape")
            await settle(pilot)
            assert len(app.screen_stack) == 1
            counts.append(_drawn_lines())
        # The last one may still be held by a message.
        assert counts[-1] <= counts[1] + 5, counts
