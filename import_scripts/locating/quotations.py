"""Find quotations in a text.

A quotation is first searched word for word; one with gaps ("…", "[…]") piece by piece, in order. If that fails, it is
searched by its rarest words with a fuzzy alignment, which must reach a minimum score and be better than the next place
by a margin. Otherwise it is not found: a wrong place is worse than none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from import_scripts.locating.words import WordIndex, plain_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import Quotation

Located = tuple[str, int, int, int, int, float, float]
"""Quotation, passage, start, end passage, end, score, margin."""

MINIMUM_SCORE: Final = 84.0
MARGIN: Final = 8.0
_LANGUAGE_OF_QUOTATIONS: Final = "en"
_LONGEST_GAP: Final = 140
"""Words that "…" may stand for."""
_SHORTEST_FUZZY: Final = 5
"""Quotations of fewer words must be found word for word."""
_SHORTEST_LETTERS: Final = 12
"""Quotations of fewer letters are not searched: they could be found anywhere."""
_RAREST: Final = 6
_CANDIDATES: Final = 12
_TOO_COMMON: Final = 400
"""Words that occur more often are not used to find a place."""
_APART: Final = 10
"""Largest difference in words between the beginnings that rare words of one place suggest."""
_SLACK: Final = 3
"""Words before and after an alignment that may belong to it."""
_GAP: Final = re.compile(r"\[[^\]]{0,60}\]|\.{3,}|\u2026|\(\s*(?:\.{3}|\u2026)\s*\)")
_STOP_WORDS: Final = frozenset(
    """a about all an and any are as at be been but by can could did do for from had has have he her him his i if in
    into is it its like me more my no not of on one only or our out over said she so some than that the their them then
    there these they this to up was we were what when which who will with would you your""".split()
)
_SAMPLE_WORDS: Final = 4_000


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of words that matches; `score` and `margin` are 0 to 100, `last` is its last word."""

    first: int
    last: int
    score: float
    margin: float


def locate_quotations(
    quotations: Iterable[Quotation],
    texts: Sequence[str],
    language: str = "",
    chapters: Sequence[tuple[int, int | None]] = (),
) -> list[Located]:
    """Find quotations in an edition: quotation, passage, start, end passage, end, score, margin.

    An edition in another language than the quotations is not searched. Without `language` (as in BCP 47), the language
    is recognised by its words. `chapters`, the first passage of each with its chapter of the Memoirs, decide between
    equal places.
    """
    if language and not language.lower().startswith(_LANGUAGE_OF_QUOTATIONS):
        return []
    index = WordIndex(texts)
    if not language and not _is_english(index.words):
        return []
    wanted = [(quotation, _pieces(quotation.text)) for quotation in quotations]
    finder = _Finder(index, (word for _, pieces in wanted for piece in pieces for word in piece))
    numbers = _chapter_numbers(index, chapters)
    located: list[Located] = []
    for quotation, pieces in wanted:
        found = finder.find(pieces, _words_of_chapter(numbers, quotation.chapter))
        if found is not None:
            located.append((quotation.key, *index.place(found.first, found.last), found.score, found.margin))
    return located


def locate_text(text: str, index: WordIndex, within: range | None = None) -> Found | None:
    """Find a text, such as a highlight, in an index; None if it is not found or could be in several places.

    `within` are the words that decide between equal places.
    """
    pieces = _pieces(text)
    return _Finder(index, (word for piece in pieces for word in piece)).find(pieces, within)


