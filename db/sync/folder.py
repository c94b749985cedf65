"""Read and write the shared folder (Syncthing, Nextcloud, git, a USB stick): one file for each device.

A device only appends, and only to its own file, so no sync service ever has two versions of a file. `docs/sync.md`
describes the format.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.sync.line import Op, read_line
from db.sync.values import is_understood
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PREFIX: Final = "serge-sync-"
SUFFIX: Final = ".jsonl"
_CONFLICT: Final = re.compile(r"([0-9A-Za-z]+)[^0-9A-Za-z].*", re.DOTALL)
"""What sync services make of a name when two versions met: `….sync-conflict-2026…`, `… (conflicted copy …)`."""


def read_folder(folder: Path) -> tuple[dict[str, list[Op]], list[str]]:
    """Read every device's operations; return them with a sentence for each file that could not be read in full.

    Lines in a file that name another device are left out: a device may only write for itself.
    Raises SergeError if the folder cannot be read.
    """
    if not folder.is_dir():
        raise SergeError(f"{folder} is not a folder; create it where all your machines can reach it, then sync again.")
    found: dict[str, list[Op]] = {}
    warnings = []
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        name = sanitise_line(path.name)
        device = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        is_conflict = False
        if (copy := _CONFLICT.fullmatch(device)) is not None:
            device, is_conflict = copy[1], True
            warnings.append(
                f"{name} is a copy made when two versions met; its lines were read too. Delete it once all are synced."
            )
        try:
            lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
        except OSError as error:
            warnings.append(f"{name} could not be read: {error.strerror}.")
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
                skipped += not is_understood(op)
                ops[op.number] = op
        before = {op.number: op for op in found.get(device, ())}
        # Of two lines with one number that of the device's own file counts; the other's writer sends it again.
        ops = {**ops, **before} if is_conflict else {**before, **ops}
        found[device] = [ops[number] for number in sorted(ops)]
        if skipped:
            lost = "1 line could not be read and was" if skipped == 1 else f"{skipped} lines could not be read and were"
            warnings.append(f"{name}: {lost} left out.")
    return found, warnings


def append(folder: Path, device: str, ops: Iterable[Op]) -> None:
    """Append operations to a device's own file, and flush them to the disk before returning.

    A line torn by an earlier crash is ended first, so that it spoils only itself. A device with nothing to send
    has an empty file, so that the others know of it. Raises SergeError if the file cannot be written.
    """
    text = "".join(f"{op.line()}\n" for op in ops).encode()
    path = folder / f"{PREFIX}{device}{SUFFIX}"
    if not text and path.exists():
        return
    try:
        path.touch(mode=0o600, exist_ok=True)
        with path.open("ab+") as file:
            if os.fstat(file.fileno()).st_mode & 0o077:
                with suppress(OSError):  # a stick without modes
                    path.chmod(0o600)
            if file.tell():
                file.seek(-1, os.SEEK_END)
                if file.read(1) != b"\n":
                    text = b"\n" + text
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise SergeError(
            f"{path} cannot be written: {error.strerror}. Nothing is lost; free the folder for writing and sync again."
        ) from error
