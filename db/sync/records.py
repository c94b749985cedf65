"""Turn the reader's own data into records with fields, as other devices receive them, and back.

| record | fields |
|---|---|
| `annotation:KEY` | `kind`, `target`, `anchor`, `colour`, `body`, `tags`, `created_at`, `deleted_at` |
| `correction:RECORD|FIELD` | `value` |
| `review:UID` | `line` (set once, never changed) |
| `card:KEY` | `held` (suspended, flag), `tags` |
| `schedule:fsrs` | `parameters` |
| `candidate:KEY` | `decision` |
| `found:KEY` | `decision` |
| `reading:EDITION` | `stretches` |

An anchor is sent as its words and their first place; each device finds them in its own text.
"""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

from db.annotations import select, store
from db.card_tags import put_tags
from db.corrections import check
from db.found import put_decision
from db.memory_models import adopt_received, fitted_model
from db.models import Anchor, Annotation
from db.models.found_text import FoundDecision
from db.models.memory import FittedModel
from db.overlay import PREFIXES
from db.reading import Stretch, here, put, stretches
from db.review_log import append, same_answer
from db.sync.values import Decision, FittedParameters, FoundDecided, decode_value, to_json
from db.text import sanitise, sanitise_in_place, sanitise_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from db.sync.resolution import Resolution

_PLAIN = ("kind", "target", "colour", "body", "created_at", "deleted_at")


