"""Write tables as text: in aligned columns if they fit, otherwise with bars between the cells."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from db.book import PageMark, Span
from import_scripts.formats.elements import columns_of
from import_scripts.formats.flow import Rich
from import_scripts.input.markup import local_name

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from import_scripts.formats.flow import FlowBuilder
    from import_scripts.input.markup import Element

_WIDEST: Final = 72
_LONGEST_CELL: Final = 400
_GAP: Final = "  "
_BAR: Final = " | "
_BIGGER_THINGS: Final = frozenset("table h1 h2 h3 h4 h5 h6 blockquote ol ul dl pre figure section".split())


@dataclass(slots=True)
class Cell:
    """A cell of a table and how many columns it spans."""

    rich: Rich
    columns: int = 1


def is_layout(table: Element) -> bool:
    """Return whether a table only lays out running text: its cells hold passages, not values."""
    for element in table.iter():
        name = local_name(element.tag)
        if name in _BIGGER_THINGS and element is not table:
            return True
        if name in {"td", "th"}:
            paragraphs = sum(1 for child in element if local_name(child.tag) in {"p", "div"})
            length = sum(map(len, map(str, element.itertext())))
            if length > (_LONGEST_CELL if paragraphs > 1 else _LONGEST_CELL * 2):
                return True
    return False


class TableBuilder:
    """Collects the cells of one table; text given to the builder between `enter` and leaving belongs to a cell."""

    def __init__(self, builder: FlowBuilder) -> None:
        self._builder = builder
        self._rows: list[list[Cell]] = []
        self._caption = Rich("")

    def enter(self, element: Element, name: str) -> Callable[[], None] | None:
        """Open a part of the table; return the function that closes it, or None if there is nothing to close."""
        if name == "tr":
            self._rows.append([])
        elif name in {"td", "th"}:
            self._keep_stray()
            return partial(self._leave_cell, columns_of(element))
        elif name == "caption":
            self._keep_stray()
            return self._leave_caption
        return None

    def finish(self) -> None:
        """Place the table as one passage."""
        self._keep_stray()
        if self._caption.text:
            self._rows.insert(0, [Cell(self._caption)])
        self._builder.put(compose(self._rows), "table")

    def _leave_cell(self, columns: int) -> None:
        if not self._rows:
            self._rows.append([])
        self._rows[-1].append(Cell(self._builder.take(), columns))

    def _leave_caption(self) -> None:
        self._caption = self._builder.take()

    def _keep_stray(self) -> None:
        """Keep text that is in a table but outside its cells, as a row of its own."""
        stray = self._builder.take()
        if stray.text:
            self._rows.append([Cell(stray)])
        else:
            for mark in stray.pages:
                self._builder.mark_page(mark.label)


def compose(rows: Sequence[Sequence[Cell]]) -> Rich:
    """Join the cells of a table into one text, one line a row, moving spans and page marks along."""
    rows = [row for row in rows if any(cell.rich.text for cell in row)]
    widths = _column_widths(rows)
    in_line = sum(widths) + len(_GAP) * (len(widths) - 1) <= _WIDEST
    whole = Rich("")
    parts: list[str] = []
    length = 0
    for number, row in enumerate(rows):
        if number:
            parts.append("\n")
            length += 1
        column = 0
        for index, cell in enumerate(row):
            if index:
                filler = _GAP if in_line else _BAR
                parts.append(filler)
                length += len(filler)
            rich = cell.rich
            whole.spans += [
                Span(span.start + length, span.end + length, span.style, span.target) for span in rich.spans
            ]
            whole.pages += [PageMark(mark.offset + length, mark.label) for mark in rich.pages]
            text = rich.text.replace("\n", " ")
            if in_line and index < len(row) - 1:
                taken = widths[column : column + cell.columns]
                text += " " * (sum(taken) + len(_GAP) * (len(taken) - 1) - _width(text))
            parts.append(text)
            length += len(text)
            column += cell.columns
    whole.text = "".join(parts).rstrip()
    whole.pages = [PageMark(min(mark.offset, len(whole.text)), mark.label) for mark in whole.pages]
    return whole


def _column_widths(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Return the widths of the columns; a cell across several columns, or alone on its line, does not widen one."""
    most = max((sum(cell.columns for cell in row) for row in rows), default=0)
    widths = [0] * most
    for row in rows:
        column = 0
        for cell in row:
            if cell.columns == 1 and not len(row) == 1 < most:
                widths[column] = max(widths[column], _width(cell.rich.text))
            column += cell.columns
    return widths


def _width(text: str) -> int:
    """Return how many terminal cells a text takes; invisible and combining characters take none."""
    if text.isascii():
        return len(text)
    return sum(1 for char in text if unicodedata.category(char) not in {"Mn", "Me", "Cf"})
