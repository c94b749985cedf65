"""Changes of notes: each stored in one transaction, undone and redone as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from serge_tui.services.undo import LONGEST, Change, UndoStack

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Annotation
    from serge_tui.host import Host
    from serge_tui.modes.notes.listing import NoteListing


@dataclass(slots=True)
class _Step:
    """Notes before and after one change. Those deleted for good are taken out: undo must not bring them back."""

    before: list[Annotation]
    after: list[Annotation]

    def without(self, keys: set[str]) -> None:
        self.before = [note for note in self.before if note.key not in keys]
        self.after = [note for note in self.after if note.key not in keys]


class NoteChanges:
    """Controller: stores changed notes, and undoes and redoes that."""

    def __init__(self, host: Host, listing: NoteListing) -> None:
        self._host = host
        self._listing = listing
        self._stack = UndoStack(host.write_succeeded)
        self._steps: dict[str, _Step] = {}
        self._count = 0

    async def store(self, after: Sequence[Annotation], before: Sequence[Annotation], said: str) -> bool:
        """Store changed notes in one transaction; return whether that succeeded.

        Args:
            after: The notes to store.
            before: The same notes as undo stores them; of a new note, one that is in the bin.
            said: A name of the change for the reader: "Note deleted".
        """
        write = self._host.library.annotations.change_all
        if not after or not await self._host.write_succeeded(write(after)):
            return False
        step = _Step(list(before), list(after))
        self._count += 1
        name = str(self._count)
        self._steps[name] = step
        if len(self._steps) > LONGEST:
            del self._steps[next(iter(self._steps))]
        self._stack.push(Change(said, lambda: write(step.before), lambda: write(step.after), frozenset({name})))
        await self._listing.read(cursor_on=after[0].key)
        return True

    async def store_chosen(self, changed: Callable[[Annotation], Annotation], said: str) -> bool:
        """Change the marked notes, or the one under the cursor; return whether that succeeded."""
        before = self._listing.chosen()
        return await self.store([changed(note) for note in before], before, said)

    async def add(self, note: Annotation) -> bool:
        """Store a new note; undo moves it to the bin."""
        return await self.store([note], [replace(note, deleted_at=note.created_at)], "Note written")

    def forget(self, keys: set[str]) -> None:
        """Never bring back notes that were deleted for good."""
        for step in self._steps.values():
            step.without(keys)
        empty = {name for name, step in self._steps.items() if not step.before}
        self._stack.forget(empty)
        for name in empty:
            del self._steps[name]

    async def action_undo(self) -> None:
        """Undo the last change."""
        if self._stack.next_undo is None:
            self._host.inform("There is nothing to undo.")
        elif change := await self._stack.undo():
            await self._listing.read(cursor_on=self._step_of(change).before[0].key)
            self._host.inform(f"Undone: {change.said}. U redoes it.")

    async def action_redo(self) -> None:
        """Make the change again that was undone last."""
        if self._stack.next_redo is None:
            self._host.inform("There is nothing to redo.")
        elif change := await self._stack.redo():
            await self._listing.read(cursor_on=self._step_of(change).after[0].key)
            self._host.inform(f"Redone: {change.said}.")

    def _step_of(self, change: Change) -> _Step:
        return self._steps[next(iter(change.keys))]
