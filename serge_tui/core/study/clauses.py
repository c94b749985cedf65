"""Split a quotation into clauses and measure how rare each is: the detail that only one person has comes first."""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_BREAK: Final = re.compile(r"(?<=[;:.!?])\s+|\s*\[…\]\s*|\s+[–—]\s+")
_COMMA: Final = re.compile(r"(?<=,)\s+(?=(?:and|but|his|her|with|a|an|the|he|she|who)\b)")
_LONG: Final = 14
_SENTENCE: Final = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][”’\"']))\s+(?=[A-Z“‘])")
_WORD: Final = re.compile(r"[^\W\d_][\w'’-]*")
STOP_WORDS: Final = frozenset(
    """a about above after again against all also always am an and any are as at be because been before being below
    between both but by can could did do does doing don down during each even ever every few for from further had has
    have having he her here hers herself him himself his how i if in into is it its itself just less like made make many
    may me might mine more most much must my myself never no nor not now of off often on once one only or other our ours
    ourselves out over own perhaps quite rather s same seemed seems shall she should since so some still such t than
    that the their theirs them themselves then there these they this those though through thus to too toward towards
    twenty two under until up upon us very was we were what when where whether which while who whom whose why will with
    within without would yet you your yours yourself""".split()
)


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return _WORD.findall(fold(text))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """Return a crude stem, cached, enough to see that *convincing* gives away *convince*."""
    word = re.sub(r"'s$", "", word)
    for ending in ("ations", "ation", "ingly", "ness", "ings", "ing", "ity", "ers", "ies", "ed", "er", "ly", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word[:-1] if word.endswith("e") and len(word) > 4 else word


@lru_cache(maxsize=1024)
def content_stems(text: str) -> frozenset[str]:
    """Return the stems of the words that carry meaning, cached: one description is compared with many clauses."""
    return frozenset(stem(word) for word in words_of(text) if word not in STOP_WORDS and len(word) > 2)


def gives_away(cue: str, answer: str) -> bool:
    """Return whether a cue shares a meaningful word with the answer."""
    return bool(content_stems(cue) & content_stems(answer))


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in _SENTENCE.split(text) if part]


def clauses_of(text: str, shortest: int = 4) -> list[str]:
    """Return the clauses of a text, divided at full stops, semicolons and dashes, and at commas if they would be long.

    None has fewer than `shortest` words: a shorter one stays with its neighbour.
    """
    pieces: list[str] = []
    for piece in _BREAK.split(text):
        pieces += _COMMA.split(piece) if len(words_of(piece)) > _LONG else [piece]
    clauses: list[str] = []
    for piece in pieces:
        clause = piece.strip()
        if clauses and (len(words_of(clause)) < shortest or len(words_of(clauses[-1])) < shortest):
            clauses[-1] = f"{clauses[-1]} {clause}"
        elif clause:
            clauses.append(clause)
    return clauses


class Rarity:
    """How rare words are in all texts of the pack."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._count: Counter[str] = Counter()
        total = 0
        for text in texts:
            self._count.update(content_stems(text))
            total += 1
        self._total = total

    def of_word(self, word: str) -> float:
        """Return the inverse document frequency of a word: 0 for a word in every text."""
        return math.log((self._total + 1) / (self._count[stem(word)] + 1))

    def of(self, text: str) -> float:
        """Return the rarity of a text: the mean of its three rarest words."""
        rarest = sorted((self.of_word(w) for w in words_of(text) if w not in STOP_WORDS), reverse=True)[:3]
        return sum(rarest) / len(rarest) if rarest else 0.0

    def rarest_first(self, clauses: Sequence[str]) -> tuple[str, ...]:
        """Return the clauses, rarest first; equal ones keep their order."""
        return tuple(sorted(clauses, key=lambda clause: -self.of(clause)))
