"""What the reader changed on the page, to take back and to make again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.services.undo import Change, UndoStack

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any

    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText


class Changes:
    """Takes back changes made in Read, and makes them again: notes, highlights, bookmarks, names, what was read."""

    def __init__(self, text: OpenedText, host: Host) -> None:
        self._text, self._host = text, host
        self._stack = UndoStack(host.write_succeeded)

    def stored(self, what: str, undo: Callable[[], Future[Any]], redo: Callable[[], Future[Any]]) -> None:
        """Remember a change that was just stored; `what` names it ("the highlight")."""
        self._stack.push(Change(what, undo, redo))

    async def action_undo(self) -> None:
        """Take the last change back."""
        if self._stack.next_undo is None:
            self._host.inform("There is nothing to undo.")
        elif (change := await self._stack.undo()) is not None:
            self._text.read_again()
            self._host.inform(f"Undone: {change.said}.")

    async def action_redo(self) -> None:
        """Make the change last taken back again."""
        if self._stack.next_redo is None:
            self._host.inform("There is nothing to redo.")
        elif (change := await self._stack.redo()) is not None:
            self._text.read_again()
            self._host.inform(f"Redone: {change.said}.")
