"""The words of the texts: inflected forms, and the nearest words to one that does not occur."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from db.search_index import index_in_use

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Mapping, Sequence

_STEMMERS: Final = {
    "ca": "catalan", "da": "danish", "de": "german", "en": "english", "es": "spanish", "fi": "finnish",
    "fr": "french", "hu": "hungarian", "it": "italian", "nl": "dutch", "no": "norwegian", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sv": "swedish", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
"""Languages of editions (ISO 639-1) with a Snowball stemmer."""
_LONGEST_FAMILY: Final = 400
_SHORTEST_STEM: Final = 3
_LONGEST_WORD: Final = 60
"""Letters; anything longer is not a mistyped word."""
_AFTER_ALL: Final = "\U0010ffff"
"""Appended to a prefix, sorts after every word with that prefix."""


class TextVocabulary:
    """Queries FTS5's list of words. Cheap to create; keeps no text in memory."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def _ask(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run a query on the words of the index in use; `{words}` stands for the list, a temporary table."""
        connection = self._reader()
        index = index_in_use(connection)
        words = f"words_of_{index}"
        if not connection.execute("select 1 from temp.sqlite_master where name = ?", [words]).fetchone():
            # A temporary table changes nothing in the file, but a read-only connection refuses it.
            connection.execute("pragma query_only = off")
            try:
                connection.execute(f"create virtual table temp.{words} using fts5vocab('main', '{index}', 'row')")
            finally:
                connection.execute("pragma query_only = on")
        cursor: sqlite3.Cursor = connection.execute(sql.format(words=f"temp.{words}"), parameters)
        return cursor

    def passages_with(self, word: str) -> int:
        """Count the passages with a word; `word` is folded."""
        row = self._ask("select doc from {words} where term = ?", [word]).fetchone()
        return int(row[0]) if row else 0

    def begins(self, prefix: str) -> bool:
        """Return whether any word has this prefix."""
        row = self._ask("select 1 from {words} where term >= ? and term < ? limit 1", [prefix, prefix + _AFTER_ALL])
        return row.fetchone() is not None

    def inflected(self, word: str, languages: Iterable[str]) -> list[str]:
        """Return other forms of a word in the texts, by the Snowball stemmers of the given languages."""
        known = [_STEMMERS[language] for language in dict.fromkeys(languages) if language in _STEMMERS]
        if not known or len(word) < _SHORTEST_STEM:
            return []
        # Takes 10 ms to import: only when searching.
        from snowballstemmer import stemmer

        found: dict[str, None] = {}
        for name in known:
            stem_of = stemmer(name).stemWord
            stem = stem_of(word)
            # A stemmer may change the last letter (happy, happi), so search by one letter less.
            start = stem[:-1] if len(stem) > _SHORTEST_STEM else stem
            if len(start) < _SHORTEST_STEM:
                continue
            rows = self._ask(
                "select term from {words} where term >= ? and term < ? limit ?",
                [start, start + _AFTER_ALL, _LONGEST_FAMILY],
            )
            found |= {term: None for (term,) in rows if term != word and stem_of(term) == stem}
        return list(found)

    def words(self) -> Counter[str]:
        """Return every word of the texts with its number of passages: some ten milliseconds for a long text."""
        return Counter(dict(self._ask("select term, doc from {words}").fetchall()))

    def nearest(self, word: str, words: Mapping[str, int], limit: int = 3) -> list[tuple[str, ...]]:
        """Suggest corrections for a word that does not occur, the likeliest first.

        Finds one wrong, missing, doubled or swapped letter, two in a word of eight letters or more; words split or
        joined are the caller's. `words` are the possible words with their counts.
        """
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        if len(word) > _LONGEST_WORD:
            return []
        allowed = 2 if len(word) >= 8 else 1 if len(word) >= 4 else 0
        parts = self._parts(word)
        if not allowed:
            return parts[:limit]
        near = process.extract(word, words.keys(), scorer=OSA.distance, score_cutoff=allowed, limit=20)
        ranked = sorted(near, key=lambda found: (found[1], found[0][:1] != word[:1], -words[found[0]], found[0]))
        whole: list[tuple[str, ...]] = [(term,) for term, _, _ in ranked]
        return (parts + whole if ranked and ranked[0][1] > 1 else whole[:1] + parts + whole[1:])[:limit]

    def _parts(self, word: str) -> list[tuple[str, ...]]:
        """Split a word in two that occur one after the other in the texts: `anarchosyndicalism`."""
        parted = []
        for at in range(2, len(word) - 1):
            first, second = word[:at], word[at:]
            if self.passages_with(first) and self.passages_with(second):
                index = index_in_use(self._reader())
                together = self._reader().execute(
                    f"select count(*) from {index} where {index} match ?", [f'"{first} {second}"']
                )
                if count := together.fetchone()[0]:
                    parted.append((count, first, second))
        return [(first, second) for _, first, second in sorted(parted, reverse=True)]
