"""Passages, and the people named in them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, NamedTuple

from db.book import Span
from db.models import Mention, MentionInContext, Passage, Place
from db.search_index import index_in_use
from db.text import fold

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from db.models import Anchor

_CONTEXT_CHARACTERS = 70


class Passages:
    """The text itself, as passages."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def of_chapter(self, edition: str, chapter: int) -> list[Passage]:
        """Return all passages of a chapter, in order."""
        rows = self._reader().execute(
            "select p.edition, p.ordinal, p.chapter, p.kind, p.level, p.text, p.spans from chapter c join passage p"
            " on p.edition = c.edition and p.ordinal >= c.first_passage and p.ordinal < c.first_passage + c.passages"
            " where c.edition = ? and c.ordinal = ? order by p.ordinal",
            [edition, chapter],
        )
        return [_passage(row) for row in rows]

    def at(self, edition: str, ordinal: int) -> Passage | None:
        """Return one passage."""
        row = (
            self._reader()
            .execute(
                "select edition, ordinal, chapter, kind, level, text, spans from passage"
                " where edition = ? and ordinal = ?",
                [edition, ordinal],
            )
            .fetchone()
        )
        return _passage(row) if row else None

    def between(self, edition: str, first: int, last: int) -> list[Passage]:
        """Return passages `first` to `last` inclusive."""
        rows = self._reader().execute(
            "select edition, ordinal, chapter, kind, level, text, spans from passage"
            " where edition = ? and ordinal between ? and ? order by ordinal",
            [edition, first, last],
        )
        return [_passage(row) for row in rows]

    def with_note_marks(self, edition: str) -> frozenset[int]:
        """Return the ordinals of the passages in which the book's own notes are marked."""
        rows = self._reader().execute(
            "select ordinal from passage where edition = ? and instr(spans, '\"note\"') > 0", [edition]
        )
        return frozenset(int(ordinal) for (ordinal,) in rows)

    def with_phrase(self, edition: str, first: int, last: int, phrase: str) -> list[int]:
        """Return which passages from `first` to `last` hold the words of a phrase beside one another, by the index."""
        words = re.findall(r"\w+", fold(phrase))
        if not words:
            return []
        index = index_in_use(self._reader())
        rows = self._reader().execute(
            f"select p.ordinal from {index} join passage p on p.id = {index}.rowid"
            f" where {index} match ? and p.edition = ? and p.ordinal between ? and ? order by p.ordinal",
            [f'"{" ".join(words)}"', edition, first, last],
        )
        return [int(ordinal) for (ordinal,) in rows]

    def words_of(self, anchor: Anchor) -> str:
        """Return an annotation's words as they are shown, copied and exported: without the marks of the book's notes.

        The anchor keeps them, so that its words are found again. Where the text is not what it was, neither is cut.
        """
        passages = self.between(anchor.edition, anchor.passage, anchor.end_passage)
        found = words_within(passages, (anchor.passage, anchor.start), (anchor.end_passage, anchor.end))
        return found.unmarked if found.whole == anchor.exact else anchor.exact

    def texts(self, edition: str) -> list[str]:
        """Return the text of every passage of an edition; its index in the list is its ordinal."""
        rows = self._reader().execute("select text from passage where edition = ? order by ordinal", [edition])
        return [str(text) for (text,) in rows]

    def mentions(self, edition: str, first: int, last: int) -> list[Mention]:
        """Return the mentions in passages `first` to `last` inclusive, in text order."""
        rows = self._reader().execute(
            "select edition, passage, start, end, figure, confidence from mention"
            " where edition = ? and passage between ? and ? order by passage, start",
            [edition, first, last],
        )
        return [Mention(*row) for row in rows]

    def mentions_of(self, figure: str, edition: str) -> list[Mention]:
        """Return every mention of a figure in an edition, in order."""
        rows = self._reader().execute(
            "select edition, passage, start, end, figure, confidence from mention"
            " where figure = ? and edition = ? order by passage, start",
            [figure, edition],
        )
        return [Mention(*row) for row in rows]

    def mentions_in_context(self, figure: str, edition: str, limit: int = 200) -> list[MentionInContext]:
        """Return mentions of a figure with the words around each, in order."""
        rows = self._reader().execute(
            "select m.edition, m.passage, m.start, m.end, m.figure, m.confidence, p.text, c.title, c.canonical"
            " from mention m join passage p on p.edition = m.edition and p.ordinal = m.passage"
            " join chapter c on c.edition = p.edition and c.ordinal = p.chapter"
            " where m.figure = ? and m.edition = ? order by m.passage, m.start limit ?",
            [figure, edition, limit],
        )
        return [in_context(Mention(*row[:6]), row[6], row[7], row[8]) for row in rows]

    def next_mention(self, figure: str, place: Place, *, forward: bool = True) -> Mention | None:
        """Return the next (or previous) mention of a figure from a place in the same edition."""
        comparison, order = (">", "asc") if forward else ("<", "desc")
        row = (
            self._reader()
            .execute(
                "select edition, passage, start, end, figure, confidence from mention"
                f" where figure = ? and edition = ? and (passage, start) {comparison} (?, ?)"
                f" order by passage {order}, start {order} limit 1",
                [figure, place.edition, place.passage, place.offset],
            )
            .fetchone()
        )
        return Mention(*row) if row else None

    def first_mention(self, figure: str, edition: str) -> Mention | None:
        """Return the first mention of a figure in an edition."""
        return self.next_mention(figure, Place(edition, -1, -1))

    def named(self, edition: str) -> list[tuple[int, int, str]]:
        """Return who is named where in an edition: chapter and passage (by ordinal) and figure, each once."""
        rows = self._reader().execute(
            "select distinct p.chapter, m.passage, m.figure from mention m"
            " join passage p on p.edition = m.edition and p.ordinal = m.passage where m.edition = ?"
            " order by m.passage, m.figure",
            [edition],
        )
        return [(int(chapter), int(passage), str(figure)) for chapter, passage, figure in rows]

    def mentions_by_chapter(self, figure: str, edition: str) -> dict[int, int]:
        """Count the mentions of a figure in each chapter (by ordinal) of an edition."""
        rows = self._reader().execute(
            "select p.chapter, count(*) from mention m"
            " join passage p on p.edition = m.edition and p.ordinal = m.passage"
            " where m.figure = ? and m.edition = ? group by p.chapter",
            [figure, edition],
        )
        return dict(rows.fetchall())

    def company_of(self, figure: str, edition: str, limit: int = 12) -> list[tuple[str, str, int]]:
        """Return figures named in the same passages as a figure: key, name and number of passages, most first."""
        rows = self._reader().execute(
            "select o.figure, f.name, count(distinct o.passage) as shared from mention m"
            " join mention o on o.edition = m.edition and o.passage = m.passage and o.figure <> m.figure"
            " join figure f on f.key = o.figure"
            " where m.figure = ? and m.edition = ? group by o.figure order by shared desc, f.sort_name limit ?",
            [figure, edition, limit],
        )
        return [(str(key), str(name), int(count)) for key, name, count in rows]

    def order_of_appearance(self, edition: str) -> dict[str, int]:
        """Number the figures of an edition from 0 in the order in which they are first named."""
        rows = self._reader().execute(
            "select figure from mention where edition = ? group by figure order by min(passage * 1000000 + start)",
            [edition],
        )
        return {str(figure): number for number, (figure,) in enumerate(rows)}

    def people_met(self, place: Place) -> set[str]:
        """Return the figures an edition has named up to a place."""
        rows = self._reader().execute(
            "select distinct figure from mention where edition = ? and (passage, start) <= (?, ?)",
            [place.edition, place.passage, place.offset],
        )
        return {str(figure) for (figure,) in rows}


