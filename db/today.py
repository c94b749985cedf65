"""What Today shows, read at once and without importing other modules: the first paint waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION, Glance, Place
from db.quotations import Quotations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable


class Today:
    """Summary of the day."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def glance(self, study_day: str, portrait: int) -> Glance:
        """Return what to continue on a study day (ISO date), and a portrait chosen by any whole number."""
        row = self._one(
            "select p.passage, p.offset, e.key, e.title, coalesce((select c.title from chapter c"
            " where c.edition = e.key and c.first_passage <= p.passage order by c.first_passage desc limit 1), '')"
            " from position p join edition e on e.key = p.edition order by p.updated_at desc limit 1"
        )
        unread = self._one(
            "select key, title from edition where key <> ? and key not in (select edition from position)"
            " order by imported_at desc, key limit 1",
            GUIDE_EDITION,
        )
        due = self._one(
            "select count(*) from card_state where due_day <= ? and suspended = 0 and buried_until < ?1", study_day
        )
        note = self._one(
            "select key, case body when '' then exact else body end from annotation where deleted_at = ''"
            " order by created_at desc, key limit 1"
        )
        return Glance(
            place=Place(row[2], row[0], row[1]) if row else None,
            edition=row[3] if row else "",
            chapter=row[4] if row else "",
            unread=(unread[0], unread[1]) if unread else None,
            due=due[0] if due else 0,
            note=(note[0], note[1]) if note else None,
            portrait=Quotations(self._reader).portrait(portrait),
        )

    def _one(self, query: str, *parameters: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._reader().execute(query, parameters).fetchone()
        return row
