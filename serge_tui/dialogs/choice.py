"""Choose one row of a short list."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.text import sanitise_line
from serge_tui.commands.dialogs import CHOICE
from serge_tui.dialogs.dialog import Dialog
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.commands import Command


class Choice(Dialog[int | None]):
    """Rows of a title and a detail. Answers with the number of the chosen row, or None."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = CHOICE
    CSS_PATH = "dialog.tcss"

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], chosen: int = 0) -> None:
        super().__init__()
        self._title = title
        self.rows = OptionRows(*(Option(self._row(*row)) for row in rows))
        self.controllers = {"rows": self.rows}
        self._chosen = chosen

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical(classes="dialog"):
            yield Static(Content(sanitise_line(self._title)), classes="heading")
            yield self.rows
            yield KeyHints("Enter choose · Esc cancel")

    @staticmethod
    def _row(title: str, detail: str) -> Content:
        return Content(sanitise_line(title)) + Content.styled(f"  {sanitise_line(detail)}", "$muted")

    def on_mount(self) -> None:
        """Put the cursor on the present choice."""
        self.rows.highlighted = self._chosen if self.rows.option_count else None
        self.rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the chosen row."""
        self.dismiss(event.option_index)
