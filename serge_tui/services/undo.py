"""One way to take changes back, and to make them again: a stack of changes with a redo stack beside it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from concurrent.futures import Future

LONGEST: Final = 500
"""Changes remembered; the oldest are forgotten first."""


@dataclass(frozen=True, slots=True)
class Change:
    """A change that was stored.

    `said` names it for the reader ("note deleted"). `undo` and `redo` start the write that takes it back or makes it
    again, in one transaction each. `keys` are the records it touches, so that a change of something that is gone for
    good can be forgotten.
    """

    said: str
    undo: Callable[[], Future[Any]]
    redo: Callable[[], Future[Any]]
    keys: frozenset[str] = frozenset()


class UndoStack:
    """Changes of one concern, the last first.

    `succeeded` waits for a write and says whether it did; a change whose write failed stays where it was.
    """

    def __init__(self, succeeded: Callable[[Future[Any]], Awaitable[bool]]) -> None:
        self._succeeded = succeeded
        self._done: list[Change] = []
        self._undone: list[Change] = []

    @property
    def next_undo(self) -> Change | None:
        """The change that `undo` would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Change | None:
        """The change that `redo` would make again."""
        return self._undone[-1] if self._undone else None

    def push(self, change: Change) -> None:
        """Remember a change that was just stored; what was undone before can no longer be redone."""
        self._done.append(change)
        del self._done[:-LONGEST]
        self._undone.clear()

    async def undo(self) -> Change | None:
        """Undo the last change; return it, or None if there is none or the write failed."""
        return await self._move(self._done, self._undone, "undo")

    async def redo(self) -> Change | None:
        """Redo the change undone last; return it, or None if there is none or the write failed."""
        return await self._move(self._undone, self._done, "redo")

    async def _move(self, source: list[Change], target: list[Change], way: str) -> Change | None:
        if not source:
            return None
        # Off the stack before the write: a key pressed twice takes back two changes, not one change twice.
        change = source.pop()
        if not await self._succeeded(change.undo() if way == "undo" else change.redo()):
            source.append(change)
            return None
        target.append(change)
        return change

    def forget(self, keys: set[str]) -> None:
        """Forget changes of records that are gone for good."""
        for stack in (self._done, self._undone):
            stack[:] = [change for change in stack if not change.keys & keys]
