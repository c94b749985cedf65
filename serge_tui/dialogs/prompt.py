"""One line typed at the bottom of the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Input, Static

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class Prompt(ModalScreen[str | None]):
    """Enter gives what was typed, Esc nothing; `hint` says what may be, `begun` stands there already."""

    DEFAULT_CSS = """
    Prompt { background: $background 0%; align: left bottom; }
    Prompt > Horizontal { height: 1; background: $panel; }
    Prompt Static { width: auto; padding: 0 0 0 1; color: $primary; }
    Prompt Input { width: 1fr; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "Back")]

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

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give back what was typed."""
        self.dismiss(event.value)
