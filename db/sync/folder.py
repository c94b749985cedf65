"""A folder that something else carries between machines (Syncthing, Nextcloud, git, a stick): one file a device.

Each device writes only its own file and only at its end, so that no carrier ever has two versions of one file to
choose from. `docs/sync.md` describes the format.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.sync.ops import Op, read_line
from db.sync.values import understood

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PREFIX: Final = "serge-sync-"
SUFFIX: Final = ".jsonl"


def read_folder(folder: Path) -> tuple[dict[str, list[Op]], list[str]]:
    """Every device's operations, and a sentence for each file of which something could not be read or used.

    Operations in a file that name another device are left out: only a device speaks for itself.
    Raises SergeError if the folder cannot be read.
    """
    if not folder.is_dir():
        raise SergeError(f"{folder} is no folder; make it where your machines can all reach it, then sync again.")
    found: dict[str, list[Op]] = {}
    complaints = []
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        device = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        try:
            lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
        except OSError as error:
            complaints.append(f"{path.name} could not be read: {error.strerror}.")
            continue
        ops = {}
        skipped = 0
        for line in lines:
            if not line.strip():
                continue
            op = read_line(line)
            if op is None or op.device != device:
                skipped += 1
            else:
                skipped += not understood(op)
                ops[op.number] = op
        found[device] = [ops[number] for number in sorted(ops)]
        if skipped:
            lost = "1 line could not be read and was" if skipped == 1 else f"{skipped} lines could not be read and were"
            complaints.append(f"{path.name}: {lost} left out.")
    return found, complaints


def append(folder: Path, device: str, ops: Iterable[Op]) -> None:
    """Write operations at the end of a device's own file, and have them on the disk before returning.

    A line torn by an earlier kill is ended first, so that it spoils nothing but itself. A device with nothing to tell
    has a file too: the others see that it was there. Raises SergeError if nothing can be written there.
    """
    text = "".join(f"{op.line()}\n" for op in ops).encode()
    path = folder / f"{PREFIX}{device}{SUFFIX}"
    if not text and path.exists():
        return
    try:
        with path.open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    text = b"\n" + text
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SergeError(
            f"{path} cannot be written: {error.strerror}. Nothing of yours is lost; sync again."
        ) from error
