"""Which values each record may have; other lines are left out, so that nothing is stored that cannot be read.

A line of an unknown kind or field, from a later program, is left out too; that program will read it.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from db.corrections import check
from db.errors import SergeError
from db.models import AnnotationKind
from db.overlay import PREFIXES
from db.reading import WORDS_KEPT
from db.sync.line import YEARS
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.sync.line import Op

LONGEST_KEY: Final = 2_000
"""Most characters in a key from another device."""
_KEY: Final = re.compile(r"[a-z0-9-]+")

Count = Annotated[int, Meta(ge=0, lt=2**31)]
_Words = Annotated[str, Meta(max_length=WORDS_KEPT)]


class _Anchor(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    edition: str
    passage: Count
    start: Count
    end_passage: Count
    end: Count
    exact: str
    prefix: str
    suffix: str


class Decision(msgspec.Struct, frozen=True):
    """The reader's decision on a quotation from a review; the fields are columns of `candidate_decision`."""

    state: Literal["accepted", "edited", "rejected"]
    text: str
    pages: str
    speaker: str
    about: str
    source: str
    decided_at: str


Line = tuple[str, Literal["answer", "undo", "quiz"], Literal[1, 2, 3, 4] | None, str, str, Count, str, str | None]
"""An answer: card, kind, rating, time, study day, milliseconds, typed text, the UID of the answer it voids."""
Told = tuple[Count, Count, Count, Count, Count, _Words, _Words]
"""A stretch read: passage, start, end passage, end, characters, its first and last words."""

_TYPES: Final[dict[tuple[str, str], Any]] = {
    ("annotation", "kind"): AnnotationKind,
    ("annotation", "target"): str,
    ("annotation", "colour"): str,
    ("annotation", "body"): str,
    ("annotation", "created_at"): str,
    ("annotation", "deleted_at"): str,
    ("annotation", "tags"): list[str],
    ("annotation", "anchor"): _Anchor | None,
    ("correction", "value"): str | None,
    ("review", "line"): Line,
    ("card", "held"): tuple[Literal[0, 1], Annotated[int, Meta(ge=0, le=7)]],
    ("candidate", "decision"): Decision | None,
    ("reading", "stretches"): Annotated[list[Told], Meta(max_length=100_000)],
}


@lru_cache(maxsize=32)
def _decoder(kind: str, field: str) -> msgspec.json.Decoder[Any] | None:
    wanted = _TYPES.get((kind, field))
    return None if wanted is None else msgspec.json.Decoder(wanted)


def decode_value(record: str, field: str, value: str) -> Any:
    """Decode a value. Raises ValueError if no program of this version writes such a value."""
    decoder = _decoder(record.partition(":")[0], field)
    if decoder is None:
        raise ValueError("unknown kind of record or field")
    try:
        return decoder.decode(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_decision(value: str) -> Decision | None:
    """Read a decision; return None if it was taken back or cannot be read."""
    try:
        decision: Decision | None = decode_value("candidate:", "decision", value)
        if decision is not None:
            _time(decision.decided_at)
    except ValueError:
        return None
    return decision


def is_understood(op: Op) -> bool:
    """Return whether this program can store the line."""
    return is_valid(op.record, op.field, op.value)


def is_valid(record: str, field: str, value: str) -> bool:
    """Return whether this program can store the value."""
    kind, _, name = record.partition(":")
    if not name or len(name) > LONGEST_KEY or (kind != "correction" and sanitise_line(name) != name):
        return False
    try:
        said = decode_value(record, field, value)
        if said is not None and (more := _MORE.get((kind, field))) is not None:
            more(name, said)
    except (ValueError, SergeError):
        return False
    return True


def _correction(name: str, text: str) -> None:
    record, _, field = name.partition("|")
    kind, _, key = record.partition(":")
    if not field:
        raise ValueError("no field")
    if kind in PREFIXES:
        if not _KEY.fullmatch(key):
            raise ValueError("no record")
        check(record, field, text)


def _line(_: str, line: Line) -> None:
    kind, rating, moment, day, void = line[1], line[2], line[3], line[4], line[7]
    if (rating is not None) != (kind == "answer") or (void is not None) != (kind == "undo"):
        raise ValueError("neither an answer nor an undo")
    if sanitise_line(line[0]) != line[0] or len(line[0]) > LONGEST_KEY:
        raise ValueError("no key of a card")
    if _time(moment).utcoffset() is None or date.fromisoformat(day).isoformat() != day:
        raise ValueError("not a time")
    _time(day)


def _decision(_: str, decision: Decision) -> None:
    _time(decision.decided_at)


def _made(_: str, moment: str) -> None:
    if moment:  # nothing: an imported highlight whose time nobody knows
        _time(moment)


def _deleted(_: str, moment: str) -> None:
    if moment:
        _time(moment)


def _time(moment: str) -> datetime:
    """Read a time. Raises ValueError if it is none, or too far away to calculate with."""
    read = datetime.fromisoformat(moment)
    if read.year not in YEARS:
        raise ValueError("a year out of range")
    return read


_MORE: Final[dict[tuple[str, str], Callable[[str, Any], None]]] = {
    ("annotation", "created_at"): _made,
    ("annotation", "deleted_at"): _deleted,
    ("correction", "value"): _correction,
    ("review", "line"): _line,
    ("candidate", "decision"): _decision,
}
