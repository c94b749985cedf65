"""To review: what was found in the reader's copy, names and quotations from reviews, each decided with one key."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.style import Style
from textual.widgets import Static

from db.models import Place
from serge_tui.commands.notes import LIST_TITLES, TO_REVIEW
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.modes.notes.copy_decisions import CopyDecisions
from serge_tui.modes.notes.review_decisions import Decision, NameDecisions, QuotationDecisions
from serge_tui.modes.notes.review_lists import LIST_KINDS, ListKind, ReviewLists
from serge_tui.modes.notes.widgets.to_review_list import (
    ToReviewList,
    copy_content,
    quotation_content,
    suggested_content,
    uncertain_content,
)
from serge_tui.navigation import ReadAt
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command
    from serge_tui.navigation import ShowToReview
    from serge_tui.services.undo import Change, UndoStack

_NOTHING: Final[dict[ListKind, str]] = {
    "copy": "No portraits or sayings. `serge import` of a book, or p in the library (L), looks for them.",
    "uncertain": "No uncertain names. `serge import` of a book fills this list.",
    "suggested": "No unknown name occurs often. `serge import` of a book fills this list.",
    "found": "No quotations. `serge import --as review` fills this list.",
}
_KEYS: Final[dict[ListKind, dict[str, str]]] = {
    "copy": {
        "always": "keep",
        "skip": "",
        "reject": "not one",
        "next-person": "another",
        "edit": "trim",
        "open": "",
    },
    "uncertain": dict.fromkeys(("always", "here", "nobody", "never", "next-person", "open"), ""),
    "suggested": {"always": "say who", "add": "", "never": "not a person", "open": ""},
    "found": {"always": "accept", "edit": "", "reject": "", "reject-known": ""},
}
"""Commands that do something in each list, with another word for the bottom line where the command's own misleads."""
_RANKS: Final[dict[tuple[ListKind, str], int]] = {("copy", "next-person"): 1}
"""Commands that matter more in one list than elsewhere."""


