"""Help: every key of the open screen, in groups."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget

from serge_tui.commands.dialogs import HELP_SCREEN
from serge_tui.dialogs.dialog import Dialog

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.geometry import Size

    from serge_tui.commands import Command

ROOMY: Final = 70
"""Width in cells from which the column of keys is wide."""


class HelpScreen(Dialog[None]):
    """A list of commands with their keys and sentences."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 2;
    }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = HELP_SCREEN

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._commands = commands
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll():
            yield HelpText(self._commands, self._keymap)

    def action_scroll_text(self, how: str) -> None:
        """Scroll the text; `how` is a method of Textual's containers."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)


class HelpText(Widget):
    """The keys in a column, and what each does beside them."""

    DEFAULT_CSS = "HelpText { width: 100%; height: auto; }"

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._groups: dict[str, list[Command]] = {}
        self._keymap = keymap
        for command in commands:
            if command.in_help:
                self._groups.setdefault(command.group, []).append(command)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual gives them
        """Return the number of lines at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Lay the text out at the present width."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        hint = wrap("Esc close · Ctrl+P every command by name", max(width, 10))
        lines = [Content.styled(line, "$muted") for line in hint]
        for group, commands in self._groups.items():
            lines += [Content(""), Content.styled(group, "bold $primary")]
            for command in commands:
                lines += self._row(command, width)
        return lines

    def _row(self, command: Command, width: int) -> list[Content]:
        column = 20 if width >= ROOMY else 14
        keys = wrap("  ".join(_labels(command, self._keymap)), column)
        words = wrap(sentence_of(command), max(width - column - 4, 10))
        return [
            Content.styled(f"  {key:<{column}}  ", "bold") + Content(word)
            for key, word in zip_longest(keys, words, fillvalue="")
        ]


def sentence_of(command: Command) -> str:
    """Return a command's title and sentence, or the sentence alone if it repeats the title."""
    words = command.help.casefold()
    if all(word in words for word in command.title.casefold().split()):
        return command.help
    return f"{command.title}. {command.help}" if command.help else command.title


def _labels(command: Command, keymap: Mapping[str, str]) -> list[str]:
    from serge_tui.commands import key_label

    return [key_label(key) for key in command.alternatives(keymap)]
