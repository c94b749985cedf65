"""What Today shows, read at once and without importing other modules: the first paint waits for it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION, Glance, Place
from db.models.glance import ChapterGlance, NoteGlance
from db.quotations import Quotations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection

    from db.models.found_text import OwnPortrait

_FEWEST_OWN: Final = 7
"""Portraits of the reader's own copy that take turns without the study pack's."""
MOST_MET: Final = 12
_MENTIONS_LOOKED_AT: Final = 300
"""Mentions before the reader's place among which the people met last are looked for: few, for the first paint."""
_USUAL_MS: Final = 10_000
_ENOUGH_ANSWERS: Final = 20
"""Answers from which the reader's own pace says more than the usual one."""
_ANNOTATION_CHAPTER: Final = (
    "coalesce((select c.title from chapter c where c.edition = a.edition and c.first_passage <= a.passage"
    " order by c.first_passage desc limit 1), '')"
)


class Today:
    """Summary of the day."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def glance(self, study_day: str, portrait: int, untold: Collection[str] = (), without: str = "") -> Glance:
        """Return what to continue on a study day (ISO date), and a portrait chosen by any whole number.

        `untold` are quotations to leave out, because they would tell an end that is hidden; the portrait is not of the
        figure `without`, who was shown yesterday.
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
            f"select key, case body when '' then exact else body end, {_ANNOTATION_CHAPTER} from annotation a"
            " where deleted_at = '' order by created_at desc, key limit 1"
        )
        pace = self._one(
            "select avg(duration_ms), count(*) from (select duration_ms from review where kind = 'answer'"
            " and duration_ms > 0 order by id desc limit 200)"
        )
        highlight = self._one(
            f"select key, exact, {_ANNOTATION_CHAPTER} from annotation a"
            " where deleted_at = '' and kind = 'highlight' and exact <> ''"
            " order by key limit 1 offset cast(? as integer)"
            " % max(1, (select count(*) from annotation where deleted_at = '' and kind = 'highlight' and exact <> ''))",
            str(portrait),
        )
        used = self._one(
            "select exists (select 1 from position) or exists (select 1 from review)"
            " or exists (select 1 from stretch_read) or exists (select 1 from annotation)"
            " or exists (select 1 from edition where key <> 'guide')"
            " or exists (select 1 from setting where name = 'paper_page' and value <> '0')"
        )
        waiting = due[0] if due else 0
        each = pace[0] if pace and pace[1] >= _ENOUGH_ANSWERS else _USUAL_MS
        return Glance(
            place=Place(row[2], row[0], row[1]) if row else None,
            edition=row[3] if row else "",
            chapter=row[4] if row else "",
            unread=(unread[0], unread[1]) if unread else None,
            due=waiting,
            note=NoteGlance(*note) if note else None,
            portrait=Quotations(self._reader).portrait(portrait, untold, without),
            chapters=self._chapters(row[2]) if row else (),
            minutes=round(waiting * each / 60_000 + 0.5) if waiting else 0,
            met=self._met(row[2], row[0], row[1]) if row else (),
            highlight=NoteGlance(*highlight) if highlight else None,
            week=self._by_day(
                "select study_day, count(*) from review where kind = 'answer' and study_day >= ? and study_day <= ?"
                " group by study_day", study_day, -6,
            ),
            coming=self._by_day(
                "select due_day, count(*) from card_state where due_day >= ? and due_day <= ? and suspended = 0"
                " group by due_day", study_day, 1,
            ),
            used=bool(used and used[0]),
        )  # fmt: skip

    def _chapters(self, edition: str) -> tuple[ChapterGlance, ...]:
        rows = self._reader().execute(
            "select c.title, c.canonical, c.characters, c.words, coalesce(sum(s.characters), 0) from chapter c"
            " left join stretch_read s on s.edition = c.edition"
            " and s.passage >= c.first_passage and s.passage < c.first_passage + c.passages"
            " where c.edition = ? group by c.ordinal order by c.ordinal",
            [edition],
        )
        return tuple(
            ChapterGlance(title, number, min(1.0, read / characters) if characters and read else 0.0, words)
            for title, number, characters, words, read in rows
        )

    def _met(self, edition: str, passage: int, offset: int) -> tuple[tuple[str, str, str], ...]:
        """Return the people named last before a place, as far as it was read: who was leafed past was not met."""
        rows = self._reader().execute(
            "select f.key, f.name, f.one_line from (select m.figure, min(m.place) as place from ("
            "   select figure, passage, start, row_number() over (order by passage desc, start desc) as place"
            "   from mention where edition = ?1 and (passage, start) <= (?2, ?3) and figure <> 'serge'"
            "   order by passage desc, start desc limit ?4) m where exists ("
            "   select 1 from chapter c join stretch_read s on s.edition = c.edition and s.passage >= c.first_passage"
            "   and s.passage < c.first_passage + c.passages where c.edition = ?1"
            "   and m.passage >= c.first_passage and m.passage < c.first_passage + c.passages"
            "   and (s.end_passage, s.end) > (m.passage, m.start)) group by m.figure) l"
            " join figure f on f.key = l.figure order by l.place limit ?5",
            [edition, passage, offset, _MENTIONS_LOOKED_AT, MOST_MET],
        )
        return tuple((key, name, line) for key, name, line in rows)

    def _by_day(self, query: str, study_day: str, first: int) -> tuple[int, ...]:
        """Count by day over seven days; `first` is the first of them, in days from the study day."""
        day = date.fromisoformat(study_day) + timedelta(days=first)
        days = [(day + timedelta(days=number)).isoformat() for number in range(7)]
        counts = dict(self._reader().execute(query, [days[0], days[-1]]).fetchall())
        return tuple(counts.get(known, 0) for known in days)

    def own_portrait(self, number: int, untold: Collection[str] = ()) -> OwnPortrait | None:
        """Choose by any whole number a portrait of the reader's own copy that the reader has kept.

        What was only found may be of somebody else, and is not shown unasked.

        None if there is none, or if it is the study pack's turn: that has the days that fewer than a week's portraits
        leave. `untold` are figures to leave out.
        """
        from json import dumps

        from db.models.found_text import OwnPortrait

        chosen = (
            "select f.key, coalesce(d.figure, f.figure) figure, coalesce(d.name, f.name) name,"
            " coalesce(d.text, f.text) text, min(f.rowid) place from found f"
            " join found_decision d on d.key = f.key where f.kind = 'portrait' and d.state = 'kept'"
            " and coalesce(d.figure, f.figure) not in (select value from json_each(?)) group by f.key order by f.key"
        )
        rows = self._reader().execute(chosen, [dumps(sorted(untold))]).fetchall()
        turn = number % max(len(rows), _FEWEST_OWN)
        if turn >= len(rows):
            return None
        _, figure, name, text, place = rows[turn]
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
        return OwnPortrait(row[0], figure, name, text, (row[1], row[2], row[3], row[4]), row[5], row[6])

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
