"""Notes: everything the reader marked and wrote, found again and gone to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from db.annotations import new_annotation
from db.models import Annotation, Place
from db.text import sanitise
from serge_tui.commands import Command
from serge_tui.export.described import Described, describe_all
from serge_tui.navigation import Destination, Mode, ReadAt, ShowFigure, ShowNote, Spot
from serge_tui.noting.filters import HINT, matches
from serge_tui.screens.mode_screen import ModeScreen
from serge_tui.screens.note_editor import NoteDraft, NoteEditor
from serge_tui.widgets.note_list import NoteList
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

NOTHING_YET = """Nothing here yet.

In the reader, v selects words, H and a letter highlights them, a writes a note.
Here, a writes a note on nothing in particular: a journal."""


class NotesScreen(ModeScreen):
    """A box that narrows, the list, and a preview with the passage around."""

    MODE: ClassVar[Mode] = "notes"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = (
        Command("notes.open", "enter", "Go there", "open", "Go to the passage, lit.", "Notes", "go there", 1),
        Command("notes.write", "a", "Write a note", "write", "A note on nothing in particular.", "Notes",
                footer="write", rank=3),
        Command("notes.edit", "e", "Edit", "edit", "Change the note and its tags.", "Notes", footer="edit", rank=2),
        Command("notes.delete", "d,delete", "Delete", "delete", "Into the bin; u brings it back.", "Notes",
                footer="delete", rank=4),
        Command("notes.undo", "u", "Undo", "undo", "Take the last change back.", "Notes", footer="undo", rank=4),
        Command("notes.order", "o", "Change the order", "order", "Newest first, or as in the book.", "Notes"),
        Command("notes.filter", "f", "Narrow the list", "filter", "Words, #tag, colour:amber, is:orphan.", "Notes"),
    )  # fmt: skip
    CSS_PATH = "../styles/notes.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._items: list[Described] = []
        self._newest_first = True
        self._undo: list[Annotation] = []
        self._wanted: str | None = None

    def compose_body(self) -> ComposeResult:
        """The box above, the list left, the preview right (below where it is narrow)."""
        yield Input(placeholder=HINT, id="notes-filter")
        with Horizontal(id="notes-body"):
            with Vertical(id="notes-left"):
                yield NoteList(id="notes-list")
            with VerticalScroll(id="notes-preview", can_focus=False):
                yield Static("", id="notes-text")

    def on_mount(self) -> None:
        """Read, and be ready to move."""
        self.query_one(NoteList).focus()
        self._read()

    def on_screen_resume(self) -> None:
        """Something may have been noted elsewhere."""
        if self.is_mounted:
            self._read()

    def refresh_data(self) -> None:
        """Read everything again."""
        self._read()

    # --- what is shown -----------------------------------------------------------------------------------------------

    def _read(self) -> None:
        self._items = describe_all(self.serge.library)
        if self._newest_first:
            self._items.sort(key=lambda item: item.annotation.created_at, reverse=True)
        self._narrow()

    @on(Input.Changed, "#notes-filter")
    def _narrow(self) -> None:
        terms = self.query_one("#notes-filter", Input).value.split()
        shown = [item for item in self._items if matches(item, terms)]
        rows = self.query_one(NoteList)
        current = self._wanted or (item.annotation.key if (item := rows.item(rows.cursor)) else None)
        self._wanted = None
        keys = [item.annotation.key for item in shown]
        rows.show(shown, keys.index(current) if current in keys else 0)
        order = "newest first" if self._newest_first else "in book order"
        self.set_status(f"{len(shown)} of {len(self._items)} · {order}" if self._items else "Nothing noted yet")
        self._preview()

    @on(RowList.Highlighted)
    def _preview(self) -> None:
        item = self._current()
        text = self.query_one("#notes-text", Static)
        if item is None:
            text.update(Content(NOTHING_YET if not self._items else "Nothing matches."))
            return
        annotation, anchor = item.annotation, item.annotation.anchor
        parts: list[Content] = []
        if anchor is not None:
            where = " · ".join(
                part for part in (item.edition_title, item.chapter, item.page and f"p. {item.page}") if part
            )
            parts += [Content.styled(sanitise(where), "$muted"), Content("")]
            lit = f"on $highlight-{annotation.colour}" if annotation.colour else "bold"
            parts += [
                Content.styled(sanitise(anchor.prefix), "$muted")
                + Content.styled(sanitise(anchor.exact), lit)
                + Content.styled(sanitise(anchor.suffix), "$muted")
            ]
        elif item.target_name:
            parts.append(Content.styled(sanitise(item.target_name), "bold $primary"))
        if annotation.body:
            parts += [Content(""), Content(sanitise(annotation.body))]
        if annotation.tags:
            parts += [
                Content(""),
                Content.styled(" ".join(f"#{sanitise(tag)}" for tag in annotation.tags), "$secondary"),
            ]
        facts = [annotation.kind, annotation.colour, f"{annotation.created_at[:10]}"]
        if annotation.state == "orphan":
            facts.append("its words were not found in the text as it is now; they are kept here")
        elif annotation.state == "drifted":
            facts.append("moved with its words when the text changed")
        parts += [Content(""), Content.styled(" · ".join(fact for fact in facts if fact), "$muted")]
        text.update(Content("\n").join(parts))

    def _current(self) -> Described | None:
        rows = self.query_one(NoteList)
        return rows.item(rows.cursor)

    # --- the way to and from -----------------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """The annotation under the cursor."""
        item = self._current()
        return Spot("notes", ShowNote(item.annotation.key if item else None))

    def visit(self, destination: Destination) -> None:
        """Put the cursor on an annotation; the filter gives way if it hides it."""
        if not isinstance(destination, ShowNote) or destination.key is None:
            return
        self._wanted = destination.key
        box = self.query_one("#notes-filter", Input)
        if box.value and not any(
            item.annotation.key == destination.key and matches(item, box.value.split()) for item in self._items
        ):
            box.value = ""
        self._read()
        self.query_one(NoteList).focus()

    # --- actions -----------------------------------------------------------------------------------------------------

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        self.action_open()

    @on(Input.Submitted, "#notes-filter")
    @on(RowList.LeftAbove)
    def _change_focus(self) -> None:
        box = self.query_one("#notes-filter", Input)
        (self.query_one(NoteList) if box.has_focus else box).focus()

    def action_open(self) -> None:
        """Go to where the annotation hangs."""
        item = self._current()
        if item is None:
            return
        annotation, anchor = item.annotation, item.annotation.anchor
        kind, _, key = annotation.target.partition(":")
        if anchor is not None and annotation.state != "orphan":
            lit = (anchor.passage, anchor.start, anchor.end_passage, anchor.end)
            self.serge.travel(ReadAt(Place(anchor.edition, anchor.passage, anchor.start), lit=lit))
        elif anchor is not None:
            self.serge.tell("Its words were not found in the text as it is now; they are kept here.")
        elif kind == "figure":
            self.serge.travel(ShowFigure(key))
        else:
            self.action_edit()

    def action_filter(self) -> None:
        """Go to the box."""
        self.query_one("#notes-filter", Input).focus()

    def action_order(self) -> None:
        """Newest first, or as in the book."""
        self._newest_first = not self._newest_first
        self._read()

    def action_write(self) -> None:
        """Write a note on nothing in particular."""

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None and draft.body:
                note = new_annotation("note", body=draft.body, tags=draft.tags)
                await self._save(note, before=replace(note, deleted_at=note.created_at))

        self.app.push_screen(NoteEditor("A note on nothing in particular"), written)

    def action_edit(self) -> None:
        """Change the note and its tags."""
        item = self._current()
        if item is None:
            return
        annotation = item.annotation

        async def written(draft: NoteDraft | None) -> None:
            if draft is not None:
                kind = "note" if draft.body and annotation.kind == "bookmark" else annotation.kind
                await self._save(replace(annotation, kind=kind, body=draft.body, tags=draft.tags), before=annotation)

        about = annotation.anchor.exact if annotation.anchor else item.target_name or "A note"
        self.app.push_screen(NoteEditor(about, annotation.body, annotation.tags), written)

    async def action_delete(self) -> None:
        """Put the annotation into the bin."""
        item = self._current()
        if item is not None and await self.serge.done(self.serge.library.annotations.delete(item.annotation.key)):
            self._undo.append(item.annotation)
            self.serge.tell("In the bin; u brings it back.")
            self._read()

    async def action_undo(self) -> None:
        """Take the last change back."""
        if not self._undo:
            self.serge.tell("Nothing to undo.")
            return
        before = self._undo[-1]
        if await self.serge.done(self.serge.library.annotations.save(before)):
            self._undo.pop()
            self._wanted = before.key
            self._read()

    async def _save(self, annotation: Annotation, *, before: Annotation) -> None:
        if await self.serge.done(self.serge.library.annotations.save(annotation)):
            self._undo.append(before)
            self._wanted = annotation.key
            self._read()
