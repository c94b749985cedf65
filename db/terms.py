"""Terms: organisations, words of the time and places; who belonged to what; how names are said; pages of the pack."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from db.citations import citations_of
from db.dates import HistoricalDate
from db.models import (
    Alias,
    ContentPage,
    FigureName,
    Membership,
    Mention,
    MentionInContext,
    Pronunciation,
    Term,
    TermAlias,
    TermMention,
)
from db.passages import in_context

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

_COLUMNS = "key, kind, name, native_name, one_line, text, date_from, date_to, doubt"


class Terms:
    """What the book takes for granted, by key, by kind, by place in the text."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def names(self, edition: str | None = None) -> list[FigureName]:
        """Every term in the form the name finder asks for, by name, with how often `edition` has it (all if None)."""
        reader = self._reader()
        aliases: defaultdict[str, list[Alias]] = defaultdict(list)
        for term, text, shared in reader.execute("select term, text, shared from term_alias order by term, position"):
            aliases[term].append(Alias(text, "spelling", bool(shared)))
        counts = dict(
            reader.execute(
                "select term, count(*) from term_mention where ? is null or edition = ?1 group by term", [edition]
            ).fetchall()
        )
        rows = reader.execute(
            "select key, name, native_name, one_line, date_from, date_to from term order by name, key"
        )
        return [
            FigureName(
                key, name, name, native_name, one_line, HistoricalDate.parse(first), HistoricalDate.parse(last),
                tuple(aliases[key]), counts.get(key, 0),
            )
            for key, name, native_name, one_line, first, last in rows
        ]  # fmt: skip

    def all(self, kind: str | None = None) -> list[Term]:
        """Every term, or those of one kind, by name; without members and sources."""
        return self._select("where ? is null or kind = ?1 order by name, key", [kind])

    def by_key(self, key: str) -> Term | None:
        """One term, whole: with its members and its sources."""
        found = self._select("where key = ?", [key], whole=True)
        return found[0] if found else None

    def of_chapter(self, chapter: int) -> list[Term]:
        """The terms of a canonical chapter, seen or likely."""
        return self._select(
            "where key in (select term from term_chapter where chapter = ?) order by name, key", [chapter]
        )

    def memberships_of(self, figure: str) -> list[Membership]:
        """What somebody belonged to, in the order of the pack."""
        return _memberships(self._reader(), "figure", figure)

    def pronunciation_of(self, figure: str) -> Pronunciation | None:
        """How to say somebody's name, if a source gives the stress."""
        row = (
            self._reader()
            .execute("select figure, say, stressed from pronunciation where figure = ?", [figure])
            .fetchone()
        )
        return Pronunciation(*row) if row else None

    def mentions(self, edition: str, first: int, last: int) -> list[TermMention]:
        """Where the passages from `first` to `last` (inclusive) have terms, in order."""
        rows = self._reader().execute(
            "select passage, start, end, term from term_mention where edition = ? and passage between ? and ?"
            " order by passage, start",
            [edition, first, last],
        )
        return [TermMention(*row) for row in rows]

    def mentions_in_context(self, term: str, edition: str, limit: int) -> list[MentionInContext]:
        """Return mentions of a term with the words around each, in order; the figure of each is the term's key."""
        rows = self._reader().execute(
            "select m.edition, m.passage, m.start, m.end, m.term, p.text, c.title, c.canonical from term_mention m"
            " join passage p on p.edition = m.edition and p.ordinal = m.passage"
            " join chapter c on c.edition = p.edition and c.ordinal = p.chapter"
            " where m.term = ? and m.edition = ? order by m.passage, m.start limit ?",
            [term, edition, limit],
        )
        return [
            in_context(Mention(edition, passage, start, end, term, 1.0), text, title, canonical)
            for edition, passage, start, end, term, text, title, canonical in rows
        ]

    def mention_count(self, term: str, edition: str) -> int:
        """Count the mentions of a term in an edition."""
        query = "select count(*) from term_mention where term = ? and edition = ?"
        return int(self._reader().execute(query, [term, edition]).fetchone()[0])

    def pages(self) -> list[ContentPage]:
        """The pages of the pack that belong to no chapter, in order."""
        rows = self._reader().execute("select key, title, text from content_page order by position")
        return [ContentPage(*row) for row in rows]

    def _select(self, where: str, parameters: Iterable[object], *, whole: bool = False) -> list[Term]:
        reader = self._reader()
        rows = reader.execute(f"select {_COLUMNS} from term {where}", list(parameters)).fetchall()
        aliases: defaultdict[str, list[TermAlias]] = defaultdict(list)
        for term, text, language, shared in reader.execute(
            "select term, text, language, shared from term_alias order by term, position"
        ):
            aliases[term].append(TermAlias(text, language, bool(shared)))
        chapters: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        for term, chapter, basis in reader.execute("select term, chapter, basis from term_chapter order by chapter"):
            chapters[term, basis].append(chapter)
        return [
            Term(
                key, kind, name, native_name, one_line, text,
                HistoricalDate.parse(first), HistoricalDate.parse(last), doubt,
                aliases=tuple(aliases[key]),
                chapters=tuple(chapters[key, "seen"]),
                chapters_likely=tuple(chapters[key, "likely"]),
                members=tuple(_memberships(reader, "term", key)) if whole else (),
                citations=citations_of(reader, f"term:{key}") if whole else (),
            )
            for key, kind, name, native_name, one_line, text, first, last, doubt in rows
        ]  # fmt: skip


def _memberships(reader: sqlite3.Connection, column: str, key: str) -> list[Membership]:
    rows = reader.execute(
        f"select figure, term, date_from, date_to, role, doubt from membership where {column} = ? order by position",
        [key],
    )
    return [
        Membership(figure, term, HistoricalDate.parse(first), HistoricalDate.parse(last), role, doubt)
        for figure, term, first, last, role, doubt in rows
    ]
