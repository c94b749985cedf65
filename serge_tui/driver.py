"""The terminal's input on its way to Textual: a paste whose end is lost does not swallow keys for ever.

Textual keeps everything that comes after the beginning of a paste until its end comes. Where the end is lost (a line
that dropped, a multiplexer), no key would work again. So what the terminal sends goes through a pipe of ours first.
"""

from __future__ import annotations

import os
import selectors
import signal
from contextlib import suppress
from threading import Thread
from typing import Final

from textual.drivers.linux_driver import LinuxDriver

from serge_tui.core.paste import PasteMender

QUIET: Final = 1.0
"""Seconds without a byte after which a paste that has no end is ended."""
READ_AT_ONCE: Final = 4096


class MendingDriver(LinuxDriver):
    """Textual's driver for Linux and macOS, reading the terminal through a `PasteMender`."""

    def run_input_thread(self) -> None:
        """Read the terminal until input is disabled.

        Textual reads whatever `fileno` names; it uses `fileno` for nothing else while its input thread runs.
        """
        terminal = self.fileno
        mended, into_mended = os.pipe()
        stopped, stop = os.pipe()
        relay = Thread(target=self.relay, args=(terminal, into_mended, stopped), name="terminal-input", daemon=True)
        self.fileno = mended
        relay.start()
        try:
            super().run_input_thread()
        finally:
            self.fileno = terminal
            # The relay may be waiting to write a long paste that nobody reads any more: it is woken by the closing.
            os.close(mended)
            os.close(stop)
            relay.join()
            os.close(into_mended)
            os.close(stopped)

    def relay(self, terminal: int, into_mended: int, stopped: int) -> None:
        """Pass on what the terminal sends until the other end of `stopped` is closed; runs in its own thread.

        A terminal that is gone ends the app as a hang-up does.
        """
        mender = PasteMender()
        with selectors.SelectSelector() as selector, suppress(BrokenPipeError):
            selector.register(terminal, selectors.EVENT_READ)
            selector.register(stopped, selectors.EVENT_READ)
            while True:
                ready = {key.fd for key, _ in selector.select(QUIET if mender.open else None)}
                if stopped in ready:
                    return
                if not ready:
                    write_all(into_mended, mender.give_up())
                    continue
                try:
                    data = os.read(terminal, READ_AT_ONCE)
                except OSError:
                    data = b""
                if not data:
                    if self.input_tty:
                        os.kill(os.getpid(), signal.SIGHUP)
                    return
                write_all(into_mended, mender.take(data))


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of it, however little goes in at a time.

    Raises BrokenPipeError when nobody reads it any more.
    """
    while data:
        data = data[os.write(descriptor, data) :]
