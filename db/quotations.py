"""Short quotations, and their places in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Quotation

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable

    from db.models import Citation, QuotationPlace

_COLUMNS = (
    "q.key, q.text, q.kind, q.speaker, q.speaker_text, q.topic, q.to_text, q.page, q.page_1963, q.chapter,"
    " q.chapter_basis, q.omitted_1963, q.wording, q.year, q.portrait_of, q.portrait_order, q.doubt, q.work,"
    " q.own_translation, coalesce((select title from work where work.key = q.work), '') as work_title"
)
_ORDER = "order by q.chapter is null, q.chapter, q.page_first is null, q.page_first, q.portrait_order, q.key"


class Quotations:
    """Quotations of the study pack."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def all(self) -> list[Quotation]:
        """Return every quotation in book order."""
        return self._select(f"select {_COLUMNS} from quotation q {_ORDER}", [])

    def by_key(self, key: str) -> Quotation | None:
        """Return one quotation with its sources."""
        found = self._select(f"select {_COLUMNS} from quotation q where q.key = ?", [key], citations=True)
        return found[0] if found else None

    def about(self, figure: str) -> list[Quotation]:
        """Return quotations about a figure: portraits first, then the rest, each in book order."""
        return self._select(
            f"select {_COLUMNS} from quotation q join quotation_figure a on a.quotation = q.key"
            " where a.figure = ? and a.role = 'about' order by q.kind <> 'portrait',"
            f" {_ORDER.removeprefix('order by ')}",
            [figure],
        )

    def by_speaker(self, figure: str) -> list[Quotation]:
        """Return the quotations spoken by a figure."""
        return self._select(f"select {_COLUMNS} from quotation q where q.speaker = ? {_ORDER}", [figure])

    def of_chapter(self, chapter: int) -> list[Quotation]:
        """Return the quotations of a canonical chapter."""
        return self._select(f"select {_COLUMNS} from quotation q where q.chapter = ? {_ORDER}", [chapter])

    def portrait(self, number: int, untold: Collection[str] = (), without: str = "") -> Quotation | None:
        """Choose a portrait by any whole number: the same for the same pack, of another person for the next number.

        `untold` are keys to leave out, `without` is a figure to leave out where there is another.
        """
        rows = self._reader().execute(
            "select min(a.figure), q.key from quotation q"
            " join quotation_figure a on a.quotation = q.key and a.role = 'about'"
            f" where q.kind = 'portrait' group by q.key {_ORDER}"
        )
        drawn: dict[str, list[str]] = {}
        for figure, key in rows:
            if key not in untold:
                drawn.setdefault(figure, []).append(key)
        if not drawn:
            return None
        turn, who = divmod(number, len(drawn))
        if sorted(drawn)[who] == without:
            who = (who + 1) % len(drawn)
        keys = drawn[sorted(drawn)[who]]
        return self._select(f"select {_COLUMNS} from quotation q where q.key = ?", [keys[turn % len(keys)]])[0]

    def place_in(self, key: str, edition: str) -> QuotationPlace | None:
        """Return the place of a quotation in an edition."""
        from db.models import QuotationPlace

        row = (
            self._reader()
            .execute(
                "select quotation, edition, passage, start, end_passage, end, score, margin from quotation_place"
                " where quotation = ? and edition = ?",
                [key, edition],
            )
            .fetchone()
        )
        return QuotationPlace(*row) if row else None

    def places(self, edition: str) -> list[QuotationPlace]:
        """Return the places of all quotations found in an edition, in text order."""
        from db.models import QuotationPlace

        rows = self._reader().execute(
            "select quotation, edition, passage, start, end_passage, end, score, margin from quotation_place"
            " where edition = ? order by passage, start",
            [edition],
        )
        return [QuotationPlace(*row) for row in rows]

    def _select(self, query: str, parameters: Iterable[str | int], *, citations: bool = False) -> list[Quotation]:
        reader = self._reader()
        rows = reader.execute(query, list(parameters)).fetchall()
        people: dict[tuple[str, str], list[str]] = {}
        wanted = {row[0] for row in rows}
        chosen = "" if len(wanted) > 1 else " where a.quotation = ?"
        for quotation, figure, role in reader.execute(
            f"select a.quotation, a.figure, a.role from quotation_figure a{chosen} order by a.quotation, a.position",
            list(wanted) if chosen and wanted else [] if not chosen else [""],
        ):
            people.setdefault((quotation, role), []).append(figure)
        names = dict(reader.execute("select key, name from figure").fetchall()) if rows else {}
        found = []
        for row in rows:
            key, speaker, portrait_of = row["key"], row["speaker"], row["portrait_of"]
            about = tuple(people.get((key, "about"), ()))
            to = tuple(people.get((key, "to"), ()))
            named = dict.fromkeys(
                [*about, *to, *([speaker] if speaker else []), *([portrait_of] if portrait_of else [])]
            )
            found.append(
                Quotation(
                    **dict(row)
                    | {
                        "omitted_1963": bool(row["omitted_1963"]),
                        "own_translation": bool(row["own_translation"]),
                        "about": about,
                        "to": to,
                        "names": tuple((figure, names.get(figure, figure)) for figure in named),
                        "citations": _sources(reader, key) if citations else (),
                    }
                )
            )
        return found


def _sources(reader: sqlite3.Connection, key: str) -> tuple[Citation, ...]:
    from db.citations import citations_of

    return citations_of(reader, f"quote:{key}")
