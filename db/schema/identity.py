"""Statements and steps of the eleventh migration: every row of the review log gets an identity.

Up to then an answer received from another machine was dropped if one here had the same card and time, and two machines
whose clocks differed could give two answers the same time. Each kept only its own; the other's is still in `sync_op`.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Final

from db.schema import REPLAY_SETTING

if TYPE_CHECKING:
    import sqlite3

_ROW: Final = "card, kind, rating, reviewed_at, study_day, duration_ms, given"


def identify_answers(connection: sqlite3.Connection) -> None:
    """Give every row of the log that has no UID one, inside the caller's transaction.

    An answer sent to other machines is known there by device and number. Any other gets a digest of its contents, so
    that two copies of one database agree on it.
    """
    sent = {
        str(record).removeprefix("review:")
        for (record,) in connection.execute("select record from sync_op where field = 'line'")
    }
    row = connection.execute("select value from setting where name = 'sync_device'").fetchone()
    device = str(row[0]).strip('"') if row else ""
    taken = {str(uid) for (uid,) in connection.execute("select uid from review_origin")}
    rows = connection.execute(
        f"select id, {_ROW}, voids from review where id not in (select review from review_origin) order by id"
    ).fetchall()
    ranks: Counter[tuple[str, str]] = Counter()
    for number, *parts in rows:
        # Answers of one moment keep their order, which the replay of a card needs: their rank comes first.
        moment = (str(parts[0]), str(parts[3]))
        text = "\0".join("" if part is None else str(part) for part in (*parts[:-1], ranks[moment]))
        digest = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()
        told, made = f"{device}.{number}", f"log.{ranks[moment]:03}{digest}"
        ranks[moment] += 1
        uid = told if told in sent and told not in taken else made
        taken.add(uid)
        connection.execute("insert into review_origin values (?, ?)", [number, uid])


def recover_answers(connection: sqlite3.Connection) -> None:
    """Append the answers that were received once and dropped, and note whose cards must be replayed."""
    known = {str(uid): int(number) for uid, number in connection.execute("select uid, review from review_origin")}
    lines: dict[str, list[object]] = {}
    for record, value in connection.execute(
        "select record, value from sync_op where field = 'line' and record like 'review:%' order by at, device, number"
    ):
        uid = str(record).removeprefix("review:")
        line = json.loads(value)
        if uid not in known and isinstance(line, list) and len(line) == 8:
            lines[uid] = line
    cards = set()
    # An answer comes before the undo that voids it.
    for uid, (*values, void_uid) in sorted(lines.items(), key=lambda item: (item[1][7] is not None, str(item[1][3]))):
        voids = None
        if void_uid is not None:
            voids = known.get(str(void_uid))
            voided = connection.execute("select 1 from review where voids = ?", [voids]).fetchone()
            if voids is None or voided:
                continue
        elif values[1] == "answer":
            # What came in from a history without identities may be this very answer.
            same = connection.execute(
                "select r.id from review r join review_origin o on o.review = r.id where r.card = ? and r.kind = ?"
                " and r.rating is ? and r.reviewed_at = ? and r.study_day = ? and r.duration_ms = ? and r.given = ?"
                " and (o.uid like 'serge.%' or o.uid like 'log.%')",
                values,
            ).fetchone()
            if same:
                known[uid] = int(same[0])
                continue
        number = connection.execute(
            f"insert into review ({_ROW}, voids) values (?, ?, ?, ?, ?, ?, ?, ?)", [*values, voids]
        ).lastrowid
        assert number is not None
        connection.execute("insert into review_origin values (?, ?)", [number, uid])
        known[uid] = number
        cards.add(str(values[0]))
    if cards:
        connection.execute("insert or replace into setting values (?, ?)", [REPLAY_SETTING, json.dumps(sorted(cards))])
