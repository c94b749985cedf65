"""Append rows to the review log, each with an identity of its own that holds on every machine.

The number of a row differs from machine to machine; its UID in `review_origin` does not. A UID is random for an answer
given here, the other machine's for one received by a sync or in an export, and a digest of the answer where there was
no identity: in an export or a log of an earlier version. Digests are recognised by their beginning, since two equal
answers, one of them without an identity, may be one answer that came in twice.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from typing import TYPE_CHECKING, Final

from db.clock import not_before

if TYPE_CHECKING:
    import sqlite3

    from db.models import Rating
    from db.models.keys import ReviewKind

UNIDENTIFIED: Final = ("serge.", "log.")
"""Beginnings of the UIDs that are digests of the answer itself."""
_UID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,79}")


def append(
    connection: sqlite3.Connection,
    card: str,
    kind: ReviewKind,
    rating: Rating | int | None,
    reviewed_at: str,
    study_day: str,
    duration_ms: int = 0,
    given: str = "",
    *,
    voids: int | None = None,
    uid: str = "",
) -> int:
    """Append a row inside the caller's transaction, with a new UID unless it has one; return its number."""
    number = connection.execute(
        "insert into review (card, kind, rating, reviewed_at, study_day, duration_ms, given, voids)"
        " values (?, ?, ?, ?, ?, ?, ?, ?)",
        [card, kind, rating, reviewed_at, study_day, duration_ms, given, voids],
    ).lastrowid
    assert number is not None
    connection.execute("insert into review_origin values (?, ?)", [number, uid or secrets.token_hex(8)])
    return number


def next_moment(connection: sqlite3.Connection, card: str) -> str:
    """Return the time of a new answer to a card: the present, but never before the card's last row.

    A card's rows are replayed in the order of their times, so a clock set back, or another machine's that was ahead,
    must not put a new answer before those it follows.
    """
    (latest,) = connection.execute("select max(reviewed_at) from review where card = ?", [card]).fetchone()
    return not_before(str(latest or ""))


def is_uid(text: str) -> bool:
    """Return whether a text read from a file can be a UID."""
    return _UID.fullmatch(text) is not None


def digest_uid(prefix: str, *parts: object) -> str:
    """Make the UID of an answer that has none: the same for the same answer on every machine."""
    text = "\0".join("" if part is None else str(part) for part in parts)
    return f"{prefix}{hashlib.blake2b(text.encode('utf-8', 'replace'), digest_size=8).hexdigest()}"


def same_answer(
    connection: sqlite3.Connection,
    uid: str,
    card: str,
    rating: int | None,
    reviewed_at: str,
    duration_ms: int,
    given: str,
) -> int | None:
    """Find the row of an answer that came in before under another UID, where one of the two has no identity.

    Two answers with an identity are never taken for one, whatever they have in common.
    """
    rows = connection.execute(
        "select r.id, coalesce(o.uid, '') from review r left join review_origin o on o.review = r.id"
        " where r.card = ? and r.reviewed_at = ? and r.kind = 'answer' and r.rating is ? and r.duration_ms = ?"
        " and r.given = ? order by r.id",
        [card, reviewed_at, rating, duration_ms, given],
    ).fetchall()
    for number, other in rows:
        if not other or uid.startswith(UNIDENTIFIED) or str(other).startswith(UNIDENTIFIED):
            return int(number)
    return None
