"""Pen portraits: sentences that describe a person, with a score, whom they describe, and the best stroke."""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Final

from import_scripts.found.features import DESCRIBING, NAMES, chapter_features
from import_scripts.found.segments import WORD, word_count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.found.book import ReadBook, ReadChapter
    from import_scripts.found.scene import Meant
    from import_scripts.found.words import Lexicon

WEIGHTS: Final = Path(__file__).resolve().with_name("weights.json")
FEWEST_WORDS: Final = 4
MOST_WORDS: Final = 45
FEWEST_OF_A_STROKE: Final = 8
UNASKED: Final = 0.85
"""Score from which a portrait that names its person may go into the deck unasked."""
_CLAUSE_END: Final = re.compile(r"[;:,—–]\s*")
SECOND: Final = 0.9
"""What a second stroke of a sentence scores, as a share of the first's."""
NEIGHBOURS: Final = 0.3
"""How much of a neighbour's score counts for a sentence of the same person."""


@dataclass(frozen=True, slots=True)
class Portrait:
    """A stroke: offsets in its chapter, the person and how they are named there, the score (0 to 1)."""

    chapter: int
    start: int
    end: int
    person: str
    key: str
    how: str
    sure: bool
    score: float
    long_start: int
    long_end: int


@dataclass(frozen=True, slots=True)
class Weights:
    """Fitted weights by feature, and the score from which a sentence counts."""

    values: tuple[float, ...]
    threshold: float


@cache
def shipped_weights(path: Path = WEIGHTS) -> Weights:
    """Return the weights that come with the program."""
    data = json.loads(path.read_text("utf-8"))
    return Weights(tuple(data["weights"][name] for name in NAMES), data["threshold"])


def _margin(values: Sequence[float], weights: Weights) -> float:
    return sum(value * weight for value, weight in zip(values, weights.values, strict=True))


def _chance(margin: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, margin))))


def find_portraits(book: ReadBook, weights: Weights | None = None, threshold: float | None = None) -> list[Portrait]:
    """Return the portraits of a book, the likeliest first."""
    weights = weights or shipped_weights()
    bar = weights.threshold if threshold is None else threshold
    found = [
        portrait
        for number, chapter in enumerate(book.chapters)
        for portrait in _of_chapter(book, number, chapter, weights, bar)
    ]
    return sorted(found, key=lambda portrait: (-portrait.score, portrait.chapter, portrait.start))


def _of_chapter(book: ReadBook, number: int, chapter: ReadChapter, weights: Weights, bar: float) -> list[Portrait]:
    subjects = subjects_of(chapter)
    scores = chapter_scores(chapter, book.words, weights, subjects)
    found: list[Portrait] = []
    for at, (scene, value) in enumerate(zip(chapter.scenes, scores, strict=True)):
        subject = subjects[at]
        if (
            value < bar
            or subject is None
            or not _somebody(subject)
            or word_count(chapter.text[scene.sentence.start : scene.sentence.end]) < FEWEST_WORDS
        ):
            continue
        first = last = at
        while first > 0 and scores[first - 1] >= bar / 2 and _same(subjects[first - 1], subject):
            first -= 1
        while last + 1 < len(scores) and scores[last + 1] >= bar / 2 and _same(subjects[last + 1], subject):
            last += 1
        person = subject.who
        cut = strokes(chapter.text, scene.sentence.start, scene.sentence.end, book.words)
        found += [
            Portrait(
                number,
                start,
                end,
                person.name,
                person.person.key if person.person else "",
                subject.how,
                subject.sure and not scene.ambiguous,
                value if not place else SECOND * value,
                chapter.scenes[first].sentence.start,
                chapter.scenes[last].sentence.end,
            )
            for place, (start, end) in enumerate(cut)
        ]
    return found


def chapter_scores(
    chapter: ReadChapter, words: Lexicon, weights: Weights, subjects: Sequence[Meant | None]
) -> list[float]:
    """Return the score of each sentence; a sentence between two descriptions of the same person gains by them."""
    own = [_margin(values, weights) for values in chapter_features(chapter, words)]
    scores = []
    for at, margin in enumerate(own):
        near = [
            own[other]
            for other in (at - 1, at + 1)
            if 0 <= other < len(own) and subjects[at] is not None and _same(subjects[other], subjects[at])
        ]
        scores.append(_chance(margin + NEIGHBOURS * sum(max(-3.0, min(3.0, one + 1.0)) for one in near)))
    return scores


def strokes(text: str, start: int, end: int, words: Lexicon) -> list[tuple[int, int]]:
    """Return the describing parts of a sentence, the best first: a long one may hold two, before and after the best."""
    best = best_stroke(text, start, end, words)
    found = [best]
    for left, right in ((start, best[0]), (best[1], end)):
        if word_count(text[left:right]) < FEWEST_OF_A_STROKE:
            continue
        other = best_stroke(text, left, right, words)
        count = word_count(text[other[0] : other[1]])
        if count and _describing(text, *other, words) >= max(2, 0.07 * count):
            found.append(other)
    return found


def _describing(text: str, start: int, end: int, words: Lexicon) -> int:
    """Return how many words of a stretch describe."""
    return sum(
        not words.kinds_of(word.group().lower()).isdisjoint(DESCRIBING) for word in WORD.finditer(text, start, end)
    )


def best_stroke(text: str, start: int, end: int, words: Lexicon) -> tuple[int, int]:
    """Return the describing part of a sentence, at most 45 words: the run of clauses with most words that describe."""
    if word_count(text[start:end]) <= MOST_WORDS:
        return start, end
    edges = [start, *(match.end() for match in _CLAUSE_END.finditer(text, start, end)), end]
    clauses = [(left, right) for left, right in pairwise(edges) if text[left:right].strip()]
    counts = [
        (
            word_count(text[left:right]),
            _describing(text, left, right, words),
        )
        for left, right in clauses
    ]
    best, chosen = -1.0, (start, end)
    for first in range(len(clauses)):
        length = described = 0
        for last in range(first, len(clauses)):
            length += counts[last][0]
            described += counts[last][1]
            if length > MOST_WORDS:
                break
            if length >= FEWEST_OF_A_STROKE and described + described / length > best:
                best, chosen = described + described / length, (clauses[first][0], clauses[last][1])
    left, right = chosen
    while text[left].isspace():
        left += 1
    return left, right


def in_deck(portrait: Portrait, text: str) -> bool:
    """Whether a portrait goes into the deck unasked: it names its person, has a good length and a high score."""
    words = word_count(text[portrait.start : portrait.end])
    return (
        portrait.score >= UNASKED and portrait.sure and portrait.how in {"full", "surname", "given"}
        and FEWEST_OF_A_STROKE <= words <= MOST_WORDS
    )  # fmt: skip


def _somebody(subject: Meant) -> bool:
    """Whether it is somebody one can learn: a named person, or kin of the author; a passer-by is neither."""
    return subject.who.person is not None or subject.who.own


def _same(one: Meant | None, other: Meant | None) -> bool:
    return one is not None and other is not None and one.who is other.who


def subjects_of(chapter: ReadChapter) -> list[Meant | None]:
    """Return whom each sentence is about; a sentence that means nobody goes on about the one before it."""
    found: list[Meant | None] = []
    for at, scene in enumerate(chapter.scenes):
        if scene.subject is not None:
            found.append(scene.subject)
        elif at and scene.sentence.paragraph == chapter.scenes[at - 1].sentence.paragraph and not scene.meant:
            found.append(found[-1])
        else:
            found.append(None)
    return found
