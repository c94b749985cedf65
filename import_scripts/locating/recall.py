"""Find half-remembered words: `serge locate "some words"`.

Unlike a quotation, what somebody remembers may be in another order, misspelt and incomplete; so places are ranked and
the best always returned. A place is good if it has many of the words, above all the rare ones, close together and in
order.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from import_scripts.locating.words import WordIndex, plain_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_MOST_WORDS: Final = 60
_MOST_OCCURRENCES: Final = 3_000
_SIMILAR: Final = 80.0
"""Similarity (0 to 100) from which a word counts as a misspelt or inflected word of the query."""
_MOST_SIMILAR: Final = 12
_CONTEXT_WORDS: Final = 14
_LEAD: Final = 6
"""Words between the beginning of a sentence and the first word found that belong to the place."""
_SENTENCE_END: Final = re.compile(
    r"(?<![.\s][A-Z])(?<!^[A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bMrs)[.!?…][”’»\"')\]]*\s+|\n"
)
_COMMON: Final = 0.5
"""A word with less than this share of the rarest word's weight may be at an end by chance."""
_NEAR: Final = 2
_LEAST_WEIGHT: Final = 2.0
_LEAST_SHARE: Final = 0.34
"""Share of the query's weight that a place must have to be shown at all."""


@dataclass(frozen=True, slots=True)
class Recalled:
    """A place that may be meant: from a passage and offset to another, a score (0 to 100), and its words.

    `exact`: the words occur there exactly, in order.
    """

    passage: int
    start: int
    end_passage: int
    end: int
    score: float
    exact: bool
    before: str
    surface: str
    after: str


class Rarity:
    """How rare words are in several editions together, so that scores in one compare with those in another."""

    def __init__(self, words: str) -> None:
        self.row = plain_words(words)[:_MOST_WORDS]
        self._counts: Counter[str] = Counter()
        self._words = 0

    def add(self, index: WordIndex) -> None:
        """Count the words, or those similar to them, in an edition."""
        self._words += len(index.words)
        self._counts.update({word: len(places) for word, places in _places_of(self.row, index).items()})

    def weights(self) -> dict[str, float]:
        """Return the weight of each word: a rare one weighs more than a common one.

        A word that is in no edition weighs as much as a usual one: somebody remembers it.
        """
        known = {
            word: math.log((self._words + 1) / (self._counts[word] + 1)) for word in self.row if self._counts[word]
        }
        usual = max(median(known.values()) if known else 0.0, _LEAST_WEIGHT)
        return {word: known.get(word, usual) for word in dict.fromkeys(self.row)}


def locate_words(
    words: str, texts: Sequence[str] | WordIndex, *, limit: int = 5, rarity: Rarity | None = None
) -> list[Recalled]:
    """Return the places of a text that match half-remembered words, the best first; none overlaps a better one.

    `texts` are an edition's passages in order, or an index of them if several queries are made. `rarity` is that of the
    words in all editions that are compared; without it, in this one.
    """
    index = texts if isinstance(texts, WordIndex) else WordIndex(texts)
    if rarity is None:
        rarity = Rarity(words)
        rarity.add(index)
    row = rarity.row
    if not row or not index.words:
        return []
    found = _exact_places(row, index, limit) if len(row) > 1 else []
    exact = {first for first, *_ in found}
    if len(found) < limit:
        taken = [(first, last) for first, last, _, _ in found]
        for first, last, score in _similar_places(row, index, rarity.weights(), limit * 4):
            if all(last < begin or end < first for begin, end in taken) and first not in exact:
                found.append((first, last, score, False))
                taken.append((first, last))
            if len(found) >= limit:
                break
    return [_recalled(index, *place) for place in found[:limit]]


def _exact_places(row: list[str], index: WordIndex, limit: int) -> list[tuple[int, int, float, bool]]:
    at = index.positions(set(row))
    rare = min(row, key=lambda word: len(at[word]))
    offset = row.index(rare)
    places = []
    for position in at[rare]:
        first = position - offset
        if first >= 0 and index.words[first : first + len(row)] == row:
            places.append((first, first + len(row) - 1, 100.0, True))
            if len(places) >= limit:
                break
    return places


