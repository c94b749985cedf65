"""Lines that Textual has drawn for a screen, and keeps after nobody sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from textual.screen import Screen


def forget_drawn_lines(screen: Screen[Any]) -> None:
    """Free the lines drawn for a screen that is closed or out of sight; if it comes back, they are drawn again.

    Each line holds the parts it was cut into and its dimmed form under a dialog: a few megabytes for all modes. Those
    of a closed screen would stay for good: a cache of Textual (8.2, `StylesCache.get_inner_outer`) outlives widgets.
    """
    for widget in (screen, *screen.query("*")):
        widget.refresh()
        # A query does not find scrollbars, and these are drawn too.
        if widget.show_vertical_scrollbar:
            widget.vertical_scrollbar.refresh()
        if widget.show_horizontal_scrollbar:
            widget.horizontal_scrollbar.refresh()
