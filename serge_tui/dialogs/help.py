"""Help: every key of the open screen, in groups."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from textwrap import wrap
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Input

from serge_tui.commands.dialogs import HELP_SCREEN
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on
from serge_tui.widgets.key_hints import KeyHints, press

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual import events
    from textual.app import ComposeResult
    from textual.geometry import Size

    from serge_tui.commands import Command

_KEYS: Final = "keys"
"""Name of what the lines of a command carry: the keys that a click on it presses."""
ROOMY: Final = 70
"""Width in cells from which the column of keys is wide."""


class HelpText(Widget):
    """The text, laid out for the width it is given."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "HelpText { background: $background 0%; height: auto; }"

    @dataclass
    class Clicked(Message):
        """A command was clicked; `keys` are its keys."""

        keys: str

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str], note: str = "") -> None:
        super().__init__()
        self._keymap = keymap
        self._note = note
        self._commands = [command for command in commands if command.in_help]
        self._groups: dict[str, list[Command]] = {}
        self.show_only("")

    def show_only(self, query: str) -> None:
        """Show the commands that have every word typed, in their keys, title, sentence, group or synonyms."""
        words = query.casefold().split()
        self._groups = {}
        for command in self._commands:
            about = f"{command.title} {command.help} {command.group} {command.synonyms}".casefold()
            labels = {label.casefold() for label in _labels(command, self._keymap)}
            if all(word in about or word in labels for word in words):
                self._groups.setdefault(command.group, []).append(command)
        self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002  # Textual gives them
        """Return the number of lines at this width."""
        return len(self._lines(width))

    def render(self) -> Content:
        """Lay the text out at the present width."""
        return Content("\n").join(self._lines(self.content_size.width))

    def _lines(self, width: int) -> list[Content]:
        lines = [Content(line) for line in wrap(self._note, max(width, 10))]
        if not self._groups:
            lines += [Content(""), Content("Nothing here has these words.")]
        for group, commands in self._groups.items():
            lines += [Content(""), Content.styled(group, "bold $primary")]
            for command in commands:
                lines += self._row(command, width)
        return lines

    def _row(self, command: Command, width: int) -> list[Content]:
        column = 20 if width >= ROOMY else 14
        keys = wrap("  ".join(_labels(command, self._keymap)), column)
        words = wrap(sentence_of(command), max(width - column - 4, 10))
        pressed = Style.from_meta({_KEYS: next(iter(command.alternatives(self._keymap)), "")})
        return [
            (Content.styled(f"  {key:<{column}}  ", "bold") + Content(word)).stylize(pressed)
            for key, word in zip_longest(keys, words, fillvalue="")
        ]

    def on_click(self, event: events.Click) -> None:
        """Tell which command was clicked."""
        if keys := event.style.meta.get(_KEYS):
            self.post_message(self.Clicked(keys))


class HelpScreen(Dialog[None]):
    """A list of commands with their keys and sentences, and a box to search it. A click on a command runs it.

    Args:
        commands: What to show, in groups.
        keymap: The reader's own keys.
        note: A sentence above the list.
    """

    DEFAULT_CSS = """
    HelpScreen { align: center middle; }
    HelpScreen > Vertical {
        width: 84; max-width: 96%; height: 92%; background: $panel; padding: 1 2;
    }
    HelpScreen VerticalScroll { height: 1fr; }
    HelpScreen Input { background: $surface; }
    HelpScreen KeyHints { margin-top: 1; }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = HELP_SCREEN

    def __init__(self, commands: tuple[Command, ...], keymap: Mapping[str, str], note: str = "") -> None:
        super().__init__()
        self.text = HelpText(commands, keymap, note)

    def compose(self) -> ComposeResult:
        """A box to search, and one scrolling page."""
        with Vertical():
            yield Input(id="help-search", placeholder="/ search", compact=True)
            with VerticalScroll():
                yield self.text
            yield KeyHints("Esc close · / search · Ctrl+P every command by name")

    def on_mount(self) -> None:
        """Give the keys to the page."""
        self.query_one(VerticalScroll).focus()

    def action_search(self) -> None:
        """Go to the box."""
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _searched(self, message: Input.Changed) -> None:
        self.text.show_only(message.value)

    @on(Input.Submitted)
    def _search_done(self) -> None:
        self.query_one(VerticalScroll).focus()

    @on(HelpText.Clicked)
    def _run(self, message: HelpText.Clicked) -> None:
        self.dismiss(None)
        press(self, message.keys)

    def action_close(self) -> None:
        """Leave the box, then clear the search, then close."""
        box = self.query_one(Input)
        if box.has_focus:
            self.query_one(VerticalScroll).focus()
        elif box.value:
            box.value = ""
        else:
            self.dismiss(None)

    def action_scroll_text(self, how: str) -> None:
        """Scroll the text; `how` is a method of Textual's containers."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)


def sentence_of(command: Command) -> str:
    """Return a command's title and sentence, or the sentence alone if it repeats the title."""
    words = command.help.casefold()
    if all(word in words for word in command.title.casefold().split()):
        return command.help
    return f"{command.title}. {command.help}" if command.help else command.title


def _labels(command: Command, keymap: Mapping[str, str]) -> list[str]:
    from serge_tui.commands import key_label

    return [key_label(key) for key in command.alternatives(keymap)]
