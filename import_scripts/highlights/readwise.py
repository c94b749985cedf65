"""Readwise's CSV export: `python -m import_scripts.highlights.readwise FILE`."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.highlights.moments import moment_in
from import_scripts.highlights.record import MAX_HIGHLIGHTS, HighlightFile, make, merge, parse_iso
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

    from import_scripts.highlights.sample import Sample

SOURCE: Final = "readwise"
_NEEDED: Final = ("highlight", "book title")
_LONGEST_FIELD: Final = 1_000_000
_PLACES: Final = frozenset({"location", ""})
"""Types of location that are places in the text; `order` is only the order of the highlights, `time` of a recording."""
_NUMBERS: Final = re.compile(r"(\d+)(?:\s*-\s*(\d+))?")


def read_readwise(path: Path) -> HighlightFile:
    """Read an export; a field that is missing is left empty.

    Raises SergeError when the file is no such export.
    """
    first_bytes(path)
    decoded = decode(read_bytes(path), path.name)
    file = HighlightFile(SOURCE, report=[decoded.remark] if decoded.remark else [])
    csv.field_size_limit(_LONGEST_FIELD)
    rows = csv.reader(io.StringIO(decoded.text.lstrip("\ufeff"), newline=""))
    try:
        names = [name.strip().lower() for name in next(rows, [])]
        if not all(name in names for name in _NEEDED):
            raise SergeError(f"{sanitise_line(path.name)} is not a Readwise export: it has no column “Highlight”.")
        for row in rows:
            fields = dict(zip(names, row, strict=False))
            if len(file.highlights) >= MAX_HIGHLIGHTS:
                file.report.append(f"More than {MAX_HIGHLIGHTS:,} highlights; the rest were not read.")
                break
            text, note = fields.get("highlight", ""), fields.get("note", "")
            if not text.strip() and not note.strip():
                file.left_out += 1
                continue
            where = fields.get("location", "")
            numbers = _NUMBERS.search(where)
            kind = fields.get("location type", "").strip().lower()
            file.highlights.append(
                make(
                    fields.get("book title", ""), fields.get("book author", ""),
                    "note" if note.strip() else "highlight",
                    text=text, note=note, colour=fields.get("color", ""), page=where if kind == "page" else "",
                    location=_range(numbers) if numbers and kind in _PLACES else None,
                    created_at=_moment(fields.get("highlighted at", "")),
                    tags=[SOURCE, *fields.get("tags", "").split(",")],
                )
            )  # fmt: skip
    except csv.Error as error:
        file.report.append(f"Line {rows.line_num} is damaged ({error}); the rest was not read.")
    return merge(file)


def recognise(sample: Sample) -> bool:
    """Whether a file begins with the header of an export."""
    header = sample.text.lstrip("\ufeff").split("\n", 1)[0].lower()
    return all(name in header for name in _NEEDED)


def _moment(text: str) -> str:
    return parse_iso(text) or moment_in(text)


def _range(numbers: re.Match[str]) -> tuple[int, int]:
    first = int(numbers[1])
    return first, max(first, int(numbers[2] or first))


if __name__ == "__main__":
    from import_scripts.highlights.summary import run

    run(read_readwise)
