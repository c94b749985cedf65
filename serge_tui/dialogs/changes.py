"""What was changed in a dialog, to take back and to make again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from serge_tui.services.undo import Change, UndoStack

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from serge_tui.dialogs.dialog import Dialog


class DialogChanges:
    """Controller: undoes and redoes the changes made in one dialog, and says which.

    Args:
        dialog: The dialog.
        read_again: Called after each change, to show what is stored now.
    """

    def __init__(self, dialog: Dialog[Any], read_again: Callable[[], object]) -> None:
        self._dialog = dialog
        self._read_again = read_again
        self._stack = UndoStack(self._stored)

    async def _stored(self, future: Future[Any]) -> bool:
        return await self._dialog.host.write_succeeded(future)

    def push(self, change: Change) -> None:
        """Remember a change that was just stored."""
        self._stack.push(change)

    def forget(self, keys: set[str]) -> None:
        """Forget changes of records that are gone for good."""
        self._stack.forget(keys)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._dialog.host.start(self._move("undo"))

    def action_redo(self) -> None:
        """Make the change last taken back again."""
        self._dialog.host.start(self._move("redo"))

    async def _move(self, way: str) -> None:
        host, stack = self._dialog.host, self._stack
        if (stack.next_undo if way == "undo" else stack.next_redo) is None:
            host.inform(f"There is nothing to {way}.")
        elif change := await (stack.undo() if way == "undo" else stack.redo()):
            said = change.said[:1].lower() + change.said[1:]
            host.inform(f"Undone: {said}." if way == "undo" else f"Redone: {said}.")
            self._read_again()
