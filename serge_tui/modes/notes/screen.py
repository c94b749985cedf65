"""Notes: everything the reader marked and wrote, found again and gone to."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input

from db.models import Place
from db.note_links import links_in
from serge_tui.commands.notes import FILTER_HINT, NOTES
from serge_tui.modes.notes.saved_filters import Keeping
from serge_tui.modes.notes.widgets.note_preview import NotePreview
from serge_tui.navigation import Destination, Mode, ReadAt, ShowNote, ShowQueue, Spot
from serge_tui.services.note_filters import matches
from serge_tui.widgets.note_list import NoteList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.commands import Command
    from serge_tui.modes.notes.to_review import Decided


class NotesScreen(Keeping):
    """A box that narrows, the list, and a preview with the passage around."""

    MODE: ClassVar[Mode] = "notes"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = NOTES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"use_kept('{key}')", f"Filter {key}", show=False) for key in "23456789"
    ]
    CSS_PATH = "notes.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._decided: list[Decided] = []

    def compose_body(self) -> ComposeResult:
        """The box above, the list left, the preview right (below where it is narrow)."""
        yield Input(placeholder=FILTER_HINT, id="notes-filter", suggester=self.completed)
        with Horizontal(id="notes-body"):
            with Vertical(id="notes-left"):
                yield NoteList(id="notes-list")
            with VerticalScroll(id="notes-preview", can_focus=False):
                yield NotePreview(id="notes-text")

    def on_mount(self) -> None:
        """Read, and be ready to move."""
        self.rows.focus()
        self.read()

    def on_screen_resume(self) -> None:
        """Something may have been noted elsewhere."""
        if self.is_mounted:
            self.read()

    # --- the way to and from -----------------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The annotation under the cursor; over it, what waits for the reader's word."""
        if self.app.screen is not self:
            from serge_tui.modes.notes.queue import Queue

            if isinstance(self.app.screen, Queue):
                return Spot("notes", self.app.screen.spot())
        item = self.current()
        return Spot("notes", ShowNote(item.annotation.key if item else None))

    def visit(self, destination: Destination) -> None:
        """Put the cursor on an annotation; the bin and the filter give way if they hide it."""
        if isinstance(destination, ShowQueue):
            self.action_judge(destination)
        if not isinstance(destination, ShowNote) or destination.key is None:
            return
        self.wanted = destination.key
        found = self.host.library.annotations.by_key(destination.key)
        self.in_bin = found is not None and bool(found.deleted_at)
        box = self.query_one("#notes-filter", Input)
        if box.value and not any(
            item.annotation.key == destination.key and matches(item, box.value.split(), self.colour_names)
            for item in self.items
        ):
            box.value = ""
        self.read()
        self.rows.focus()

    # --- actions -----------------------------------------------------------------------------------------------------

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        self.action_open()

    @on(Input.Submitted, "#notes-filter")
    @on(RowList.LeftAbove)
    def _change_focus(self) -> None:
        box = self.query_one("#notes-filter", Input)
        (self.rows if box.has_focus else box).focus()

    def action_open(self) -> None:
        """Go to where the annotation hangs; from a note on nothing, where its link leads."""
        item = self.current()
        if item is None:
            return
        annotation, anchor = item.annotation, item.annotation.anchor
        there = self.destination_of(annotation.target) if annotation.target else None
        if anchor is not None and annotation.state != "orphan":
            lit = (anchor.passage, anchor.start, anchor.end_passage, anchor.end)
            self.host.go_to(ReadAt(Place(anchor.edition, anchor.passage, anchor.start), lit=lit))
        elif anchor is not None:
            self.host.inform("Its words were not found in the text as it is now; they are kept here.")
        elif there is not None:
            self.host.go_to(there)
        elif links_in(annotation.body):
            self.action_link()
        else:
            self.action_edit()

    def action_link(self) -> None:
        """Go where a link of the note leads; of several, one is chosen."""
        item = self.current()
        links = links_in(item.annotation.body) if item else []
        if len(links) == 1:
            self.follow(links[0].target)
        elif links:
            from serge_tui.dialogs.choice import Choice
            from serge_tui.services.note_records import target_name

            def chosen(index: int | None) -> None:
                if index is not None:
                    self.follow(links[index].target)

            rows = [(link.words, target_name(self.host.library, link.target)[:60]) for link in links]
            self.app.push_screen(Choice("Go to", rows), chosen)
        else:
            self.host.inform("There is no link in it; [[trotsky]] would be one.")

    def action_filter(self) -> None:
        """Go to the box."""
        self.query_one("#notes-filter", Input).focus()

    def action_order(self) -> None:
        """Newest first, or as in the book."""
        self.newest_first = not self.newest_first
        self.read()

    def action_judge(self, at: ShowQueue | None = None) -> None:
        """Open what waits for the reader's word."""
        from serge_tui.modes.notes.to_review import Judging

        self.app.push_screen(Judging(self._decided, at))