class Words(NamedTuple):
    """The words of a stretch, one passage a line: as in the text, and without the marks of the book's own notes."""

    whole: str
    unmarked: str


def words_within(passages: Iterable[Passage], begin: tuple[int, int], end: tuple[int, int]) -> Words:
    """Return the words between two places (passage and offset)."""
    whole, unmarked = [], []
    for passage in passages:
        if not begin[0] <= passage.ordinal <= end[0]:
            continue
        start = begin[1] if passage.ordinal == begin[0] else 0
        stop = end[1] if passage.ordinal == end[0] else len(passage.text)
        whole.append(passage.text[start:stop])
        marks = [span for span in passage.spans if span.style == "note" and start < span.end and span.start < stop]
        pieces, at = [], start
        for mark in sorted(marks, key=lambda span: span.start):
            pieces.append(passage.text[at : max(at, mark.start)])
            at = max(at, mark.end)
        unmarked.append("".join([*pieces, passage.text[at:stop]]))
    return Words("\n".join(whole), "\n".join(unmarked))


def words_around(text: str, start: int, end: int, characters: int = _CONTEXT_CHARACTERS) -> tuple[str, str]:
    """Return the words before and after a stretch of a passage, cut between words, with an ellipsis at each cut."""
    before, after = text[max(0, start - characters) : start], text[end : end + characters]
    if start > characters:
        before = "…" + before.partition(" ")[2]
    if end + characters < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before, after


def in_context(mention: Mention, text: str, title: str, canonical: int | None) -> MentionInContext:
    """Return a mention with the words around it in the text of its passage."""
    before, after = words_around(text, mention.start, mention.end)
    return MentionInContext(mention, before, text[mention.start : mention.end], after, title, canonical)


def _passage(row: tuple[str, int, int, str, int, str, str]) -> Passage:
    edition, ordinal, chapter, kind, level, text, spans = row
    decoded = tuple(Span(*span) for span in json.loads(spans)) if spans != "[]" else ()
    return Passage(edition, ordinal, chapter, kind, level, text, decoded)  # type: ignore[arg-type]  # the column has only these words
