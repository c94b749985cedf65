"""The name under which a database writes into the shared folder."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.schema import HOME_SETTING
from db.sync.line import Op
from db.sync.values import harmless, is_understood

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

DEVICE_SETTING: Final = "sync_device"
_MACHINE_ID: Final = Path("/etc/machine-id")


def home_of(path: Path) -> str:
    """Return a digest of the machine and the file, which differs for a copy of the file anywhere else."""
    try:
        machine = _MACHINE_ID.read_text("ascii")
    except (OSError, ValueError):
        machine = f"{uuid.getnode():x}"
    real = path.resolve()
    text = f"serge\0{machine}\0{real}\0{real.stat().st_ino}"
    return hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def device_of(connection: sqlite3.Connection, files: dict[str, list[Op]], home: str) -> str:
    """Return this database's device name, making a new one where the old one may belong to another copy.

    That is so if the file was copied or restored since its last sync, or if the folder holds lines under its name that
    it does not know.
    """
    device, known_home = _setting(connection, DEVICE_SETTING), _setting(connection, HOME_SETTING)
    moved = known_home is not None and known_home != home
    own = set(stored_ops(connection, device or ""))
    if not device or moved or any(op not in own for op in files.get(device, ())):
        if device:
            _forget_unwritten(connection, device, files.get(device, ()))
        device = secrets.token_hex(4)
        _store(connection, DEVICE_SETTING, device)
    if known_home != home:
        _store(connection, HOME_SETTING, home)
    return device


def _forget_unwritten(connection: sqlite3.Connection, device: str, written: Iterable[Op]) -> None:
    """Forget the operations of the old name that its file does not have: they are sent again under the new one.

    Another copy may have written others under the same numbers, and those would be taken for these.
    """
    there = set(written)
    for op in stored_ops(connection, device):
        if op not in there:
            connection.execute("delete from sync_op where device = ? and number = ?", [device, op.number])


def stored_ops(connection: sqlite3.Connection, device: str | None = None) -> list[Op]:
    """Return the operations that are stored, of one device or of all, by device and number."""
    rows = connection.execute(
        "select device, number, at, record, field, value, base from sync_op where ?1 is null or device = ?1"
        " order by device, number",
        [device],
    )
    return [op if not is_understood(op) else harmless(op) for op in (Op(*row) for row in rows)]


def forget_home(connection: sqlite3.Connection) -> None:
    """Have the next sync choose a new device name: this file's contents were replaced by a copy."""
    if _setting(connection, DEVICE_SETTING) is not None:
        _store(connection, HOME_SETTING, "")


def _setting(connection: sqlite3.Connection, name: str) -> str | None:
    row = connection.execute("select value from setting where name = ?", [name]).fetchone()
    return None if row is None else str(json.loads(row[0]))


def _store(connection: sqlite3.Connection, name: str, value: str) -> None:
    connection.execute(
        "insert into setting values (?, ?) on conflict (name) do update set value = excluded.value",
        [name, json.dumps(value)],
    )
