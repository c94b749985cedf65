"""Pen portraits: sentences that describe a person, each with its score, whom it describes, and the best stroke of it."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from import_scripts.found.features import NAMES, chapter_features
from import_scripts.found.segments import word_count

if TYPE_CHECKING:
    from import_scripts.found.book import ReadBook, ReadChapter
    from import_scripts.found.scene import Meant

WEIGHTS: Final = Path(__file__).resolve().with_name("weights.json")
FEWEST_WORDS: Final = 4
MOST_WORDS: Final = 45


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


def score(values: list[float], weights: Weights) -> float:
    """Return the probability that a sentence with these features describes a person."""
    total = sum(value * weight for value, weight in zip(values, weights.values, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def find_portraits(book: ReadBook, weights: Weights | None = None, threshold: float | None = None) -> list[Portrait]:
    """Return the portraits of a book, the likeliest first."""
    weights = weights or shipped_weights()
    bar = weights.threshold if threshold is None else threshold
    found = [
        portrait for number, chapter in enumerate(book.chapters) for portrait in _of_chapter(book, number, chapter, weights, bar)
    ]
    return sorted(found, key=lambda portrait: (-portrait.score, portrait.chapter, portrait.start))


def _of_chapter(book: ReadBook, number: int, chapter: ReadChapter, weights: Weights, bar: float) -> list[Portrait]:
    scores = [score(values, weights) for values in chapter_features(chapter, book.words)]
    subjects = subjects_of(chapter)
    found: list[Portrait] = []
    for at, (scene, value) in enumerate(zip(chapter.scenes, scores, strict=True)):
        subject = subjects[at]
        if value < bar or subject is None or not _somebody(subject) or word_count(chapter.text[scene.sentence.start : scene.sentence.end]) < FEWEST_WORDS:
            continue
        first = last = at
        while first > 0 and scores[first - 1] >= bar / 2 and _same(subjects[first - 1], subject):
            first -= 1
        while last + 1 < len(scores) and scores[last + 1] >= bar / 2 and _same(subjects[last + 1], subject):
            last += 1
        person = subject.who
        found.append(
            Portrait(
                number, scene.sentence.start, scene.sentence.end, person.name, person.person.key if person.person else "",
                subject.how, subject.sure and not scene.ambiguous, value,
                chapter.scenes[first].sentence.start, chapter.scenes[last].sentence.end,
            )  # fmt: skip
        )
    return found


def _somebody(subject: Meant) -> bool:
    """Whether it is somebody one can learn: a named person, or kin of the author; a passer-by is neither."""
    return subject.who.person is not None or subject.who.own


def _same(one: Meant | None, other: Meant) -> bool:
    return one is not None and one.who is other.who


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
