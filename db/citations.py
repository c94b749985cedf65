"""Pointers into the bibliography, for any record of the study pack."""

from __future__ import annotations

from collections import defaultdict
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


def citations_of_figures(reader: sqlite3.Connection, key: str | None = None) -> dict[str, tuple[Citation, ...]]:
    """Return the sources of one figure, or of everybody if no key is given, by figure and in order of the fields."""
    is_theirs = "c.record >= 'figure:' and c.record < 'figure;'" if key is None else "c.record = 'figure:' || ?1"
    found: defaultdict[str, list[Citation]] = defaultdict(list)
    for record, *columns in reader.execute(
        "select c.record, c.field, c.source, c.locator, s.author, s.title, s.trust from citation c"
        f" join source s on s.key = c.source where {is_theirs} order by c.record, c.field, c.position",
        [] if key is None else [key],
    ):
        found[record.removeprefix("figure:")].append(Citation(*columns))
    return {figure: tuple(citations) for figure, citations in found.items()}
