"""Find forms of names in a text. Most words cost one dictionary lookup; only those that can begin a name cost more."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from db.names import readings, skeletons
from import_scripts.linking.cases import is_cyrillic, nominatives
from import_scripts.linking.forms import Forms, Kind, Node
from import_scripts.linking.lexicon import NATIONS, TITLES
from import_scripts.linking.tokens import (
    NEXT_WORD,
    REST_OF_WORD,
    capitalised_word,
    fold_word,
    marked,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from import_scripts.linking.forms import Bearer

PASSAGE_END: Final = "\n\n"
"""The separator of passages: no name continues across it."""
READ_DIFFERENTLY: Final = 0.04
"""How much a different spelling convention lowers the confidence."""
MISSPELT: Final = 0.16
DECLINED: Final = 0.01
_SHORTEST_VARIANT: Final = 5
_SHORTEST_MISSPELLING: Final = 7
_DEAREST_READING: Final = 2
_LONGEST_FORM: Final = 6
_LENGTHS_APART: Final = 4
_LONGEST_ABBREVIATION: Final = 4
_COUNTED: Final = 2_000

Alternative = tuple[str, float]
"""A word of the forms that a written word may stand for, and how much that lowers the confidence."""


@dataclass(slots=True)
class Found:
    """A stretch of the whole text that matches one of the forms."""

    start: int
    end: int
    bearers: tuple[Bearer, ...]
    penalty: float
    words: int
    surface: str
    form: str
    """The last word of the form as spelt in the pack, folded."""


@dataclass(slots=True)
class Scanned:
    """The result of one pass over a text."""

    whole: str
    starts: list[int]
    """The offset in `whole` at which each passage begins."""
    found: list[Found]
    unknown: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Capitalised words that begin no form, with their positions."""

    def lower_case_count(self, surface: str) -> int:
        """Return how often a word occurs without a capital, after a space."""
        wanted, whole = " " + surface.lower(), self.whole
        count = 0
        at = whole.find(wanted)
        while at >= 0 and count < _COUNTED:
            at += len(wanted)
            count += not whole[at : at + 1].isalpha()
            at = whole.find(wanted, at)
        return count

    def passage(self, position: int) -> int:
        """Return the ordinal of the passage that contains a position of `whole`."""
        return bisect_right(self.starts, position) - 1


