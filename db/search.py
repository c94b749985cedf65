"""Whole-text search: words typed by a person, found in passages and in everything else that has words."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.dates import HistoricalDate
from db.models import Place, SearchHit
from db.query import Query, Term, parse_query, stretches, words_of
from db.search_index import EARLIER, index_in_use
from db.text import fold_with_map, in_original
from db.text_vocabulary import TextVocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Sequence

    from db.models import SearchKind

_OPEN, _CLOSE = "\x02", "\x03"
"""Marks around matches; stored text is sanitised and cannot hold them."""
_EXCERPT_CHARACTERS: Final = 160
MOST_READINGS: Final = 6
"""Readings of a query that are tried when it finds nothing."""


@dataclass(frozen=True, slots=True)
class PassageAnswer:
    """Passages found. Where nothing had the words as typed, `instead` is the query that was answered.

    `others` are more queries that would find something, `readings` all that were thought of, whether they do or not;
    `inflected` says that other forms of the words count too.
    """

    hits: tuple[SearchHit, ...]
    instead: str = ""
    others: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    inflected: bool = False


@dataclass(frozen=True, slots=True)
class Within:
    """Where to look: an edition, a chapter of it by ordinal, passages that name a figure; None is everywhere."""

    edition: str | None = None
    chapter: int | None = None
    figure: str | None = None


class Search:
    """Finds anything by words."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader
        self._vocabulary = TextVocabulary(reader)

    # --- passages ----------------------------------------------------------------------------------------------------

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
        """Passages that hold the words as typed, best first; `chapter` is an ordinal and needs `edition`.

        `figure` keeps only passages that name that figure. Each hit carries an excerpt, the matched stretches in it,
        and the place of the first.
        """
        within = Within(edition, chapter, figure)
        return self._passages(parse_query(words).fts(), within, limit, in_book_order=in_book_order)

    def forgiving(self, words: str, within: Within | None = None, *, limit: int = 50) -> PassageAnswer:
        """Find passages with the words or other forms of them; if there are none, suggest what may have been meant.

        Words as typed come first, then their other forms by the language of the editions. When nothing is found, a
        word that stands nowhere gives way to the nearest that does (parted, joined, a letter or two wrong), and at
        last any of the words is enough. A few milliseconds in a long text, the last resorts some ten.
        """
        answer = self.saying(words, within, limit=limit)
        return answer if answer.hits else self.meant(words, within, limit=limit)

    def saying(self, words: str, within: Within | None = None, *, limit: int = 50) -> PassageAnswer:
        """Passages that hold the words, as typed and then in other forms; nothing is guessed at."""
        query = parse_query(words)
        where = within or Within()
        if not query:
            return PassageAnswer(())
        hits = self._passages(query.fts(), where, limit)
        if len(hits) < limit and (wider := self._inflected(query)) != query.fts():
            seen = {hit.key for hit in hits}
            more = [hit for hit in self._passages(wider, where, limit) if hit.key not in seen]
            if more:
                return PassageAnswer((*hits, *more[: limit - len(hits)]), inflected=True)
        return PassageAnswer(tuple(hits))

    def _inflected(self, query: Query) -> str:
        """Return the query with other forms of its words, if such forms occur in the texts."""
        languages = [
            str(language).partition("-")[0].lower()
            for (language,) in self._reader().execute("select distinct language from edition")
        ]
        return query.fts(lambda word: self._vocabulary.inflected(word, languages))

    def _candidates(self, query: Query, *, known_too: bool) -> list[Query]:
        """Queries that may have been meant by one that finds nothing, the likeliest first.

        Two words written as one or one as two, a letter or two wrong, against every word that occurs in a passage, a
        quotation, an event or a note. `known_too`: words that stand somewhere may be another's slip as well.
        """
        elsewhere = self._words_elsewhere()
        known: Counter[str] = Counter()
        candidates = [query]
        for term in query.terms:
            for word in term.words:
                stands = word in elsewhere or self._stands(word, beginning=term.prefix and word == term.words[-1])
                if stands and not known_too:
                    continue
                known = known or self._vocabulary.words() + elsewhere
                readings = self._vocabulary.nearest(word, known)
                candidates = [
                    candidate.replaced(word, reading) for candidate in candidates for reading in readings
                ] or candidates
        found = [*self._joined(query), *candidates]
        if (loosened := query.loosened()).wanted != query.wanted:
            found.append(loosened)
        return [candidate for candidate in dict.fromkeys(found) if candidate != query][:MOST_READINGS]

    def _words_elsewhere(self) -> Counter[str]:
        """Return the words of records outside the passages, with how often they occur there."""
        rows = self._reader().execute(
            "select text || ' ' || topic from quotation union all select text || ' ' || place from event"
            " union all select body || ' ' || exact from annotation where deleted_at = ''"
        )
        return Counter(word for (text,) in rows for word in words_of(text))

    def meant(self, words: str, within: Within | None = None, *, limit: int = 50) -> PassageAnswer:
        """Passages that hold what may have been meant by words that nothing says."""
        query = parse_query(words)
        within = within or Within()
        if not query:
            return PassageAnswer(())
        candidates = self._candidates(query, known_too=False)
        readings = tuple(candidate.text for candidate in candidates)
        found = self._answering(candidates, within, limit)
        if not found and within != Within():
            # The words stand somewhere, but not here: *Kronstadt* where this edition has *Cronstadt*.
            found = self._answering(self._candidates(query, known_too=True), within, limit)
        if found:
            best, hits = found[0]
            others = tuple(other.text for other, _ in found[1:4])
            return PassageAnswer(tuple(hits), best.text, others, readings)
        loose = query.loosened()
        if len(loose.terms) > 1 and (hits := self._passages(loose.fts(every=False), within, limit)):
            instead = " or ".join(dict.fromkeys(" ".join(term.words) for term in loose.terms))
            return PassageAnswer(tuple(hits), instead, readings=readings)
        return PassageAnswer((), readings=readings)

    def _answering(
        self, candidates: Sequence[Query], within: Within, limit: int
    ) -> list[tuple[Query, list[SearchHit]]]:
        """Those of some queries that find anything, with what they find."""
        found = []
        for candidate in candidates:
            hits = self._passages(candidate.fts(), within, limit)
            hits = hits or self._passages(self._inflected(candidate), within, limit)
            if hits:
                found.append((candidate, hits))
        return found

    def _joined(self, query: Query) -> list[Query]:
        """Return the query with two consecutive words written as one, if such a word occurs in the texts."""
        return [
            Query((*query.wanted[:at], Term((word,)), *query.wanted[at + 2 :]), query.unwanted)
            for at, (term, following) in enumerate(pairwise(query.wanted))
            if isinstance(term, Term) and isinstance(following, Term)
            if self._vocabulary.passages_with(word := "".join(term.words + following.words))
        ]

    def _stands(self, word: str, *, beginning: bool) -> bool:
        return self._vocabulary.begins(word) if beginning else self._vocabulary.passages_with(word) > 0

    def _passages(self, fts: str, within: Within, limit: int, *, in_book_order: bool = False) -> list[SearchHit]:
        if not fts:
            return []
        order = "p.edition, p.ordinal" if in_book_order else "rank"
        reader = self._reader()
        index = index_in_use(reader)
        # What is indexed is the folded text where there is one: its matches are then looked up in the text itself.
        unfolded = "null" if index == EARLIER else "case when p.folded is null then null else p.text end"
        rows = reader.execute(
            f"select p.edition, p.ordinal, c.title, highlight({index}, 0, ?, ?), rank, {unfolded}"
            f" from {index} join passage p on p.id = {index}.rowid"
            " join chapter c on c.edition = p.edition and c.ordinal = p.chapter"
            f" where {index} match ? and (?4 is null or p.edition = ?4) and (?5 is null or p.chapter = ?5)"
            " and (?6 is null or exists (select 1 from mention m where m.figure = ?6 and m.edition = p.edition"
            "   and m.passage = p.ordinal))"
            f" order by {order} limit ?7",
            [_OPEN, _CLOSE, fts, within.edition, within.chapter, within.figure, limit],
        )
        return [_passage_hit(*row) for row in rows]

    # --- everything else ---------------------------------------------------------------------------------------------

    def quotations(self, words: str, limit: int = 50) -> list[SearchHit]:
        """Quotations whose words, speaker or topic hold all the words."""
        return self._by_words(
            "quotation", words, limit,
            "select q.key, coalesce(f.name, q.speaker_text), q.text, q.topic from quotation q"
            " left join figure f on f.key = q.speaker order by q.key",
        )  # fmt: skip

    def events(self, words: str, limit: int = 50) -> list[SearchHit]:
        """Events whose text, place or date (`February 1921`, `1921-02`) hold all the words."""
        return self._by_words(
            "event", words, limit, "select key, date, text, place from event order by sort_date, key",
            also=lambda date: HistoricalDate.parse(date).long,
        )  # fmt: skip

    def notes(self, words: str, limit: int = 50) -> list[SearchHit]:
        """The reader's annotations whose body, quoted words or tags hold all the words."""
        return self._by_words(
            "note", words, limit,
            "select key, kind, case body when '' then exact else body end, exact || ' ' || coalesce("
            " (select group_concat(tag, ' ') from annotation_tag where annotation = key), '')"
            " from annotation where deleted_at = '' order by modified_at desc",
        )  # fmt: skip

    def chapters(self, words: str, limit: int = 20) -> list[SearchHit]:
        """Chapters of any edition whose title, or number (`chapter 4`, `ch4`), holds all the words."""
        query = parse_query(words)
        if not query:
            return []
        rows = self._reader().execute(
            "select c.edition, c.ordinal, c.title, c.first_passage, e.title, coalesce(c.canonical, '') from chapter c"
            " join edition e on e.key = c.edition order by e.key, c.ordinal"
        )
        return [
            SearchHit(
                "chapter", f"{edition}:{ordinal}", title, book, stretches(title, query.terms), Place(edition, first, 0)
            )
            for edition, ordinal, title, first, book, number in rows
            if query.matches(f"{title} chapter {number} ch{number} chap{number}" if number else title)
        ][:limit]

    def _by_words(
        self, kind: SearchKind, words: str, limit: int, sql: str, *, also: Callable[[str], str] | None = None
    ) -> list[SearchHit]:
        """Rows of key, title, text and more that have all the words; `also` says a title in another way."""
        query = parse_query(words)
        if not query or limit < 1:
            return []
        hits: list[SearchHit] = []
        for key, title, text, more in self._reader().execute(sql):
            if query.matches(f"{title} {also(title) if also else ''} {text} {more}"):
                lit = stretches(text, query.terms)
                if not lit and more:
                    text = f"{text} · {more}"  # noqa: PLW2901  # what matched is shown, wherever it stood
                    lit = stretches(text, query.terms)
                hits.append(SearchHit(kind, key, title, text, lit))
                if len(hits) == limit:
                    break
        return hits


