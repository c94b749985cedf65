"""The list of names: name, years, and the spelling that matched, with the matched letters lit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_YEARS_CELLS: Final = 12
_LONGEST_NAME: Final = 44
LIT: Final = "bold $primary"


@dataclass(frozen=True, slots=True)
class NameRow:
    """Somebody in the list. `alias` is the spelling that matched, if it is not the name, or a word on why it matched.

    `lit` are offsets in `alias`, or in `name` where `alias` is empty; `mark` is one character before the name.
    """

    key: str
    name: str
    years: str
    alias: str = ""
    lit: tuple[int, ...] = ()
    mark: str = " "


class NameList(RowList):
    """People, in the order given."""

    nothing = "Reading the names…"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.rows: Sequence[NameRow] = ()
        self._aliases = False

    @property
    def row_count(self) -> int:
        """How many people."""
        return len(self.rows)

    def show(
        self, rows: Sequence[NameRow], cursor: int = 0, *, scroll: int | None = None, aliases: bool = False
    ) -> None:
        """Show other people, the cursor on one of them; `scroll` is the first to be seen.

        With `aliases` there is room for them in every row, also in one that has none.
        """
        self.rows = rows
        self.nothing = "Nobody here; gb lists those whom only your own book names."
        self._aliases = aliases
        self.rows_changed(cursor, scroll=scroll)

    @property
    def chosen(self) -> NameRow | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def draw_row(self, index: int, width: int) -> Content:
        """Mark, name, years, alias; where room is short the alias goes first."""
        row = self.rows[index]
        pointer = "▸" if index == self.cursor else " "
        rest = max(4, width - 4)
        name = lit(sanitise_line(row.name), () if row.alias else row.lit)
        room = min(rest - _YEARS_CELLS - 1, _LONGEST_NAME)
        if self._aliases and room > 34:
            room = max(22, room * 3 // 5)
        name = name.truncate(room, ellipsis=True, pad=True)
        line = Content(f"{pointer}{row.mark} ") + name + Content(" ")
        line += Content.styled(row.years.ljust(_YEARS_CELLS), "$muted")
        left = width - line.cell_length - 1
        if row.alias and left > 5:
            line += Content(" ") + lit(sanitise_line(row.alias), row.lit, "$muted").truncate(left, ellipsis=True)
        return line.truncate(width)


def lit(text: str, positions: Sequence[int], style: str = "") -> Content:
    """A text with some of its letters lit."""
    content = Content.styled(text, style) if style else Content(text)
    start = end = -1
    for position in (*positions, -1):
        if position == end:
            end += 1
            continue
        if start >= 0:
            content = content.stylize(LIT, start, end)
        start, end = position, position + 1
    return content
