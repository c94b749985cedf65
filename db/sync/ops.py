"""What devices tell one another, and what it amounts to: a pure function of the set of everything told.

An operation sets one field of one record to a value, and names the operation whose value it replaced (`base`), if its
device knew one. The state is worked out from the set of operations alone, so merging is a union: commutative,
associative and idempotent, whatever the order in which files arrive.

Of a field's operations, those that no other one names as its base are its *heads*. One head is the value. More than one
means that devices wrote without knowing of one another: the latest (then the larger device name) wins, and the other
values are kept beside it as a true conflict. A decision about a quotation says itself when it was made, and that
counts; of anything else the line does.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import msgspec

from db.sync.values import YEARS, read_decision

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT: Final = 1
"""Version of the line format; a reader skips lines of a later one and says so."""


@dataclass(frozen=True, slots=True)
class Op:
    """One line of a device's file.

    `number` counts from 1 within a device; `at` is ISO 8601 in UTC and never goes back within a device; `value` is
    JSON text; `base` is the id of the operation replaced, empty for the first.
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
        """Name of the operation among all devices."""
        return f"{self.device}:{self.number}"

    def line(self) -> str:
        """The operation as one line of JSON, without its end."""
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
    """Read a line; None if it is torn, foreign or of a later format."""
    try:
        read = msgspec.json.decode(line, type=_Line)
        msgspec.json.decode(read.value)
        moment = datetime.fromisoformat(read.at)
    except (ValueError, RecursionError):
        return None
    if read.v != FORMAT or not (read.device.isalnum() and read.record and read.field):
        return None
    if not 1 <= read.number < 2**53 or moment.year not in YEARS:
        return None
    return Op(read.device, read.number, read.at, read.record, read.field, read.value, read.base)


def _moment(op: Op) -> str:
    decision = read_decision(op.value) if op.record.startswith("candidate:") else None
    return decision.decided_at if decision else op.at


@dataclass(frozen=True, slots=True)
class Resolved:
    """What a field amounts to: the operation that holds, and those that lost to it in a true conflict."""

    holds: Op
    lost: tuple[Op, ...] = ()


def resolve(ops: Iterable[Op]) -> dict[tuple[str, str], Resolved]:
    """What every field of every record amounts to, by record and field."""
    by_field: defaultdict[tuple[str, str], dict[str, Op]] = defaultdict(dict)
    for op in ops:
        by_field[op.record, op.field][op.id] = op
    return {key: _resolve_field(list(found.values())) for key, found in by_field.items()}


def _resolve_field(ops: list[Op]) -> Resolved:
    replaced = {op.base for op in ops}
    # Bases that go round in a circle, which only a spoilt file has, leave no head: then all are.
    heads = [op for op in ops if op.id not in replaced] or ops
    heads.sort(key=lambda op: (_moment(op), op.device, op.number))
    holds = heads[-1]
    values = {holds.value}
    lost = []
    for op in reversed(heads[:-1]):
        if op.value not in values:
            values.add(op.value)
            lost.append(op)
    return Resolved(holds, tuple(lost))
