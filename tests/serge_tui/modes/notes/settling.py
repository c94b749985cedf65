"""Waiting in tests of Notes: for what was started, unless it waits for the answer of a dialog."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.dialogs.dialog import Dialog
from serge_tui.modes.notes.to_review import ToReviewScreen
from tests.serge_tui import helpers

if TYPE_CHECKING:
    from textual.pilot import Pilot


async def settle(pilot: Pilot[None]) -> None:
    """Wait for all workers; with a dialog open, for all but those that wait for its answer."""
    app = pilot.app
    await helpers.settle(pilot)
    await helpers.until(
        pilot,
        lambda: (
            not any(worker.is_running for worker in app.workers)
            or (isinstance(app.screen, Dialog) and not isinstance(app.screen, ToReviewScreen))
            or "Form" in type(app.screen).__name__
        ),
    )
    await helpers.settle(pilot)
