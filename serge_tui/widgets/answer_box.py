"""The box to type an answer in, for cards and quiz."""

from __future__ import annotations

from textual.widgets import Input

from serge_tui.commands import bindings
from serge_tui.commands.study import LEAVE_ANSWER


class AnswerBox(Input):
    """A box for an answer; Esc leaves it for the screen, so that every other key can be used again."""

    BINDINGS = bindings((LEAVE_ANSWER,))

    @property
    def is_in_use(self) -> bool:
        """Whether an answer is being typed."""
        return bool(self.display) and self.has_focus
