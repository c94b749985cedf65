"""Import an export of `serge export notes --json`: the same keys, words, tags, colours and times.

Also runs alone: `python -m import_scripts.highlights.serge_notes FILE DATABASE`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast, get_args

import msgspec

from db.anchoring import TextIndex, reanchor
from db.annotations import select, store
from db.errors import SergeError
from db.models import Anchor, Annotation, AnnotationKind, AnnotationState
from db.text import sanitise, sanitise_in_place, sanitise_line

if TYPE_CHECKING:
    import sqlite3

    from db.library import Library

LARGEST_FILE: Final = 200_000_000
"""Bytes."""
_KEY: Final = re.compile(r"[0-9A-Za-z_-]{1,64}")


class _Position(msgspec.Struct, frozen=True):
    edition: str
    passage: int
    start: int
    end_passage: int
    end: int


class _Own(msgspec.Struct, frozen=True):
    """Serge's own fields, which the W3C model does not have."""

    key: str
    kind: str
    target: str
    colour: str
    state: str
    position: _Position | None = None


class _Body(msgspec.Struct, frozen=True):
    value: str = ""
    purpose: str = ""


class _Selector(msgspec.Struct, frozen=True):
    exact: str = ""
    prefix: str = ""
    suffix: str = ""


class _Target(msgspec.Struct, frozen=True):
    selector: list[_Selector] = []


class _Annotation(msgspec.Struct, frozen=True):
    created: str
    modified: str
    serge: _Own
    target: _Target
    body: list[_Body] = []


@dataclass(frozen=True, slots=True)
class ImportedNotes:
    """Result of importing a file: numbers of new, changed and known notes, and sentences on what was left out."""

    new: int
    changed: int
    known: int
    report: tuple[str, ...]


def is_own_export(path: Path) -> bool:
    """Return whether a file looks like an export of Serge's notes."""
    try:
        with path.open("rb") as file:
            head = file.read(2_000).lstrip(b"\xef\xbb\xbf \t\r\n")
    except OSError:
        return False
    return head.startswith(b"[") and (b"urn:serge:" in head or head.strip() == b"[]")


def read_own_export(path: Path) -> tuple[list[Annotation], list[str]]:
    """Read an export; entries that are not annotations of Serge are left out and reported.

    Raises:
        SergeError: The file is not an export.
    """
    name = sanitise_line(path.name)
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise SergeError(f"{name} is too large to be an export of notes.")
        whole = json.loads(path.read_bytes())
    except OSError as error:
        raise SergeError(f"{name} cannot be read: {sanitise_line(error.strerror or str(error))}.") from error
    except (ValueError, RecursionError) as error:
        raise SergeError(f"{name} is not valid JSON; export it again with `serge export notes --json`.") from error
    if not isinstance(whole, list):
        raise SergeError(f"{name} is not an export of notes; `serge export notes --json` makes one.")
    annotations: list[Annotation] = []
    report: list[str] = []
    for number, entry in enumerate(whole, 1):
        try:
            annotations.append(_annotation(msgspec.convert(entry, _Annotation)))
        except (msgspec.ValidationError, ValueError) as error:
            report.append(f"Entry {number} was left out: {sanitise_line(str(error))}.")
    return annotations, report


def import_own(library: Library, path: Path) -> ImportedNotes:
    """Store an export, in one transaction. An annotation that is already here is replaced only by a newer one.

    Annotations of an edition that is here are placed by their words, as after a new import; those of another edition
    are kept, and placed when that edition is imported.
    """
    annotations, report = read_own_export(path)

    def write(connection: sqlite3.Connection) -> ImportedNotes:
        indexes: dict[str, TextIndex | None] = {}
        new = changed = 0
        for annotation in annotations:
            here = select(connection, "key = ?", [annotation.key])
            if here and here[0].modified_at >= annotation.modified_at:
                continue
            new += not here
            changed += bool(here)
            store(connection, _found_again(connection, annotation, indexes))
        return ImportedNotes(new, changed, len(annotations) - new - changed, tuple(report))

    return library.writer.run(write)


def _found_again(
    connection: sqlite3.Connection, annotation: Annotation, indexes: dict[str, TextIndex | None]
) -> Annotation:
    anchor = annotation.anchor
    if anchor is None:
        return annotation
    if anchor.edition not in indexes:
        rows = connection.execute("select text from passage where edition = ? order by ordinal", [anchor.edition])
        texts = [str(text) for (text,) in rows]
        indexes[anchor.edition] = TextIndex(texts) if texts else None
    index = indexes[anchor.edition]
    if index is None:
        return annotation
    found = reanchor(anchor, annotation.state, index)
    if found.anchor == anchor and found.state == "anchored":
        return annotation
    return replace(annotation, anchor=found.anchor, state=found.state)


def _annotation(entry: _Annotation) -> Annotation:
    """Return the annotation of an entry.

    Raises:
        ValueError: The entry is not valid; the message says why.
    """
    own = entry.serge
    if not _KEY.fullmatch(own.key):
        raise ValueError("its key is not one of Serge's")
    if own.kind not in get_args(AnnotationKind) or own.state not in get_args(AnnotationState):
        raise ValueError("its kind or state is not one of Serge's")
    bodies = [sanitise(body.value) for body in entry.body if body.purpose == "commenting"]
    tags = [tag for body in entry.body if body.purpose == "tagging" and (tag := sanitise_line(body.value))]
    return Annotation(
        own.key,
        cast("AnnotationKind", own.kind),
        sanitise_line(own.target),
        _anchor(own.position, entry.target.selector),
        sanitise_line(own.colour),
        "\n\n".join(bodies),
        cast("AnnotationState", own.state),
        _time(entry.created),
        _time(entry.modified),
        tags=tuple(dict.fromkeys(tags)),
    )


def _anchor(position: _Position | None, selectors: list[_Selector]) -> Anchor | None:
    if position is None:
        return None
    numbers = (position.passage, position.start, position.end_passage, position.end)
    if not position.edition or min(numbers) < 0 or max(numbers) >= 2**31:
        raise ValueError("its position is not valid")
    words = selectors[0] if selectors else _Selector()
    # Not `sanitise`: anchored words keep their length, so that their offsets stay valid.
    exact, prefix, suffix = map(sanitise_in_place, (words.exact, words.prefix, words.suffix))
    return Anchor(sanitise_line(position.edition), *numbers, exact, prefix, suffix)


def _time(text: str) -> str:
    """Check a time and return it unchanged, so that it sorts with the others; it may be empty."""
    if text and datetime.fromisoformat(text).utcoffset() is None:
        raise ValueError("its time has no time zone")
    return text


if __name__ == "__main__":
    import sys

    from db.library import Library as _Library

    with _Library.open(Path(sys.argv[2])) as _library:
        print(import_own(_library, Path(sys.argv[1])))
