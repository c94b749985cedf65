"""Every key of the screen that is open, in groups."""

from __future__ import annotations

from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.geometry import Size

    from serge_tui.commands import Command

ROOMY: Final = 70
"""Cells from which the column of the keys is a wide one."""


class HelpScreen(ModalScreen[None]):
    """A list of commands with their keys and sentences."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 2;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,question_mark,q,f1", "dismiss", "Close"),
        Binding("j", "scroll_text('scroll_down')", show=False),
        Binding("k", "scroll_text('scroll_up')", show=False),
        Binding("space,ctrl+f", "scroll_text('scroll_page_down')", show=False),
        Binding("ctrl+b", "scroll_text('scroll_page_up')", show=False),
        Binding("g", "scroll_text('scroll_home')", show=False),
        Binding("G", "scroll_text('scroll_end')", show=False),
    ]

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._commands = commands
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll():
            yield HelpText(self._commands, self._keymap)

    def action_scroll_text(self, how: str) -> None:
        """Move in the text, by the name of a container's method."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)


class HelpText(Widget):
    """The keys in a column, and what each does beside them."""

    DEFAULT_CSS = "HelpText { width: 100%; height: auto; }"

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._groups: dict[str, list[Command]] = {}
        self._keymap = keymap
        for command in commands:
            self._groups.setdefault(command.group, []).append(command)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual gives them
        """As many lines as the text has at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Set the text at the width there is."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        hint = wrap("Esc closes this · every command is in the palette too: Ctrl+P", max(width, 10))
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
    """What a command does: its title and its sentence, or the sentence alone where it says the title again."""
    words = command.help.casefold()
    if all(word in words for word in command.title.casefold().split()):
        return command.help
    return f"{command.title}. {command.help}" if command.help else command.title


def _labels(command: Command, keymap: Mapping[str, str]) -> list[str]:
    from serge_tui.commands import key_label

    return [key_label(key) for key in command.alternatives(keymap)]
