"""Things found, one a line: what kind it is, its title, and its words with the matched ones lit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise_in_place
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_KIND_CELLS: Final = 10
LIT: Final = "bold $primary"


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A line of the list; `lit` and `title_lit` are the matched stretches of `text` and `title`.

    Without a `kind` it is a passage in a list of nothing else.
    """

    kind: str
    title: str
    text: str
    lit: tuple[tuple[int, int], ...] = ()
    title_lit: tuple[tuple[int, int], ...] = ()


def lit_stretches(text: str, stretches: Sequence[tuple[int, int]], style: str = "") -> Content:
    """A text on one line with some stretches lit; offsets hold."""
    plain = sanitise_in_place(text).replace("\n", " ")
    content = Content.styled(plain, style) if style else Content(plain)
    for start, end in stretches:
        content = content.stylize(LIT, start, end)
    return content


class FoundList(RowList):
    """What was found, in the order given."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.rows: Sequence[FoundRow] = ()

    @property
    def row_count(self) -> int:
        """How many things."""
        return len(self.rows)

    def show(self, rows: Sequence[FoundRow], cursor: int = 0) -> None:
        """Show other things."""
        self.rows = rows
        self.rows_changed(cursor, scroll=0)

    def draw_row(self, index: int, width: int) -> Content:
        """Kind, title, words."""
        row = self.rows[index]
        pointer = "▸" if index == self.cursor else " "
        kind = row.kind.ljust(_KIND_CELLS) if row.kind else " "
        line = Content(pointer) + Content.styled(kind, "$muted")
        left = width - line.cell_length
        title = lit_stretches(row.title, row.title_lit)
        if not row.text:
            return line + title.truncate(left, ellipsis=True)
        if row.kind in {"", "passage", "quotation", "event", "note"}:
            # The words matter, and where they stand comes after them.
            room = left if left < 60 else left - min(title.cell_length, left // 3) - 2
            words = _around_lit(row, room)
            line += words.truncate(room, ellipsis=True, pad=True)
            if room < left:
                line += Content("  ") + title.stylize("$muted").truncate(left - room - 2, ellipsis=True)
            return line
        title = title.truncate(max(8, min(left * 3 // 5, 44)), ellipsis=True)
        line += title + Content("  ")
        rest = lit_stretches(row.text, row.lit, "$muted")
        return line + rest.truncate(max(0, width - line.cell_length), ellipsis=True)


def _around_lit(row: FoundRow, room: int) -> Content:
    """The words of a row, cut at the left so that the first matched one is in sight."""
    content = lit_stretches(row.text, row.lit)
    if not row.lit or row.lit[0][1] < room:
        return content
    cut = max(0, min(row.lit[0][0] - room // 3, len(row.text) - room + 2))
    space = row.text.find(" ", cut, row.lit[0][0])
    return Content("…") + content.divide([space + 1 if space >= 0 else cut])[-1]
