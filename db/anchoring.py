"""Find an annotation's words again in a text that may have changed.

The order is that of the W3C Web Annotation model's selectors, made stricter: the old position, a unique exact match,
then a fuzzy match that must reach a minimum score *and* lead the runner-up by a margin. Otherwise the
annotation is an orphan: a lookalike is worse than an honest "not found".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map, without_accents
from db.word_runs import stretches

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Anchor, AnnotationState

CONTEXT_CHARACTERS: Final = 48
"""Length of prefix and suffix kept with an anchor, in characters."""
MINIMUM_SCORE: Final = 86.0
MARGIN: Final = 6.0
SURELY_WHOLE: Final = 93.0
"""Fuzzy score from which nothing is missing inside the words, so that an alignment has the better ends."""
MOST_IN_ORDER: Final = 50.0
"""Percentage of the words that must be in order if a stretch of them is gone."""
MARGIN_IN_ORDER: Final = 20.0
FEW_CHARACTERS: Final = 32
FEW_WORDS: Final = 6
"""Fewer or shorter words are too little evidence alone: the words around them must agree."""
SURROUNDINGS_AGREE: Final = 85.0
"""Similarity, 0 to 100, from which the words before or after agree.

Measured on two texts of one book with 30,000 stretches of two to seven words that stand once in each: 14 in their right
place fall below it. `python -m tests.db.measure_anchoring` counts those taken elsewhere when their own place is gone.
"""
LEAST_SURROUNDING: Final = 12
"""Characters a prefix or suffix needs to be evidence by itself."""
MINIMUM_SUGGESTED: Final = 45.0
"""Score from which a place is shown to the reader, who decides."""
_SEPARATOR: Final = "\n"


@dataclass(frozen=True, slots=True)
class Reanchored:
    """The present place of an annotation, and how it was found."""

    anchor: Anchor
    state: AnnotationState
    score: float


class TextIndex:
    """An edition's passages as one folded text, with a map from each character to passage and offset."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self._folded: list[str] = []
        self._origins: dict[int, list[int]] = {}
        self._starts: list[int] = []
        position = 0
        for text in texts:
            folded = fold(text)
            self._starts.append(position)
            self._folded.append(folded)
            position += len(folded) + 1

    @cached_property
    def whole(self) -> str:
        """All passages, folded, one to a line."""
        return _SEPARATOR.join(self._folded)

    @cached_property
    def running(self) -> str:
        """All passages, folded, as one running text: what `whole` is with spaces between passages."""
        return self.whole.replace(_SEPARATOR, " ")

    def place(self, position: int, *, end: bool = False) -> tuple[int, int]:
        """Passage and character offset of a position in `whole`; as an `end`, just past the character before."""
        if end:
            passage, offset = self.place(position - 1)
            return passage, min(offset + 1, len(self.texts[passage]))
        passage = max(0, bisect_right(self._starts, position) - 1)
        folded, origins = self._map(passage)
        within = min(position - self._starts[passage], len(folded))
        return passage, origins[within] if within < len(origins) else len(self.texts[passage])

    def position(self, passage: int, offset: int) -> int:
        """Position in `whole` of a passage and offset; past the end gives the end."""
        if passage >= len(self.texts):
            return len(self.whole)
        _, origins = self._map(passage)
        return self._starts[passage] + bisect_right(origins, offset - 1)

    def exact(self, needle: str) -> list[int]:
        """Find folded words, as positions in `whole`; the ends of passages count as spaces."""
        text = self.running
        found: list[int] = []
        start = text.find(needle)
        while start >= 0 and len(found) < 100:
            found.append(start)
            start = text.find(needle, start + 1)
        return found

    def _map(self, passage: int) -> tuple[str, list[int]]:
        """Folded text of a passage with origins, trimmed just as `fold` trims."""
        folded, origins = fold_with_map(self.texts[passage])
        left = len(folded) - len(folded.lstrip())
        folded = folded.strip()
        return folded, origins[left : left + len(folded)]


def make_anchor(
    edition: str, texts: Sequence[str], first: int, passage: int, start: int, end_passage: int, end: int
) -> Anchor:
    """Anchor a selection. `texts` are consecutive passages; the first has the ordinal `first`."""
    from db.models import Anchor

    def piece(ordinal: int, begin: int, stop: int | None) -> str:
        return texts[ordinal - first][begin:stop] if 0 <= ordinal - first < len(texts) else ""

    if passage == end_passage:
        exact = piece(passage, start, end)
    else:
        middle = [piece(ordinal, 0, None) for ordinal in range(passage + 1, end_passage)]
        exact = _SEPARATOR.join([piece(passage, start, None), *middle, piece(end_passage, 0, end)])
    return Anchor(
        edition, passage, start, end_passage, end, exact,
        prefix=piece(passage, max(0, start - CONTEXT_CHARACTERS), start),
        suffix=piece(end_passage, end, end + CONTEXT_CHARACTERS),
    )  # fmt: skip


