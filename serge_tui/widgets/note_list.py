"""The list of annotations: one line each, with kind, colour and place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from textual.content import Content

from db.note_links import without_brackets
from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.notes import MARK
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import BindingType

    from serge_tui.core.export.note_record import NoteRecord

SIGNS: Final = {"highlight": "▌", "note": "✎", "bookmark": "⚑"}
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.{1,200}?)(?<=\S)\1(?!\w)", re.DOTALL)
"""Markdown emphasis, which is left out of a one-line row."""
_NO_NAMES: Final[Mapping[str, str]] = {}


class NoteList(RowList):
    """Annotations, some of them marked. Space marks here instead of paging."""

    BINDINGS: ClassVar[list[BindingType]] = bindings([MARK])

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._items: Sequence[NoteRecord] = ()
        self.marked: set[str] = set()
        self.colour_names: Mapping[str, str] = _NO_NAMES

    @property
    def row_count(self) -> int:
        """The number of annotations listed."""
        return len(self._items)

    @property
    def items(self) -> Sequence[NoteRecord]:
        """The annotations listed."""
        return self._items

    def show(self, items: Sequence[NoteRecord], cursor: int = 0) -> None:
        """List annotations, with the cursor on a row."""
        self._items = items
        self.rows_changed(cursor)

    def item(self, index: int) -> NoteRecord | None:
        """Return the annotation of a row, or None."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def toggle(self) -> None:
        """Mark the row under the cursor, or remove its mark, and move to the next row."""
        item = self.item(self.cursor)
        if item is not None:
            self.marked ^= {item.annotation.key}
            self.refresh_line(self.cursor - self.scroll_offset.y)
            self.action_move(1)

    def toggle_all(self) -> None:
        """Mark all rows; if all are marked, none."""
        listed = {item.annotation.key for item in self._items}
        self.marked = self.marked - listed if listed <= self.marked else self.marked | listed
        self.refresh()

    def draw_row(self, index: int, width: int) -> Content:
        """Draw mark, sign and words, and the place at the right if there is room."""
        item = self._items[index]
        annotation = item.annotation
        written = _EMPHASIS.sub(r"\2", without_brackets(annotation.body))
        words = sanitise_line(written or item.words or item.target_name or "(a mark)")
        sign = "?" if annotation.state == "orphan" else SIGNS[annotation.kind]
        colour = f"on $highlight-{annotation.colour}" if annotation.colour else "$muted"
        named = self.colour_names.get(annotation.colour, "")
        where = sanitise_line(" · ".join(part for part in (named, item.chapter or item.target_name) if part))
        place = Content(where if width >= 60 else "").truncate(width // 3, ellipsis=True)
        room = width - 4 - (place.cell_length + 1 if where else 0)
        text = Content(words).truncate(max(4, room), ellipsis=True, pad=True)
        mark = "*" if annotation.key in self.marked else " "
        return Content.assemble((mark, "bold $primary"), (f"{sign} ", colour), " ", text, (f" {place.plain}", "$muted"))
