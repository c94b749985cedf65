"""The line at the bottom: where one is, and the keys that matter now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from db.text import sanitise_line
from serge_tui.commands import key_label

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.commands import Command


class KeyLine(Widget):
    """Status at the left, keys with their words at the right; where room is short the less important keys go."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $surface; color: $muted; }
    """
    status: reactive[str] = reactive("")
    pending: reactive[str] = reactive("")
    commands: reactive[tuple[Command, ...]] = reactive(())

    def __init__(self, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._keymap = keymap

    def render(self) -> Content:
        """Draw the line."""
        width = self.size.width
        if self.pending:
            status = Content.styled(f" {key_label(self.pending)}… ", "bold $primary")
        else:
            status = Content.styled(f" {sanitise_line(self.status)}" if self.status else "", "$foreground")
        status = status.truncate(max(0, width - 1), ellipsis=True)
        shown = sorted((c for c in self.commands if c.footer), key=lambda command: command.rank)
        keys = Content("")
        while shown:
            chosen = set(shown)
            keys = Content("  ").join(self._key(command) for command in self.commands if command in chosen)
            if status.cell_length + keys.cell_length + 3 <= width:
                break
            shown.pop()
            keys = Content("")
        gap = " " * max(0, width - status.cell_length - keys.cell_length - 1)
        return status + Content(gap) + keys

    def _key(self, command: Command) -> Content:
        click = Style.from_meta({"@click": f"screen.{command.action}" if "." not in command.action else command.action})
        key = key_label(command.alternatives(self._keymap)[0]) if command.alternatives(self._keymap) else ""
        return Content.styled(key, Style.parse("bold $primary") + click) + Content.styled(
            f" {command.footer}", Style.parse("$muted") + click
        )
