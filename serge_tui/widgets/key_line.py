"""The bottom line: a status, and the keys that matter now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.widget import Widget

from db.text import sanitise_line
from serge_tui.commands import Chords, key_label
from serge_tui.widgets.key_hints import clicked_key, hints, press

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from textual import events

    from serge_tui.commands import Command


class KeyLine(Widget):
    """Status at the left, keys with their words at the right; a narrow window leaves the less important keys out."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyLine { height: 1; dock: bottom; background: $surface; color: $muted; }
    """
    status: reactive[str] = reactive("")
    hint: reactive[str] = reactive("")
    """A key of the focused widget with its word, such as `Enter add`, in place of the status."""
    pending: reactive[str] = reactive("")
    following: reactive[tuple[tuple[str, str], ...]] = reactive(())
    """Keys that may follow `pending`, each with a word."""
    commands: reactive[tuple[Command, ...]] = reactive(())

    @dataclass
    class Pressed(Message):
        """A command was clicked."""

        command: Command

    def __init__(
        self, keymap: Mapping[str, str], works: Callable[[Command, str], bool] = lambda _command, _keys: True
    ) -> None:
        super().__init__()
        self._keymap = keymap
        self._works = works
        self._working: dict[Command, str] = {}
        """The key of each command that works now; empty where none does."""
        self._start = 0
        self._ends: list[tuple[int, Command]] = []

    def wait(self, pending: str, following: Iterable[tuple[str, str]] = ()) -> None:
        """Show the keys of a chord pressed so far and the keys that may follow; empty keys restore the line."""
        self.following = tuple(
            ("any letter" if keys == Chords.ANY else key_label(keys), sanitise_line(word))
            for keys, word in following
            if pending
        )
        self.pending = pending

    def render(self) -> Content:
        """Draw the line."""
        width = self.size.width
        if self.pending:
            return self._pending(width)
        status = Content(" ") + hints(self.hint) if self.hint else self._status()
        status = status.truncate(max(0, width - 1), ellipsis=True)
        keys_of = {command: key for command in self.commands if command.footer and (key := self.key_of(command))}
        shown = sorted(keys_of, key=lambda command: command.rank)
        drawn = {command: self._drawn(command, keys_of[command]) for command in shown}
        while shown and status.cell_length + sum(drawn[c].cell_length + 2 for c in shown) + 1 > width:
            shown.pop()
        kept = [command for command in self.commands if command in set(shown)]
        keys = Content("  ").join(drawn[command] for command in kept)
        gap = max(0, width - status.cell_length - keys.cell_length - 1)
        self._ends = []
        end = status.cell_length + gap
        self._start = end
        for command in kept:
            end += drawn[command].cell_length + 2
            self._ends.append((end, command))
        return status + Content(" " * gap) + keys

    def _status(self) -> Content:
        return Content.styled(f" {sanitise_line(self.status)}" if self.status else "", "$foreground")

    def _pending(self, width: int) -> Content:
        """Draw the keys pressed so far, and as many that may follow as there is room for."""
        self._ends = []
        line = Content.styled(f" {key_label(self.pending)}… ", "bold $primary")
        for key, word in self.following:
            piece = Content("  ") + Content.styled(key, "bold $primary") + Content.styled(f" {word}", "$muted")
            if line.cell_length + piece.cell_length > width:
                break
            line += piece
        return line.truncate(max(0, width - 1), ellipsis=True)

    def on_click(self, event: events.Click) -> None:
        """Post which command was clicked; press the key of the hint."""
        if (key := clicked_key(event)) is not None:
            press(self, key)
        elif event.x >= self._start:
            for end, command in self._ends:
                if event.x < end:
                    self.post_message(self.Pressed(command))
                    break

    def key_of(self, command: Command) -> str:
        """Return the first key of a command that works now; empty if none does. In a box, no letter does."""
        if command not in self._working:
            alternatives = command.alternatives(self._keymap)
            self._working[command] = next((keys for keys in alternatives if self._works(command, keys)), "")
        return self._working[command]

    def watch_commands(self) -> None:
        """Look again which keys work."""
        self._working.clear()

    def focus_moved(self) -> None:
        """Look again which keys work: another widget has the focus."""
        self._working.clear()
        self.refresh()

    @staticmethod
    def _drawn(command: Command, key: str) -> Content:
        return Content.styled(key_label(key), "bold $primary") + Content.styled(f" {command.footer}", "$muted")
