"""The reader's things as records with fields, and back: what of them is told to other devices.

| record | fields |
|---|---|
| `annotation:KEY` | `kind`, `target`, `anchor`, `colour`, `body`, `tags`, `created_at`, `deleted_at` |
| `correction:RECORD|FIELD` | `value` |
| `review:UID` | `line` (set once, never changed) |
| `card:KEY` | `held` (suspended, flag) |
| `candidate:KEY` | `decision` |

An anchor is told by its words and where they were first; where a device finds them in its own text is its own affair.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, Final

from db.annotations import select, store
from db.corrections import check
from db.errors import SergeError
from db.models import Anchor, Annotation
from db.overlay import PREFIXES
from db.sync.ops import Decision, read_decision
from db.text import sanitise, sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_KEY: Final = re.compile(r"[a-z0-9-]+")
_DECIDED: Final = frozenset({"accepted", "edited", "rejected"})
_PLAIN = ("kind", "target", "colour", "body", "created_at", "deleted_at")


def present(connection: sqlite3.Connection, device: str) -> dict[tuple[str, str], str]:
    """The value of every field of every record as it stands in the database."""
    fields: dict[tuple[str, str], str] = {}
    for annotation in select(connection, "1", []):
        record = f"annotation:{annotation.key}"
        for name in _PLAIN:
            fields[record, name] = _json(getattr(annotation, name))
        fields[record, "tags"] = _json(sorted(annotation.tags))
        fields[record, "anchor"] = _json(asdict(annotation.anchor) if annotation.anchor else None)
    for record, field, value in connection.execute("select record, field, value from correction"):
        fields[f"correction:{record}|{field}", "value"] = _json(value)
    for row in connection.execute("select card, suspended, flag from card_state where suspended <> 0 or flag <> 0"):
        fields[f"card:{row[0]}", "held"] = _json([row[1], row[2]])
    for key, *decision in connection.execute(
        f"select key, {', '.join(Decision.__struct_fields__)} from candidate_decision"
    ):
        fields[f"candidate:{key}", "decision"] = _json(dict(zip(Decision.__struct_fields__, decision, strict=True)))
    uids = dict(connection.execute("select review, uid from review_origin").fetchall())
    for row in connection.execute(
        "select id, card, kind, rating, reviewed_at, study_day, duration_ms, given, voids from review order by id"
    ):
        number, *values, voids = row
        uid = uids.get(number, f"{device}.{number}")
        void_uid = None if voids is None else uids.get(voids, f"{device}.{voids}")
        fields[f"review:{uid}", "line"] = _json([*values, void_uid])
    return fields


def same(field: str, one: str, other: str) -> bool:
    """Whether two values of a field say the same; an anchor's position is not part of what it says."""
    if field != "anchor":
        return one == other
    return _words(one) == _words(other)


def apply_annotation(connection: sqlite3.Connection, key: str, values: Mapping[str, str]) -> None:
    """Write an annotation as its fields say. What of it is known here keeps its place in this device's text."""
    found = select(connection, "key = ?", [key])
    before = found[0] if found else None
    decoded: dict[str, Any] = {name: json.loads(value) for name, value in values.items()}
    told = decoded.get("anchor")
    anchor = Anchor(**told) if isinstance(told, dict) else None
    if before is not None and before.anchor is not None and anchor is not None and _same_words(before.anchor, anchor):
        anchor = before.anchor
    after = Annotation(
        key, decoded.get("kind", "note"), decoded.get("target", ""), anchor, decoded.get("colour", ""),
        decoded.get("body", ""), before.state if before else "anchored", decoded.get("created_at", ""),
        before.modified_at if before else decoded.get("created_at", ""), decoded.get("deleted_at", ""),
        tuple(decoded.get("tags", ())),
    )  # fmt: skip
    if before is None or replace(before, tags=tuple(sorted(before.tags))) != after:
        store(connection, after)


def understood(record: str, value: str) -> bool:
    """Whether what was told of a record can be written here; what cannot is kept as it was told, for others."""
    kind, _, name = record.partition(":")
    if value == "null":
        return True
    if kind == "correction":
        return _corrected(name, value) is not None
    decision = read_decision(value) if kind == "candidate" else None
    return kind != "candidate" or (decision is not None and decision.state in _DECIDED)


