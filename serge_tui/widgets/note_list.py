"""The list of annotations: one line each, with its kind, its colour and where it hangs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar, Final

from textual.binding import Binding
from textual.content import Content

from db.note_links import without_brackets
from db.text import sanitise_line
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.binding import BindingType

    from serge_tui.core.export.note_record import NoteRecord

SIGNS: Final = {"highlight": "▌", "note": "✎", "bookmark": "⚑"}
_EMPHASIS: Final = re.compile(r"(\*\*|__|\*|_|`)(?=\S)(.{1,200}?)(?<=\S)\1(?!\w)", re.DOTALL)
"""Marks of Markdown that say nothing on one line."""
_NO_NAMES: Final[Mapping[str, str]] = {}


class NoteList(RowList):
    """Annotations, some marked; the colour of a highlight is told by its name too, in the preview.

    Space marks here, so the page keys are the others.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("space", "screen.mark", "Mark", show=False)]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._items: Sequence[NoteRecord] = ()
        self.marked: set[str] = set()
        self.colour_names: Mapping[str, str] = _NO_NAMES

    @property
    def row_count(self) -> int:
        """How many annotations are listed."""
        return len(self._items)

    @property
    def items(self) -> Sequence[NoteRecord]:
        """What is listed."""
        return self._items

    def show(self, items: Sequence[NoteRecord], cursor: int = 0) -> None:
        """List these."""
        self._items = items
        self.rows_changed(cursor)

    def item(self, index: int) -> NoteRecord | None:
        """The annotation of a row."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def toggle(self) -> None:
        """Mark the row under the cursor or take its mark away, and go on to the next."""
        item = self.item(self.cursor)
        if item is not None:
            self.marked ^= {item.annotation.key}
            self.refresh_line(self.cursor - self.scroll_offset.y)
            self.action_move(1)

    def toggle_all(self) -> None:
        """Mark every row; if all are marked, none."""
        listed = {item.annotation.key for item in self._items}
        self.marked = self.marked - listed if listed <= self.marked else self.marked | listed
        self.refresh()

    def draw_row(self, index: int, width: int) -> Content:
        """Mark, sign, words, and where it is at the right where there is room."""
        item = self._items[index]
        annotation = item.annotation
        exact = annotation.anchor.exact if annotation.anchor else ""
        written = _EMPHASIS.sub(r"\2", without_brackets(annotation.body))
        words = sanitise_line(written or exact or item.target_name or "(a mark)")
        sign = "?" if annotation.state == "orphan" else SIGNS[annotation.kind]
        colour = f"on $highlight-{annotation.colour}" if annotation.colour else "$muted"
        named = self.colour_names.get(annotation.colour, "")
        where = sanitise_line(" · ".join(part for part in (named, item.chapter or item.target_name) if part))
        place = Content(where if width >= 60 else "").truncate(width // 3, ellipsis=True)
        room = width - 4 - (place.cell_length + 1 if where else 0)
        text = Content(words).truncate(max(4, room), ellipsis=True, pad=True)
        mark = "*" if annotation.key in self.marked else " "
        return Content.assemble((mark, "bold $primary"), (f"{sign} ", colour), " ", text, (f" {place.plain}", "$muted"))
