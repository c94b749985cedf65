"""Events, the ten chapters of the study pack, printed editions, and counts of everything."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.dates import HistoricalDate
from db.models import CanonicalChapter, Citation, Counts, Event, Publication

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

from db.citations import citations_of

HIDDEN_EVENT: Final = "▒▒▒▒▒▒▒▒ told later: it is about how a life ended"
"""Shown instead of words that tell how somebody ended, while that is hidden."""
_CHAPTER = (
    "number, title, title_basis, year_from, year_to, page_start, page_start_basis, page_end, page_end_basis, places"
)


class Chronicle:
    """Events with their dates and chapters."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def events(self) -> list[Event]:
        """Return all events by date."""
        return self._events("1", [])

    def events_of(self, figure: str) -> list[Event]:
        """Return the events a figure took part in."""
        return self._events("e.key in (select event from event_figure where figure = ?)", [figure])

    def events_with(self, words: Iterable[str]) -> list[Event]:
        """Return the events whose text or place has any of some words as they are written, by date."""
        wanted = list(words)
        condition = " or ".join(["instr(e.text || ' ' || e.place, ?) > 0"] * len(wanted))
        return self._events(condition, wanted) if wanted else []

    def event(self, key: str) -> Event | None:
        """Return one event."""
        found = self._events("e.key = ?", [key])
        return found[0] if found else None

    def telling(self) -> frozenset[str]:
        """Return the keys of events that give away a death: of its year or later, except Serge's own."""
        return frozenset(
            key
            for (key,) in self._reader().execute(
                "select a.event from event_figure a join event e on e.key = a.event join figure f on f.key = a.figure"
                " where e.year >= f.died_year and f.key <> 'serge'"
            )
        )

    def citations(self, record: str) -> tuple[Citation, ...]:
        """Return the sources of any record of the pack."""
        return citations_of(self._reader(), record)

    def chapters(self) -> list[CanonicalChapter]:
        """Return the ten chapters with their titles in every known language."""
        reader = self._reader()
        titles: defaultdict[int, list[tuple[str, str, str]]] = defaultdict(list)
        for number, language, title, basis in reader.execute(
            "select number, language, title, basis from canonical_title order by number, language"
        ):
            titles[number].append((language, title, basis))
        return [
            CanonicalChapter(
                **dict(row)
                | {
                    "places": tuple(row["places"].split("\n")) if row["places"] else (),
                    "titles": tuple(titles[row["number"]]),
                }
            )
            for row in reader.execute(f"select {_CHAPTER} from canonical_chapter order by number")
        ]

    def publications(self) -> list[Publication]:
        """Return the printed editions of the Memoirs, oldest first."""
        rows = self._reader().execute(
            "select key, year, title, language, publisher, place, translator, editor, pages, isbn, cut_or_restored,"
            " doubt from publication order by position"
        )
        return [Publication(*row) for row in rows]

    def stamp(self) -> str:
        """Return a value that changes whenever the study pack was stored again or the reader corrected it."""
        reader = self._reader()
        pack = reader.execute("select value from build where name = 'pack'").fetchone()
        own = reader.execute(
            "select count(*), max(created_at) from correction where substr(record, 1, 5) <> 'card:'"
        ).fetchone()
        return f"{pack[0] if pack else ''} {own[0]} {own[1] or ''}"

    def counts(self) -> Counts:
        """Count everything."""
        reader = self._reader()

        def count(source: str) -> int:
            return int(reader.execute(f"select count(*) from {source}").fetchone()[0])

        return Counts(
            figures=count("figure"),
            quotations=count("quotation"),
            events=count("event"),
            chapters=count("canonical_chapter"),
            editions=count("edition where key <> 'guide'"),
            annotations=count("annotation where deleted_at = ''"),
            reviews=count("review where kind = 'answer'"),
            orphans=count("annotation where deleted_at = '' and state = 'orphan'"),
        )

    def _events(self, condition: str, parameters: list[str]) -> list[Event]:
        reader = self._reader()
        people: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for event, figure, name in reader.execute(
            "select a.event, a.figure, f.name from event_figure a join figure f on f.key = a.figure order by a.position"
        ):
            people[event].append((figure, name))
        rows = reader.execute(
            "select e.key, e.date, e.kind, e.place, e.text, e.chapter, e.doubt from event e"
            f" where {condition} order by e.sort_date, e.key",
            parameters,
        )
        return [
            Event(**dict(row) | {"date": HistoricalDate.parse(row["date"]), "people": tuple(people[row["key"]])})
            for row in rows
        ]
