"""Choose a highlight or note to make a card from."""

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

    from db.models import Annotation
    from serge_tui.commands import Command

MOST = 300
"""Notes listed at most; Notes lists them all."""


class NotePicker(Dialog[int | None]):
    """Answers with the number of the chosen note, -1 for an empty card, or None."""

    CSS_PATH = "dialog.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = CHOICE

    def __init__(self, notes: Sequence[Annotation]) -> None:
        super().__init__()
        self.rows = OptionRows(
            Option(Content.styled("an empty card: write both sides", "$muted")), *map(_option, notes[:MOST])
        )
        self.controllers = {"rows": self.rows}

    def compose(self) -> ComposeResult:
        """The list, with an empty card first."""
        with Vertical(classes="dialog"):
            yield Static("Make a card from", classes="heading", markup=False)
            yield self.rows
            yield KeyHints("Enter choose · Esc cancel")

    def on_mount(self) -> None:
        """Put the cursor on the newest note."""
        self.rows.highlighted = min(1, self.rows.option_count - 1)
        self.rows.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Answer with the chosen note."""
        self.dismiss(event.option_index - 1)


def _option(note: Annotation) -> Option:
    words = sanitise_line(note.anchor.exact) if note.anchor else ""
    body = sanitise_line(note.body)
    line = Content(f"“{words}”" if words else "")
    if body:
        line += Content.styled(("  " if words else "") + body, "$muted")
    return Option(line.truncate(200, ellipsis=True))
