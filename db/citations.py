"""Pointers into the bibliography, for any record of the study pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Citation

if TYPE_CHECKING:
    import sqlite3


def citations_of(reader: sqlite3.Connection, record: str) -> tuple[Citation, ...]:
    """Return the sources of a record (`figure:trotsky`, `quote:…`, `event:…`), by field."""
    rows = reader.execute(
        "select c.field, c.source, c.locator, s.author, s.title, s.trust from citation c"
        " join source s on s.key = c.source where c.record = ? order by c.field, c.position",
        [record],
    )
    return tuple(Citation(*row) for row in rows)
