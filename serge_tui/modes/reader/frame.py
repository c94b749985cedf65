"""What controllers may ask of the screen around the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from serge_tui.modes.reader.widgets.overlay import Overlay


class Frame(Protocol):
    """The screen around the page, as far as controllers know it. Tests hand in a stand-in."""

    def set_status(self, text: str) -> None:
        """Show where the reader is, at the left of the bottom line."""

    def set_context(self, text: str) -> None:
        """Show what is open, at the right of the bar."""

    def show_commands(self) -> None:
        """Show in the bottom line the keys that matter now."""

    def focus_page(self) -> None:
        """Return the focus to the page."""

    def clear_selection(self) -> None:
        """Clear what the mouse has selected."""

    def place_over(self, box: Overlay, place: tuple[int, int]) -> None:
        """Put a box over the page beside a place of the text (passage, offset)."""