class _Finder:
    """Finds sequences of words in a text, with an index of the words that will be searched."""

    def __init__(self, index: WordIndex, wanted: Iterable[str]) -> None:
        self._words = index.words
        self._at = index.positions({word for word in wanted if word not in _STOP_WORDS})

    def find(self, pieces: Sequence[list[str]], chapter: range | None) -> Found | None:
        if not pieces or sum(len(word) for piece in pieces for word in piece) < _SHORTEST_LETTERS:
            return None
        exact = self._exact(pieces)
        if len(exact) > 1 and chapter is not None:
            exact = [place for place in exact if place[0] in chapter] or exact
        if len(exact) == 1:
            return Found(*exact[0], 100.0, 100.0)
        if exact:
            return None
        return self._fuzzy(pieces, chapter)

    # --- word for word -----------------------------------------------------------------------------------------------

    def _exact(self, pieces: Sequence[list[str]]) -> list[tuple[int, int]]:
        """Return every place where the pieces occur in order."""
        anchor = max(range(len(pieces)), key=lambda number: (self._rarity(pieces[number]), len(pieces[number])))
        places = []
        for start in self._starts_of(pieces[anchor]):
            first, last = start, start + len(pieces[anchor]) - 1
            for piece in reversed(pieces[:anchor]):
                before = self._within(piece, max(0, first - _LONGEST_GAP - len(piece)), first, last_one=True)
                if before is None:
                    break
                first = before
            else:
                for piece in pieces[anchor + 1 :]:
                    after = self._within(piece, last + 1, last + 1 + _LONGEST_GAP + len(piece), last_one=False)
                    if after is None:
                        break
                    last = after + len(piece) - 1
                else:
                    places.append((first, last))
        return places

    def _rarity(self, piece: Sequence[str]) -> float:
        """Return how well a piece can be found by its rarest word; 0 if it has no rare word."""
        counts = [len(self._at[word]) for word in piece if word in self._at]
        return 1.0 / (1 + min(counts)) if counts else 0.0

    def _starts_of(self, piece: list[str]) -> list[int]:
        rare = min((word for word in piece if word in self._at), key=lambda word: len(self._at[word]), default=None)
        if rare is None:
            return []
        offset, length, words = piece.index(rare), len(piece), self._words
        return [
            at - offset for at in self._at[rare] if at >= offset and words[at - offset : at - offset + length] == piece
        ]

    def _within(self, piece: list[str], start: int, stop: int, *, last_one: bool) -> int | None:
        words, length = self._words, len(piece)
        places = range(start, min(stop, len(words) - length + 1))
        for at in reversed(places) if last_one else places:
            if words[at] == piece[0] and words[at : at + length] == piece and (not last_one or at + length <= stop):
                return at
        return None

    # --- fuzzy -------------------------------------------------------------------------------------------------------

    def _fuzzy(self, pieces: Sequence[list[str]], chapter: range | None) -> Found | None:
        """Align with the places of the rarest words; the best must be better than all others by a margin."""
        row = [word for piece in pieces for word in piece]
        if len(row) < _SHORTEST_FUZZY:
            return None
        longest = len(row) + (len(pieces) - 1) * _LONGEST_GAP
        scored = [self._align(pieces, starting) for starting in self._candidates(row, len(pieces) > 1)]
        ranked = sorted((found for found in scored if found is not None), key=lambda found: (-found.score, found.first))
        if not ranked:
            return None
        best = ranked[0]
        elsewhere = (found.score for found in ranked if abs(found.first - best.first) > min(longest, len(row)))
        margin = best.score - max(elsewhere, default=0.0)
        if chapter is not None and best.first in chapter:
            margin += MARGIN / 2
        if best.score < MINIMUM_SCORE or margin < MARGIN:
            return None
        return replace(best, score=round(best.score, 1), margin=round(min(margin, 100.0), 1))

    def _candidates(self, row: Sequence[str], has_gaps: bool) -> list[range]:
        """Return where the words may begin, by the votes of the rarest words; most votes first."""
        known: dict[str, list[int]] = {}
        for word in row:
            at = self._at.get(word)
            if at and len(at) <= _TOO_COMMON:
                known[word] = at
        rarest = sorted(known, key=lambda word: (len(known[word]), word))[:_RAREST]
        reach = _LONGEST_GAP if has_gaps else 0
        starts = sorted((max(0, at - row.index(word)), word) for word in rarest for at in known[word])
        candidates: list[tuple[int, range]] = []
        begin = 0
        for end, (start, _) in enumerate(starts):
            while start - starts[begin][0] > _APART + reach:
                begin += 1
            votes = len({word for _, word in starts[begin : end + 1]})
            if votes >= min(2, len(rarest)):
                candidates.append((votes, range(starts[begin][0], start + 1)))
        candidates.sort(key=lambda item: (-item[0], len(item[1]), item[1].start))
        chosen: list[range] = []
        for _, starting in candidates:
            if all(starting.start >= other.stop or other.start >= starting.stop for other in chosen):
                chosen.append(starting)
            if len(chosen) == _CANDIDATES:
                break
        return chosen

    def _align(self, pieces: Sequence[list[str]], starting: range) -> Found | None:
        """Align the pieces one after the other, the first near one of its likely beginnings."""
        at, first, last = max(0, starting.start - _SLACK), -1, 0
        total = weight = 0.0
        for number, piece in enumerate(pieces):
            reach = len(piece) + len(piece) // 4 + (len(starting) + 2 * _SLACK if number == 0 else _LONGEST_GAP)
            window = self._words[at : at + reach]
            if not window:
                return None
            begins, ends, score = _lay_on(piece, window)
            letters = sum(map(len, piece))
            total, weight = total + score * letters, weight + letters
            if number == 0:
                first = at + begins
            last = at + ends
            at = last + 1
        return Found(first, last, total / weight, 0.0)


