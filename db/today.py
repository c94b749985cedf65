"""What Today shows, read at once and without importing other modules: the first paint waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION, Glance, Place
from db.quotations import Quotations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from db.models.found_text import OwnPortrait

_FEWEST_OWN: Final = 7
"""Portraits of the reader's own copy that take turns without the study pack's."""


class Today:
    """Summary of the day."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def glance(self, study_day: str, portrait: int, untold: Collection[str] = ()) -> Glance:
        """Return what to continue on a study day (ISO date), and a portrait chosen by any whole number.

        `untold` are quotations to leave out, because they would tell an end that is hidden.
        """
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
        progress = self._one(
            "select coalesce((select sum(characters) from stretch_read where edition = ?1), 0) * 1.0"
            " / max(1, (select sum(characters) from chapter where edition = ?1))",
            row[2] if row else "",
        )
        pace = self._one(
            "select avg(duration_ms) from (select duration_ms from review where kind = 'answer' and duration_ms > 0"
            " order by id desc limit 200)"
        )
        met = row and self._one(
            "select f.key, f.name, f.one_line from mention m join figure f on f.key = m.figure"
            " where m.edition = ? and (m.passage, m.start) <= (cast(? as integer), cast(? as integer))"
            " and m.figure <> 'serge' order by m.passage desc, m.start desc limit 1",
            row[2], str(row[0]), str(row[1]),
        )  # fmt: skip
        highlight = self._one(
            "select key, exact from annotation where deleted_at = '' and kind = 'highlight' and exact <> ''"
            " order by key limit 1 offset cast(? as integer)"
            " % max(1, (select count(*) from annotation where deleted_at = '' and kind = 'highlight' and exact <> ''))",
            str(portrait),
        )
        week = self._one(
            "select count(*), count(distinct study_day) from review where kind = 'answer'"
            " and study_day > date(?, '-7 days') and study_day <= ?1",
            study_day,
        )
        used = self._one(
            "select exists (select 1 from position) or exists (select 1 from review)"
            " or exists (select 1 from stretch_read) or exists (select 1 from annotation)"
            " or exists (select 1 from edition where key <> 'guide')"
            " or exists (select 1 from setting where name = 'paper_page' and value <> '0')"
        )
        return Glance(
            progress=min(1.0, progress[0] or 0.0) if progress else 0.0,
            minutes=round(due[0] * pace[0] / 60_000 + 0.5) if due and due[0] and pace and pace[0] else 0,
            met=(met[0], met[1], met[2]) if met else None,
            highlight=(highlight[0], highlight[1]) if highlight else None,
            week=(week[0], week[1]) if week else (0, 0),
            used=bool(used and used[0]),
            place=Place(row[2], row[0], row[1]) if row else None,
            edition=row[3] if row else "",
            chapter=row[4] if row else "",
            unread=(unread[0], unread[1]) if unread else None,
            due=due[0] if due else 0,
            note=(note[0], note[1]) if note else None,
            portrait=Quotations(self._reader).portrait(portrait, untold),
        )

    def own_portrait(self, number: int, untold: Collection[str] = ()) -> OwnPortrait | None:
        """Choose by any whole number a portrait of the reader's own copy: one that is kept, or that is sure.

        None if there is none, or if it is the study pack's turn: that has the days that fewer than a week's portraits
        leave. `untold` are figures to leave out.
        """
        from json import dumps

        from db.models.found_text import OwnPortrait

        chosen = (
            "select f.key, coalesce(d.figure, f.figure) figure, coalesce(d.name, f.name) name,"
            " coalesce(d.text, f.text) text, min(f.rowid) place, max(d.key is not null) kept from found f"
            " left join found_decision d on d.key = f.key"
            " where f.kind = 'portrait' and (d.state = 'kept' or (f.is_sure = 1 and d.key is null))"
            " and coalesce(d.figure, f.figure) not in (select value from json_each(?)) group by f.key order by f.key"
        )
        rows = self._reader().execute(chosen, [dumps(sorted(untold))]).fetchall()
        turn = number % max(len(rows), _FEWEST_OWN)
        if turn >= len(rows):
            return None
        _, figure, name, text, place, kept = rows[turn]
        row = (
            self._reader()
            .execute(
                "select f.edition, f.passage, f.start, f.end_passage, f.end, e.title, coalesce(c.title, '')"
                " from found f join edition e on e.key = f.edition left join chapter c on c.edition = f.edition"
                " and c.ordinal = f.chapter where f.rowid = ?",
                [place],
            )
            .fetchone()
        )
        return OwnPortrait(row[0], figure, name, text, (row[1], row[2], row[3], row[4]), row[5], row[6], bool(kept))

    def unsearched(self) -> list[tuple[str, str]]:
        """Return key and title of the reader's texts in which portraits were never looked for, the last one first."""
        rows = self._reader().execute(
            "select key, title from edition where key <> ? and key not in (select edition from found_search)"
            " order by imported_at desc, key",
            [GUIDE_EDITION],
        )
        return [(key, title) for key, title in rows]

    def _one(self, query: str, *parameters: str) -> sqlite3.Row | None:
        row: sqlite3.Row | None = self._reader().execute(query, parameters).fetchone()
        return row
