"""Choose the passage at which a chapter begins, from a list that typed words narrow."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from db.text import fold, sanitise_line
from serge_tui.commands.dialogs import PASSAGE_PICKER
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.commands import Command

MOST: Final = 500
"""Passages listed at once; words narrow the list."""
_SHOWN: Final = 160


class PassagePicker(Dialog[int | None]):
    """Answers with the ordinal of the chosen passage, or None. `passages` are ordinals with their text."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = PASSAGE_PICKER
    CSS_PATH = "dialog.tcss"

    def __init__(self, passages: Sequence[tuple[int, str]]) -> None:
        super().__init__()
        self.rows = OptionRows()
        self.controllers = {"rows": self.rows}
        self._passages = [(ordinal, text, fold(text)) for ordinal, text in passages if text.strip()]
        self._shown: list[int] = []

    def compose(self) -> ComposeResult:
        """A box, and the list."""
        with Vertical(classes="dialog"):
            yield Static("A chapter begins at", classes="heading", markup=False)
            yield Input(placeholder="some words of its first passage", select_on_focus=False)
            yield self.rows
            yield KeyHints(id="picker-told")

    def on_mount(self) -> None:
        """List the first passages."""
        self._list("")
        self.query_one(Input).focus()

    @on(Input.Changed)
    def _typed(self, event: Input.Changed) -> None:
        self._list(event.value)

    def _list(self, typed: str) -> None:
        words = fold(typed).split()
        found = [(ordinal, text) for ordinal, text, folded in self._passages if all(word in folded for word in words)]
        self._shown = [ordinal for ordinal, _ in found[:MOST]]
        self.rows.clear_options()
        self.rows.add_options(Option(Content(_line(text))) for _, text in found[:MOST])
        self.rows.highlighted = 0 if self._shown else None
        more = f"the first {MOST} of {len(found):,}; words narrow it · " if len(found) > MOST else ""
        self.query_one("#picker-told", KeyHints).update(f"{more}Enter a chapter begins here · ↑ ↓ move · Esc cancel")

    @on(Input.Submitted)
    def _submitted(self) -> None:
        if self.rows.highlighted is not None:
            self.dismiss(self._shown[self.rows.highlighted])

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._shown[event.option_index])


def _line(text: str) -> str:
    line = sanitise_line(text)
    return line if len(line) <= _SHOWN else f"{line[:_SHOWN].rstrip()} …"
