"""One line of a device's file: what it says, how it is written and how it is read."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

import msgspec

FORMAT: Final = 1
"""Version of the line format; lines of a later one are skipped and reported."""
YEARS: Final = range(1900, 2200)
"""Years in which a time may lie."""
_MOMENT: Final = re.compile(r"[0-9TWZ:.,+ -]+")
"""Characters of a time: Python reads any other between date and time too, an escape among them."""
_BASE: Final = re.compile(r"(?:[^\W_]+:[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Op:
    """An operation: set one field of one record to a value.

    `number` counts from 1 within a device; `at` is ISO 8601 in UTC and never goes back within a device; `value` is
    JSON text; `base` is the id of the operation whose value this one replaced, empty for the first.
    """

    device: str
    number: int
    at: str
    record: str
    field: str
    value: str
    base: str = ""

    @property
    def id(self) -> str:
        """Return the name of the operation, unique among all devices."""
        return f"{self.device}:{self.number}"

    def line(self) -> str:
        """Write the operation as one line of JSON, without a line end."""
        return json.dumps({"v": FORMAT, **asdict(self)}, ensure_ascii=False, separators=(",", ":"))


class _Line(msgspec.Struct, frozen=True):
    v: int
    device: str
    number: int
    at: str
    record: str
    field: str
    value: str
    base: str


def read_line(line: str) -> Op | None:
    """Read a line; return None if it is torn, not ours, or of a later format."""
    try:
        read = msgspec.json.decode(line, type=_Line)
        msgspec.json.decode(read.value)
        read_moment(read.at)
    except (ValueError, RecursionError):
        return None
    if read.v != FORMAT or not (read.device.isalnum() and read.record and read.field):
        return None
    if not 1 <= read.number < 2**53 or not _BASE.fullmatch(read.base):
        return None
    return Op(read.device, read.number, read.at, read.record, read.field, read.value, read.base)


def read_moment(moment: str) -> datetime:
    """Read a time. Raises ValueError if it is none, or too far away to calculate with."""
    if not _MOMENT.fullmatch(moment):
        raise ValueError("not a time")
    read = datetime.fromisoformat(moment)
    if read.year not in YEARS:
        raise ValueError("a year out of range")
    return read
