"""A short list of rows to choose from, moved in by the keys of the dialog that holds it."""

from __future__ import annotations

from textual.widgets import OptionList


class OptionRows(OptionList):
    """An option list that a dialog has as its controller `rows`: the command `rows.move(1)` moves in it."""

    def action_move(self, step: int) -> None:
        """Move to the next row, or to the one above with a negative step."""
        if step > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()
