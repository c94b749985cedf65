"""Every key of the screen that is open, in groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult

    from serge_tui.commands import Command


class HelpScreen(ModalScreen[None]):
    """A list of commands with their keys and sentences."""

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 2;
    }
    """
    BINDINGS: ClassVar[list[Binding]] = [Binding("escape,question_mark,q,f1", "dismiss", "Close")]  # type: ignore[assignment]

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._commands = commands
        self._keymap = keymap

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with VerticalScroll():
            yield Static(self._text(), markup=False)

    def _text(self) -> Content:
        groups: dict[str, list[Command]] = {}
        for command in self._commands:
            groups.setdefault(command.group, []).append(command)
        lines: list[Content] = []
        for group, commands in groups.items():
            lines += [Content.styled(group, "bold $primary")]
            for command in commands:
                keys = "  ".join(_labels(command, self._keymap))
                sentence = f"{command.title}. {command.help}" if command.help else command.title
                lines.append(Content.styled(f"  {keys:<22} ", "bold") + Content.styled(sentence, "$foreground"))
            lines.append(Content(""))
        lines.append(Content.styled("Esc closes this. Every command is in the palette too: Ctrl+P.", "$muted"))
        return Content("\n").join(lines)


def _labels(command: Command, keymap: Mapping[str, str]) -> list[str]:
    from serge_tui.commands import key_label

    return [key_label(key) for key in command.alternatives(keymap)]
