"""The list of annotations: one line each, with its kind, its colour and where it hangs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.export.described import Described

SIGNS: Final = {"highlight": "▌", "note": "✎", "bookmark": "⚑"}


class NoteList(RowList):
    """Annotations; the colour of a highlight is told by its name too, in the preview."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's name for it
        super().__init__(id=id)
        self._items: Sequence[Described] = ()

    @property
    def row_count(self) -> int:
        """How many annotations are listed."""
        return len(self._items)

    def show(self, items: Sequence[Described], cursor: int = 0) -> None:
        """List these."""
        self._items = items
        self.rows_changed(cursor)

    def item(self, index: int) -> Described | None:
        """The annotation of a row."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def draw_row(self, index: int, width: int) -> Content:
        """Sign, words, and where it is at the right where there is room."""
        item = self._items[index]
        annotation = item.annotation
        exact = annotation.anchor.exact if annotation.anchor else ""
        words = sanitise_line(annotation.body or exact or item.target_name or "(a mark)")
        sign = "?" if annotation.state == "orphan" else SIGNS[annotation.kind]
        colour = f"on $highlight-{annotation.colour}" if annotation.colour else "$muted"
        where = sanitise_line(item.chapter or item.target_name)
        where = where[: max(0, width // 3)] if width >= 60 else ""
        room = width - 4 - (len(where) + 1 if where else 0)
        text = Content(words).truncate(max(4, room), ellipsis=True, pad=True)
        return Content.assemble((f" {sign} ", colour), " ", text, (f" {where}", "$muted"))
