"""Screens with a box to type in: Esc leaves the box before it leaves the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import Input

from serge_tui.modes.mode_screen import ModeScreen

if TYPE_CHECKING:
    from textual import events


class BoxFirst(ModeScreen):
    """With Esc out of the box, every other key is at hand again."""

    async def on_key(self, event: events.Key) -> None:
        """Take Esc while something is being typed."""
        if event.key == "escape" and isinstance(self.focused, Input):
            event.stop()
            event.prevent_default()
            self.leave_box(self.focused)
            return
        await super().on_key(event)

    def leave_box(self, box: Input) -> None:  # noqa: ARG002  # screens that close the box need it
        """Give the keys back to the screen."""
        self.set_focus(None)
