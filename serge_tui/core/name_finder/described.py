"""Find figures by description (*Hungarian commissar*), from the words of the texts about them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from math import log
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD: Final = re.compile(r"[^\W\d_]{3,}")
_ENDINGS: Final = ("'s", "ies", "es", "s", "ed", "ing")
_COMMON: Final = 0.25
"""A word in more than this share of the texts is ignored."""
SNIPPET: Final = 72
"""Characters of a text shown around what matched."""
_NATIONAL: Final = re.compile(r".*(?:ian|ish|ese|an|ench|utch|zech|reek|wiss|erman)s?")


@dataclass(frozen=True, slots=True)
class Described:
    """A figure whose texts have the words, with the quality of the match (0 to 1)."""

    figure: int
    likeness: float


@dataclass
class Descriptions:
    """Index from words of texts to figures, made when first needed."""

    texts: list[str]
    _bearers: dict[str, set[int]] = field(default_factory=dict)
    _ordinary: set[str] = field(default_factory=set)
    """Words that occur without a capital somewhere, or mean a nationality: they are not names."""
    _sorted: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, keys: Iterable[str], texts: Mapping[str, str]) -> Descriptions:
        """Store the texts in the order of the figures, without reading them yet."""
        return cls([texts.get(key, "") for key in keys])

    def prepare(self) -> None:
        """Index all texts. Takes about 0.1 s for a million letters."""
        if self._sorted or not any(self.texts):
            return
        stems: dict[str, str] = {}
        bearers: dict[str, set[int]] = {}
        ordinary: set[str] = set()
        for figure, text in enumerate(self.texts):
            for word in set(_WORD.findall(text)):
                stemmed = stems.get(word)
                if stemmed is None:
                    folded = word.casefold() if word.isascii() else fold(word)
                    stemmed = stems[word] = stem(folded)
                    if word[0].islower() or _NATIONAL.fullmatch(folded):
                        ordinary.add(stemmed)
                bearers.setdefault(stemmed, set()).add(figure)
        # Put in place whole, so that a worker may prepare while a key is answered.
        self._bearers, self._ordinary, self._sorted = bearers, ordinary, sorted(bearers)

    def saying(self, folded: str) -> set[int]:
        """Return figures described by an ordinary word; one that is only somebody's name there does not count."""
        self.prepare()
        stemmed = stem(folded)
        return self._bearers[stemmed] if stemmed in self._ordinary else set()

    def find(self, words: Iterable[str], *, typing: bool) -> list[Described]:
        """Return figures whose texts have most of the weight of these folded words, best first."""
        self.prepare()
        wanted = [word for word in words if len(word) > 2]
        total = 0.0
        weights: dict[int, float] = {}
        for at, word in enumerate(wanted):
            bearers = self._having(word, beginning=typing and at == len(wanted) - 1)
            if len(bearers) > max(3, _COMMON * len(self.texts)):
                continue
            weight = log(1 + len(self.texts) / (1 + len(bearers)))
            total += weight
            for figure in bearers:
                weights[figure] = weights.get(figure, 0.0) + weight
        if not total:
            return []
        found = [Described(figure, weight / total) for figure, weight in weights.items() if weight > 0.6 * total]
        return sorted(found, key=lambda one: (-one.likeness, one.figure))

    def snippet(self, figure: int, words: Iterable[str]) -> tuple[str, tuple[int, ...]]:
        """Return part of a figure's text around the first of the words, and the offsets of matching letters."""
        text = self.texts[figure]
        wanted = [stem(word) for word in words if len(word) > 2]
        quick = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, wanted)) + r")\w*", re.IGNORECASE)
        spans = [match.span() for match in quick.finditer(text)]
        if not spans:
            spans = [match.span() for match in _WORD.finditer(text) if fold(match[0]).startswith(tuple(wanted))]
        if not spans:
            return "", ()
        start = max(0, spans[0][0] - SNIPPET // 3)
        if start:
            start = text.rfind(" ", 0, start) + 1
        end = min(len(text), start + SNIPPET)
        if end < len(text):
            end = max(text.rfind(" ", 0, end), spans[0][1])
        shown = re.sub(r"\s", " ", text[start:end])
        lit = [at - start for first, last in spans for at in range(first, last) if start <= at < end]
        return shown, tuple(lit)

    def _having(self, word: str, *, beginning: bool) -> set[int]:
        stemmed = stem(word)
        bearers = self._bearers.get(stemmed, set())
        if not beginning or len(word) < 4:
            return bearers
        found = set(bearers)
        for at in range(bisect_left(self._sorted, word), len(self._sorted)):
            if not self._sorted[at].startswith(word):
                break
            found |= self._bearers[self._sorted[at]]
        return found


def stem(folded: str) -> str:
    """Return a word without its commonest English endings: enough to match *poets* with *poet*."""
    if len(folded) > 4:
        for ending in _ENDINGS:
            if folded.endswith(ending) and len(folded) - len(ending) > 2 and not folded.endswith("ss"):
                return folded[: -len(ending)]
    return folded
