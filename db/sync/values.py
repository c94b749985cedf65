"""What a line may say of each record: anything else is left out, so that no file can say what would not be read here.

A line of a kind or a field that is not known, from a later program, is left out too, and taken in by that program.
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
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.sync.ops import Op

LONGEST_KEY: Final = 2_000
"""Characters a key from elsewhere may have."""
_KEY: Final = re.compile(r"[a-z0-9-]+")
YEARS: Final = range(1900, 2200)
"""Years of which a time may be."""

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
    """What the reader made of a quotation from a review; the fields are columns of `candidate_decision`."""

    state: Literal["accepted", "edited", "rejected"]
    text: str
    pages: str
    speaker: str
    about: str
    source: str
    decided_at: str


Line = tuple[str, Literal["answer", "undo", "quiz"], Literal[1, 2, 3, 4] | None, str, str, Count, str, str | None]
"""An answer: card, kind, rating, time, study day, milliseconds, what was typed, the name of the answer it voids."""
Told = tuple[Count, Count, Count, Count, Count, _Words, _Words]
"""A stretch that was read: passage, start, end passage, end, characters, its first words and its last."""

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


def decoded(record: str, field: str, value: str) -> Any:
    """What a value says. Raises ValueError for what no program of this version tells."""
    decoder = _decoder(record.partition(":")[0], field)
    if decoder is None:
        raise ValueError("of a kind that is not known")
    try:
        return decoder.decode(value)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def read_decision(value: str) -> Decision | None:
    """Read a decision; None if it is taken back, or none."""
    try:
        decision: Decision | None = decoded("candidate:", "decision", value)
        if decision is not None:
            _time(decision.decided_at)
    except ValueError:
        return None
    return decision


def understood(op: Op) -> bool:
    """Whether what a line says can be written here."""
    return is_sound(op.record, op.field, op.value)


def is_sound(record: str, field: str, value: str) -> bool:
    """Whether a value of a record can be written here."""
    kind, _, name = record.partition(":")
    if not name or len(name) > LONGEST_KEY or (kind != "correction" and sanitise_line(name) != name):
        return False
    try:
        said = decoded(record, field, value)
        if said is not None and (more := _MORE.get((kind, field))) is not None:
            more(name, said)
    except (ValueError, SergeError):
        return False
    return True


def _correction(name: str, text: str) -> None:
    record, _, field = name.partition("|")
    kind, _, key = record.partition(":")
    if not field:
        raise ValueError("of no field")
    if kind in PREFIXES:
        if not _KEY.fullmatch(key):
            raise ValueError("of no record")
        check(record, field, text)


def _line(_: str, line: Line) -> None:
    kind, rating, moment, day, void = line[1], line[2], line[3], line[4], line[7]
    if (rating is not None) != (kind == "answer") or (void is not None) != (kind == "undo"):
        raise ValueError("no answer and no undo")
    if _time(moment).utcoffset() is None or date.fromisoformat(day).isoformat() != day:
        raise ValueError("no time")
    _time(day)


def _decision(_: str, decision: Decision) -> None:
    _time(decision.decided_at)


def _made(_: str, moment: str) -> None:
    _time(moment)


def _deleted(_: str, moment: str) -> None:
    if moment:
        _time(moment)


def _time(moment: str) -> datetime:
    """Read a time; one so far away that nothing can be reckoned from it is none."""
    read = datetime.fromisoformat(moment)
    if read.year not in YEARS:
        raise ValueError("a time out of any reader's life")
    return read


_MORE: Final[dict[tuple[str, str], Callable[[str, Any], None]]] = {
    ("annotation", "created_at"): _made,
    ("annotation", "deleted_at"): _deleted,
    ("correction", "value"): _correction,
    ("review", "line"): _line,
    ("candidate", "decision"): _decision,
}