def current_fields(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """Read the value of every field of every record from the database."""
    fields: dict[tuple[str, str], str] = {}
    for annotation in select(connection, "1", []):
        record = f"annotation:{annotation.key}"
        for name in _PLAIN:
            fields[record, name] = to_json(getattr(annotation, name))
        fields[record, "tags"] = to_json(sorted(annotation.tags))
        fields[record, "anchor"] = to_json(asdict(annotation.anchor) if annotation.anchor else None)
    for record, field, value in connection.execute("select record, field, value from correction"):
        fields[f"correction:{record}|{field}", "value"] = to_json(value)
    for row in connection.execute("select card, suspended, flag from card_state where suspended <> 0 or flag <> 0"):
        fields[f"card:{row[0]}", "held"] = to_json([row[1], row[2]])
    tags: dict[str, list[str]] = {}
    for card, tag in connection.execute("select card, tag from card_tag order by tag"):
        tags.setdefault(str(card), []).append(str(tag))
    fields |= {(f"card:{card}", "tags"): to_json(of_card) for card, of_card in tags.items()}
    if (fitted := fitted_model(connection)) is not None:
        fields["schedule:fsrs", "parameters"] = to_json(asdict(fitted))
    for key, *decision in connection.execute(
        f"select key, {', '.join(Decision.__struct_fields__)} from candidate_decision"
    ):
        fields[f"candidate:{key}", "decision"] = to_json(dict(zip(Decision.__struct_fields__, decision, strict=True)))
    for key, *columns in connection.execute(
        f"select key, {', '.join(FoundDecided.__struct_fields__)} from found_decision"
    ):
        fields[f"found:{key}", "decision"] = to_json(dict(zip(FoundDecided.__struct_fields__, columns, strict=True)))
    for (edition,) in connection.execute("select distinct edition from stretch_read").fetchall():
        fields[f"reading:{edition}", "stretches"] = to_json(stretches(connection, edition))
    for uid, *line in connection.execute(
        "select o.uid, r.card, r.kind, r.rating, r.reviewed_at, r.study_day, r.duration_ms, r.given, v.uid"
        " from review r join review_origin o on o.review = r.id left join review_origin v on v.review = r.voids"
        " order by r.id"
    ):
        fields[f"review:{uid}", "line"] = to_json(line)
    return fields


def is_same_value(field: str, one: str, other: str) -> bool:
    """Return whether two values of a field are equal; an anchor's position does not count, its words do."""
    if field != "anchor":
        return one == other
    return _words(one) == _words(other)


def apply_annotation(connection: sqlite3.Connection, key: str, values: Mapping[str, str], at: str) -> None:
    """Store an annotation from its fields. An anchor with the same words keeps its place in this device's text.

    `at` is the time of creation if no field has it.
    """
    found = select(connection, "key = ?", [key])
    before = found[0] if found else None
    read = {name: decode_value("annotation:", name, value) for name, value in values.items()}
    sent = read.get("anchor")
    anchor = None
    if sent is not None:
        # Not `sanitise`: an anchor must keep its length to match the text it was taken from.
        exact, prefix, suffix = map(sanitise_in_place, (sent.exact, sent.prefix, sent.suffix))
        place = (sent.passage, sent.start, sent.end_passage, sent.end)
        anchor = Anchor(sanitise_line(sent.edition), *place, exact, prefix, suffix)
    if before is not None and before.anchor is not None and anchor is not None and _same_words(before.anchor, anchor):
        anchor = before.anchor
    created = read.get("created_at", before.created_at if before else at)
    after = Annotation(
        key, read.get("kind", "note"), sanitise_line(read.get("target", "")), anchor,
        sanitise_line(read.get("colour", "")), sanitise(read.get("body", "")), before.state if before else "anchored",
        created, before.modified_at if before else created or at, read.get("deleted_at", ""),
        tuple(sorted(set(filter(None, map(sanitise_line, read.get("tags", ())))))),
    )  # fmt: skip
    if before is None or replace(before, tags=tuple(sorted(before.tags))) != after:
        store(connection, after)


def apply_correction(connection: sqlite3.Connection, name: str, value: str, at: str) -> str:
    """Store a correction, or delete it; return the record it is about."""
    record, _, field = name.partition("|")
    if value == "null":
        connection.execute("delete from correction where record = ? and field = ?", [record, field])
        return record
    text: str = decode_value("correction:", "value", value)
    connection.execute(
        "insert into correction (record, field, value, created_at) values (?, ?, ?, ?) on conflict (record, field)"
        " do update set value = excluded.value where value <> excluded.value",
        [
            record,
            field,
            check(record, field, text) if record.partition(":")[0] in PREFIXES else sanitise_line(text),
            at,
        ],
    )
    return record


def apply_held(connection: sqlite3.Connection, card: str, value: str) -> None:
    """Suspend or flag a card."""
    suspended, flag = decode_value("card:", "held", value)
    connection.execute(
        "insert into card_state (card, answers, lapses, suspended, buried_until, flag) values (?, 0, 0, ?, '', ?)"
        " on conflict (card) do update set suspended = excluded.suspended, flag = excluded.flag",
        [card, suspended, flag],
    )


def apply_tags(connection: sqlite3.Connection, card: str, value: str) -> None:
    """Store the tags of a card in place of those before."""
    tags = {tag for text in decode_value("card:", "tags", value) if (tag := sanitise_line(text).strip())}
    connection.execute("delete from card_tag where card = ?", [card])
    put_tags(connection, [(card, tag) for tag in sorted(tags)])


def apply_parameters(connection: sqlite3.Connection, value: str) -> None:
    """Schedule with the parameters fitted last on any machine, or with the published ones again."""
    fitted: FittedParameters | None = decode_value("schedule:", "parameters", value)
    if fitted is None:
        adopt_received(connection, None)
    else:
        columns = (fitted.answers, fitted.before, fitted.after, fitted.fitted_at)
        adopt_received(connection, FittedModel(fitted.model, tuple(fitted.weights), *columns))


def apply_decision(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Store a decision on a quotation from a review, or delete it: then the quotation is undecided again."""
    decision: Decision | None = decode_value("candidate:", "decision", value)
    if decision is None:
        connection.execute("delete from candidate_decision where key = ?", [key])
    else:
        connection.execute(
            "insert or replace into candidate_decision values (?, ?, ?, ?, ?, ?, ?, ?)",
            [
                key, decision.state, sanitise(decision.text), sanitise_line(decision.pages),
                sanitise_line(decision.speaker), sanitise_line(decision.about), sanitise_line(decision.source),
                decision.decided_at,
            ],
        )  # fmt: skip


def apply_found(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Store a decision on something found in a text, or delete it: then it is undecided again."""
    decided: FoundDecided | None = decode_value("found:", "decision", value)
    if decided is None:
        connection.execute("delete from found_decision where key = ?", [key])
    else:
        put_decision(connection, clean_decision(key, decided))


def clean_decision(key: str, decided: FoundDecided) -> FoundDecision:
    """Return a decision that came from elsewhere without anything that could steer a terminal."""
    text, sentence, prefix, suffix = map(sanitise, (decided.text, decided.sentence, decided.prefix, decided.suffix))
    card, language, figure, name, addressee, edition = map(
        sanitise_line,
        (decided.card, decided.language, decided.figure, decided.name, decided.addressee, decided.edition),
    )
    return FoundDecision(
        key, decided.kind, decided.state, card, text, sentence, prefix, suffix, language, figure, name, addressee,
        edition, decided.decided_at,
    )  # fmt: skip


def stretches_here(connection: sqlite3.Connection, edition: str, resolution: Resolution) -> list[Stretch]:
    """Return what any device has read of an edition, as stretches of this device's text.

    A stretch that one device marked as unread stays read if another device, not knowing of that, read it.
    """
    ops = (resolution.winner, *resolution.losers)
    lines = [Stretch(*line) for op in ops for line in decode_value("reading:", "stretches", op.value)]
    return here(connection, edition, lines)


def apply_reading(connection: sqlite3.Connection, edition: str, resolution: Resolution) -> None:
    """Store what has been read of an edition, in place of what was stored before."""
    put(connection, edition, stretches_here(connection, edition, resolution))


def apply_reviews(connection: sqlite3.Connection, lines: Mapping[str, str]) -> set[str]:
    """Append answers of other devices to the log, oldest first; return the cards to be replayed."""
    known = dict(connection.execute("select uid, review from review_origin").fetchall())
    fresh = {uid: decode_value("review:", "line", line) for uid, line in lines.items() if uid not in known}
    cards = set()
    # An undo comes after the answer it voids, whatever the clocks of the devices said.
    for uid, line in sorted(fresh.items(), key=lambda item: (item[1][-1] is not None, item[1][3], item[0])):
        *values, void_uid = line
        if void_uid is not None and void_uid not in known:
            continue  # the answer it voids has not arrived yet; the next sync brings both
        values[6] = sanitise_line(values[6])
        card, kind, rating, moment, _, duration, given = values
        if kind == "answer" and (here := same_answer(connection, uid, card, rating, moment, duration, given)):
            known[uid] = here
            continue
        voids = known.get(void_uid) if void_uid is not None else None
        if voids is not None and connection.execute("select 1 from review where voids = ?", [voids]).fetchone():
            continue  # voided here too: one undo is enough
        known[uid] = append(connection, *values, voids=voids, uid=uid)
        cards.add(card)
    return cards


def _words(value: str) -> object:
    anchor = json.loads(value)
    return [anchor[name] for name in ("edition", "exact", "prefix", "suffix")] if isinstance(anchor, dict) else anchor


def _same_words(one: Anchor, other: Anchor) -> bool:
    return (one.edition, one.exact, one.prefix, one.suffix) == (other.edition, other.exact, other.prefix, other.suffix)
