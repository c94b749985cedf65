"""A virtual list: rows drawn when they are seen, so that ten thousand cost no more than thirty.

A row is one line; a list whose rows take several overrides `line_count`, `line_of`, `row_at` and `draw_line`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.style import Style

from serge_tui.commands import bindings
from serge_tui.commands.lists import ROWS

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType


class RowList(ScrollView, can_focus=True):
    """Base of the lists. A subclass says how many rows there are and draws one; this moves among them.

    `cursor` is the chosen row, -1 when there are none.
    """

    ALLOW_SELECT = False
    ONE_CLICK: ClassVar[bool] = False
    """Whether a click on a row chooses it at once: for lists beside a page, where choosing is all there is to do."""
    BINDINGS: ClassVar[list[BindingType]] = bindings(ROWS)
    DEFAULT_CSS = """
    RowList { overflow-x: hidden; overflow-y: auto; scrollbar-size-vertical: 1; }
    """
    cursor: reactive[int] = reactive(-1)
    nothing = ""
    """What an empty list says."""

    @dataclass
    class RowMessage(Message):
        """Something about a row of a list."""

        rows: RowList
        index: int

        @property
        def control(self) -> RowList:
            """The list it is about."""
            return self.rows

    class Highlighted(RowMessage):
        """The cursor came to another row."""

    class Chosen(RowMessage):
        """Enter, or a click on the row that was chosen already."""

    class LeftAbove(RowMessage):
        """The cursor wanted to go above the first row."""

    # --- what a subclass gives ---------------------------------------------------------------------------------------

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, index: int, width: int) -> Content:
        """One row, at most `width` cells."""
        raise NotImplementedError

    @property
    def line_count(self) -> int:
        """The number of lines of all rows."""
        return self.row_count

    def line_of(self, index: int) -> int:
        """Return the first line of a row; for the number of rows, the number of lines."""
        return index

    def row_at(self, line: int) -> int:
        """Return the row to which a line belongs."""
        return line

    def draw_line(self, index: int, line: int, width: int) -> Content:  # noqa: ARG002  # rows here are one line
        """Return one line of a row, counted from 0, at most `width` cells wide."""
        return self.draw_row(index, width)

    def lines_in_view(self, index: int) -> tuple[int, int]:
        """Return the first line, and the line after the last, that should be in view with the cursor on a row."""
        return self.line_of(index), self.line_of(index + 1)

    # --- showing -----------------------------------------------------------------------------------------------------

    def rows_changed(self, cursor: int = 0, *, scroll: int | None = None) -> None:
        """Draw anew after the rows were replaced; `scroll` is the first line to be seen, as far as possible."""
        count = self.row_count
        self.virtual_size = Size(0, self.line_count)
        wanted = max(-1, min(cursor, count - 1))
        changed = wanted != self.cursor
        self.set_reactive(RowList.cursor, wanted)
        if scroll is not None:
            self.scroll_to(y=scroll, animate=False)
        self._show_cursor()
        # How far one can scroll is known once the new number of rows has been laid out.
        self.call_after_refresh(self._show_cursor)
        self.refresh()
        if changed or wanted >= 0:
            self.post_message(self.Highlighted(self, wanted))

    def render_line(self, y: int) -> Strip:
        """Draw one line of the window."""
        width = self.scrollable_content_region.width
        line = y + self.scroll_offset.y
        base = self.visual_style
        if self.row_count == 0 and y == 1 and self.nothing:
            return Strip(Content.styled(f"  {self.nothing}", "$muted").render_segments(base)).adjust_cell_length(
                width, base.rich_style
            )
        if not 0 <= line < self.line_count or width <= 0:
            return Strip.blank(width, base.rich_style)
        index = self.row_at(line)
        row = self.draw_line(index, line - self.line_of(index), width)
        if index == self.cursor:
            base += Style.parse("on $panel bold" if self.has_focus else "on $panel")
        return Strip(row.render_segments(base)).adjust_cell_length(width, base.rich_style)

    def watch_cursor(self, before: int, now: int) -> None:
        """Draw the two rows anew and keep the cursor in view."""
        for row in (before, now):
            if 0 <= row < self.row_count:
                for line in range(self.line_of(row), self.line_of(row + 1)):
                    self.refresh_line(line)
        self._show_cursor()
        self.post_message(self.Highlighted(self, now))

    def _show_cursor(self) -> None:
        height = self.scrollable_content_region.height
        if self.cursor < 0 or height <= 0:
            return
        top = self.scroll_offset.y
        first, end = self.lines_in_view(self.cursor)
        if first < top:
            self.scroll_to(y=first, animate=False)
        elif end > top + height:
            self.scroll_to(y=min(first, end - height), animate=False)

    def on_resize(self) -> None:
        """Keep the cursor in view."""
        self._show_cursor()

    # --- moving ------------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """Move the cursor by rows."""
        if step < 0 and self.cursor <= 0:
            self.post_message(self.LeftAbove(self, 0))
        else:
            self.cursor = min(max(0, self.cursor + step), self.row_count - 1)

    def action_page(self, step: int) -> None:
        """Move the cursor by windows."""
        if self.row_count:
            height = max(1, self.scrollable_content_region.height - 1)
            line = min(max(0, self.line_of(self.cursor) + step * height), self.line_count - 1)
            # A row taller than the window must not hold the cursor for ever.
            at = self.row_at(line)
            self.cursor = min(max(0, at if at != self.cursor else at + step), self.row_count - 1)

    def action_first(self) -> None:
        """Go to the first row."""
        self.cursor = min(0, self.row_count - 1)

    def action_last(self) -> None:
        """Go to the last row."""
        self.cursor = self.row_count - 1

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self.cursor >= 0:
            self.post_message(self.Chosen(self, self.cursor))

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor; on the row under it, and on any row with `ONE_CLICK`, it chooses."""
        line = event.y + self.scroll_offset.y
        if not 0 <= line < self.line_count:
            return
        index = self.row_at(line)
        chosen = index == self.cursor or self.ONE_CLICK
        self.cursor = index
        if chosen:
            self.action_choose()
