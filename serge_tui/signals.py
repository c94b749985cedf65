"""End the app as quitting does when the system asks it to end, or when its terminal goes away."""

from __future__ import annotations

import asyncio
import signal
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

ENDING: Final = ("SIGTERM", "SIGHUP")


def on_ending(leave: Callable[[], None]) -> None:
    """Call `leave` on the running event loop for each signal that asks the program to end.

    Without it the interpreter would stop at once: the place read last would be lost and the terminal left raw. Call it
    inside the running loop; where a platform has no such signals, or outside the main thread, nothing is done.
    """
    loop = asyncio.get_running_loop()
    for name in ENDING:
        number = getattr(signal, name, None)
        if number is not None:
            with suppress(NotImplementedError, RuntimeError, ValueError):
                loop.add_signal_handler(number, leave)
