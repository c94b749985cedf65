"""The chronology: years, and under each its events, one line each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from db.chronicle import HIDDEN_EVENT
from db.text import sanitise_line
from serge_tui.modes.years.chronology import MARKS, WORDS, EventRow, Row, day_in_year
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATE_CELLS = 9


class YearList(RowList):
    """Rows of years and events."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Row], cursor: int = 0, *, scroll: int | None = None) -> None:
        """Show other rows."""
        self.rows = rows
        self.rows_changed(cursor, scroll=scroll)

    def draw_row(self, index: int, width: int) -> Content:
        """Return a row: a year followed by a rule, or an event with its day, its kind and its first words."""
        row = self.rows[index]
        pointer = "▸" if index == self.cursor else " "
        if isinstance(row, EventRow):
            mark = (
                f"{MARKS[row.event.kind]} {WORDS[row.event.kind]:<5} " if width >= 56 else MARKS[row.event.kind] + " "
            )
            line = Content(f"{pointer} {day_in_year(row.event.date):>{_DATE_CELLS}}  ")
            line += Content.styled(mark, "bold" if row.event.kind == "life" else "$muted")
            text = Content.styled(HIDDEN_EVENT, "$faint") if row.hidden else Content(sanitise_line(row.event.text))
            return line + text.truncate(max(4, width - line.cell_length), ellipsis=True)
        head = Content.styled(f"{pointer}{row.year} ", "bold $primary" if row.events else "$faint")
        age = f" Serge {row.age} " if row.age else ""
        rule = "─" * max(0, width - head.cell_length - len(age) - 1)
        return (head + Content.styled(rule, "$rule") + Content.styled(age, "$muted")).truncate(width)
