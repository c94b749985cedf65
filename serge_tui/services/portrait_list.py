"""All portraits of a text as lines that can be searched and sorted: by what they say, by whom they draw, by chapter."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from db.ends import names_a_death
from db.found import matched
from db.models import GUIDE_EDITION
from db.text import fold
from serge_tui.core.study.clauses import STOP_WORDS, stem
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from db.library import Library
    from db.models.found_text import Found, FoundState
    from serge_tui.services.hidden_ends import HiddenEnds

PortraitOrder: TypeAlias = Literal["text", "person", "best"]
ORDERS: Final[tuple[PortraitOrder, ...]] = get_args(PortraitOrder)
ORDER_WORDS: Final[dict[PortraitOrder, str]] = {
    "text": "as in the text", "person": "by person", "best": "best first",
}  # fmt: skip
_WORD: Final = re.compile(r"[^\W_][\w'’-]*")
_ONE_SLIP: Final = 5
_TWO_SLIPS: Final = 11
"""Letters of a word from which on one slip, or two, are forgiven."""


@dataclass(frozen=True, slots=True)
class PortraitLine:
    """A portrait, the person it draws as the reader sees it, its chapter, and what was decided on it if anything.

    `lit` are the matched stretches of its words.
    """

    found: Found
    name: str
    chapter: str
    state: FoundState | None = None
    lit: tuple[tuple[int, int], ...] = ()


class PortraitList:
    """The portraits of an edition. `untold` counts those left out because their person's end is hidden."""

    def __init__(self, edition: str, title: str, lines: Sequence[PortraitLine], untold: int = 0) -> None:
        self.edition, self.title, self.lines, self.untold = edition, title, tuple(lines), untold
        self._having: defaultdict[str, set[int]] = defaultdict(set)
        for at, line in enumerate(self.lines):
            for text in (line.found.sentence, line.found.text, line.name, line.chapter):
                for word in _words(text):
                    self._having[word].add(at)

    def find(self, query: str = "", order: PortraitOrder = "text", figures: Collection[str] = ()) -> list[PortraitLine]:
        """Return the portraits that have every word of a query, in about this form, or draw one of `figures`.

        Those with the words as typed come first; without a query, all.
        """
        wanted = [word for word in _words(query) if word not in STOP_WORDS] or _words(query)
        ordered = sorted(range(len(self.lines)), key=lambda at: self._place(at, order))
        if not wanted:
            return [self.lines[at] for at in ordered]
        like = [self._like(word) for word in wanted]
        having = [set().union(*(self._having[word] for word in words)) for words in like]
        exact = set.intersection(*(self._having.get(word, set()) for word in wanted))
        found = set.intersection(*having)
        found |= {at for at, line in enumerate(self.lines) if line.found.figure in figures}
        words = frozenset().union(*like)
        return [_lit(self.lines[at], words) for at in sorted(ordered, key=lambda at: at not in exact) if at in found]

    def _place(self, at: int, order: PortraitOrder) -> tuple[object, ...]:
        found = self.lines[at].found
        here = (found.passage, found.start)
        match order:
            case "text":
                return here
            case "person":
                return (fold(self.lines[at].name), *here)
            case "best":
                return (-found.score, *here)

    def _like(self, wanted: str) -> frozenset[str]:
        return words_like(self._having, wanted)


def words_like(words: Iterable[str], wanted: str) -> frozenset[str]:
    """Return the folded words that are a word as typed, begin with it, share its stem or are a slip away."""
    from rapidfuzz.distance import OSA

    root = stem(wanted)
    slips, root_slips = _slips(wanted), _slips(root)
    return frozenset(
        word
        for word in words
        if word.startswith(wanted)
        or stem(word) == root
        or (slips and OSA.distance(word, wanted, score_cutoff=slips) <= slips)
        or (root_slips and OSA.distance(stem(word), root, score_cutoff=root_slips) <= root_slips)
    )


def _slips(word: str) -> int:
    """Return how many slips of a word are forgiven."""
    return 0 if len(word) < _ONE_SLIP else 1 if len(word) < _TWO_SLIPS else 2


def load_portraits(library: Library, edition: str, ends: HiddenEnds) -> PortraitList:
    """Read the portraits of an edition, without those that were rejected; in a thread.

    Of somebody whose end is hidden only what stands before the furthest line read, and speaks of no death.
    """
    known = library.texts.edition(edition)
    found = library.found.of_edition(edition, "portrait")
    decisions = {decision.key: decision for decision in library.found.decisions()}
    belongs = matched(found, decisions.values())
    titles = {chapter.ordinal: chapter.title for chapter in library.texts.chapters(edition)}
    goes_by = library.found_people.goes_by(edition)
    position = library.texts.position(edition)
    reached = max(
        (place.passage for place in (position and position.place, library.reading.furthest(edition)) if place),
        default=-1,
    )
    lines: list[PortraitLine] = []
    untold = 0
    for one in found:
        decision = decisions.get(belongs.get(one.key, ""))
        if decision is not None and decision.state == "rejected":
            continue
        kept = decision if decision is not None and decision.state == "kept" else None
        figure, name = (kept.figure, kept.name) if kept else (one.figure, one.name)
        if not figure and name in goes_by:
            figure, name = goes_by[name]
            name = name or library.figures.name_of(figure)
        if ends.of(figure) and (one.passage > reached or names_a_death(one.sentence)):
            untold += 1
            continue
        chapter = titles.get(one.chapter) or f"part {one.chapter + 1}"
        lines.append(PortraitLine(replace(one, figure=figure), name, chapter, decision.state if decision else None))
    return PortraitList(edition, known.title if known else edition, lines, untold)


def editions_with_portraits(library: Library) -> list[str]:
    """Return the keys of texts in which portraits were found, the one read last first."""
    counts = library.found.counts()
    return [key for key in preferred_editions(library) if key != GUIDE_EDITION and counts.get(key, (0, 0))[0]]


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _lit(line: PortraitLine, words: Iterable[str]) -> PortraitLine:
    wanted = frozenset(words)
    lit = [
        (match.start(), match.end())
        for match in _WORD.finditer(line.found.text)
        if not wanted.isdisjoint(_words(match.group()))
    ]
    return replace(line, lit=tuple(lit))
