"""What tests of screens share: opening the app at a place, and waiting for it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.serge_tui.drawn import drawn_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.pilot import Pilot

PATIENCE = 20.0  # seconds: a busy machine with one core left takes its time over a worker


async def until(pilot: Pilot[None], holds: Callable[[], bool]) -> None:
    """Let the app go on until something holds, and once more for what follows from it.

    Raises AssertionError when it does not hold after `PATIENCE` seconds.
    """
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        await pilot.pause()
        if holds():
            await pilot.pause()
            return
    raise AssertionError("it never came to hold")


async def settle(pilot: Pilot[None]) -> None:
    """Wait for workers and what they called for, but not for those that wait for the answer of an open dialog."""
    await pilot.pause()
    if workers := [worker for worker in pilot.app.workers if worker.group != "asking"]:
        await pilot.app.workers.wait_for_complete(workers)
    await pilot.pause()


async def click_on(pilot: Pilot[None], words: str, which: int = -1) -> None:
    """Click words on the screen as a reader with a mouse would: where they are drawn last, or another place."""
    found = [one for one in drawn_text(pilot.app.export_screenshot()) if words in one.words]
    assert found, f"“{words}” is nowhere on the screen"
    at = found[which]
    await pilot.click(offset=(at.column + at.words.index(words), at.line))
    await settle(pilot)
