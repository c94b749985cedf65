"""The whole program under a real pseudo-terminal, with a terminal emulator that shows what a person would see."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

PATIENCE = 40.0
"""Seconds until a screen that never comes is a failure; nothing waits this long when all is well."""


class Terminal:
    """A terminal with Serge in it. `raw` is every byte the program wrote."""

    def __init__(
        self,
        database: Path,
        *arguments: str,
        columns: int = 100,
        rows: int = 30,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        given = environment or {}
        environment = {**os.environ, "TERM": "xterm-256color", "SERGE_DB": str(database), "COLORTERM": "truecolor"}
        # On a busy machine an arrow may come in two parts: Esc alone is Esc only after this many milliseconds.
        environment["ESCDELAY"] = "400"
        environment |= given
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.raw = b""
        self.process = pexpect.spawn(
            sys.executable, ["-m", "serge_tui", *arguments],
            env=environment, dimensions=(rows, columns), timeout=PATIENCE,
        )  # fmt: skip

    @property
    def text(self) -> str:
        """What stands on the screen now."""
        return "\n".join(self.screen.display)

    def read(self, seconds: float = 0.05) -> None:
        """Take in what the program has written, waiting at most so long for something."""
        try:
            data = self.process.read_nonblocking(65536, timeout=seconds)
        except (pexpect.TIMEOUT, pexpect.EOF):
            return
        self.raw += data
        # pyte 0.8 stumbles over a few private sequences that change nothing one can see (keyboard protocols).
        self._stream.feed(data.replace(b"\x1b[>1u", b"").replace(b"\x1b[<u", b"").replace(b"\x1b[?u", b""))

    def wait(self, seen: str | Callable[[str], bool]) -> str:
        """Wait until a text, or what a function looks for, is on the screen.

        Raises AssertionError, with the screen, when it does not come.
        """
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            if seen in self.text if isinstance(seen, str) else seen(self.text):
                return self.text
            self.read()
        raise AssertionError(f"{seen!r} never came; the screen was:\n{self.text}")

    def press(self, *keys: str) -> None:
        """Press keys one after another."""
        for key in keys:
            self.process.send(key)
            self.read()

    def kill(self) -> None:
        """Kill the program without a word: SIGKILL."""
        self.process.kill(9)
        self.process.wait()

    def end(self) -> int:
        """Wait for the program to end by itself; gives its exit code."""
        deadline = time.monotonic() + PATIENCE
        while self.process.isalive() and time.monotonic() < deadline:
            self.read()
        self.read()
        self.process.close(force=True)
        return self.process.exitstatus if self.process.exitstatus is not None else -1

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.close(force=True)