def _similar_places(
    row: list[str], index: WordIndex, weight_of: Mapping[str, float], limit: int
) -> list[tuple[int, int, float]]:
    """Return windows about as long as the query with most of its weight."""
    from rapidfuzz import fuzz

    hits = _hits(row, index)
    weights = {number: weight_of[word] for number, word in enumerate(dict.fromkeys(row))}
    whole = sum(weights.values())
    if not hits or not whole:
        return []
    span = 2 * len(row) + 10
    scored: dict[int, tuple[float, int, int]] = {}
    inside: defaultdict[int, int] = defaultdict(int)
    best: dict[int, float] = {}  # weight of each word of the query that is in the window
    begin = 0
    held = 0.0
    for end, (position, number, share) in enumerate(hits):
        inside[number] += 1
        if inside[number] == 1:
            best[number] = weights[number] * share
            held += best[number]
        while position - hits[begin][0] > span:
            _, leaving, _ = hits[begin]
            inside[leaving] -= 1
            if not inside[leaving]:
                held -= best.pop(leaving)
            begin += 1
        if held >= _LEAST_SHARE * whole and len(best) >= min(2, len(weights)):
            bucket = hits[begin][0] // max(1, span // 2)
            if bucket not in scored or held > scored[bucket][0]:
                scored[bucket] = (held, begin, end)
    query = " ".join(row)
    ranked = []
    for held, begins, ends in sorted(scored.values(), key=lambda item: (-item[0], item[1]))[: limit * 4]:
        first, last = _tight(hits[begins : ends + 1], weights)
        stretch = " ".join(index.words[first : last + 1])
        order = fuzz.token_set_ratio(query, stretch) * 0.4 + fuzz.ratio(query, stretch) * 0.6
        first = _sentence_start(index, first)
        ranked.append((first, last, round(70 * held / whole + 0.29 * order, 1)))
    return sorted(ranked, key=lambda item: (-item[2], item[0]))[:limit]


def _tight(window: list[tuple[int, int, float]], weights: dict[int, float]) -> tuple[int, int]:
    """Return first and last word of a window, without common or repeated words at its ends."""
    heavy = max(weights[number] for _, number, _ in window) * _COMMON
    begin, end = 0, len(window) - 1
    while begin < end and _is_chance(window[begin], window[begin + 1], window[begin + 1 : end + 1], weights, heavy):
        begin += 1
    while begin < end and _is_chance(window[end], window[end - 1], window[begin:end], weights, heavy):
        end -= 1
    return window[begin][0], window[end][0]


def _sentence_start(index: WordIndex, first: int) -> int:
    """Return the word that begins the sentence of a word, if that is near; else the word itself."""
    passage, start, _, _ = index.place(first, first)
    before = index.texts[passage][:start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    lead = len(plain_words(before[ends[-1] if ends else 0 :]))
    return first - lead if lead <= _LEAD else first


def _is_chance(
    hit: tuple[int, int, float],
    neighbour: tuple[int, int, float],
    rest: list[tuple[int, int, float]],
    weights: dict[int, float],
    heavy: float,
) -> bool:
    position, number, _ = hit
    if any(other == number for _, other, _ in rest):
        return True
    return weights[number] < heavy and abs(neighbour[0] - position) > _NEAR


def _hits(row: list[str], index: WordIndex) -> list[tuple[int, int, float]]:
    """Return where words of the query, or similar words, occur: position, word of the query, similarity (0 to 1)."""
    hits: list[tuple[int, int, float]] = []
    for number, places in enumerate(_places_of(row, index).values()):
        if len(places) <= _MOST_OCCURRENCES:
            hits += [(position, number, share) for position, share in places]
    hits.sort()
    return hits


def _places_of(row: list[str], index: WordIndex) -> dict[str, list[tuple[int, float]]]:
    """Return where each word of the query occurs, or else where similar ones do, with the similarity."""
    at = index.positions(set(row))
    missing = [word for word in set(row) if not at[word] and len(word) > 3]
    similar = _similar_words(missing, index) if missing else {}
    return {word: [(position, 1.0) for position in at[word]] or similar.get(word, []) for word in dict.fromkeys(row)}


def _similar_words(missing: list[str], index: WordIndex) -> dict[str, list[tuple[int, float]]]:
    """Return where words occur that are similar to words missing from the text."""
    from rapidfuzz import fuzz, process

    vocabulary = list(dict.fromkeys(index.words))
    alike: dict[str, list[tuple[str, float]]] = {
        word: [
            (match, score / 100)
            for match, score, _ in process.extract(
                word, vocabulary, scorer=fuzz.ratio, score_cutoff=_SIMILAR, limit=_MOST_SIMILAR
            )
        ]
        for word in missing
    }
    at = index.positions({match for matches in alike.values() for match, _ in matches})
    return {
        word: [(position, share) for match, share in matches for position in at[match]]
        for word, matches in alike.items()
    }


def _recalled(index: WordIndex, first: int, last: int, score: float, exact: bool) -> Recalled:
    passage, start, end_passage, end = index.place(first, last)
    text, end_text = index.texts[passage], index.texts[end_passage]
    surface = text[start:end] if passage == end_passage else f"{text[start:]}\n{end_text[:end]}"
    before, after = text[:start].split(), end_text[end:].split()
    return Recalled(
        passage, start, end_passage, end, score, exact,
        _cut(" ".join(before[-_CONTEXT_WORDS:]), "\u2026 ", "", len(before) > _CONTEXT_WORDS), surface,
        _cut(" ".join(after[:_CONTEXT_WORDS]), "", " \u2026", len(after) > _CONTEXT_WORDS),
    )  # fmt: skip


def _cut(text: str, before: str, after: str, is_cut: bool) -> str:
    return f"{before}{text}{after}" if is_cut else text
