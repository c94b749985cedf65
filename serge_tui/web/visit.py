"""One visitor's app: a process of its own, and the browser window that shows it.

The packets are those of Textual's driver for the web: a letter (D for what the terminal shows or takes, M for messages
in JSON), the length in four bytes, the content.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

MOST_COLUMNS: Final = 600
MOST_ROWS: Final = 300
PATIENCE: Final = 8.0
"""Seconds in which the app may end by itself before it is made to."""
_READY: Final = b"__GANGLION__\n"
_DATA: Final = b"D"
_META: Final = b"M"
_ESC: Final = "\x1b[27u"
"""The key Esc in the form that begins no other key: what a page sends is whole, so nothing need be waited for."""
_MOST_SAID: Final = 4096
"""Bytes kept of what the process last wrote on standard error."""


class Window(Protocol):
    """A browser window: what is drawn goes to it in bytes, messages in text."""

    async def send_bytes(self, data: bytes) -> None:
        """Send what the terminal in the window is to draw."""

    async def send_str(self, data: str) -> None:
        """Send a message to the page."""

    async def close(self) -> object:
        """End the line."""


class Visit:
    """An app that runs for one visitor, whether a window shows it at the moment or not.

    Args:
        command: The program and its arguments.
        environment: The environment of the process.
        on_end: Called once with what to tell the visitor, after the process has ended.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], on_end: Callable[[str], None]) -> None:
        self._command = command
        self._environment = environment
        self._on_end = on_end
        self._process: asyncio.subprocess.Process | None = None
        self._running: asyncio.Task[None] | None = None
        self._said = b""
        self.window: Window | None = None

    async def show_in(self, window: Window, columns: int, rows: int) -> None:
        """Show the app in a window: start it, or have it drawn again. The window before gets nothing any more."""
        first = self._process is None
        self.window = window
        if first:
            await self._start(*_bounded(columns, rows))
        else:
            await self.resize(columns, rows)
            await self._tell({"type": "attach"})
        await self._tell({"type": "focus"})

    async def _start(self, columns: int, rows: int) -> None:
        self._process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
            env={**self._environment, "COLUMNS": str(columns), "ROWS": str(rows)},
            start_new_session=True,  # Ctrl+C in the server's terminal is for the server, which ends its visits in order
        )  # fmt: skip
        self._running = asyncio.create_task(self._run(self._process))

    async def _run(self, process: asyncio.subprocess.Process) -> None:
        """Pass on what the app draws until it ends."""
        assert process.stdout is not None
        listening = asyncio.create_task(self._listen(process))
        try:
            with suppress(asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await process.stdout.readuntil(_READY)
                while True:
                    header = await process.stdout.readexactly(5)
                    content = await process.stdout.readexactly(int.from_bytes(header[1:], "big"))
                    # Messages other than that it ends (files to save, addresses to open) are none that Serge sends.
                    if header[:1] == _DATA and self.window is not None:
                        with suppress(ConnectionError):
                            await self.window.send_bytes(content)
            await self._wait(process)
            await listening
        finally:
            listening.cancel()
            # What the app itself has started ends with it.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        self._on_end(self._said.decode("utf-8", "replace") if process.returncode else "")

    async def _listen(self, process: asyncio.subprocess.Process) -> None:
        assert process.stderr is not None
        while said := await process.stderr.read(_MOST_SAID):
            self._said = (self._said + said)[-_MOST_SAID:]

    async def _wait(self, process: asyncio.subprocess.Process) -> None:
        """Wait for the end of the process; after `PATIENCE` ask for it, and then make it."""
        for end in (process.terminate, process.kill):
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            except TimeoutError:
                with suppress(ProcessLookupError):
                    end()
            else:
                return
        await process.wait()

    async def take_keys(self, keys: str) -> None:
        """Give the app what was typed, pasted or done with the mouse."""
        await self._send(_DATA, (_ESC if keys == "\x1b" else keys).encode("utf-8", "replace"))

    async def resize(self, columns: int, rows: int) -> None:
        """Tell the app how large the window is, in cells."""
        width, height = _bounded(columns, rows)
        await self._tell({"type": "resize", "width": width, "height": height})

    async def focus(self, *, on: bool) -> None:
        """Tell the app whether the window has the focus."""
        await self._tell({"type": "focus" if on else "blur"})

    async def end(self) -> None:
        """End the app as quitting does, and wait until it has ended."""
        if self._process is None or self._running is None:
            return
        await self._tell({"type": "quit"})
        try:
            await asyncio.wait_for(asyncio.shield(self._running), PATIENCE)
        except TimeoutError:
            for end in (self._process.terminate, self._process.kill):
                with suppress(ProcessLookupError):
                    end()
                await asyncio.wait([self._running], timeout=PATIENCE)

    async def _tell(self, message: Mapping[str, object]) -> None:
        await self._send(_META, json.dumps(message).encode())

    async def _send(self, kind: bytes, content: bytes) -> None:
        if self._process is None or self._process.stdin is None:
            return
        with suppress(ConnectionError, RuntimeError):  # it has ended, or its end was closed
            self._process.stdin.write(kind + len(content).to_bytes(4, "big") + content)
            await self._process.stdin.drain()


def _bounded(columns: int, rows: int) -> tuple[int, int]:
    return max(1, min(columns, MOST_COLUMNS)), max(1, min(rows, MOST_ROWS))
