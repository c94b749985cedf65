"""Notice that a file is gone which an app that was killed left behind.

While the app runs, a small file beside the database names its process. If that process has ended without removing it
and the write-ahead log is gone too, the last changes were in that log.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from db.connection import OWNER_ONLY
from db.processes import is_running, this_process

if TYPE_CHECKING:
    from pathlib import Path


def marker_of(path: Path) -> Path:
    """Return the path of the marker of a database."""
    return path.with_name(f"{path.name}-open")


def mark_open(path: Path) -> None:
    """Note that this process has the database open; a disk that cannot be written has no marker."""
    with suppress(OSError):
        marker = marker_of(path)
        marker.write_text(this_process(), "utf-8")
        marker.chmod(OWNER_ONLY)


def mark_closed(path: Path) -> None:
    """Remove this process's mark."""
    with suppress(OSError):
        marker = marker_of(path)
        if marker.read_text("utf-8", errors="replace") == this_process():
            marker.unlink()


def log_vanished(path: Path) -> bool:
    """Return whether the write-ahead log of a killed app is missing; the question is answered once."""
    marker = marker_of(path)
    try:
        name = marker.read_text("utf-8", errors="replace")
    except OSError:
        return False
    if is_running(name) is not False:
        return False
    with suppress(OSError):
        marker.unlink()
    return not path.with_name(f"{path.name}-wal").exists()
