"""A table of figures: as many columns as there is room for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

Column = tuple[str, int]
_NAME_CELLS: Final = 30


class FigureTable(RowList):
    """Rows of cells under headings. The first column is always there; the others from the left while they fit."""

    nothing = "Nobody here."

    def __init__(self, columns: Sequence[Column], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._columns = columns
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
        """The line of headings for a table of so many cells."""
        return self._line([title for title, _ in self._columns], width).stylize("bold $muted")

    def draw_row(self, index: int, width: int) -> Content:
        """One row."""
        pointer = "▸" if index == self.cursor else " "
        return Content(pointer) + self._line(self.rows[index], width - 1)

    def _line(self, cells: Sequence[str], width: int) -> Content:
        line = Content("")
        for (_, wanted), cell in zip(self._columns, cells, strict=True):
            room = min(wanted, width - line.cell_length)
            if room < min(wanted, 6):
                break
            line += Content(sanitise_line(cell)).truncate(room - 1, ellipsis=True, pad=True) + Content(" ")
        return line
