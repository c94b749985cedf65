"""Figures: everybody the book names."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.citations import citations_of_figures
from db.dates import HistoricalDate
from db.models import FIGURE_COLUMNS, FIGURE_FIELDS, Alias, Figure, FigureName, FigureTraits, Tie
from db.vocabulary import TAKEN_AWAY, TIE_INVERSES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

_COLUMNS = ", ".join(["key", *(known.name for known in FIGURE_COLUMNS)])


class Figures:
    """People, by key, by list, by what they have in common."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def names(self, edition: str | None = None) -> list[FigureName]:
        """Everybody, sorted by name, with how often `edition` names them (all editions if None)."""
        reader = self._reader()
        aliases: defaultdict[str, list[Alias]] = defaultdict(list)
        for figure, text, kind, shared in reader.execute(
            "select figure, text, kind, shared from alias order by figure, position"
        ):
            aliases[figure].append(Alias(text, kind, bool(shared)))
        counts = dict(
            reader.execute(
                "select figure, count(*) from mention where ? is null or edition = ?1 group by figure",
                [edition],
            ).fetchall()
        )
        rows = reader.execute(
            "select key, name, sort_name, native_name, one_line, born, died from figure order by sort_name, key"
        )
        return [
            FigureName(
                **dict(row)
                | {
                    "born": HistoricalDate.parse(row["born"]),
                    "died": HistoricalDate.parse(row["died"]),
                    "aliases": tuple(aliases[row["key"]]),
                    "mentions": counts.get(row["key"], 0),
                }
            )
            for row in rows
        ]

    def by_key(self, key: str) -> Figure | None:
        """One figure, whole."""
        return next(iter(_figures(self._reader(), key)), None)

    def all(self) -> list[Figure]:
        """Everybody, whole, sorted by name: a few queries in all, where `by_key` for each takes ten a figure."""
        return _figures(self._reader())

    def name_of(self, key: str) -> str:
        """A figure's name; the key itself when nobody has it."""
        row = self._reader().execute("select name from figure where key = ?", [key]).fetchone()
        return str(row[0]) if row else key

    def one_lines(self, keys: Iterable[str]) -> dict[str, str]:
        """Who somebody is in one line, for some figures by key."""
        wanted = list(keys)
        rows = self._reader().execute(
            f"select key, one_line from figure where key in ({', '.join('?' * len(wanted))})", wanted
        )
        return dict(rows.fetchall())

    def texts(self) -> dict[str, str]:
        """Return all texts about each figure, by key, for finding somebody by a description."""
        rows = self._reader().execute(
            "select f.key, f.one_line || ' ' || f.life || ' ' || f.serge || ' ' ||"
            " coalesce((select group_concat(role, ' ') from figure_role r where r.figure = f.key), '') || ' ' ||"
            " coalesce((select group_concat(q.text, ' ') from quotation_figure a"
            "   join quotation q on q.key = a.quotation"
            "   where a.figure = f.key and a.role = 'about'), '') from figure f"
        )
        return dict(rows.fetchall())

    def keys_where(self, *, movement: str = "", nationality: str = "", fate: str = "", chapter: int = 0) -> set[str]:
        """Keys of the figures that have all the given traits; an empty trait does not count."""
        conditions, parameters = ["1"], list[str | int]()
        for value, table, column in (
            (movement, "figure_movement", "movement"),
            (nationality, "figure_nationality", "nationality"),
            (chapter, "figure_chapter", "chapter"),
        ):
            if value:
                conditions.append(f"key in (select figure from {table} where {column} = ?)")
                parameters.append(value)
        if fate:
            conditions.append("fate = ?")
            parameters.append(fate)
        rows = self._reader().execute(f"select key from figure where {' and '.join(conditions)}", parameters)
        return {str(key) for (key,) in rows}

    def traits(self) -> dict[str, FigureTraits]:
        """What everybody can be narrowed by, by key."""
        reader = self._reader()
        movements = _grouped(reader, "select figure, movement from figure_movement order by figure, position")
        nationalities = _grouped(reader, "select figure, nationality from figure_nationality order by figure, position")
        chapters: defaultdict[str, list[int]] = defaultdict(list)
        for figure, chapter in reader.execute("select figure, chapter from figure_chapter order by figure, chapter"):
            chapters[figure].append(chapter)
        return {
            key: FigureTraits(
                tuple(movements.get(key, ())), tuple(nationalities.get(key, ())), fate, tuple(chapters.get(key, ()))
            )
            for key, fate in reader.execute("select key, fate from figure")
        }

    def with_portrait(self) -> set[str]:
        """Keys of the figures Serge drew."""
        rows = self._reader().execute(
            "select distinct figure from quotation_figure a join quotation q on q.key = a.quotation"
            " where a.role = 'about' and q.kind = 'portrait'"
        )
        return {str(key) for (key,) in rows}

    def lifespans(self) -> list[tuple[str, str, int, int | None, str]]:
        """Key, name, year of birth, year of death and fate of everybody whose birth year is known, by birth."""
        rows = self._reader().execute(
            "select key, name, born_year, died_year, fate from figure where born_year is not null"
            " order by born_year, sort_name"
        )
        return rows.fetchall()


