"""Finding forms in a text: only words that can begin a name cost more than a look into a dictionary."""

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
"""Between passages: no name goes on across it."""
READ_DIFFERENTLY: Final = 0.04
"""What another convention of spelling takes off the confidence."""
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
"""A word of the forms that a written word may be, and what is taken off for it."""


@dataclass(slots=True)
class Found:
    """A stretch of the whole text that has one of the forms."""

    start: int
    end: int
    bearers: tuple[Bearer, ...]
    penalty: float
    words: int
    surface: str
    form: str
    """The last word of the form as the pack has it, folded."""


@dataclass(slots=True)
class Scanned:
    """Everything one pass over a text yields."""

    whole: str
    starts: list[int]
    """Where each passage begins in `whole`."""
    found: list[Found]
    unknown: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    """Capitalised words that begin no form, with where they stand."""

    def lower_case_count(self, surface: str) -> int:
        """How often a word stands in the text without its capital, after a space."""
        wanted, whole = " " + surface.lower(), self.whole
        count = 0
        at = whole.find(wanted)
        while at >= 0 and count < _COUNTED:
            at += len(wanted)
            count += not whole[at : at + 1].isalpha()
            at = whole.find(wanted, at)
        return count

    def passage(self, position: int) -> int:
        """Ordinal of the passage that a position of `whole` lies in."""
        return bisect_right(self.starts, position) - 1


class Scanner:
    """Walks texts with one tree of forms. What was once looked up is remembered."""

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
        """Find every form in passages, longest first; forms within a longer one are not listed."""
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
                begun = self._beginnings(surface[:-1])  # a note's mark stands right behind the name: KerenskyA8.1
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
        """The words of the forms that a written word may be."""
        known = self._word_cache.get(surface)
        if known is None:
            known = self._word_cache[surface] = tuple(self._resolve(surface))
        return known

    def _beginnings(self, surface: str) -> tuple[tuple[Node, float], ...]:
        following = self._forms.root.following
        return tuple((following[word], penalty) for word, penalty in self.alternatives(surface) if word in following)

    def _longest(self, whole: str, start: int, end: int, begun: tuple[tuple[Node, float], ...]) -> Found | None:
        """Walk on from the nodes that the first word leads to."""
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
        """A name broken at a line end (*Trot-sky*), or with an apostrophe for a soft sign (*Zinov'ev*)."""
        rest = REST_OF_WORD.match(whole, end)
        if rest is None or not rest[1][:1].islower():
            return None
        joined = whole[start:end] + rest[1]
        if len(joined) < _SHORTEST_VARIANT:
            return None
        begun = self._beginnings(joined)
        return self._longest(whole, start, rest.end(), begun) if begun else None

    def _without_case(self, whole: str) -> Iterator[Found]:
        """Names in scripts that have no capitals."""
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
            return  # "Greek" is no spelling of Greck
        if folded not in words and len(folded) >= _SHORTEST_VARIANT and surface[:1].isupper():
            yield from self._variants(surface, folded)

    def _near(self, folded: str) -> set[str]:
        """Words of the forms with the same skeleton and nearly as long."""
        return {
            word
            for skeleton in skeletons(folded)
            for word in self._by_skeleton.get(skeleton, ())
            if abs(len(word) - len(folded)) <= _LENGTHS_APART
        }

    def _variants(self, surface: str, folded: str) -> Iterator[Alternative]:
        """Words of the forms that sound the same in some convention, or differ by one slip."""
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
    """Whether a full stop behind a word ends its sentence and abbreviates nothing: *to Alexander. II is the next*."""
    if following[0] != "." or not following[1:2].isspace():
        return False
    begins = end
    while begins > 0 and whole[begins - 1].isalpha():
        begins -= 1
    return end - begins > _LONGEST_ABBREVIATION and fold_word(whole[begins:end]) not in TITLES


def _once(bearers: Iterable[Bearer]) -> tuple[Bearer, ...]:
    """Each figure once, by the surest of its forms."""
    best: dict[str, Bearer] = {}
    for bearer in bearers:
        if bearer.figure not in best or bearer.kind < best[bearer.figure].kind:
            best[bearer.figure] = bearer
    return tuple(best.values())


_TRAILING: Final = "\u00ad\u034f\u180e\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064"
_JOINERS: Final = frozenset("-\u2010\u2011\u00ad'\u2018\u2019\u02bc\u02b9\u2032`\u00b4")
