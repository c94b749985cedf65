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
        self._notes = notes[:MOST]

    def compose(self) -> ComposeResult:
        """The list, with an empty card first."""
        with Vertical(classes="dialog"):
            yield Static("Make a card from", classes="heading", markup=False)
            yield OptionList(
                Option(Content.styled("an empty card: write both sides", "$muted")), *map(_option, self._notes)
            )
            yield Static("Enter choose · Esc cancel", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Put the cursor on the newest note."""
        notes = self.query_one(OptionList)
        notes.highlighted = 1 if self._notes else 0
        notes.focus()

    def action_move(self, step: int) -> None:
        """Move in the list."""
        notes = self.query_one(OptionList)
        if step > 0:
            notes.action_cursor_down()
        else:
            notes.action_cursor_up()

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
