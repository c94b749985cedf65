"""Choosing a highlight or note to make a card of."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.models import Annotation

MOST = 300
"""Notes listed at most; the rest is found in Notes."""


class NotePicker(ModalScreen[int | None]):
    """Gives the number of the note chosen, -1 for a card written from nothing, None for nothing."""

    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "dismiss(None)", "Back"),
        Binding("j", "move(1)", show=False),
        Binding("k", "move(-1)", show=False),
    ]

    def __init__(self, notes: Sequence[Annotation]) -> None:
        super().__init__()
        self._notes = notes[:MOST]

    def compose(self) -> ComposeResult:
        """The list, with an empty card first."""
        with Vertical(classes="dialog"):
            yield Static("Make a card of", classes="heading", markup=False)
            yield OptionList(Option(Content.styled("nothing: write both sides", "$muted")), *map(_option, self._notes))
            yield Static("Enter takes it · Esc back", classes="muted", markup=False)

    def on_mount(self) -> None:
        """Begin at the newest note."""
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
        """Give the choice back."""
        self.dismiss(event.option_index - 1)


def _option(note: Annotation) -> Option:
    words = sanitise_line(note.anchor.exact) if note.anchor else ""
    body = sanitise_line(note.body)
    line = Content(f"“{words}”" if words else "")
    if body:
        line += Content.styled(("  " if words else "") + body, "$muted")
    return Option(line.truncate(200, ellipsis=True))
