"""One way to take changes back, and to make them again."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from typing import Any

from serge_tui.services.undo import LONGEST, Change, UndoStack


def done(value: object = None) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_result(value)
    return future


class Ledger:
    """A number that changes add to, and whether writes succeed."""

    def __init__(self) -> None:
        self.total = 0
        self.works = True
        self.stack = UndoStack(self.succeeded)

    async def succeeded(self, future: Future[Any]) -> bool:
        await asyncio.wrap_future(future)
        return self.works

    def write(self, amount: int) -> Future[Any]:
        if self.works:
            self.total += amount
        return done()

    def add(self, amount: int) -> None:
        self.write(amount)
        change = Change(
            f"added {amount}", lambda: self.write(-amount), lambda: self.write(amount), frozenset({str(amount)})
        )
        self.stack.push(change)


async def test_changes_are_taken_back_the_last_first_and_made_again() -> None:
    ledger = Ledger()
    for amount in (1, 10, 100):
        ledger.add(amount)
    first = await ledger.stack.undo()
    second = await ledger.stack.undo()
    assert first is not None
    assert first.said == "added 100"
    assert second is not None
    assert second.said == "added 10"
    assert ledger.total == 1
    assert await ledger.stack.redo() is second
    assert ledger.total == 11
    ledger.add(5)
    assert ledger.stack.next_redo is None
    assert await ledger.stack.redo() is None
    assert ledger.total == 16


async def test_nothing_is_taken_back_when_there_is_nothing_or_the_write_fails() -> None:
    ledger = Ledger()
    assert await ledger.stack.undo() is None
    ledger.add(1)
    ledger.works = False
    assert await ledger.stack.undo() is None
    assert ledger.stack.next_undo is not None
    ledger.works = True
    assert await ledger.stack.undo() is not None
    assert ledger.total == 0


async def test_two_keys_at_once_take_back_two_changes() -> None:
    ledger = Ledger()
    ledger.add(1)
    ledger.add(10)
    await asyncio.gather(ledger.stack.undo(), ledger.stack.undo())
    assert ledger.total == 0


async def test_what_is_gone_for_good_is_forgotten_and_the_stack_is_bounded() -> None:
    ledger = Ledger()
    for amount in range(LONGEST + 10):
        ledger.add(amount)
    ledger.stack.forget({str(LONGEST + 9)})
    assert ledger.stack.next_undo is not None
    assert ledger.stack.next_undo.said == f"added {LONGEST + 8}"
    count = 0
    while await ledger.stack.undo():
        count += 1
    assert count == LONGEST - 1
