"""The list of notes: read, filtered, marked, ordered."""

from __future__ import annotations

from asyncio import to_thread
from typing import TYPE_CHECKING, TypeAlias

from db.errors import SergeError
from db.models.annotation import HIGHLIGHT_COLOURS
from serge_tui.listeners import Listeners
from serge_tui.services.note_filters import colours_by_name, filterable, matching, terms_of
from serge_tui.services.note_records import note_records

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.widgets import Input

    from db.models import Annotation
    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host
    from serge_tui.services.note_filters import FilterableNote
    from serge_tui.widgets.link_area import TermSuggester
    from serge_tui.widgets.note_list import NoteList

_Gathered: TypeAlias = "tuple[list[NoteRecord], list[FilterableNote], dict[str, str], list[str]]"


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
        self._number = 0
        self._number_shown = 0
        self._filterable: list[FilterableNote] = []
        self._colour_names: dict[str, str] = {}
        self.items: list[NoteRecord] = []
        """Everything that the filter chooses from."""
        self.in_bin = False
        """Whether the bin is listed instead of the notes."""
        self.current_changed: Listeners[[]] = Listeners()
        """Called when another note is under the cursor, or the same one was read again."""

    @property
    def colour_names(self) -> dict[str, str]:
        """The reader's names for colours, by colour."""
        return self._colour_names

    # --- reading and filtering ---------------------------------------------------------------------------------------

    @property
    def is_reading(self) -> bool:
        """Whether what is listed is about to be replaced by what is being read."""
        return self._number_shown < self._number

    def start_reading(self, cursor_on: str = "") -> None:
        """Begin to read all notes (or the bin) again; see `read`."""
        self._host.start(self.read(cursor_on), opens=False)

    async def read(self, cursor_on: str = "") -> None:
        """Read all notes (or the bin) again, in a thread. `cursor_on` is the key of the note to put the cursor on."""
        self._wanted = cursor_on or self._wanted
        self._number += 1
        number = self._number
        try:
            found = await to_thread(self._gather, self.in_bin, self._newest_first)
        except SergeError:
            self._number_shown = self._number  # nothing more is coming
            raise
        if number != self._number:
            return  # it was asked for again meanwhile
        self._number_shown = number
        self.items, self._filterable, self._colour_names, self._suggester.terms = found
        self._rows.colour_names = self._colour_names
        self.narrow()

    def _gather(self, in_bin: bool, newest_first: bool) -> _Gathered:
        """Read what is listed; runs in a thread."""
        library = self._host.library
        stored = library.annotations
        records = note_records(library, stored.bin() if in_bin else stored.all(newest_first=newest_first))
        names = colours_by_name(library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)
        terms = terms_of((tag for tag, _ in stored.tags()), HIGHLIGHT_COLOURS, names)
        return records, [filterable(record) for record in records], names, terms

    def narrow(self) -> None:
        """List the notes that match the filter; the cursor stays on its note if that is listed."""
        rows = self._rows
        shown = matching(self._filterable, self._box.value.split(), self._colour_names)
        current = self._wanted or (item.annotation.key if (item := self.current()) else "")
        self._wanted = ""
        at = next((number for number, item in enumerate(shown) if item.annotation.key == current), None)
        if rows.marked:
            rows.marked &= {item.annotation.key for item in self.items}
        rows.show(shown, at if at is not None else min(max(0, rows.cursor), len(shown) - 1))
        self._show_status()
        self.current_changed()

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
        if self._box.value and key not in {item.annotation.key for item in self._rows.items}:
            self._box.value = ""
        self.start_reading(cursor_on=key)
        self._rows.focus()

    def show_bin(self, shown: bool) -> None:  # the one thing it is about
        """List the bin, or the notes again."""
        self.in_bin = shown
        self._rows.marked.clear()
        self.start_reading()

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
        self.start_reading()

    def action_mark(self) -> None:
        """Mark the note under the cursor, or remove its mark."""
        self._rows.toggle()
        self._show_status()

    def action_mark_all(self) -> None:
        """Mark all notes listed; if all are marked, none."""
        self._rows.toggle_all()
        self._show_status()