def _grouped(reader: sqlite3.Connection, query: str) -> dict[str, list[str]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for figure, value in reader.execute(query):
        found[figure].append(value)
    return found


def _figures(reader: sqlite3.Connection, key: str | None = None) -> list[Figure]:
    """Return one figure, whole, or everybody sorted by name if no key is given."""
    parameters = [] if key is None else [key]
    of_one = "" if key is None else "where figure = ?1"

    def rows(query: str) -> dict[str, list[sqlite3.Row]]:
        """Return the rows of a query by figure, without the figure in front."""
        found: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
        for row in reader.execute(query, parameters):
            found[row[0]].append(row[1:])
        return found

    lists = {
        known.name: rows(f"select figure, {known.column} from {known.table} {of_one} order by position")
        for known in FIGURE_FIELDS
        if known.kind == "list"
    }
    chapters = rows(f"select figure, chapter, basis from figure_chapter {of_one} order by chapter")
    aliases = rows(f"select figure, text, kind, shared from alias {of_one} order by position")
    bases = rows(
        "select figure, chapter, b.basis from figure_chapter_basis b join figure_chapter using (figure, chapter)"
        f" {of_one} order by chapter"
    )
    ties = _ties(reader, key)
    citations = citations_of_figures(reader, key)
    return [
        Figure(
            **dict(row)
            | {known.name: HistoricalDate.parse(row[known.name]) for known in FIGURE_COLUMNS if known.kind == "date"}
            | {name: tuple(str(value) for (value,) in values.get(row["key"], ())) for name, values in lists.items()}
            | {
                "chapters": tuple(number for number, basis in chapters.get(row["key"], ()) if basis == "seen"),
                "chapters_likely": tuple(number for number, basis in chapters.get(row["key"], ()) if basis != "seen"),
                "aliases": tuple(Alias(text, kind, bool(shared)) for text, kind, shared in aliases.get(row["key"], ())),
                "ties": tuple(ties.get(row["key"], ())),
                "citations": citations.get(row["key"], ()),
                "chapter_bases": tuple((int(number), str(basis)) for number, basis in bases.get(row["key"], ())),
            }
        )
        for row in reader.execute(
            f"select {_COLUMNS} from figure {'' if key is None else 'where key = ?1'} order by sort_name, key",
            parameters,
        )
    ]


def _ties(reader: sqlite3.Connection, key: str | None) -> dict[str, list[Tie]]:
    """Return ties by figure, from both sides: a tie is written once, from either. The reader's word goes first."""
    rows = reader.execute(
        "select t.figure, t.other, f.name, t.kind, t.note, 0 from tie t join figure f on f.key = t.other"
        f" {'' if key is None else 'where t.figure = ?1'}"
        " union all select t.other, t.figure, f.name, t.kind, t.note, 1 from tie t join figure f on f.key = t.figure"
        f" {'' if key is None else 'where t.other = ?1'} order by 3",
        [] if key is None else [key],
    )
    ours = _corrected_ties(reader, key)
    found: defaultdict[str, dict[tuple[str, str], Tie]] = defaultdict(dict)
    # Written from A as "A is B's parent"; shown on A as "parent of B" and on B as "child of A".
    for figure, other, name, kind, note, inverse in rows:
        known = TIE_INVERSES[kind] if inverse else kind
        said = ours.get((figure, other, known), note)
        if said != TAKEN_AWAY:
            found[figure][other, known] = Tie(other, name, known, said)
    return {figure: list(ties.values()) for figure, ties in found.items()}


def _corrected_ties(reader: sqlite3.Connection, key: str | None) -> dict[tuple[str, str, str], str]:
    """Return what the reader says of ties, by figure, other and kind, from both sides; the latest word last."""
    of_one = " and (record = 'figure:' || ?1 or field like 'tie:%:' || ?1)"
    rows = reader.execute(
        "select record, field, value from correction where record >= 'figure:' and record < 'figure;'"
        f" and field like 'tie:%'{'' if key is None else of_one} order by created_at",
        [] if key is None else [key],
    )
    found = {}
    for record, field, value in rows:
        figure = str(record).removeprefix("figure:")
        _, kind, other = str(field).split(":", 2)
        found[figure, other, kind] = str(value)
        found[other, figure, TIE_INVERSES[kind]] = str(value)
    return found