class ToReviewScreen(Dialog[None]):
    """Four lists, changed with Tab, and the row under the cursor in full.

    Args:
        decisions: Remembers decisions for undo; it outlives this screen.
        at: The row to begin at, if any.
    """

    CSS_PATH = "to_review.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = TO_REVIEW
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-normal"), (120, "-wide")]

    def __init__(self, decisions: UndoStack, at: ShowToReview | None = None) -> None:
        super().__init__()
        self._decisions = decisions
        self._at = at
        self.rows = ToReviewList(id="review-list")
        self.lists = ReviewLists(self.host.library, lambda: self.rows.cursor)
        self.quotations = QuotationDecisions(self.host, self.lists, decisions, self._decided)
        self.names = NameDecisions(self.host, self.lists, decisions, self._decided)
        self.copies = CopyDecisions(self.host, self.lists, decisions, self._copy_decided)
        self.controllers = {"names": self.names, "copies": self.copies}
        self._is_untouched = at is None
        """Whether the list that is open was not chosen by the reader."""

    def compose(self) -> ComposeResult:
        """The names of the lists, the list, the row in full, the keys."""
        yield Static("", id="review-head")
        with Horizontal(id="review-body"):
            yield self.rows
            with VerticalScroll(id="review-preview", can_focus=False):
                yield Static("", id="review-text")
        yield KeyLine(self.host.reader_keymap)

    def on_mount(self) -> None:
        """Begin at the row asked for, else with the first list that has rows."""
        self.lists.read()
        self.rows.focus()
        if self._at is not None:
            self.lists.go_to(self._at)
        else:
            self.lists.open_first()
        self.show()
        self._read_copy()

    @work(exclusive=True, group="copy")
    async def _read_copy(self) -> None:
        """Read what was found in the reader's copy, and show it."""
        await to_thread(self.lists.read_copy)
        if not self.is_mounted:
            return
        if self._is_untouched:
            self.lists.open_first()
        elif self._at is not None:
            self.lists.go_to(self._at)
        self._is_untouched, self._at = False, None
        self.show()

    def show(self) -> None:
        """Show the open list and the row under the cursor."""
        kind, rows = self.lists.kind, self.lists.rows()
        heads = [
            Content.styled(
                f"{LIST_TITLES[one]} {self.lists.count(one)}", "bold reverse" if one == kind else "$muted"
            ).stylize(Style.from_meta({"@click": f"screen.show_list('{one}')"}))
            for one in LIST_KINDS
        ]
        self.query_one("#review-head", Static).update(
            Content.styled("To review\n", "bold $primary") + Content("   ").join(heads)
        )
        self.lists.person = 0
        self.rows.show(rows, self.lists.remembered_cursor, _NOTHING[kind])
        words = {"next": "", "back": "", "undo": "", **(_KEYS[kind] if rows else {})}
        self.query_one(KeyLine).commands = tuple(
            replace(command, footer=words[name] or command.footer, rank=_RANKS.get((kind, name), command.rank))
            for command in self.COMMAND_SET
            if (name := command.id.partition(".")[2]) in words
        )
        self.show_row()

    def show_row(self) -> None:
        """Show the row under the cursor in full."""
        self.query_one("#review-text", Static).update(self._row_content())
        self.query_one("#review-preview").scroll_home(animate=False)

    def _row_content(self) -> Content:
        library = self.host.library
        if one := self.lists.in_copy():
            passage = library.passages.at(one.edition, one.passage)
            chapter = library.texts.chapter(one.edition, one.chapter)
            who = library.figures.one_lines([one.figure]).get(one.figure, "") if one.figure else ""
            return copy_content(one, who, passage.text if passage else "", chapter.title if chapter else "")
        if mention := self.lists.mention():
            keys = [key for key, _ in mention.candidates]
            lines = library.figures.one_lines(keys)
            people = [(library.figures.name_of(key), lines.get(key, "")) for key in keys]
            passage = library.passages.at(mention.edition, mention.passage)
            return uncertain_content(mention, passage.text if passage else "", people, self.lists.person)
        if name := self.lists.suggestion():
            passage = library.passages.at(name.edition, name.passage)
            chapter = library.texts.chapter_of(name.edition, name.passage)
            return suggested_content(name, passage.text if passage else "", chapter.title if chapter else "")
        if found := self.lists.quotation():
            about = ", ".join(map(library.figures.name_of, found.about))
            return quotation_content(found, about, library.figures.name_of(found.speaker) if found.speaker else "")
        return Content("")

    @on(RowList.Highlighted)
    def _row_highlighted(self) -> None:
        self.lists.moved()
        self.show_row()

    def _copy_decided(self) -> None:
        """Read again what was found; the row that was decided on has left the list."""
        if self.is_mounted:
            self._read_copy()

    def _decided(self) -> None:
        """Read again after a decision: its row has left the list."""
        self.lists.read()
        if self.is_mounted:
            self.show()

    # --- actions -----------------------------------------------------------------------------------------------------

    def action_turn(self, step: int) -> None:
        """Show the next list, or the one before with -1."""
        self._is_untouched = False
        self.lists.turn(step)
        self.show()

    def action_show_list(self, kind: ListKind) -> None:
        """Show the list whose name was clicked."""
        self._is_untouched = False
        self.lists.kind = kind
        self.show()

    def action_next_person(self) -> None:
        """Choose the next of the people an uncertain name may mean; of what was found, ask who is meant."""
        if self.lists.kind == "copy":
            self.copies.give_to_another()
        elif mention := self.lists.mention():
            self.lists.person = (self.lists.person + 1) % len(mention.candidates)
            self.show_row()

    def action_accept(self) -> None:
        """Keep what was found, accept a quotation, or decide that a name always means the chosen person."""
        if self.lists.kind == "copy":
            self.copies.keep()
        elif self.lists.kind == "found":
            self.quotations.accept()
        else:
            self.names.action_always()

    def action_reject(self) -> None:
        """Reject what was found, or a quotation."""
        if self.lists.kind == "copy":
            self.copies.reject()
        else:
            self.quotations.reject()

    def action_reject_known(self) -> None:
        """Reject every quotation that the study pack has already."""
        self.quotations.reject_known()

    def action_edit(self) -> None:
        """Keep what was found with fewer words, or accept a quotation with changes."""
        if self.lists.kind == "copy":
            self.copies.trim()
        else:
            self.quotations.edit()

    @on(RowList.Chosen)
    def action_open(self) -> None:
        """Go to the passage; Esc there comes back to this row."""
        if one := self.lists.in_copy():
            lit = (one.passage, one.start, one.end_passage, one.end)
            self.host.go_to(ReadAt(Place(one.edition, one.passage, one.start), lit=lit))
            return
        place = self.lists.mention() or self.lists.suggestion()
        if place is not None:
            lit = (place.passage, place.start, place.passage, place.end)
            self.host.go_to(ReadAt(Place(place.edition, place.passage, place.start), lit=lit))

    async def action_undo(self) -> None:
        """Undo the last decision, in whatever list, and show its row."""
        if self._decisions.next_undo is None:
            self.host.inform("There is nothing to undo.")
        elif change := await self._decisions.undo():
            await self._show_changed(change)
            self.host.inform(change.undone() if isinstance(change, Decision) else "Undone.")

    async def action_redo(self) -> None:
        """Make the decision again that was undone last."""
        if self._decisions.next_redo is None:
            self.host.inform("There is nothing to redo.")
        elif change := await self._decisions.redo():
            await self._show_changed(change)
            self.host.inform(f"Redone: {change.said}.")

    async def _show_changed(self, change: Change) -> None:
        self.lists.read()
        await to_thread(self.lists.read_copy)
        if isinstance(change, Decision):
            if change.people_changed:
                self.host.data_changed()
            self.lists.go_to(change.where)
        self.show()
