"""What the Notes mode lists: read, narrowed, previewed with the passage around."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from db.models.annotation import HIGHLIGHT_COLOURS
from db.passages import words_around
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.notes.widgets.note_preview import AROUND, Around, NotePreview, Suggestion
from serge_tui.navigation import Destination, ReadAt, ShowEvent, ShowFigure, ShowMode, ShowQuotation
from serge_tui.services.note_filters import colours_by_name, matches, terms_of
from serge_tui.services.note_records import note_records
from serge_tui.widgets.link_area import TermSuggester
from serge_tui.widgets.note_list import NoteList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Anchor, Annotation
    from serge_tui.core.export.note_record import NoteRecord

NOTHING_YET = """Nothing here yet.

In the reader, v selects words, H and a letter highlights them, a writes a note.
Here, a writes a note on nothing in particular: a journal; A one about somebody or something."""


class Listing(ModeScreen):
    """The list and the preview. `in_bin` says whether the bin is listed instead of what stands."""

    def __init__(self) -> None:
        super().__init__()
        self.in_bin = False
        self.newest_first = True
        self.wanted: str | None = None
        self.completed = TermSuggester()
        self._items: list[NoteRecord] = []

    # --- what is listed ----------------------------------------------------------------------------------------------

    def read(self) -> None:
        """Read everything again and list it."""
        stored = self.host.library.annotations
        found = stored.bin() if self.in_bin else stored.all(newest_first=self.newest_first)
        self._items = note_records(self.host.library, found)
        self.rows.colour_names = self.colour_names
        self.completed.terms = terms_of((tag for tag, _ in stored.tags()), HIGHLIGHT_COLOURS, self.colour_names)
        self.narrow()

    @on(Input.Changed, "#notes-filter")
    def narrow(self) -> None:
        """List what the filter leaves."""
        terms = self.query_one("#notes-filter", Input).value.split()
        shown = [item for item in self._items if matches(item, terms, self.colour_names)]
        rows = self.rows
        current = self.wanted or (item.annotation.key if (item := rows.item(rows.cursor)) else None)
        self.wanted = None
        keys = [item.annotation.key for item in shown]
        rows.marked &= {item.annotation.key for item in self._items}
        rows.show(shown, keys.index(current) if current in keys else min(max(0, rows.cursor), len(shown) - 1))
        self.tell_status()
        self.preview()

    def tell_status(self) -> None:
        """Say at the bottom how many are listed and marked."""
        rows = self.rows
        order = "the bin" if self.in_bin else "newest first" if self.newest_first else "in book order"
        marked = f"{len(rows.marked)} marked · " if rows.marked else ""
        nothing = "The bin is empty" if self.in_bin else "Nothing noted yet"
        self.set_status(f"{marked}{rows.row_count} of {len(self._items)} · {order}" if self._items else nothing)

    @property
    def rows(self) -> NoteList:
        """The list."""
        return self.query_one(NoteList)

    @property
    def items(self) -> list[NoteRecord]:
        """Everything that could be listed."""
        return self._items

    @property
    def colour_names(self) -> dict[str, str]:
        """The reader's own names of the colours."""
        return colours_by_name(self.host.library.settings.get("colour_names", []), HIGHLIGHT_COLOURS)

    def current(self) -> NoteRecord | None:
        """The annotation under the cursor."""
        return self.rows.item(self.rows.cursor)

    def chosen(self) -> list[Annotation]:
        """What is marked, in the order of the list; else what is under the cursor."""
        marked = [item.annotation for item in self._items if item.annotation.key in self.rows.marked]
        item = self.current()
        return marked or ([item.annotation] if item else [])

    # --- the preview -------------------------------------------------------------------------------------------------

    @on(RowList.Highlighted)
    def _highlighted(self) -> None:
        # Not `preview` itself: Textual would call this class's own, whatever a subclass makes of it.
        self.preview()

    def preview(self) -> None:
        """Show what is under the cursor."""
        item = self.current()
        preview = self.query_one(NotePreview)
        if item is None:
            preview.say(NOTHING_YET if not self._items and not self.in_bin else "Nothing matches.")
            return
        self.show_item(item, None if item.annotation.state == "orphan" else ())

    def show_item(self, item: NoteRecord, suggestions: Sequence[Suggestion] | None) -> None:
        """Show an annotation, with the places its words may have gone to."""
        orphan = item.annotation.state == "orphan" or item.annotation.anchor is None
        around = None if orphan or item.annotation.anchor is None else self._around(item.annotation.anchor)
        self.query_one(NotePreview).show(item, around, self.colour_names, suggestions)

    def _around(self, anchor: Anchor) -> Around | None:
        first, last = anchor.passage, min(anchor.end_passage, anchor.passage + 20)
        texts = [found.text for found in self.host.library.passages.between(anchor.edition, first, last)]
        if len(texts) != last - first + 1:
            return None
        # Not `exact`: what stands in the text now may differ from it in marks and spaces.
        whole = "\n".join(texts)
        end = len(whole) - len(texts[-1]) + anchor.end if last == anchor.end_passage else len(whole)
        before, after = words_around(whole, anchor.start, end, AROUND)
        return Around(before, whole[anchor.start : end], after)

    # --- where links lead --------------------------------------------------------------------------------------------

    def destination_of(self, target: str) -> Destination | None:
        """Where a stable key leads; None for what nobody knows."""
        library = self.host.library
        kind, _, key = target.partition(":")
        match kind:
            case "figure":
                return ShowFigure(key) if library.figures.by_key(key) else None
            case "quote":
                return ShowQuotation(key) if library.quotations.by_key(key) else None
            case "event":
                return ShowEvent(key) if library.chronicle.event(key) else None
            case "chapter" if key.isdigit():
                return self._chapter(int(key))
            case "card":
                return ShowMode("cards")
        return None

    def _chapter(self, number: int) -> ReadAt | None:
        from db.models import GUIDE_EDITION, Place

        texts = self.host.library.texts
        last = texts.last_position()
        for edition in ([last.place.edition] if last else []) + [GUIDE_EDITION]:
            chapter = texts.canonical(edition, number)
            if chapter is not None:
                return ReadAt(Place(edition, chapter.first_passage, 0))
        return None

    @on(NotePreview.LinkFollowed)
    def _link_followed(self, message: NotePreview.LinkFollowed) -> None:
        self.follow(message.target)

    def follow(self, target: str) -> None:
        """Go where a link leads."""
        destination = self.destination_of(target)
        if destination is None:
            self.host.inform(f"Nobody and nothing here is called “{target.partition(':')[2]}”.")
        else:
            self.host.go_to(destination)