def reanchor(anchor: Anchor, state: AnnotationState, index: TextIndex, *, is_careful: bool = True) -> Reanchored:
    """Find an anchor's words in a text. An orphan keeps its old position and may be found again later.

    Without `is_careful`, few words are accepted even between other words.
    """
    needle = fold(anchor.exact)
    if not needle:
        passage = min(anchor.passage, max(0, len(index.texts) - 1))
        return Reanchored(replace(anchor, passage=passage, end_passage=passage), state, 0.0)
    expected = index.position(anchor.passage, anchor.start)
    matches = index.exact(needle)
    # Not looked for in `matches`, which are the first hundred only.
    is_there = index.running.startswith(needle, expected)
    if is_there and state != "orphan" and _context_score(anchor, expected, len(needle), index) >= 50:
        return _found(anchor, expected, len(needle), index, "anchored", 100.0)
    if len(matches) == 1 and _long_enough(needle):
        if is_careful and not _agrees(anchor, needle, matches[0], len(needle), index):
            return _fuzzy(anchor, needle, index)
        return _found(anchor, matches[0], len(needle), index, "drifted", 100.0)
    if matches and (_long_enough(needle) or anchor.prefix or anchor.suffix):
        ranked = sorted(
            ((_context_score(anchor, start, len(needle), index), -abs(start - expected), start) for start in matches),
            reverse=True,
        )
        best = ranked[0]
        runner_up = ranked[1][0] if len(ranked) > 1 else 0.0
        if best[0] >= MINIMUM_SCORE and best[0] - runner_up >= MARGIN:
            return _found(anchor, best[2], len(needle), index, "drifted", best[0])
        return Reanchored(anchor, "orphan", best[0])
    return _fuzzy(anchor, needle, index, is_careful=is_careful)


