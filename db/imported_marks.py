"""Where an imported highlight comes from: book, author, chapter, page and location as the other program had them.

Kept for highlights that could not be placed, so that they can be told from each other and placed when their book is
imported. They lie beside the reader's other words (`correction`, record `imported:KEY`), and so are synced with them.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from db.clock import utc_now

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_PREFIX: Final = "imported:"
_FIELD: Final = "source"


@dataclass(frozen=True, slots=True)
class MarkSource:
    """What another program says of a highlight's place; `location` is a range that only that program can read."""

    book: str
    author: str = ""
    chapter: str = ""
    page: str = ""
    location: tuple[int, int] | None = None


def keep_sources(connection: sqlite3.Connection, sources: Mapping[str, MarkSource]) -> None:
    """Keep the sources of annotations, by annotation key."""
    now = utc_now()
    connection.executemany(
        "insert into correction values (?, ?, ?, ?) on conflict (record, field) do update set value = excluded.value",
        (
            (f"{_PREFIX}{key}", _FIELD, json.dumps(asdict(source), ensure_ascii=False), now)
            for key, source in sources.items()
        ),
    )


def sources_in(connection: sqlite3.Connection) -> dict[str, MarkSource]:
    """Return the sources kept, by annotation key."""
    rows = connection.execute(
        "select record, value from correction where record >= ? and record < 'imported;' and field = ?",
        [_PREFIX, _FIELD],
    )
    found = ((str(record).removeprefix(_PREFIX), _read(str(value))) for record, value in rows)
    return {key: source for key, source in found if source is not None}


def _read(value: str) -> MarkSource | None:
    """Read a source; None when another device wrote something else."""
    try:
        said = json.loads(value)
    except ValueError:
        return None
    if not isinstance(said, dict):
        return None
    book, author, chapter, page = (str(said.get(name) or "") for name in ("book", "author", "chapter", "page"))
    location = said.get("location")
    if not isinstance(location, list) or len(location) != 2 or not all(isinstance(end, int) for end in location):
        return MarkSource(book, author, chapter, page)
    return MarkSource(book, author, chapter, page, (location[0], location[1]))
