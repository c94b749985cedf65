"""Notes: everything the reader marked and wrote."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.widgets import Input

from serge_tui.commands.notes import FILTER_HINT, NOTES
from serge_tui.handlers import on
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.notes.bin import NoteBin
from serge_tui.modes.notes.changes import NoteChanges
from serge_tui.modes.notes.export import NoteExport
from serge_tui.modes.notes.labels import NoteLabels
from serge_tui.modes.notes.links import NoteLinks
from serge_tui.modes.notes.listing import NoteListing
from serge_tui.modes.notes.preview import Preview
from serge_tui.modes.notes.unplaced import UnplacedNotes
from serge_tui.modes.notes.widgets.note_preview import NotePreview
from serge_tui.modes.notes.writing import NoteWriting
from serge_tui.modes.saved_filters import SavedFilters
from serge_tui.navigation import Destination, Mode, ShowNote, ShowToReview, Spot
from serge_tui.services.undo import UndoStack
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.link_area import TermSuggester
from serge_tui.widgets.note_list import NoteList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command

FILTER_SETTING: Final = "note_filters"
BUILT_IN_FILTERS: Final = ("1 kind:note", "2 kind:highlight", "3 is:journal", "4 is:orphan")
"""Filters that apply until the reader saves others under their keys."""


ACT_ON_NOTE: Final = frozenset({"notes.open", "notes.edit", "notes.delete", "notes.mark", "notes.export"})
"""Commands of the bottom line that need a note."""


class NotesScreen(ModeScreen):
    """A filter box, the list, and a preview of the note under the cursor."""

    ESC_LEAVES_FIELD: ClassVar[bool] = True
    MODE: ClassVar[Mode] = "notes"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = NOTES
    CSS_PATH = "notes.tcss"

    def __init__(self) -> None:
        super().__init__()
        host, suggester = self.host, TermSuggester()
        self.box = Input(placeholder=FILTER_HINT, id="notes-filter", suggester=suggester)
        self.rows = NoteList(id="notes-list")
        self.preview = NotePreview(id="notes-text")
        self.listing = NoteListing(host, self.rows, self.box, suggester, self.set_status)
        self.changes = NoteChanges(host, self.listing)
        self.unplaced = UnplacedNotes(host, self.listing, self.changes)
        self.writing = NoteWriting(host, self.listing, self.changes)
        self.links = NoteLinks(host, self.listing, self.writing.action_edit)
        self.saved = SavedFilters(
            host, FILTER_SETTING, BUILT_IN_FILTERS, present=lambda: self.listing.filter_words,
            apply=self.listing.use_filter, pressed=lambda: self.chords.last_character,
        )  # fmt: skip
        self.controllers = {
            "listing": self.listing, "changes": self.changes, "writing": self.writing, "links": self.links,
            "saved": self.saved, "labels": NoteLabels(host, self.listing, self.changes),
            "bin": NoteBin(host, self.listing, self.changes), "export": NoteExport(host, self.listing),
        }  # fmt: skip
        preview = Preview(host, self.listing, self.unplaced, self.preview)
        self.resumed.add(self.listing.start_reading)
        self.listing.current_changed.add(preview.show)
        self.listing.current_changed.add(self._show_keys)
        self.unplaced.found.add(preview.show)
        self.decisions = UndoStack(host.write_succeeded)
        """Decisions of To review; they can be undone until Serge is closed."""

    def compose_body(self) -> ComposeResult:
        """The box above, the list left, the preview right (below in a narrow window)."""
        yield self.box
        with Horizontal(id="notes-body"):
            with Vertical(id="notes-left"):
                yield self.rows
            with VerticalScroll(id="notes-preview", can_focus=False):
                yield self.preview

    def leave_field(self, field: Input) -> None:  # noqa: ARG002  # there is one field
        """Go from the filter to the list, which stays filtered."""
        self.rows.focus()

    def on_mount(self) -> None:
        """Put the cursor into the list."""
        self.rows.focus()

    def refresh_data(self) -> None:
        """Read everything again: an import may have changed the texts."""
        self.unplaced.forget()
        self.listing.start_reading()

    @property
    def keys_must_wait(self) -> bool:
        """Whether the notes that keys apply to are still being read."""
        return self.listing.is_reading

    # --- the spot to come back to ------------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """Return the note under the cursor, or the row in To review if that is open."""
        from serge_tui.modes.notes.to_review import ToReviewScreen

        open_screen = self.app.screen
        if isinstance(open_screen, ToReviewScreen):
            return Spot("notes", open_screen.lists.spot())
        item = self.listing.current()
        return Spot("notes", ShowNote(item.annotation.key if item else None))

    def visit(self, destination: Destination) -> None:
        """Put the cursor on a note, or open To review at a row."""
        if isinstance(destination, ShowToReview):
            self.action_review(destination)
        elif isinstance(destination, ShowNote) and destination.key is not None:
            self.listing.go_to(destination.key)

    def _show_keys(self) -> None:
        """Leave out keys that act on a note while none is listed."""
        there = self.listing.current() is not None
        shown = tuple(command for command in self.all_commands() if there or command.id not in ACT_ON_NOTE)
        line = self.query_one(KeyLine)
        if line.commands != shown:
            line.commands = shown

    # --- messages of the widgets -------------------------------------------------------------------------------------

    @on(Input.Changed, "#notes-filter")
    def _filter_changed(self) -> None:
        self.listing.narrow()

    @on(RowList.Highlighted)
    def _row_highlighted(self) -> None:
        self.listing.current_changed()

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        self.links.action_open()

    @on(Input.Submitted, "#notes-filter")
    @on(RowList.LeftAbove)
    def _change_focus(self) -> None:
        (self.rows if self.box.has_focus else self.box).focus()

    @on(NotePreview.LinkFollowed)
    def _link_followed(self, message: NotePreview.LinkFollowed) -> None:
        self.links.go_to(message.target)

    @on(NotePreview.SuggestionTaken)
    async def _suggestion_taken(self, message: NotePreview.SuggestionTaken) -> None:
        await self.unplaced.place(message.number)

    # --- actions -----------------------------------------------------------------------------------------------------

    async def action_number(self, key: str) -> None:
        """Place an unplaced note at the suggestion with this number, else use the filter saved under it."""
        if not await self.unplaced.place(int(key)):
            self.saved.action_use(key)

    def action_review(self, at: ShowToReview | None = None) -> None:
        """Open To review, at a row if one is given."""
        from serge_tui.modes.notes.to_review import ToReviewScreen

        self.app.push_screen(ToReviewScreen(self.decisions, at))