def _passage_hit(edition: str, ordinal: int, title: str, marked: str, rank: float, unfolded: str | None) -> SearchHit:
    text, matches = _unmark(marked)
    if unfolded is not None:
        text, matches = unfolded, _in_unfolded(unfolded, matches)
    start, end = _window(text, matches)
    shown = text[start:end]
    before = "…" if start else ""
    moved = len(before) - start
    inside = tuple((first + moved, last + moved) for first, last in matches if start <= first and last <= end)
    place = Place(edition, ordinal, next((first for first, last in matches if start <= first and last <= end), 0))
    excerpt = before + shown + ("…" if end < len(text) else "")
    return SearchHit("passage", f"{edition}:{ordinal}", title, excerpt, inside, place, -rank)


def _in_unfolded(text: str, matches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return where matches in the folded form of a text stand in the text."""
    folded, origin = fold_with_map(text)
    moved = len(folded) - len(folded.lstrip())
    return [in_original(origin, start + moved, end + moved) for start, end in matches if end + moved <= len(origin)]


def _window(text: str, matches: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The stretch of a passage to show: the one with most matches, from the beginning of a word to the end of one."""
    if len(text) <= _EXCERPT_CHARACTERS or not matches:
        return 0, len(text) if len(text) <= _EXCERPT_CHARACTERS else _word_end(text, _EXCERPT_CHARACTERS)
    best, most = matches[0], 0
    for first, last in matches:
        held = sum(first <= start and end <= first + _EXCERPT_CHARACTERS for start, end in matches)
        if held > most:
            best, most = (first, last), held
    start = max(0, best[0] - _EXCERPT_CHARACTERS // 4)
    if start:
        space = text.find(" ", start, best[0])
        start = space + 1 if space >= 0 else best[0]
    return start, _word_end(text, max(start + _EXCERPT_CHARACTERS, best[1]))


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", at - 24, at)
    return space if space > 0 else at


def _unmark(marked: str) -> tuple[str, list[tuple[int, int]]]:
    """Take the marks out of a text: the plain text, and where they stood."""
    plain: list[str] = []
    matches: list[tuple[int, int]] = []
    length = start = 0
    for piece in re.split(f"([{_OPEN}{_CLOSE}])", marked):
        if piece == _OPEN:
            start = length
        elif piece == _CLOSE:
            matches.append((start, length))
        else:
            plain.append(piece)
            length += len(piece)
    return "".join(plain), matches
