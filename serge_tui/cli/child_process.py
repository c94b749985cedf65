"""A process of its own for slow work beside the app: a request on its standard input, lines of JSON on its output.

It keeps keys within a frame, and it can be ended at any moment: what it has not stored is as if it had never begun.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LOOK_AGAIN: Final = 0.05
"""Seconds between two looks whether the reader has cancelled."""


def messages_of(
    module: str, request: Mapping[str, object], is_cancelled: Callable[[], bool]
) -> Iterator[dict[str, Any]]:
    """Run a module in a process of its own and yield what it writes, line by line.

    The process is ended soon after `is_cancelled` returns True; then the messages end early.
    """
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(  # noqa: S603  # a module of this program
        [sys.executable, "-P", "-m", module],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment, encoding="utf-8",
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        ended = threading.Event()
        threading.Thread(target=_end_when, args=(process, is_cancelled, ended), daemon=True).start()
        try:
            with suppress(BrokenPipeError):
                process.stdin.write(json.dumps(request))
                process.stdin.close()
            for line in process.stdout:
                try:
                    message = json.loads(line)
                except json.JSONDecodeError:
                    return  # it was ended in the middle of a line
                yield message
        finally:
            ended.set()
            with suppress(ProcessLookupError):
                process.kill()


def tell(message: Mapping[str, object]) -> None:
    """Write one message; called in the process."""
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def _end_when(process: subprocess.Popen[str], is_cancelled: Callable[[], bool], ended: threading.Event) -> None:
    while not ended.wait(_LOOK_AGAIN):
        if is_cancelled():
            with suppress(ProcessLookupError):
                process.terminate()
            return