def _corrected(name: str, value: str) -> tuple[str, str, str] | None:
    """Record, field and value of a correction; None for what no reader could have said."""
    record, _, field = name.partition("|")
    text = json.loads(value)
    kind, _, key = record.partition(":")
    if not isinstance(text, str):
        return None
    if kind not in PREFIXES:
        return record, field, text
    try:
        return (record, field, check(record, field, text)) if _KEY.fullmatch(key) else None
    except SergeError:
        return None


def apply_correction(connection: sqlite3.Connection, name: str, value: str, at: str) -> str:
    """Write a correction, or take it back; gives the record it is about, empty for what is no correction."""
    if value == "null":
        record, _, field = name.partition("|")
        connection.execute("delete from correction where record = ? and field = ?", [record, field])
        return record
    told = _corrected(name, value)
    if told is None:
        return ""
    connection.execute(
        "insert into correction (record, field, value, created_at) values (?, ?, ?, ?) on conflict (record, field)"
        " do update set value = excluded.value where value <> excluded.value",
        [*told, at],
    )
    return told[0]


def apply_held(connection: sqlite3.Connection, card: str, value: str) -> None:
    """Suspend or flag a card as told."""
    suspended, flag = json.loads(value)
    connection.execute(
        "insert into card_state (card, answers, lapses, suspended, buried_until, flag) values (?, 0, 0, ?, '', ?)"
        " on conflict (card) do update set suspended = excluded.suspended, flag = excluded.flag",
        [card, suspended, flag],
    )


def apply_decision(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Judge a quotation of a review as told, or let it wait again; what is no decision changes nothing."""
    if value == "null":
        connection.execute("delete from candidate_decision where key = ?", [key])
    elif understood(f"candidate:{key}", value) and (decision := read_decision(value)):
        connection.execute(
            "insert or replace into candidate_decision values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                key, decision.state, sanitise(decision.text), sanitise_line(decision.pages),
                sanitise_line(decision.speaker), sanitise_line(decision.about), sanitise_line(decision.source),
                decision.decided_at,
            ],
        )  # fmt: skip


def apply_reviews(connection: sqlite3.Connection, device: str, lines: Mapping[str, str]) -> set[str]:
    """Append answers of other devices to the log, oldest first; gives the cards whose state must be worked out anew."""
    known = dict(connection.execute("select uid, review from review_origin").fetchall())
    own = {f"{device}.{number}": number for (number,) in connection.execute("select id from review")}
    named = set(known.values())
    known = {**{uid: number for uid, number in own.items() if number not in named}, **known}
    fresh = {uid: json.loads(line) for uid, line in lines.items() if uid not in known}
    cards = set()
    # An undo comes after the answer it voids, whatever the clocks of the devices said.
    for uid, line in sorted(fresh.items(), key=lambda item: (item[1][-1] is not None, item[1][3], item[0])):
        *values, void_uid = line
        if void_uid is not None and void_uid not in known:
            continue  # the answer it voids has not arrived yet; the next sync brings both
        # An answer that came in from an export before bears another name; card and microsecond tell that it is here.
        here = connection.execute(
            "select id from review where reviewed_at = ? and card = ? and kind = ? and kind = 'answer'",
            [values[3], values[0], values[1]],
        ).fetchone()
        if here is not None:
            known[uid] = here[0]
            continue
        voids = known.get(void_uid) if void_uid is not None else None
        if voids is not None and connection.execute("select 1 from review where voids = ?", [voids]).fetchone():
            continue  # voided here too: one undo is enough
        cursor = connection.execute(
            "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given, voids)"
            " values (?, ?, ?, ?, ?, ?, ?, ?)",
            [*values, voids],
        )
        assert cursor.lastrowid is not None
        connection.execute("insert into review_origin values (?, ?)", [cursor.lastrowid, uid])
        known[uid] = cursor.lastrowid
        cards.add(str(values[0]))
    return cards


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _words(value: str) -> object:
    anchor = json.loads(value)
    return [anchor[name] for name in ("edition", "exact", "prefix", "suffix")] if isinstance(anchor, dict) else anchor


def _same_words(one: Anchor, other: Anchor) -> bool:
    return (one.edition, one.exact, one.prefix, one.suffix) == (other.edition, other.exact, other.prefix, other.suffix)
