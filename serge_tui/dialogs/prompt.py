"""Ask for one line of text, at the bottom of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Input, Static

from serge_tui.commands.dialogs import PROMPT
from serge_tui.dialogs.dialog import Dialog
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command


class Prompt(Dialog[str | None]):
    """Answers with the text on Enter, None on Esc. `hint` shows what may be typed, `begun` is there already."""

    DEFAULT_CSS = """
    Prompt { background: $background 0%; align: left bottom; }
    Prompt > Horizontal { height: 1; background: $panel; }
    Prompt Static { width: auto; padding: 0 1; color: $primary; }
    Prompt Input { width: 1fr; }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = PROMPT

    def __init__(self, label: str, hint: str, begun: str = "") -> None:
        super().__init__()
        self._label = label
        self._hint = hint
        self._begun = begun

    def compose(self) -> ComposeResult:
        """The line."""
        with Horizontal():
            yield Static(self._label, markup=False)
            yield Input(self._begun, placeholder=self._hint, select_on_focus=False)
            yield KeyHints("Enter done · Esc cancel")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Answer with the text."""
        self.dismiss(event.value)
