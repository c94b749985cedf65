"""A table of figures: as many columns as there is room for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message

from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.figures import TABLE_COLUMNS
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, its width in cells, and whether it contains numbers."""

    title: str
    width: int
    number: bool = False


class FigureTable(RowList):
    """Rows of cells under headings. The first column is always there, of the others as many as there is room for.

    Left and right go through the others.
    """

    nothing = "Nobody here."
    BINDINGS: ClassVar[list[BindingType]] = bindings(TABLE_COLUMNS)

    @dataclass
    class ColumnsMoved(Message):
        """Other columns are shown."""

        table: FigureTable

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self._columns = columns
        self._skipped = 0
        self.rows: Sequence[Sequence[str]] = ()

    @property
    def row_count(self) -> int:
        """How many rows."""
        return len(self.rows)

    def show(self, rows: Sequence[Sequence[str]]) -> None:
        """Show other rows, each with a cell for every column."""
        self.rows = rows
        self.rows_changed(0, scroll=0)

    def headings(self, width: int) -> Content:
        """The line of headings for a table of so many cells; arrows say that there are more columns."""
        line = self._line([column.title for column in self._columns], width).stylize("bold $muted")
        before = "←" if self._skipped else " "
        after = "→" if self._more(width) else " "
        return line.truncate(width - 4, pad=True) + Content.styled(f" {before}{after}", "$primary")

    def draw_row(self, index: int, width: int) -> Content:
        """One row."""
        pointer = "▸" if index == self.cursor else " "
        return Content(pointer) + self._line(self.rows[index], width - 1)

    def _shown(self, width: int) -> list[int]:
        """Numbers of the columns there is room for."""
        shown, room = [0], width - self._columns[0].width
        for number in range(1 + self._skipped, len(self._columns)):
            wanted = self._columns[number].width
            # The first of the others is cut rather than left out, or nothing of it could ever be seen.
            if room < wanted and len(shown) > 1:
                break
            shown.append(number)
            room -= wanted
        return shown

    def _more(self, width: int) -> bool:
        return self._shown(width)[-1] < len(self._columns) - 1

    def _line(self, cells: Sequence[str], width: int) -> Content:
        line = Content("")
        for number in self._shown(width):
            column = self._columns[number]
            room = min(column.width, width - line.cell_length)
            cell = Content(sanitise_line(cells[number])).truncate(max(1, room - 1), ellipsis=True)
            space = Content(" " * max(0, room - 1 - cell.cell_length))
            line += (space + cell if column.number else cell + space) + Content(" ")
        return line

    def action_columns(self, step: int) -> None:
        """Show other columns beside the first."""
        width = self.scrollable_content_region.width - 1
        if (step > 0 and self._more(width)) or (step < 0 and self._skipped):
            self._skipped += step
            self.refresh()
            self.post_message(self.ColumnsMoved(self))
