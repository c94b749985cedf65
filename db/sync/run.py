"""One sync: send what is new here and receive what is new elsewhere, in one transaction."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.annotations import select, store
from db.chapter_corrections import show_corrected_chapters
from db.clock import not_before
from db.edition_corrections import show_title
from db.links import settle_told
from db.overlay import lay_over
from db.schema.identity import identify_answers
from db.sync.device import device_of, home_of, stored_ops
from db.sync.folder import append, read_folder
from db.sync.line import Op
from db.sync.records import (
    apply_annotation,
    apply_correction,
    apply_decision,
    apply_found,
    apply_held,
    apply_parameters,
    apply_reading,
    apply_reviews,
    apply_tags,
    current_fields,
    is_same_value,
    stretches_here,
)
from db.sync.resolution import Resolution, resolve
from db.sync.values import decode_value, harmless_value, is_understood
from db.text import sanitise

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from pathlib import Path

    from db.library import Library

CONFLICT_TAG: Final = "conflict"
_CAN_BE_GONE: Final = ("correction:", "card:", "candidate:", "found:", "schedule:")
"""Beginnings of the records that are told to be gone once they are no longer here."""
_EMPTY: Final = {"held": "[0,0]", "tags": "[]"}
"""What is sent of a card's field when nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Synced:
    """Result of one sync.

    Attributes:
        device: Name of this device.
        sent: Operations written to the folder.
        received: Operations of other devices that were applied.
        conflicts: Notes whose text was changed on both machines.
        cards: Cards whose states must be replayed.
        devices: Names of the other devices in the folder.
        warnings: Sentences on files and lines that could not be read.
    """

    device: str
    sent: int
    received: int
    conflicts: int
    cards: frozenset[str]
    devices: tuple[str, ...]
    warnings: tuple[str, ...]


def sync(library: Library, folder: Path) -> Synced:
    """Synchronise this device with the folder.

    The database is changed in one transaction. The device's own lines are written to the folder afterwards: after a
    crash in between, the next sync writes them, and no line is ever in the folder that is not in the database.

    Raises:
        SergeError: The folder cannot be read or written.
    """
    files, warnings = read_folder(folder)
    home = home_of(library.path)
    device, sent, received, conflicts, cards = library.writer.run(lambda connection: _merge(connection, files, home))
    written = {op.number for op in files.get(device, ())}
    append(folder, device, (op for op in stored_ops(library.reader(), device) if op.number not in written))
    others = tuple(name for name in files if name != device)
    return Synced(device, sent, received, conflicts, frozenset(cards), others, tuple(warnings))


def _merge(
    connection: sqlite3.Connection, files: dict[str, list[Op]], home: str
) -> tuple[str, int, int, int, set[str]]:
    identify_answers(connection)
    device = device_of(connection, files, home)
    known = {(op.device, op.number): op for op in stored_ops(connection)}
    told = {(op.device, op.number): op for ops in files.values() for op in ops if is_understood(op)}
    # The folder counts, so that all machines have the same; what this one had instead is sent in its own name.
    replaced = [known[key] for key, op in told.items() if known.get(key, op) != op]
    # What is new here must refer to what this device knew, so it is collected before anything is received.
    fresh = _own_changes(connection, device, known.values(), files, replaced)
    incoming = [op for key, op in told.items() if known.get(key) != op]
    for op in (*fresh, *incoming):
        known[op.device, op.number] = op
        connection.execute(
            "insert or replace into sync_op values (?, ?, ?, ?, ?, ?, ?)",
            [op.device, op.number, op.at, op.record, op.field, op.value, op.base],
        )
    touched = {op.record for op in (*incoming, *replaced)}
    # All answers are looked at, not only the new ones: an undo may have arrived before the answer it voids.
    resolved = {
        key: value
        for key, value in resolve(filter(is_understood, known.values())).items()
        if key[0] in touched or key[0].startswith("review:")
    }
    conflicts, cards = _apply(connection, resolved)
    return device, len(fresh), len(incoming), conflicts, cards


