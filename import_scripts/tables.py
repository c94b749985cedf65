"""Tables as text: columns in line where they fit, cells divided by bars where they do not."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Final

from db.book import PageMark, Span
from import_scripts.flow import Rich
from import_scripts.markup import local_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.markup import Element

_WIDEST: Final = 72
_LONGEST_CELL: Final = 400
_GAP: Final = "  "
_BAR: Final = " | "
_BIGGER_THINGS: Final = frozenset("table h1 h2 h3 h4 h5 h6 blockquote ol ul dl pre figure section".split())


def is_layout(table: Element) -> bool:
    """Whether a table only places running text on the page: its cells hold passages, not values."""
    for element in table.iter():
        name = local_name(element.tag)
        if name in _BIGGER_THINGS and element is not table:
            return True
        if name in {"td", "th"}:
            paragraphs = sum(1 for child in element if local_name(child.tag) in {"p", "div"})
            if paragraphs > 1 or sum(map(len, map(str, element.itertext()))) > _LONGEST_CELL * 2:
                return True
    return False


def compose(rows: Sequence[Sequence[Rich]]) -> Rich:
    """Put the cells of a table into one piece of text, a line a row, spans and page marks kept right."""
    rows = [row for row in rows if any(cell.text for cell in row)]
    widths: list[int] = []
    most = max(map(len, rows), default=0)
    for row in rows:
        for column, cell in enumerate(row):
            cell.text = cell.text.replace("\n", " ")
            if len(row) == 1 < most:
                continue  # a line across the table does not widen its first column
            if column == len(widths):
                widths.append(0)
            widths[column] = max(widths[column], _width(cell.text))
    in_line = sum(widths) + len(_GAP) * (len(widths) - 1) <= _WIDEST
    whole = Rich("")
    parts: list[str] = []
    length = 0
    for number, row in enumerate(rows):
        line_start = length
        for column, cell in enumerate(row):
            if column:
                filler = _GAP if in_line else _BAR
                parts.append(filler)
                length += len(filler)
            whole.spans.extend(
                Span(span.start + length, span.end + length, span.style, span.target) for span in cell.spans
            )
            whole.pages.extend(PageMark(mark.offset + length, mark.label) for mark in cell.pages)
            last = column == len(row) - 1
            text = cell.text + " " * (widths[column] - _width(cell.text)) if in_line and not last else cell.text
            parts.append(text)
            length += len(text)
        if number < len(rows) - 1 and length > line_start:
            parts.append("\n")
            length += 1
    whole.text = "".join(parts).rstrip()
    whole.pages = [PageMark(min(mark.offset, len(whole.text)), mark.label) for mark in whole.pages]
    return whole


def _width(text: str) -> int:
    """Cells a text takes on a line; invisible and combining characters take none."""
    if text.isascii():
        return len(text)
    return sum(1 for char in text if unicodedata.category(char) not in {"Mn", "Me", "Cf"})