class Scanner:
    """Searches texts for the forms of one tree. Lookups are cached."""

    def __init__(self, forms: Forms) -> None:
        self._forms = forms
        self._word_cache: dict[str, tuple[Alternative, ...]] = {}
        self._by_skeleton: defaultdict[str, list[str]] = defaultdict(list)
        for word in forms.words:
            if len(word) >= _SHORTEST_VARIANT:
                for skeleton in skeletons(word):
                    self._by_skeleton[skeleton].append(word)
        self._caseless = (
            re.compile("|".join(map(re.escape, sorted(forms.caseless, key=len, reverse=True))))
            if forms.caseless
            else None
        )

    def scan(self, texts: Sequence[str]) -> Scanned:
        """Find every form in passages. Of forms that overlap only the longest is listed."""
        whole = PASSAGE_END.join(texts)
        starts, position = [], 0
        for text in texts:
            starts.append(position)
            position += len(text) + len(PASSAGE_END)
        scanned = Scanned(whole, starts, [])
        first: dict[str, tuple[tuple[Node, float], ...]] = {}
        found, unknown = scanned.found, scanned.unknown
        done = 0
        for match in capitalised_word().finditer(whole):
            surface = match[0]
            begun = first.get(surface)
            if begun is None:
                begun = first[surface] = self._beginnings(surface)
            start = match.start()
            if start < done:
                continue
            end = match.end()
            following = whole[end : end + 1]
            if surface[-1].isupper() and len(surface) > 3 and surface[-2].islower() and following.isdigit():
                begun = self._beginnings(surface[:-1])  # a note's mark directly follows the name: KerenskyA8.1
                end -= 1
            if not begun and following in _JOINERS:
                longer = self._joined(whole, start, end)
                if longer is not None:
                    found.append(longer)
                    done = longer.end
                    continue
            if not begun:
                unknown[surface].append(start)
                continue
            if start and whole[start - 1].isalpha():
                continue
            longest = self._longest(whole, start, end, begun)
            if longest is not None:
                found.append(longest)
                done = longest.end
            else:
                unknown[surface].append(start)
        if self._caseless is not None:
            found.extend(self._without_case(whole))
        return scanned

    def alternatives(self, surface: str) -> tuple[Alternative, ...]:
        """Return the words of the forms that a written word may stand for."""
        known = self._word_cache.get(surface)
        if known is None:
            known = self._word_cache[surface] = tuple(self._resolve(surface))
        return known

    def _beginnings(self, surface: str) -> tuple[tuple[Node, float], ...]:
        following = self._forms.root.following
        return tuple((following[word], penalty) for word, penalty in self.alternatives(surface) if word in following)

    def _longest(self, whole: str, start: int, end: int, begun: tuple[tuple[Node, float], ...]) -> Found | None:
        """Follow the tree from the nodes that the first word leads to."""
        best: Found | None = None
        front = begun
        surface = whole[start:end]
        for words in range(1, _LONGEST_FORM + 1):
            ends = [(node, penalty) for node, penalty in front if node.bearers]
            if ends:
                lowest, form = min((penalty, node.word) for node, penalty in ends)
                bearers = _once(
                    bearer for node, penalty in ends if penalty < lowest + READ_DIFFERENTLY for bearer in node.bearers
                )
                best = Found(start, start + len(surface.rstrip(_TRAILING)), bearers, lowest, words, surface, form)
            if not any(node.following for node, _ in front):
                break
            following = NEXT_WORD.match(whole, end)
            if following is None or PASSAGE_END in following[0] or _ends_sentence(whole, end, following[0]):
                break
            alternatives = self.alternatives(following[1])
            front = tuple(
                (node.following[word], max(penalty, more))
                for node, penalty in front
                for word, more in alternatives
                if word in node.following
            )
            if not front:
                break
            end = following.end()
            surface = whole[start:end]
        return best

    def _joined(self, whole: str, start: int, end: int) -> Found | None:
        """Find a name divided at a line's end (*Trot-sky*), or with an apostrophe for a soft sign (*Zinov'ev*)."""
        rest = REST_OF_WORD.match(whole, end)
        if rest is None or not rest[1][:1].islower():
            return None
        joined = whole[start:end] + rest[1]
        if len(joined) < _SHORTEST_VARIANT:
            return None
        begun = self._beginnings(joined)
        return self._longest(whole, start, rest.end(), begun) if begun else None

    def _without_case(self, whole: str) -> Iterator[Found]:
        """Find names in scripts that have no capitals."""
        from import_scripts.linking.forms import Bearer
        from import_scripts.linking.tokens import CASELESS

        if self._caseless is None or not CASELESS.search(whole):
            return
        for match in self._caseless.finditer(whole):
            figure = self._forms.caseless[match[0]]
            yield Found(match.start(), match.end(), (Bearer(figure, Kind.FULL),), 0.0, 2, match[0], match[0])

    def _resolve(self, surface: str) -> Iterator[Alternative]:
        folded = fold_word(surface)
        words = self._forms.words
        if folded in words:
            yield folded, 0.0
        if len(folded) < 3:
            return
        if is_cyrillic(folded):
            declined = [word for word in nominatives(folded) if word in words and word != folded]
            yield from ((word, DECLINED) for word in declined)
            if declined:
                return
        elif folded[-1] == "s" and folded not in words and folded[:-1] in words and len(folded) > 3:
            yield folded[:-1], DECLINED
            return
        if folded in NATIONS:
            return  # "Greek" is not a spelling of Greck
        if folded not in words and len(folded) >= _SHORTEST_VARIANT and surface[:1].isupper():
            yield from self._variants(surface, folded)

    def _near(self, folded: str) -> set[str]:
        """Return words of the forms that have the same consonants and about the same length."""
        return {
            word
            for skeleton in skeletons(folded)
            for word in self._by_skeleton.get(skeleton, ())
            if abs(len(word) - len(folded)) <= _LENGTHS_APART
        }

    def _variants(self, surface: str, folded: str) -> Iterator[Alternative]:
        """Return words of the forms that sound the same in some spelling convention, or differ by one letter."""
        found = tuple(self._spelt_like(surface, folded))
        if not found and folded.endswith("s"):
            found = tuple(self._spelt_like(surface[:-1], folded[:-1]))
        yield from found

    def _spelt_like(self, surface: str, folded: str) -> Iterator[Alternative]:
        near = self._near(folded)
        if not near:
            return
        mine = dict(readings(marked(surface), 8))
        misspelt: list[str] = []
        for word in sorted(near):
            cost = min(
                (mine[read] + more for read, more in readings(word, 8) if read in mine), default=_DEAREST_READING + 1
            )
            if cost <= _DEAREST_READING and (word in self._forms.slavic or is_cyrillic(folded)):
                yield word, READ_DIFFERENTLY * (1 + cost / 2)
            elif len(folded) >= _SHORTEST_MISSPELLING and len(word) >= _SHORTEST_MISSPELLING:
                misspelt.append(word)
        if len(misspelt) >= 1:
            from rapidfuzz.distance import OSA

            for word in misspelt:
                if OSA.distance(folded, word, score_cutoff=1) <= 1:
                    yield word, MISSPELT


def _ends_sentence(whole: str, end: int, following: str) -> bool:
    """Return whether a full stop ends a sentence and is not part of an abbreviation: *to Alexander. II is the next*."""
    if following[0] != "." or not following[1:2].isspace():
        return False
    begins = end
    while begins > 0 and whole[begins - 1].isalpha():
        begins -= 1
    return end - begins > _LONGEST_ABBREVIATION and fold_word(whole[begins:end]) not in TITLES


def _once(bearers: Iterable[Bearer]) -> tuple[Bearer, ...]:
    """Return each figure once, by its form of the highest confidence."""
    best: dict[str, Bearer] = {}
    for bearer in bearers:
        if bearer.figure not in best or bearer.kind < best[bearer.figure].kind:
            best[bearer.figure] = bearer
    return tuple(best.values())


_TRAILING: Final = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064"
_JOINERS: Final = frozenset("-\u2010\u2011\u00ad'\u2018\u2019\u02bc\u02b9\u2032`\u00b4")
