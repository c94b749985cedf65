"""Whole-text search: words typed by a person, made into a query that nothing typed can break."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.models import Place, SearchHit
from db.text import fold, fold_with_map

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

_TERM: Final = re.compile(r'(-?)"([^"]*)"|(\S+)')
_WORD: Final = re.compile(r"\w+")
_OPEN, _CLOSE = "\x02", "\x03"
"""Marks around matches; stored text is sanitised and cannot hold them."""


def fts_query(words: str) -> str:
    """Turn what a person typed into an FTS5 query; empty when it holds no word.

    Words are joined by AND, `"…"` is a phrase, `-word` excludes, the last word also matches as a beginning. Everything
    is quoted, so no character typed is ever an operator.
    """
    wanted: list[str] = []
    unwanted: list[str] = []
    for match in _TERM.finditer(words):
        minus, phrase, bare = match.groups()
        if bare is not None:
            minus = "-" if bare.startswith("-") and len(bare) > 1 else ""
            phrase = bare[1:] if minus else bare
        tokens = _WORD.findall(phrase)
        if not tokens:
            continue
        (unwanted if minus else wanted).append('"' + " ".join(tokens) + '"')
    if not wanted:
        return ""
    if words[-1:].isalnum():
        wanted[-1] += "*"
    query = " AND ".join(wanted)
    return f"({query})" + "".join(f" NOT {phrase}" for phrase in unwanted)


class Search:
    """Finds anything by words."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def passages(
        self,
        words: str,
        *,
        edition: str | None = None,
        chapter: int | None = None,
        figure: str | None = None,
        limit: int = 50,
        in_book_order: bool = False,
    ) -> list[SearchHit]:
        """Passages that hold the words, best first; `chapter` is an ordinal and needs `edition`.

        `figure` keeps only passages that name that figure. Each hit carries an excerpt and the matched stretches in it.
        """
        query = fts_query(words)
        if not query:
            return []
        order = "p.edition, p.ordinal" if in_book_order else "rank"
        rows = self._reader().execute(
            "select p.edition, p.ordinal, c.title, p.text, snippet(passage_fts, 0, ?, ?, '…', 24), rank"
            " from passage_fts join passage p on p.id = passage_fts.rowid"
            " join chapter c on c.edition = p.edition and c.ordinal = p.chapter"
            " where passage_fts match ? and (?4 is null or p.edition = ?4) and (?5 is null or p.chapter = ?5)"
            " and (?6 is null or exists (select 1 from mention m where m.figure = ?6 and m.edition = p.edition"
            "   and m.passage = p.ordinal))"
            f" order by {order} limit ?7",
            [_OPEN, _CLOSE, query, edition, chapter, figure, limit],
        )
        hits = []
        for key, ordinal, title, text, excerpt, rank in rows:
            shown, matches = _unmark(excerpt)
            offset = max(0, text.find(shown.strip("…")[:40]))
            first = matches[0][0] - (1 if excerpt.startswith("…") else 0) if matches else 0
            hits.append(
                SearchHit(
                    "passage",
                    f"{key}:{ordinal}",
                    title,
                    shown,
                    matches,
                    Place(key, ordinal, offset + first),
                    -rank,
                )
            )
        return hits

    def quotations(self, words: str, limit: int = 50) -> list[SearchHit]:
        """Quotations whose words, speaker or topic hold all the words."""
        return self._by_words(
            "quotation", words, limit,
            "select q.key, coalesce(f.name, q.speaker_text), q.text, q.topic from quotation q"
            " left join figure f on f.key = q.speaker order by q.key",
        )  # fmt: skip

    def events(self, words: str, limit: int = 50) -> list[SearchHit]:
        """Events whose text, place or date hold all the words."""
        return self._by_words("event", words, limit, "select key, date, text, place from event order by sort_date, key")

    def notes(self, words: str, limit: int = 50) -> list[SearchHit]:
        """The reader's annotations whose body, quoted words or tags hold all the words."""
        return self._by_words(
            "note", words, limit,
            "select key, kind, case body when '' then exact else body end, exact || ' ' || coalesce("
            " (select group_concat(tag, ' ') from annotation_tag where annotation = key), '')"
            " from annotation where deleted_at = '' order by modified_at desc",
        )  # fmt: skip

    def chapters(self, words: str, limit: int = 20) -> list[SearchHit]:
        """Chapters of any edition whose title holds all the words."""
        rows = self._reader().execute(
            "select c.edition, c.ordinal, c.title, c.first_passage, e.title from chapter c"
            " join edition e on e.key = c.edition order by e.key, c.ordinal"
        )
        terms = [fold(term) for term in words.split()]
        hits = []
        for edition, ordinal, title, first, book in rows:
            if terms and all(term in fold(title) for term in terms):
                place = Place(edition, first, 0)
                hits.append(SearchHit("chapter", f"{edition}:{ordinal}", title, book, stretches(title, terms), place))
        return hits[:limit]

    def _by_words(self, kind: str, words: str, limit: int, query: str) -> list[SearchHit]:
        terms = [fold(term) for term in words.split()]
        if not any(terms):
            return []
        hits = []
        for key, title, text, more in self._reader().execute(query):
            whole = fold(f"{title} {text} {more}")
            if all(term in whole for term in terms):
                hits.append(SearchHit(kind, key, title, text, stretches(text, terms)))  # type: ignore[arg-type]
                if len(hits) == limit:
                    break
        return hits


def stretches(text: str, terms: list[str]) -> tuple[tuple[int, int], ...]:
    """Where folded terms stand in a text, as sorted offsets that do not overlap."""
    folded, origin = fold_with_map(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        start = folded.find(term) if term else -1
        while start >= 0:
            found.append((origin[start], origin[start + len(term) - 1] + 1))
            start = folded.find(term, start + len(term))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return tuple(apart)


def _unmark(excerpt: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    plain: list[str] = []
    matches: list[tuple[int, int]] = []
    length = start = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", excerpt):
        if piece == _OPEN:
            start = length
        elif piece == _CLOSE:
            matches.append((start, length))
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), tuple(matches)