def suggestions(anchor: Anchor, index: TextIndex, edition: str, limit: int = 3) -> list[Reanchored]:
    """Return possible places of an orphan's words, best first, for the reader to choose from."""
    needle = fold(anchor.exact)
    if not needle:
        return []
    begun = [
        (_context_score(anchor, start, len(needle), index), start, start + len(needle)) for start in index.exact(needle)
    ]
    if len(needle) >= 4:
        begun += _alignments(anchor, needle, index)
    found: list[tuple[float, int, int]] = []
    for score, begin, stop in sorted(begun, reverse=True):
        if score >= MINIMUM_SUGGESTED and all(abs(begin - other) > len(needle) // 2 for _, other, _ in found):
            found.append((score, *_whole_words(needle, index.running, begin, stop)))
        if len(found) == limit:
            break
    there = replace(anchor, edition=edition)
    return [_found(there, begin, stop - begin, index, "drifted", score) for score, begin, stop in found]


def relocate(anchor: Anchor, index: TextIndex) -> tuple[int, int]:
    """Find a reading position again: like `reanchor`, but fall back to the nearest place."""
    found = reanchor(anchor, "anchored", index, is_careful=False)
    if found.state != "orphan":
        return found.anchor.passage, found.anchor.start
    passage = min(anchor.passage, max(0, len(index.texts) - 1))
    return passage, 0


def _fuzzy(anchor: Anchor, needle: str, index: TextIndex, *, is_careful: bool = True) -> Reanchored:
    if not _long_enough(needle):
        return Reanchored(anchor, "orphan", 0.0)
    scored: list[tuple[float, int, int]] = []
    for score, *ends in _alignments(anchor, needle, index):
        begin, stop = _whole_words(needle, index.running, *ends)
        if not is_careful or _agrees(anchor, needle, begin, stop - begin, index):
            scored.append((score, begin, stop))
    in_part = _in_part(anchor, needle, index)
    if not scored:
        return in_part or Reanchored(anchor, "orphan", 0.0)
    best = max(scored)
    if in_part is not None and best[0] < SURELY_WHOLE:
        return in_part
    runner_up = max((score for score, begin, _ in scored if abs(begin - best[1]) > len(needle) // 2), default=0.0)
    if best[0] >= MINIMUM_SCORE and best[0] - runner_up >= MARGIN:
        return _found(anchor, best[1], best[2] - best[1], index, "drifted", best[0])
    return Reanchored(anchor, "orphan", best[0])


def _in_part(anchor: Anchor, needle: str, index: TextIndex) -> Reanchored | None:
    """Find a long text that was partly cut or rewritten: most of its words are in order, and in one place only."""
    found = stretches(needle, index.running)
    if not found or found[0][0] < MOST_IN_ORDER:
        return None
    share, begin, stop = found[0]
    if len(found) > 1 and share - found[1][0] < MARGIN_IN_ORDER:
        return None
    there = _found(anchor, begin, stop - begin, index, "drifted", share)
    passages, before = (one.end_passage - one.passage for one in (there.anchor, anchor))
    return there if passages <= before + 1 else None


def _alignments(anchor: Anchor, needle: str, index: TextIndex) -> Iterator[tuple[float, int, int]]:
    """Find similar words: a score from 0 to 100, start and end in `whole`."""
    from rapidfuzz import fuzz

    words = sorted(dict.fromkeys(needle.split()), key=len, reverse=True)[:6]
    text = index.running
    starts: dict[int, None] = {}
    for word in words:
        within = needle.find(word)
        position = text.find(word)
        while position >= 0 and len(starts) < 400:
            starts.setdefault(max(0, position - within) // 16 * 16)
            position = text.find(word, position + 1)
    for start in starts:
        window_start = max(0, start - len(needle) // 4 - 16)
        window = text[window_start : start + len(needle) + len(needle) // 4 + 32]
        alignment = fuzz.partial_ratio_alignment(needle, window, score_cutoff=60)
        if alignment is None or alignment.dest_end <= alignment.dest_start:
            continue
        begin, stop = window_start + alignment.dest_start, window_start + alignment.dest_end
        score = 0.8 * alignment.score + 0.2 * _context_score(anchor, begin, stop - begin, index)
        yield score, begin, stop


def _whole_words(needle: str, text: str, begin: int, stop: int) -> tuple[int, int]:
    """Move the ends of an alignment to the needle's own first and last word if these are close by, else to the ends
    of the words they cut.

    An alignment is as long as the needle, so it cuts a word where the texts differ in length.
    """
    words = needle.split()
    reach = max(8, len(needle) // 6)
    low = max(0, begin - reach)
    starts = [m.start() for m in re.finditer(re.escape(words[0]), text[low : begin + reach + len(words[0])])]
    if starts:
        begin = min((low + start for start in starts), key=lambda start: abs(start - begin))
    low = max(begin, stop - reach - len(words[-1]))
    ends = [m.end() for m in re.finditer(re.escape(words[-1]), text[low : stop + reach])]
    if ends:
        stop = min((low + end for end in ends), key=lambda end: abs(end - stop))
    stop = max(stop, begin + 1)
    while begin > 0 and text[begin - 1 : begin + 1].isalnum():
        begin -= 1
    while stop < len(text) and text[stop - 1 : stop + 1].isalnum():
        stop += 1
    return begin, stop


def _found(
    anchor: Anchor, start: int, length: int, index: TextIndex, state: AnnotationState, score: float
) -> Reanchored:
    passage, offset = index.place(start)
    end_passage, end = index.place(start + length, end=True)
    return Reanchored(replace(anchor, passage=passage, start=offset, end_passage=end_passage, end=end), state, score)


def _context_score(anchor: Anchor, start: int, length: int, index: TextIndex) -> float:
    """Score how well the words before and after match, 0 to 100; 100 if no context was kept."""
    scores = [score for _, score in _sides(anchor, start, length, index)]
    return sum(scores) / len(scores) if scores else 100.0


def _sides(anchor: Anchor, start: int, length: int, index: TextIndex) -> list[tuple[int, float]]:
    """Return length and score (0 to 100) of prefix and suffix; those not kept are left out."""
    from rapidfuzz import fuzz

    prefix, suffix = fold(anchor.prefix), fold(anchor.suffix)
    sides = []
    if prefix:
        there = index.whole[max(0, start - len(prefix) - 1) : start].strip()
        sides.append((len(prefix), fuzz.ratio(prefix, there)))
    if suffix:
        end = start + length
        sides.append((len(suffix), fuzz.ratio(suffix, index.whole[end : end + len(suffix) + 1].strip())))
    return sides


def _agrees(anchor: Anchor, needle: str, start: int, length: int, index: TextIndex) -> bool:
    """Return whether a place is acceptable: many words are enough, few need the words before or after them.

    Few words without context, such as a heading, must be identical and alone in their passage too, unless their former
    context is unknown.
    """
    if len(needle) >= FEW_CHARACTERS and len(needle.split()) >= FEW_WORDS:
        return True
    sides = _sides(anchor, start, length, index)
    if speaking := [score for kept, score in sides if kept >= LEAST_SURROUNDING]:
        return max(speaking) >= SURROUNDINGS_AGREE
    if sides:
        return sum(score for _, score in sides) / len(sides) >= SURROUNDINGS_AGREE
    return _written_alike(anchor, start, length, index)


def _written_alike(anchor: Anchor, start: int, length: int, index: TextIndex) -> bool:
    passage, offset = index.place(start)
    end_passage, end = index.place(start + length, end=True)
    was_taken_from_a_text = (anchor.end_passage, anchor.end) > (anchor.passage, anchor.start)
    stands_alone = not (fold(index.texts[passage][:offset]) or fold(index.texts[end_passage][end:]))
    there = [*index.texts[passage : end_passage + 1]]
    there[-1] = there[-1][:end]
    there[0] = there[0][offset:]
    return _letters(anchor.exact) == _letters("".join(there)) and (stands_alone or not was_taken_from_a_text)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, without_accents(text)))


def _long_enough(needle: str) -> bool:
    """Return whether words are long enough to be identified without context."""
    return len(needle) >= 12 and " " in needle
