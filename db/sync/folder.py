"""Read and write the shared folder (Syncthing, Nextcloud, git, a USB stick): one file for each device.

A device only appends, and only to its own file, so no sync service ever has two versions of a file. `docs/sync.md`
describes the format.
"""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.sync.line import Op, read_line
from db.sync.values import harmless, is_understood
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

PREFIX: Final = "serge-sync-"
SUFFIX: Final = ".jsonl"
_OWNER_ONLY: Final = 0o600
_CONFLICT: Final = re.compile(r"([0-9A-Za-z]+)[^0-9A-Za-z].*", re.DOTALL)
"""What sync services make of a name when two versions met: `….sync-conflict-2026…`, `… (conflicted copy …)`."""


def read_folder(folder: Path) -> tuple[dict[str, list[Op]], list[str]]:
    """Read every device's operations; return them with a sentence for each file that could not be read in full.

    Lines in a file that name another device are left out: a device may only write for itself. A conflict copy is read
    as its device's and named in a sentence. Texts of understood lines are sanitised.
    Raises SergeError if the folder cannot be read.
    """
    if not folder.is_dir():
        raise SergeError(f"{folder} is not a folder; create it where all your machines can reach it, then sync again.")
    found: dict[str, list[Op]] = {}
    warnings = []
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        name = sanitise_line(path.name)
        device = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        copy = _CONFLICT.fullmatch(device)
        if copy is not None:
            device = copy[1]
        if not device.isalnum():
            warnings.append(f"{name} names no machine and was left out.")
            continue
        what = f"{name} is a conflict copy, made by the program that shares the folder when two versions met"
        try:
            lines = path.read_bytes().decode("utf-8", errors="replace").split("\n")
        except OSError as error:
            if copy is not None:
                warnings.append(f"{what}, and could not be read: {error.strerror}. Keep it, and sync again.")
            else:
                warnings.append(f"{name} could not be read: {error.strerror}.")
            continue
        if copy is not None:
            warnings.append(f"{what}; its lines were read too, so you may delete it once every machine has synced.")
        ops = {op.number: op for op in found.get(device, ())}
        skipped = 0
        for line in lines:
            if not line.strip():
                continue
            op = read_line(line)
            if op is None or op.device != device:
                skipped += 1
            else:
                skipped += not is_understood(op)
                op = harmless(op) if is_understood(op) else op
                # Of two lines with one number the same one counts for every machine, whichever file it is in; the
                # other's writer sees that and sends it again.
                ops[op.number] = max(op, ops.get(op.number, op), key=_precedence)
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
        with suppress(OSError):  # a stick without modes, or a folder that may only be read
            if stat.S_IMODE(path.stat().st_mode) != _OWNER_ONLY:
                path.chmod(_OWNER_ONLY)
        return
    try:
        with os.fdopen(os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, _OWNER_ONLY), "ab+") as file:
            if stat.S_IMODE(os.fstat(file.fileno()).st_mode) != _OWNER_ONLY:
                with suppress(OSError):  # a stick without modes
                    os.fchmod(file.fileno(), _OWNER_ONLY)
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


def _precedence(op: Op) -> tuple[bool, str, str, str, str, str]:
    """Order different lines of one number; one that can be stored comes after one that cannot."""
    return is_understood(op), op.at, op.record, op.field, op.value, op.base