def _lay_on(piece: list[str], window: list[str]) -> tuple[int, int, float]:
    """Return the part of a window most similar to a piece: first and last word, and the similarity (0 to 100)."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import Indel

    needle, hay = " ".join(piece), " ".join(window)
    alignment = fuzz.partial_ratio_alignment(needle, hay)
    if alignment is None:
        return 0, 0, 0.0
    begins = max(0, hay.count(" ", 0, alignment.dest_start) - _SLACK)
    ends = min(len(window), hay.count(" ", 0, alignment.dest_end) + 1 + _SLACK)
    blocks = [block for block in Indel.opcodes(piece, window[begins:ends]) if block.tag == "equal"]
    if not blocks:
        return begins, max(begins, ends - 1), alignment.score
    spans = [(block.src_start, block.src_end, block.dest_start, block.dest_end) for block in blocks]
    while len(spans) > 1 and _is_stray(spans[0][3] - spans[0][2], spans[1][2] - spans[0][3]):
        del spans[0]
    while len(spans) > 1 and _is_stray(spans[-1][3] - spans[-1][2], spans[-1][2] - spans[-2][3]):
        del spans[-1]
    # A changed first or last word still belongs to the stretch.
    first = max(0, begins + spans[0][2] - min(spans[0][0], 1))
    last = min(len(window), begins + spans[-1][3] + min(len(piece) - spans[-1][1], 1)) - 1
    return first, last, fuzz.ratio(needle, " ".join(window[first : last + 1]))


def _is_stray(length: int, distance: int) -> bool:
    """Return whether equal words at an end are too few and too far away to be part of the stretch."""
    return distance > 2 * length + 1


def _pieces(text: str) -> list[list[str]]:
    """Return the sequences of words between gaps; `[sic]` and an editor's words in brackets are gaps too."""
    return [words for part in _GAP.split(text) if (words := plain_words(part))]


def _is_english(words: Sequence[str]) -> bool:
    half = len(words) // 2
    sample = [*words[: _SAMPLE_WORDS // 2], *words[half : half + _SAMPLE_WORDS // 2]]
    if len(sample) < 200:
        return True
    return sum(word in ("the", "and", "of", "to", "was") for word in sample) > 0.05 * len(sample)


def _chapter_numbers(index: WordIndex, chapters: Sequence[tuple[int, int | None]]) -> dict[int, range]:
    """Return the range of words of each chapter of the Memoirs in an edition."""
    ends = [*(index.first_word(first) for first, _ in chapters[1:]), len(index.words)]
    return {
        number: range(index.first_word(first), end)
        for (first, number), end in zip(chapters, ends, strict=False)
        if number is not None
    }


def _words_of_chapter(numbers: dict[int, range], chapter: int | None) -> range | None:
    return numbers.get(chapter) if chapter is not None else None
