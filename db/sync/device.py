"""The name under which a database writes into the shared folder."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.schema import HOME_SETTING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from db.sync.line import Op

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
    own = {
        (int(number), str(at))
        for number, at in connection.execute("select number, at from sync_op where device = ?", [device])
    }
    if not device or moved or any((op.number, op.at) not in own for op in files.get(device, ())):
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
    there = {op.number: op for op in written}
    for number, at, record, field, value in connection.execute(
        "select number, at, record, field, value from sync_op where device = ?", [device]
    ).fetchall():
        op = there.get(number)
        if op is None or (op.at, op.record, op.field, op.value) != (at, record, field, value):
            connection.execute("delete from sync_op where device = ? and number = ?", [device, number])


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
