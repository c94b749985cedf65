"""Name this process, and find out whether a named one is still running."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path


@cache
def _named(pid: int) -> str:
    return f"{_machine()}\t{pid}\t{_started(pid)}"


def this_process() -> str:
    """Return a name of this process that no later process gets: machine, number, and time of start if known."""
    return _named(os.getpid())


def is_running(name: str) -> bool | None:
    """Return whether a process named by `this_process` is running; None if it belongs to another machine."""
    host, _, rest = name.partition("\t")
    number, _, started = rest.partition("\t")
    if host != _machine():
        return None
    if not number.isdecimal():
        return False
    try:
        os.kill(int(number), 0)
    except PermissionError:
        pass  # it runs, as another user
    except (OSError, OverflowError):
        return False
    return not started or _started(int(number)) in ("", started)


def _machine() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")


def _started(pid: int) -> str:
    """Return the kernel's time of start of a process (field 22 of its `stat`), or an empty string without `/proc`."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text("ascii", errors="replace")
    except OSError:
        return ""
    # The name of the program, in brackets, may hold anything.
    fields = stat.rpartition(")")[2].split()
    return fields[19] if len(fields) > 19 else ""
