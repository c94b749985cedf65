"""The box names are typed into."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events

_NO_NAME_BEGINS_WITH: Final = frozenset("0123456789./?>=")


class NameBox(Input):
    """An input that, while it is empty, lets keys through that no name begins with: they are commands.

    `typed` is called with the text at once, before anything is painted: a message would come a frame later, and the
    list with it.
    """

    def __init__(
        self,
        typed: Callable[[str], None],
        *,
        placeholder: str = "",
        id: str | None = None,  # noqa: A002  # Textual's own name for it
    ) -> None:
        super().__init__(placeholder=placeholder, id=id, compact=True)
        self._typed = typed

    def watch_value(self, value: str) -> None:
        """Post the typed text."""
        if self.is_mounted:
            self._typed(value)

    def check_consume_key(self, key: str, character: str | None) -> bool:
        """Return whether the field uses a key itself."""
        if not self.value and character is not None and character in _NO_NAME_BEGINS_WITH:
            return False
        return super().check_consume_key(key, character)

    def on_key(self, event: events.Key) -> None:
        """Keep what is let through from being typed."""
        if not self.check_consume_key(event.key, event.character) and event.is_printable:
            event.prevent_default()
