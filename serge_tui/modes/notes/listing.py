"""The list of notes: read, filtered, marked, ordered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.listeners import Listeners
from serge_tui.services.note_filters import colours_by_name, matches, terms_of
from serge_tui.services.note_records import note_records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widgets import Input

    from db.models import Annotation
    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host
    from serge_tui.widgets.link_area import TermSuggester
    from serge_tui.widgets.note_list import NoteList


class NoteListing:
    """Controller: what the list shows, and which notes a command applies to.

    Args:
        host: The app.
        rows: The list.
        box: The filter box.
        suggester: Completes terms in the box.
        set_status: Show a sentence at the left of the bottom line.
    """

    def __init__(
        self, host: Host, rows: NoteList, box: Input, suggester: TermSuggester, set_status: Callable[[str], None]
    ) -> None:
        self._host = host
        self._rows = rows
        self._box = box
        self._suggester = suggester
        self._set_status = set_status
        self._newest_first = True
        self._wanted = ""
        self.items: list[NoteRecord] = []
        """Everything that the filter chooses from."""
        self.in_bin = False
        """Whether the bin is listed instead of the notes."""
        self.current_changed: Listeners[[]] = Listeners()
        """Called when another note is under the cursor, or the same one was read again."""

    @property
    def colour_names(self) -> dict[str, str]:
        """The reader's names for colours, by colour."""
        return colours_by_name(self._host.library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)

    # --- reading and filtering ---------------------------------------------------------------------------------------

    def read(self, cursor_on: str = "") -> None:
        """Read all notes (or the bin) again. `cursor_on` is the key of the note to put the cursor on."""
        self._wanted = cursor_on or self._wanted
        stored = self._host.library.annotations
        found = stored.bin() if self.in_bin else stored.all(newest_first=self._newest_first)
        self.items = note_records(self._host.library, found)
        self._rows.colour_names = self.colour_names
        self._suggester.terms = terms_of((tag for tag, _ in stored.tags()), HIGHLIGHT_COLOURS, self.colour_names)
        self.narrow()

    def narrow(self) -> None:
        """List the notes that match the filter; the cursor stays on its note if that is listed."""
        rows = self._rows
        shown = [item for item in self.items if self._matches(item)]
        current = self._wanted or (item.annotation.key if (item := self.current()) else "")
        self._wanted = ""
        keys = [item.annotation.key for item in shown]
        rows.marked &= {item.annotation.key for item in self.items}
        rows.show(shown, keys.index(current) if current in keys else min(max(0, rows.cursor), len(shown) - 1))
        self._show_status()
        self.current_changed()

    def _matches(self, item: NoteRecord) -> bool:
        return matches(item, self._box.value.split(), self.colour_names)

    @property
    def filter_words(self) -> str:
        """The filter in the box, as words."""
        return " ".join(self._box.value.split())

    def use_filter(self, words: str) -> None:
        """Put a filter into the box and the cursor into the list; no words show everything."""
        self._box.value = words
        self._rows.focus()

    def go_to(self, key: str) -> None:
        """Put the cursor on a note; show the bin or remove the filter if it is only found there."""
        found = self._host.library.annotations.by_key(key)
        self.in_bin = found is not None and bool(found.deleted_at)
        if self._box.value and not any(item.annotation.key == key and self._matches(item) for item in self.items):
            self._box.value = ""
        self.read(cursor_on=key)
        self._rows.focus()

    def show_bin(self, shown: bool) -> None:  # the one thing it is about
        """List the bin, or the notes again."""
        self.in_bin = shown
        self._rows.marked.clear()
        self.read()

    def _show_status(self) -> None:
        rows = self._rows
        order = "the bin" if self.in_bin else "newest first" if self._newest_first else "in book order"
        marked = f"{len(rows.marked)} marked · " if rows.marked else ""
        nothing = "The bin is empty" if self.in_bin else "No notes yet"
        self._set_status(f"{marked}{rows.row_count} of {len(self.items)} · {order}" if self.items else nothing)

    # --- which notes -------------------------------------------------------------------------------------------------

    def current(self) -> NoteRecord | None:
        """Return the note under the cursor."""
        return self._rows.item(self._rows.cursor)

    def chosen(self) -> list[Annotation]:
        """Return the marked notes in the order of the list, or the one under the cursor."""
        marked = [item.annotation for item in self.items if item.annotation.key in self._rows.marked]
        item = self.current()
        return marked or ([item.annotation] if item else [])

    def marked_or_listed(self) -> Sequence[NoteRecord]:
        """Return the marked notes among those listed, or all listed."""
        marked = self._rows.marked
        return [item for item in self._rows.items if not marked or item.annotation.key in marked]

    def unmark(self, keys: set[str] | None = None) -> None:
        """Remove the marks of some notes, or of all."""
        self._rows.marked = self._rows.marked - keys if keys is not None else set()
        self._rows.refresh()
        self._show_status()

    # --- commands ----------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Put the cursor into the filter box."""
        self._box.focus()

    def action_order(self) -> None:
        """List the newest first, or in book order."""
        self._newest_first = not self._newest_first
        self.read()

    def action_mark(self) -> None:
        """Mark the note under the cursor, or remove its mark."""
        self._rows.toggle()
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all notes listed; if all are marked, none."""
        self._rows.toggle_all()
        self._show_status()
