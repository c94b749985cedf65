"""A short list of rows to choose from, moved in by the keys of the dialog that holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList

if TYPE_CHECKING:
    from textual import events
    from textual.widgets.option_list import Option


class OptionRows(OptionList):
    """An option list that a dialog has as its controller `rows`: the command `rows.move(1)` moves in it.

    It ends at its first and last row. With `one_click`, a click on a row chooses it; without, for lists whose rows have
    other commands too, the first click moves to the row and a click on the row under the cursor chooses it.
    """

    def __init__(self, *rows: Option, one_click: bool = True, id: str | None = None) -> None:  # noqa: A002  # Textual's
        super().__init__(*rows, id=id)
        self._one_click = one_click

    def action_move(self, step: int) -> None:
        """Move to the next row, or to the one above with a negative step."""
        if step > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def action_cursor_down(self) -> None:
        """Move to the next row, if there is one."""
        if self._is_any(range((-1 if self.highlighted is None else self.highlighted) + 1, self.option_count)):
            super().action_cursor_down()

    def action_cursor_up(self) -> None:
        """Move to the row above, if there is one."""
        if self._is_any(range(self.option_count if self.highlighted is None else self.highlighted)):
            super().action_cursor_up()

    def _is_any(self, rows: range) -> bool:
        return any(not self.get_option_at_index(row).disabled for row in rows)

    def on_click(self, event: events.Click) -> None:
        """Move to the row clicked, before Textual chooses it."""
        row = event.style.meta.get("option")
        if self._one_click or row is None or row == self.highlighted or self.get_option_at_index(row).disabled:
            return
        event.prevent_default()
        self.highlighted = row
