"""Writing notes: new ones on nothing in particular or about something, and editing."""

from __future__ import annotations

from asyncio import to_thread
from dataclasses import replace
from typing import TYPE_CHECKING

from db.annotations import new_annotation
from db.note_links import target_of
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.dialogs.prompt import Prompt
from serge_tui.services.note_links import destination_of
from serge_tui.services.note_records import target_name

if TYPE_CHECKING:
    from db.models import Annotation
    from serge_tui.core.export.note_record import NoteRecord
    from serge_tui.host import Host
    from serge_tui.modes.notes.changes import NoteChanges
    from serge_tui.modes.notes.listing import NoteListing


class NoteWriting:
    """Controller: opens the note editor and stores what was written."""

    def __init__(self, host: Host, listing: NoteListing, changes: NoteChanges) -> None:
        self._host = host
        self._listing = listing
        self._changes = changes

    def action_write(self) -> None:
        """Write a note on nothing in particular."""
        self._host.start(self._write("A note on nothing in particular", ""))

    def action_write_about(self) -> None:
        """Write a note about a person, a chapter, a quotation, an event or a card."""
        self._host.start(self._write_about())

    def action_edit(self) -> None:
        """Edit the current note and its tags."""
        item = self._listing.current()
        if item is not None and not self._listing.in_bin:
            self._host.start(self._edit(item))

    async def _write(self, about: str, target: str) -> None:
        note = new_annotation("note", target=target)
        draft = await self._host.ask(NoteEditor(about, note))
        if draft is not None and draft.body:
            await self._changes.add(replace(note, body=draft.body, tags=draft.tags))

    async def _write_about(self) -> None:
        typed = await self._host.ask(Prompt("About", "a name, ch4, quote:…, event:…, card:…"))
        if not typed or not typed.strip():
            return
        library = self._host.library
        target = target_of(typed)
        if not target.startswith("card:") and destination_of(library, target) is None:
            found = await to_thread(lambda: self._host.finder.find(typed, limit=1))
            if not found:
                self._host.inform(f"Nothing is called “{typed.strip()}”.")
                return
            target = f"figure:{found[0].figure}"
        await self._write(target_name(library, target), target)

    async def _edit(self, item: NoteRecord) -> None:
        note = item.annotation
        about = item.words if note.anchor else item.target_name or "A note"
        draft = await self._host.ask(NoteEditor(about, note))
        if draft is not None:
            await self._changes.store([_edited(note, draft.body, draft.tags)], [note], "Note edited")


def _edited(note: Annotation, body: str, tags: tuple[str, ...]) -> Annotation:
    """Return a note with other words and tags; a bookmark with words is a note."""
    kind = "note" if body and note.kind == "bookmark" else note.kind
    return replace(note, kind=kind, body=body, tags=tags)
