"""Which values each record may have; other lines are left out, so that nothing is stored that cannot be read.

A line of an unknown kind or field, from a later program, is left out too; that program will read it.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal

import msgspec
from msgspec import Meta

from db.corrections import check
from db.errors import SergeError
from db.models import AnnotationKind, ReviewKind
from db.models.memory import are_sound
from db.overlay import PREFIXES
from db.reading import WORDS_KEPT
from db.sync.line import read_moment
from db.text import sanitise, sanitise_in_place, sanitise_line

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


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reader's decision on a quotation from a review; the fields are columns of `candidate_decision`."""

    state: Literal["accepted", "edited", "rejected"]
    text: str
    pages: str
    speaker: str
    about: str
    source: str
    decided_at: str


class FoundDecided(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The reader's decision on something found in a text; the fields are columns of `found_decision`."""

    kind: Literal["portrait", "saying"]
    state: Literal["kept", "skipped", "rejected"]
    card: Annotated[str, Meta(max_length=LONGEST_KEY)]
    text: str
    sentence: str
    prefix: str
    suffix: str
    language: str
    figure: str
    name: str
    addressee: str
    edition: str
    decided_at: str


class FittedParameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The parameters of the schedule that were fitted on one machine; the fields are columns of `memory_model`."""

    model: Annotated[str, Meta(pattern="^fsrs-6:[0-9a-f]{8}$")]
    weights: list[float]
    answers: Count
    before: float
    after: float
    fitted_at: str


_Tag = Annotated[str, Meta(min_length=1, max_length=60)]
Line = tuple[str, ReviewKind, Literal[1, 2, 3, 4] | None, str, str, Count, str, str | None]
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
    ("card", "tags"): list[_Tag],
    ("card", "held"): tuple[Literal[0, 1], Annotated[int, Meta(ge=0, le=7)]],
    ("schedule", "parameters"): FittedParameters | None,
    ("candidate", "decision"): Decision | None,
    ("found", "decision"): FoundDecided | None,
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


def read_decision(record: str, value: str) -> Decision | FoundDecided | None:
    """Read a decision; return None if it was taken back, cannot be read, or the record is of another kind."""
    if record.partition(":")[0] not in ("candidate", "found"):
        return None
    try:
        decision: Decision | FoundDecided | None = decode_value(record, "decision", value)
        if decision is not None:
            read_moment(decision.decided_at)
    except ValueError:
        return None
    return decision


def is_understood(op: Op) -> bool:
    """Return whether this program can store the line."""
    return is_valid(op.record, op.field, op.value)


def harmless(op: Op) -> Op:
    """Return an understood operation without anything that could steer a terminal: so it is stored and compared."""
    value = harmless_value(op.field, op.value)
    return op if value == op.value else replace(op, value=value)


def harmless_value(field: str, value: str) -> str:
    """Sanitise every text in a value; a value that is harmless already is returned as it was written."""
    if "\\" not in value and sanitise_in_place(value) == value:
        return value
    # The words of a place in a text must keep their length to match the text they were taken from.
    clean = sanitise_in_place if field in {"anchor", "stretches"} else sanitise
    read = json.loads(value)
    after = _each_text(read, clean)
    return value if after == read and sanitise_in_place(value) == value else to_json(after)


def to_json(value: object) -> str:
    """Write a value in the form it has in a line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _each_text(value: object, clean: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, list):
        return [_each_text(item, clean) for item in value]
    if isinstance(value, dict):
        return {name: _each_text(item, clean) for name, item in value.items()}
    return value


def is_valid(record: str, field: str, value: str) -> bool:
    """Return whether this program can store the value."""
    kind, _, name = record.partition(":")
    if not name or len(name) > LONGEST_KEY or sanitise_in_place(name) != name or "\n" in name:
        return False
    if kind != "correction" and sanitise_line(name) != name:
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
    if read_moment(moment).utcoffset() is None or date.fromisoformat(day).isoformat() != day:
        raise ValueError("not a time")
    read_moment(day)


def _decision(_: str, decision: Decision | FoundDecided) -> None:
    read_moment(decision.decided_at)


def _parameters(name: str, fitted: FittedParameters) -> None:
    read_moment(fitted.fitted_at)
    if name != "fsrs" or not are_sound(fitted.weights) or not isfinite(fitted.before + fitted.after):
        raise ValueError("no parameters of the schedule")


def _made(_: str, moment: str) -> None:
    if moment:  # nothing: an imported highlight whose time nobody knows
        read_moment(moment)


def _deleted(_: str, moment: str) -> None:
    if moment:
        read_moment(moment)


_MORE: Final[dict[tuple[str, str], Callable[[str, Any], None]]] = {
    ("annotation", "created_at"): _made,
    ("annotation", "deleted_at"): _deleted,
    ("correction", "value"): _correction,
    ("review", "line"): _line,
    ("candidate", "decision"): _decision,
    ("schedule", "parameters"): _parameters,
    ("found", "decision"): _decision,
}
