"""Keys in the order they were pressed: each waits until what the key before it opened can take it.

Textual gives a key to whatever has the focus at once, while the key before it may still be opening a dialog, and a mode
may still be reading what its keys apply to. So keys go through here, and are given on one after another.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, Any, Final
from weakref import WeakSet

from textual import events
from textual.app import ScreenStackError
from textual.worker import NoActiveWorker, get_current_worker

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, Sequence

    from textual.app import App
    from textual.dom import DOMNode
    from textual.message_pump import MessagePump
    from textual.screen import Screen
    from textual.worker import Worker

    Typed = events.Key | events.Paste

MOST_OPENING: Final = 3.0
"""Seconds a key waits at most for what is being opened."""
MOST_READING: Final = 10.0
"""Seconds a key waits at most for what a screen reads; Esc ends the waiting before."""
LOOK_AGAIN: Final = 0.005
"""Seconds between two looks at whether a key can be given on."""


class _Work:
    """Something begun now that may show the reader something: what it shows, once it does."""

    def __init__(self, dialog: Screen[Any] | None = None) -> None:
        self._dialog = dialog
        self._begun = monotonic()

    @property
    def is_opening(self) -> bool:
        """Whether it has not shown anything yet, and keys are still to wait for it."""
        shown = self._dialog is not None and self._dialog.is_attached
        return not shown and monotonic() - self._begun < MOST_OPENING


class HeldKeys:
    """Gives keys and pastes on, one after another.

    A key waits while the one before it is being handled, while work it started has yet to ask the reader, while a
    screen is being mounted, and while the screen on top says `keys_must_wait`; letters for a box do not wait for that.
    A command that is `on_sight` is dropped unless the screen it was pressed on, with what it showed, is still on top.

    Args:
        app: The app.
        give: Let Textual have a key, as if it came now.
    """

    def __init__(self, app: App[Any], give: Callable[[Typed], Awaitable[None]]) -> None:
        self._app = app
        self._give = give
        self._waiting: deque[tuple[Typed, tuple[Screen[Any], object] | None]] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._working: dict[Worker[Any], _Work] = {}
        self._going: set[_Work] = set()
        self._mounted: WeakSet[Screen[Any]] = WeakSet()
        self._do_not_wait = False
        self.is_blind = False
        """Whether the key that is being handled was pressed before what is on the screen was there."""

    @property
    def is_idle(self) -> bool:
        """Whether every key has been given on and handled."""
        return self._pump is None or self._pump.done()

    # --- what keys wait for ------------------------------------------------------------------------------------------

    def wait_for(self, worker: Worker[Any]) -> None:
        """Hold keys while a worker has not asked the reader yet, does not wait for a write, and has not ended."""
        self._working = {known: work for known, work in self._working.items() if not known.is_finished}
        self._working[worker] = _Work()

    @contextmanager
    def asking(self, dialog: Screen[Any]) -> Iterator[None]:
        """Let keys through to the dialog that the present worker opens."""
        worker = get_current_worker()
        self._working[worker] = _Work(dialog)
        try:
            yield
        finally:
            self._working[worker] = _Work()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Let keys through while the present worker, if this is in one, waits for a write."""
        worker: Worker[Any] | None = None
        with suppress(NoActiveWorker):
            worker = get_current_worker()
        if worker is None or worker not in self._working:
            yield
            return
        del self._working[worker]
        try:
            yield
        finally:
            self._working[worker] = _Work()

    def going(self) -> Callable[[], None]:
        """Hold keys until the callable returned is called: a destination is on its way."""
        going = _Work()
        self._going.add(going)
        return lambda: self._going.discard(going)

    @property
    def _is_opening(self) -> bool:
        """Whether something that a key asked for is on its way."""
        return any(going.is_opening for going in self._going) or any(
            work.is_opening for worker, work in self._working.items() if not worker.is_finished
        )

    @property
    def _is_reading(self) -> bool:
        screen = self._app.screen
        # What could not be read for damage will not come.
        return bool(getattr(screen, "keys_must_wait", False)) and not getattr(screen, "is_damaged", False)

    def _can_take(self, event: Typed) -> bool:
        """Return whether a key can be given on now."""
        if self._is_opening or self._app.screen not in self._mounted:
            return False
        return self._do_not_wait or not self._is_reading or self._is_text(event)

    def _is_text(self, event: Typed) -> bool:
        """Return whether a key is a letter for the box that has the focus."""
        if isinstance(event, events.Paste):
            return True
        focused = self._app.focused
        return focused is not None and focused.check_consume_key(event.key, event.character)

    def _in_sight(self) -> tuple[Screen[Any], object] | None:
        """Return the screen that the reader sees, and what on it they can act on; None while it is coming."""
        screen = self._app.screen
        if self._is_opening or screen not in self._mounted or self._is_reading:
            return None
        return screen, getattr(screen, "in_hand", None)

    def screen_changed(self) -> None:
        """Look when the screen that came to the front is mounted: what is pressed after that was pressed on sight."""
        if self.is_idle and self._app.is_running:
            self._start(())

    # --- keys that come ----------------------------------------------------------------------------------------------

    async def take(self, event: Typed) -> None:
        """Give a key on at once if nothing is under way, else keep it until it can be. Call this in the app's loop."""
        if not self._is_reading:
            self._do_not_wait = False
        if self.is_idle and self._can_take(event):
            self._start(await self._given(event))
            return
        if isinstance(event, events.Key) and self._must_not_wait(event.key):
            await self._give(event)
            return
        self._waiting.append((event, self._in_sight()))
        if self.is_idle:
            self._start(())

    def _must_not_wait(self, key: str) -> bool:
        """Return whether a key is given on before those that wait: it quits. Esc ends the waiting for what is read."""
        if key == "escape" and not self._is_opening and self._is_reading:
            self._waiting.clear()
            self._do_not_wait = True
        active = self._app.screen.active_bindings.get(key)
        return active is not None and active.binding.priority and active.binding.action.endswith("quit")

    def _start(self, nodes: Sequence[MessagePump]) -> None:
        self._pump = asyncio.create_task(self._give_all(nodes))

    async def _given(self, event: Typed) -> list[MessagePump]:
        """Give a key to Textual; return what it passes through, the innermost first."""
        target: DOMNode = self._app.focused or self._app.screen
        await self._give(event)
        return [*target.ancestors_with_self]

    async def _give_all(self, nodes: Sequence[MessagePump]) -> None:
        """Wait until a key has been handled; then give on those that wait, in order."""
        with suppress(ScreenStackError):  # the app ends
            await self._handled(nodes)
            await self._mount()
            await self._give_waiting()

    async def _give_waiting(self) -> None:
        while self._waiting and self._app.is_running:
            await self._until_free(self._waiting[0][0])
            if not self._waiting:  # Esc
                continue
            event, seen = self._waiting.popleft()
            blind = seen is None or seen != self._in_sight()
            if blind and self._is_on_sight(event):
                continue
            given: asyncio.Future[list[MessagePump]] = asyncio.get_running_loop().create_future()
            self._app.call_later(self._give_later, event, given, blind)
            await self._waited(given, self._app)
            await self._handled(given.result() if given.done() else ())
            self.is_blind = False
            await self._mount()

    async def _give_later(self, event: Typed, given: asyncio.Future[list[MessagePump]], blind: bool) -> None:
        self.is_blind = blind
        given.set_result(await self._given(event))

    async def _until_free(self, event: Typed) -> None:
        """Wait until a key can be given on, or has waited long enough."""
        start = monotonic()
        while self._app.is_running:
            await self._mount()
            if self._can_take(event):
                return
            self._do_not_wait = self._do_not_wait or monotonic() - start > MOST_READING
            await asyncio.sleep(LOOK_AGAIN)

    # --- what was begun ----------------------------------------------------------------------------------------------

    async def _mount(self) -> None:
        """Wait until the screen on top is mounted and has given the focus to what begins with it."""
        while self._app.is_running and (screen := self._app.screen) not in self._mounted:
            await self._handled((screen, self._app))
            await self._refreshed(screen)
            await self._handled((screen, self._app))
            self._mounted.add(screen)

    async def _refreshed(self, screen: Screen[Any]) -> None:
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        if screen is self._app.screen and screen.call_after_refresh(_end, done):
            await self._waited(done, screen)

    async def _handled(self, nodes: Sequence[MessagePump]) -> None:
        """Wait until all that was sent to some nodes so far has been handled, by one after the other."""
        for node in nodes:
            done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            if node.is_running and node.call_later(_end, done):
                await self._waited(done, node)

    async def _waited(self, done: asyncio.Future[Any], node: MessagePump) -> None:
        """Wait for a node to do something, unless it is closed meanwhile or takes too long."""
        start = monotonic()
        while not done.done() and node.is_running and self._app.is_running and monotonic() - start < MOST_OPENING:
            await asyncio.wait([done], timeout=LOOK_AGAIN * 4)

    def _is_on_sight(self, event: Typed) -> bool:
        """Return whether a key would run a command that is meant only for what was seen as it was pressed."""
        if isinstance(event, events.Paste) or self._is_text(event):
            return False
        from serge_tui.commands.registry import commands_by_id

        active = self._app.screen.active_bindings.get(event.key)
        command = commands_by_id().get(active.binding.id or "") if active is not None else None
        return command is not None and command.on_sight


def _end(done: asyncio.Future[None]) -> None:
    if not done.done():
        done.set_result(None)
