"""Work out the value of every field from the set of all operations: a pure function.

An operation sets one field of one record to a value, and names the operation whose value it replaced (`base`), if its
device knew one. The result depends on the set of operations alone, so merging is a union: commutative, associative and
idempotent, in whatever order files arrive.

Of a field's operations, those that no other one names as its base are its *heads*. One head is the value. More than one
means that devices wrote without knowing of each other: the latest (then the larger device name) wins, and the other
values are kept as a true conflict. A decision about a quotation carries its own time, which counts; for anything else
the time of the line counts.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.sync.values import read_decision

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.sync.line import Op


@dataclass(frozen=True, slots=True)
class Resolution:
    """The outcome for one field: the operation that wins, and those that lost to it in a true conflict."""

    winner: Op
    losers: tuple[Op, ...] = ()


def resolve(ops: Iterable[Op]) -> dict[tuple[str, str], Resolution]:
    """Resolve every field of every record; the keys are (record, field)."""
    by_field: defaultdict[tuple[str, str], dict[str, Op]] = defaultdict(dict)
    for op in ops:
        by_field[op.record, op.field][op.id] = op
    return {key: _resolve_field(list(found.values())) for key, found in by_field.items()}


def _resolve_field(ops: list[Op]) -> Resolution:
    replaced = {op.base for op in ops}
    # Bases that form a circle, which only a damaged file has, leave no head: then every operation is one.
    heads = [op for op in ops if op.id not in replaced] or ops
    heads.sort(key=lambda op: (_moment(op), op.device, op.number))
    winner = heads[-1]
    values = {winner.value}
    losers = []
    for op in reversed(heads[:-1]):
        if op.value not in values:
            values.add(op.value)
            losers.append(op)
    return Resolution(winner, tuple(losers))


def _moment(op: Op) -> str:
    decision = read_decision(op.record, op.value)
    return decision.decided_at if decision else op.at
