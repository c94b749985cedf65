"""Export annotations as CSV (RFC 4180), one row each."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Final

from db.text import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterable

    from serge_tui.core.export.note_record import NoteRecord

COLUMNS: Final = (
    "key", "kind", "created", "modified", "text", "chapter", "chapter_number", "page", "about", "colour", "words",
    "note", "tags", "state", "citation",
)  # fmt: skip
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def to_csv(records: Iterable[NoteRecord]) -> str:
    """Write annotations as CSV. An apostrophe is put before text that a spreadsheet would read as a formula (OWASP)."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(COLUMNS)
    for item in records:
        annotation = item.annotation
        values = [
            annotation.key, annotation.kind, annotation.created_at, annotation.modified_at, item.edition_title,
            item.chapter, str(item.chapter_number or ""), item.page, item.target_name, annotation.colour,
            item.words, annotation.body, ", ".join(annotation.tags),
            annotation.state, str(item.citation or ""),
        ]  # fmt: skip
        rows.writerow([harmless(value) for value in values])
    return out.getvalue()


def harmless(value: str) -> str:
    """Escape a cell so that no spreadsheet calculates it."""
    value = sanitise(value)
    return f"'{value}" if value.lstrip(" ").startswith(_FORMULA) else value


def quoted(value: str) -> str:
    """Return a whole cell of a CSV file, harmless and in quotation marks where RFC 4180 wants them."""
    out = io.StringIO()
    csv.writer(out).writerow([harmless(value)])
    return out.getvalue().removesuffix("\r\n")
