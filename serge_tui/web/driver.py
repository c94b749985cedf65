"""The app's end of the line to a browser.

Textual's own driver for the web speaks to the server over standard input and output. This one also ends the app when
the server is gone, draws everything again for a window that comes back, and gives it the theme's ground colour.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any, Final

from textual.drivers.web_driver import WebDriver

if TYPE_CHECKING:
    from textual.app import App
    from textual.theme import Theme

ATTACH: Final = "attach"
"""The server's word for: another window shows the app from now on, and it is blank."""
_MODES: Final = (
    "\x1b[?1049h"  # alternate screen
    "\x1b[?1000h\x1b[?1003h\x1b[?1015h\x1b[?1006h"  # mouse, as Textual asks for it
    "\x1b[?25l"  # no cursor
    "\x1b[?2004h"  # a paste is marked as one
)


class BrowserDriver(WebDriver):
    """Textual's driver for the web, for windows that leave and come back."""

    def __init__(
        self, app: App[Any], *, debug: bool = False, mouse: bool = True, size: tuple[int, int] | None = None
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=size)
        self.app = app

    def start_application_mode(self) -> None:
        """Begin to draw, and follow the theme."""
        super().start_application_mode()
        self.app.call_later(self.follow_theme)

    def follow_theme(self) -> None:
        """Give the window the theme's ground colour, now and whenever the theme changes."""
        self.show_ground(self.app.current_theme)
        self.app.theme_changed_signal.subscribe(self.app, self.show_ground)

    def show_ground(self, theme: Theme) -> None:
        """Colour what is around the cells: a window is rarely a whole number of cells high and wide (OSC 11)."""
        ground = theme.to_color_system().generate()["background"]
        if ground.startswith("#"):
            self.write(f"\x1b]11;{ground}\x07")

    def write(self, data: str) -> None:
        """Write to the window; nothing, if the server is gone: then the app is about to end."""
        with suppress(BrokenPipeError):
            super().write(data)

    def write_meta(self, data: dict[str, object]) -> None:
        """Tell the server something; nothing, if it is gone."""
        with suppress(BrokenPipeError):
            super().write_meta(data)

    def run_input_thread(self) -> None:
        """Read what the server sends; when there is no server any more, end the app as quitting does."""
        super().run_input_thread()
        if not self.exit_event.is_set():
            self.app.call_later(self.app.exit)

    def on_meta(self, packet_type: str, payload: dict[str, object]) -> None:
        """Take what the server tells, and draw everything for a window that has come back."""
        if packet_type == ATTACH:
            self.app.call_later(self.draw_again)
        else:
            super().on_meta(packet_type, payload)

    def draw_again(self) -> None:
        """Set up a blank window and draw everything in it."""
        self.write(_MODES)
        self.show_ground(self.app.current_theme)
        self.app.refresh(layout=True)