def _own_changes(
    connection: sqlite3.Connection,
    device: str,
    known: Iterable[Op],
    files: dict[str, list[Op]],
    replaced: Iterable[Op],
) -> list[Op]:
    known = list(known)
    resolved = resolve(filter(is_understood, known))
    number = max((op.number for op in (*known, *files.get(device, ())) if op.device == device), default=0)
    latest = max((op.at for op in known), default="")
    at = not_before(latest)
    known_elsewhere = {op.record for ops in files.values() for op in ops if op.record.startswith("review:")}
    changes: list[Op] = []

    def send(record: str, field: str, value: str, *bases: Op) -> None:
        for base in bases or (None,):
            op = Op(device, number + len(changes) + 1, at, record, field, value, base.id if base else "")
            if is_understood(op):
                changes.append(op)

    fields = {key: harmless_value(key[1], value) for key, value in current_fields(connection).items()}
    for (record, field), value in fields.items():
        before = resolved.get((record, field))
        if record.startswith("reading:"):
            continue
        if before is not None and is_same_value(field, before.winner.value, value):
            continue
        if record.startswith("review:") and (before is not None or record in known_elsewhere):
            continue
        send(record, field, value, *([before.winner] if before else []))
    for (record, field), before in resolved.items():
        gone = (
            record.startswith(("correction:", "card:", "candidate:", "found:", "schedule:"))
            and (record, field) not in fields
        )
        empty = _EMPTY.get(field, "null")
        if gone and before.winner.value != empty:
            send(record, field, empty, before.winner)
    for record, field in {**fields, **resolved}:
        if record.startswith("reading:"):
            value, before = fields.get((record, field), "[]"), resolved.get((record, field))
            there = stretches_here(connection, record.removeprefix("reading:"), before) if before else []
            if [list(stretch) for stretch in there] != json.loads(value):
                # It replaces every value known here, so it names each as a base: none comes back when they are united.
                send(record, field, value, *([before.winner, *before.losers] if before else []))
    for op in replaced:
        changes.append(Op(device, number + len(changes) + 1, at, op.record, op.field, op.value, op.base))
    return changes


def _apply(connection: sqlite3.Connection, resolved: dict[tuple[str, str], Resolution]) -> tuple[int, set[str]]:
    annotations: dict[str, dict[str, str]] = {}
    reviews: dict[str, str] = {}
    made: dict[str, str] = {}
    corrected: dict[str, None] = {}
    conflicts = 0
    for (record, field), value in sorted(resolved.items()):
        kind, _, name = record.partition(":")
        match kind:
            case "annotation":
                annotations.setdefault(name, {})[field] = value.winner.value
                made[name] = min(made.get(name, value.winner.at), value.winner.at)
            case "correction":
                corrected[apply_correction(connection, name, value.winner.value, value.winner.at)] = None
            case "card" if field == "tags":
                apply_tags(connection, name, value.winner.value)
            case "card":
                apply_held(connection, name, value.winner.value)
            case "schedule":
                apply_parameters(connection, value.winner.value)
            case "candidate":
                apply_decision(connection, name, value.winner.value)
            case "found":
                apply_found(connection, name, value.winner.value)
            case "reading":
                apply_reading(connection, name, value)
            case "review":
                reviews[name] = value.winner.value
    for record in corrected:
        lay_over(connection, record)
        settle_told(connection, record)
        show_title(connection, record)
        show_corrected_chapters(connection, record)
    for key, values in annotations.items():
        apply_annotation(connection, key, values, made[key])
    for (record, field), value in sorted(resolved.items()):
        if record.startswith("annotation:") and field == "body":
            for loser in value.losers:
                conflicts += _keep_both(connection, record.removeprefix("annotation:"), loser)
    return conflicts, apply_reviews(connection, reviews)


def _keep_both(connection: sqlite3.Connection, key: str, loser: Op) -> int:
    """Keep the losing text of a note as a note of its own beside the winner; its key is the same on every device."""
    text = sanitise(decode_value(loser.record, loser.field, loser.value))
    if not text:
        return 0
    twin = hashlib.blake2b(f"{key}\0{loser.id}".encode(), digest_size=8).hexdigest()
    if select(connection, "key = ?", [twin]):
        return 0
    (winner,) = select(connection, "key = ?", [key])
    store(
        connection,
        type(winner)(
            twin, "note", winner.target, winner.anchor, winner.colour, text, winner.state, winner.created_at,
            winner.modified_at, "", tuple(sorted({*winner.tags, CONFLICT_TAG})),
        ),
    )  # fmt: skip
    return 1
