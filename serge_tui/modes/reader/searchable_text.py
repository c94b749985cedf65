"""Words searched for as a reader types them: accents, apostrophes, dashes, spaces and one slip are forgiven."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.text import fold, fold_with_map, in_original

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

How: TypeAlias = Literal["phrase", "words", "spelling"]
MOST_HITS: Final = 2_000
_CONTEXT: Final = 60
"""Characters before and after a hit when it is shown in a list."""
_WORD: Final = re.compile(r"\w+")
_BESIDE: Final = 3
"""Characters between two words that are side by side."""
_SHORTEST_WITH_SLIP: Final = 4


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A hit: a passage's ordinal and character offsets in it."""

    passage: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Hits:
    """Hits in order of the text, and how they were found: as a phrase, as words of a paragraph, or with other letters.

    `instead` names the words that were taken for the ones typed.
    """

    hits: tuple[Hit, ...] = ()
    how: How = "phrase"
    instead: str = ""
    more: bool = False


class SearchableText:
    """Searches passages; the first has the ordinal `first`. Folding a book takes a moment: build it in a thread."""

    def __init__(self, texts: Sequence[str], first: int = 0) -> None:
        self.texts = texts
        self.first = first
        self._folded = [fold(text) for text in texts]

    @cached_property
    def _vocabulary(self) -> list[str]:
        words: set[str] = set()
        for text in self._folded:
            words.update(_WORD.findall(text))
        return sorted(word for word in words if len(word) >= _SHORTEST_WITH_SLIP - 1)

    def find(self, words: str) -> Hits:
        """Find typed text as it is, or else its words in one paragraph, or else with one wrong letter in each word."""
        needle = fold(words)
        if not needle:
            return Hits()
        if found := self._all([needle], each=False):
            return _hits(found, "phrase")
        terms = _WORD.findall(needle)
        if len(terms) > 1 and (found := self._all(terms, each=True)):
            return _hits(self._joined(found), "words")
        nearest = [self._near(term) for term in terms]
        if not terms or not all(nearest):
            return Hits()
        found = []
        for passage, text in enumerate(self._folded):
            if all(any(word in text for word in words) for words in nearest):
                found += [
                    hit for words in nearest for word in words for hit in self._in_passage(passage, word, _bounded)
                ]
        instead = " ".join(" / ".join(words) for words in nearest)
        return _hits(self._joined(sorted(set(found))), "spelling", instead)

    def excerpt(self, hit: Hit) -> tuple[str, tuple[tuple[int, int], ...]]:
        """Return the words around a hit, and where in them the hit is."""
        text = self.texts[hit.passage - self.first]
        begin, stop = max(0, hit.start - _CONTEXT), min(len(text), hit.end + _CONTEXT)
        begin = text.rfind(" ", 0, begin) + 1 if begin else 0
        before = "…" if begin else ""
        after = "…" if stop < len(text) else ""
        at = len(before) + hit.start - begin
        return before + text[begin:stop] + after, ((at, at + hit.end - hit.start),)

    def _all(self, terms: Sequence[str], *, each: bool) -> list[Hit]:
        """Return the occurrences of every term in the passages that have all of them."""
        found: list[Hit] = []
        for passage, text in enumerate(self._folded):
            if all(term in text for term in terms):
                for term in terms:
                    found += self._in_passage(passage, term, _begins_word if each else _anywhere)
                if len(found) > MOST_HITS:
                    break
        return sorted(set(found))

    def _joined(self, hits: Iterable[Hit]) -> list[Hit]:
        """Make one hit of words that are side by side."""
        joined: list[Hit] = []
        for hit in hits:
            last = joined[-1] if joined else None
            if last is not None and last.passage == hit.passage:
                between = self.texts[hit.passage - self.first][last.end : hit.start]
                if not any(map(str.isalnum, between)) and len(between) <= _BESIDE:
                    joined[-1] = Hit(last.passage, last.start, max(last.end, hit.end))
                    continue
            joined.append(hit)
        return joined

    def _in_passage(self, passage: int, term: str, may: Callable[[str, int, int], bool]) -> Iterable[Hit]:
        folded, origin = fold_with_map(self.texts[passage])
        start = folded.find(term)
        while start >= 0:
            end = start + len(term)
            if may(folded, start, end):
                yield Hit(self.first + passage, *in_original(origin, start, end))
            start = folded.find(term, end)

    def _near(self, term: str) -> list[str]:
        """Return words of the text equal to the term, or one slip away (a letter wrong, missing, added, exchanged)."""
        if len(term) < _SHORTEST_WITH_SLIP:
            return [term] if any(term in text for text in self._folded) else []
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found = process.extract(term, self._vocabulary, scorer=OSA.distance, score_cutoff=1, limit=None)
        return [word for word, distance, _ in sorted(found, key=lambda entry: (entry[1], entry[0]))]


def _hits(found: list[Hit], how: How, instead: str = "") -> Hits:
    return Hits(tuple(found[:MOST_HITS]), how, instead, more=len(found) > MOST_HITS)


def _anywhere(_text: str, _start: int, _end: int) -> bool:
    return True


def _begins_word(text: str, start: int, _end: int) -> bool:
    return start == 0 or not text[start - 1].isalnum()


def _bounded(text: str, start: int, end: int) -> bool:
    return _begins_word(text, start, end) and not text[end : end + 1].isalnum()
