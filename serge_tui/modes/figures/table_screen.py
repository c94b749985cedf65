"""Everybody in a table, and the way to take it along."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.figures import TABLE
from serge_tui.core.wording import counted
from serge_tui.handlers import Careful, on
from serge_tui.modes.figures.table import TableRow, format_of, written
from serge_tui.modes.figures.widgets.figure_table import Column, FigureTable
from serge_tui.navigation import Destination, ShowFigure
from serge_tui.services.new_file import write_new_file
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

_COLUMNS = (
    Column("name", 32), Column("born", 12), Column("died", 12), Column("mentions", 10, number=True),
    Column("nationality", 20), Column("movement", 34), Column("chapters", 16), Column("portrait", 9),
    Column("ended", 24),
)  # fmt: skip


class FigureTableScreen(Careful, ModalScreen[Destination | None]):
    """The people of the list as a table. Enter opens one, w writes all to a file, Esc goes back."""

    CSS_PATH = "figure_table.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(TABLE)

    def __init__(self, rows: list[TableRow]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Headings, rows, a box for the file's name."""
        yield Static("", id="table-headings", markup=False)
        yield FigureTable(_COLUMNS, id="table-rows")
        yield Input(placeholder="figures.csv, figures.json or figures.md", id="table-file", compact=True)
        yield KeyHints(id="table-hint")

    def on_mount(self) -> None:
        """Fill the table."""
        table = self.query_one(FigureTable)
        table.show([[_cell(row, column.title) for column in _COLUMNS] for row in self._rows])
        table.focus()
        self._hint(f"{self._people} · Enter open · ← → columns · w write a file · Esc back")

    @property
    def _people(self) -> str:
        return counted(len(self._rows), "person", "people")

    def on_resize(self, event: events.Resize) -> None:
        """Keep the headings over their columns."""
        self._show_headings(event.size.width)

    @on(FigureTable.ColumnsMoved)
    def _columns_moved(self) -> None:
        self._show_headings(self.size.width)

    def _show_headings(self, width: int) -> None:
        headings = self.query_one(FigureTable).headings(width - 2)
        self.query_one("#table-headings", Static).update(Content(" ") + headings)

    def _hint(self, sentence: str, *, wrong: bool = False) -> None:
        hint = self.query_one("#table-hint", KeyHints)
        hint.update(Content(sanitise_line(sentence)) if wrong else sanitise_line(sentence))
        hint.set_class(wrong, "-wrong")

    @on(RowList.Chosen)
    def _chosen(self, message: RowList.Chosen) -> None:
        self.dismiss(ShowFigure(self._rows[message.index].key))

    # --- to a file ---------------------------------------------------------------------------------------------------

    def action_ask_name(self) -> None:
        """Ask where to write."""
        box = self.query_one("#table-file", Input)
        box.display = True
        box.focus()
        self._hint("End the name in .csv, .json or .md. No file is overwritten. · Enter write · Esc back")

    @on(Input.Submitted)
    def _write(self, message: Input.Submitted) -> None:
        name = message.value.strip()
        try:
            path = write_table(self._rows, name)
        except SergeError as error:
            self._hint(str(error), wrong=True)
            return
        self._close_box()
        self._hint(f"{self._people} written to {path}.")

    def _close_box(self) -> None:
        self.query_one("#table-file", Input).display = False
        self.query_one(FigureTable).focus()

    def action_leave(self) -> None:
        """Leave the search field, or the table."""
        if self.query_one("#table-file", Input).display:
            self._close_box()
        else:
            self.dismiss(None)


def _cell(row: TableRow, name: str) -> str:
    value = getattr(row, name)
    return "yes" if value is True else "" if value is False else str(value)


def write_table(rows: list[TableRow], name: str) -> Path:
    """Write a table to a new file; the ending of the name decides the format.

    Raises:
        SergeError: The ending names no format, the file exists already, or it cannot be written.
    """
    return write_new_file(Path(name), written(rows, format_of(name)))
