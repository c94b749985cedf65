"""A box over the page, beside the line it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

if TYPE_CHECKING:
    from textual.app import ComposeResult


class Overlay(VerticalScroll, can_focus=True):
    """A text in a box: `show_text` fills it, `put` places it. The style sheet leaves one empty line all round."""

    ALLOW_SELECT = False
    WIDTH: ClassVar[int] = 64

    def __init__(self) -> None:
        super().__init__()
        self._text = Content("")

    def compose(self) -> ComposeResult:
        """One text."""
        yield Static()

    def show_text(self, text: Content) -> None:
        """Show a text from its beginning."""
        self._text = text
        self.query_one(Static).update(text)
        self.scroll_home(animate=False)

    def put(self, column: int, row: int, width: int, height: int) -> None:
        """Place the box beside a cell of an area of a size: below it if there is room, else above."""
        longest = max((line.cell_length for line in self._text.split("\n")), default=0)
        own = max(24, min(self.WIDTH, width - 2, longest + 7))
        lines = min(self._text.get_height({}, max(1, own - 7)) + 2, height)
        below = row + 1 + lines <= height
        top = row + 1 if below else row - lines if row >= lines else max(0, height - lines)
        self.styles.width = own
        self.styles.max_height = height
        self.styles.offset = (max(0, min(column - 3, width - own - 1)), top)
