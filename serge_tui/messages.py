"""The one quiet line of messages: confirmations that go when the reader moves on, errors that stay until dismissed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from db.text import sanitise_line

if TYPE_CHECKING:
    from textual.app import App

MESSAGE_SECONDS: Final = 6.0
"""How long a message is shown at most, in seconds; it goes as soon as the reader moves on."""
UNTIL_DISMISSED: Final = 365 * 24 * 3600.0
"""How long an error is shown, in seconds: until Esc or a click."""


class Messages:
    """Shows sentences as plain text over the line of keys, through the app's notifications.

    Args:
        app: The app.
    """

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._errors: list[str] = []
        self._is_message_shown = False

    def inform(self, sentence: str) -> None:
        """Show a short message until the reader moves on. It replaces the one before."""
        self.end_message()
        self._is_message_shown = True
        self._app.notify(sanitise_line(sentence), timeout=MESSAGE_SECONDS, markup=False)

    def report_error(self, sentence: str) -> None:
        """Show an error until the reader dismisses it."""
        self.end_message()
        self._errors.append(sanitise_line(sentence))
        self._show_error(self._errors[-1])

    def end_message(self) -> None:
        """Remove the message; errors stay."""
        if self._is_message_shown:
            self._show_errors()

    def dismiss_errors(self) -> bool:
        """Remove the errors; return False if there are none."""
        if not self._errors:
            return False
        self._errors.clear()
        self._show_errors()
        return True

    def _show_errors(self) -> None:
        self._app.clear_notifications()
        self._is_message_shown = False
        for sentence in self._errors:
            self._show_error(sentence)

    def _show_error(self, sentence: str) -> None:
        self._app.notify(sentence, severity="error", timeout=UNTIL_DISMISSED, markup=False)
