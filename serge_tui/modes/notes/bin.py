"""The bin: deleting notes, restoring them, emptying it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.clock import utc_now
from serge_tui.core.wording import counted
from serge_tui.dialogs.choice import Choice

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.notes.changes import NoteChanges
    from serge_tui.modes.notes.listing import NoteListing


class NoteBin:
    """Controller: moves notes to the bin and back. Nothing is deleted for good without asking."""

    def __init__(self, host: Host, listing: NoteListing, changes: NoteChanges) -> None:
        self._host = host
        self._listing = listing
        self._changes = changes

    def action_show(self) -> None:
        """List the bin, or the notes again."""
        self._listing.show_bin(not self._listing.in_bin)

    async def action_delete(self) -> None:
        """Move the chosen notes to the bin; in the bin, delete them for good."""
        keys = {note.key for note in self._listing.chosen()}
        if not keys:
            return
        if self._listing.in_bin:
            self._host.start(self._purge(keys))
            return
        now, said = utc_now(), counted(len(keys), "note")
        if await self._changes.store_chosen(lambda note: replace(note, deleted_at=now), f"{said} deleted"):
            self._listing.unmark(keys)
            self._host.inform(f"{said} moved to the bin. u undoes it.")

    async def action_restore(self) -> None:
        """Move the chosen notes out of the bin."""
        number = len(self._listing.chosen())
        if not self._listing.in_bin or not number:
            return
        said = counted(number, "note")
        if await self._changes.store_chosen(lambda note: replace(note, deleted_at=""), f"{said} restored"):
            self._listing.unmark()
            self._host.inform(f"{said} restored. u undoes it.")

    def action_empty(self) -> None:
        """Delete everything in the bin for good, and the texts removed from the library."""
        keys = {note.key for note in self._host.library.annotations.bin()}
        texts = len(self._host.library.removed_texts.all())
        if keys or texts:
            self._host.start(self._purge(keys, texts))
        else:
            self._host.inform("The bin is empty.")

    async def _purge(self, keys: set[str], texts: int = 0) -> None:
        library = self._host.library
        rows = [("Cancel", ""), ("Delete for good", "this cannot be undone")]
        parts = [counted(len(keys), "note")] if keys else []
        parts += [counted(texts, "removed text")] if texts else []
        chosen = await self._host.ask(Choice(f"Delete {' and '.join(parts)} for good?", rows))
        if chosen != 1 or (texts and not await self._host.write_succeeded(library.removed_texts.delete_all())):
            return
        if await self._host.write_succeeded(library.annotations.purge(keys)):
            self._changes.forget(keys)
            await self._listing.read()
            self._host.inform("Deleted for good.")
