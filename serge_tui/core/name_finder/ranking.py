"""Score figures against the typed words, and order them.

A score starts at 100, minus the cost of each typed word (`vocabulary`), of words that match nothing, and of a query
that has only a given name or one word of a nickname. Of equals, the figure with more mentions comes first, then the one
met most recently.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from heapq import nsmallest
from typing import TYPE_CHECKING, Final, TypeAlias

from db.names import reading
from serge_tui.core.name_finder.register import ANCHORS, IS_PATRONYMIC, Register, whole_key
from serge_tui.core.name_finder.vocabulary import Hit, Role, Way
from serge_tui.core.name_finder.words import ARTICLES, TITLES, Word, in_latin, query_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from serge_tui.core.name_finder.described import Descriptions

STRANGER_COST: Final = 40.0
"""A typed word that is nothing of the figure: *Sergei* for Lev Kamenev."""
ASIDE_COST: Final = 8.0
"""A typed word that is said of the figure (*poet*), or a patronymic where the pack has none."""
GIVEN_ONLY_COST: Final = 25.0
UNANCHORED_COST: Final = 12.0
"""How much surer a given name must be than a surname, for one word that may be either."""
PART_COST: Final = 6.0
"""Half of a compound surname."""
NOT_WHOLE_COST: Final = 3.0
"""What was typed is not all of any one spelling."""
ALIAS_COST: Final = 2.0
BORROWED_COST: Final = 6.0
TITLE_GAIN: Final = 2.0
"""A particle or title that is part of the name (*de* Boë) after all."""
LOWEST: Final = 25.0
SPREAD: Final = 45.0
"""Nobody this far below the best is listed."""
ANSWERS_KEPT: Final = 64

MOST: Final = 200
"""Figures that are weighed whole; the rest of a broad answer is dropped by its plain cost."""

Order: TypeAlias = tuple[int, int, str, str]
Part: TypeAlias = tuple[int, Role, Hit]
"""What a typed word is of a figure: the number of the name's word, its role, and how they came together."""


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate: which word of it each typed word matches (None: nothing), and the total cost."""

    figure: int
    score: float
    typed: tuple[Word, ...]
    parts: tuple[Part | None, ...]
    whole: bool
    """Exactly one of its spellings, no more and no less."""
    anchored: bool
    """Something of it can say by itself who is meant."""
    strangers: int
    """Typed words that are nothing of the figure."""

    @property
    def is_sound(self) -> bool:
        """Return whether every typed word belongs to the figure and identifies it."""
        return self.anchored and not self.strangers

    @property
    def edits(self) -> int:
        """Return the number of slips in all words together."""
        return sum(part[2].edits for part in self.parts if part)

    def has(self, *ways: Way) -> bool:
        """Return whether a typed word matched in one of these ways."""
        return any(part[2].way in ways for part in self.parts if part)


class Ranking:
    """Ranks all figures of a register for a query, and caches the last answers."""

    def __init__(self, register: Register, descriptions: Descriptions, met: Mapping[str, int]) -> None:
        self.register = register
        self._descriptions = descriptions
        self._orders: list[Order] = [
            (-entry.mentions, -met.get(entry.key, 0), entry.sort_name, entry.key) for entry in register.entries
        ]
        self._answers: OrderedDict[tuple[str, bool], list[Found]] = OrderedDict()

    def ranked(self, query: str, *, typing: bool) -> list[Found]:
        """Return all matching figures, best first; `typing`: the last word may be incomplete."""
        key = (query, typing)
        known = self._answers.get(key)
        if known is not None:
            self._answers.move_to_end(key)
            return known
        found = self._search(query_words(query), typing=typing)
        if not found or found[0].strangers:
            latin = in_latin(query)
            if latin is not None:
                found = _better(found, self._search(query_words(latin), typing=typing))
        self._answers[key] = found
        if len(self._answers) > ANSWERS_KEPT:
            self._answers.popitem(last=False)
        return found

    def order(self, figure: int) -> Order:
        """Return the order among equals: mentions, how recently met, the alphabet."""
        return self._orders[figure]

    def _search(self, typed: list[Word], *, typing: bool) -> list[Found]:
        """Search normally; if a word stays unexplained, try slips, joined and split words too."""
        if not typed:
            return []
        found = self._score(typed, typing=typing, deep=False)
        if found and found[0].is_sound:
            return found
        found = _better(found, self._score(typed, typing=typing, deep=True))
        if found and not found[0].strangers:
            return found
        for variant in (*_joined(typed), *self._split(typed)):
            near = [one for one in self._score(variant, typing=typing, deep=False) if one.edits < 2]
            found = _better(found, near)
        return found

    def _score(self, typed: list[Word], *, typing: bool, deep: bool) -> list[Found]:
        vocabulary = self.register.vocabulary
        last = len(typed) - 1
        optional = [word.folded in TITLES or word.folded in ARTICLES for word in typed]
        if all(is_optional or word.is_initial for is_optional, word in zip(optional, typed, strict=True)):
            optional = [False] * len(typed)
        hits = [
            self._by_figure(vocabulary.hits(word, typing=typing and at == last, deep=deep), later=at > 0)
            for at, word in enumerate(typed)
        ]
        whole = self.register.spelt.get(whole_key(word.folded for word in typed), set())
        figures = self._likely(hits, optional) | whole
        asides = [self._aside(word) for word in typed]
        found = [self._sum(figure, tuple(typed), hits, optional, asides, figure in whole) for figure in figures]
        best = max((one.score for one in found), default=0.0)
        lowest = max(LOWEST, best - SPREAD)
        return sorted(
            (one for one in found if one.score >= lowest), key=lambda one: (-one.score, self._orders[one.figure])
        )

    def _likely(self, hits: Sequence[Mapping[int, Part]], optional: Sequence[bool]) -> set[int]:
        """Return the figures to score: those with every word, else those with any; of very many the cheapest."""
        figures: set[int] = set().union(*hits)
        if len(hits) > 1:
            required = [set(hit) for hit, is_optional in zip(hits, optional, strict=True) if not is_optional]
            figures = (set.intersection(*required) if required else set()) or figures
        if len(figures) <= MOST:
            return figures
        costs: dict[int, float] = dict.fromkeys(figures, 0.0)
        for hit in hits:
            for figure in figures:
                part = hit.get(figure)
                costs[figure] += STRANGER_COST if part is None else _plain_cost(part)
        return set(nsmallest(MOST, figures, key=lambda figure: (costs[figure], self._orders[figure])))

    def _by_figure(self, hits: Mapping[int, Hit], *, later: bool) -> dict[int, Part]:
        """Return the best match of a typed word for each figure; `later`: it is not the first word."""
        bearers = self.register.vocabulary.bearers
        found: dict[int, Part] = {}
        prices: dict[int, float] = {}
        weighed: dict[tuple[int, Role], tuple[float, Hit] | None] = {}
        for number, hit in hits.items():
            for figure, role in bearers[number].items():
                key = (id(hit), role)
                if key not in weighed:
                    cost = _cost(hit, role, later=later)
                    price = 0.0 if cost is None or role in ANCHORS else UNANCHORED_COST
                    same = cost == hit.cost
                    weighed[key] = None if cost is None else (cost + price, hit if same else replace(hit, cost=cost))
                known = weighed[key]
                if known is not None and (figure not in prices or known[0] < prices[figure]):
                    prices[figure] = known[0]
                    found[figure] = (number, role, known[1])
        return found

    def _sum(
        self,
        figure: int,
        typed: tuple[Word, ...],
        hits: Sequence[Mapping[int, Part]],
        optional: Sequence[bool],
        asides: Sequence[tuple[bool, bool, set[int]]],
        whole: bool,
    ) -> Found:
        entry = self.register.entries[figure]
        parts = _apart([hit.get(figure) for hit in hits], typed)
        if whole:
            return Found(figure, 100.0, typed, parts, True, True, 0)
        cost = NOT_WHOLE_COST
        strangers = 0
        halves = 0
        anchored = False
        firm = any(_is_firm(part, word) for part, word in zip(parts, typed, strict=True))
        for at, part in enumerate(parts):
            if part is not None:
                cost += part[2].cost - (TITLE_GAIN if optional[at] else 0.0)
                anchored = anchored or part[1] in ANCHORS
                halves += part[1] is Role.PART
            elif not optional[at]:
                is_name, is_patronymic, said_of = asides[at]
                aside = not is_name and ((is_patronymic and not entry.has_patronymic) or (firm and figure in said_of))
                # Two strange words written as one on trial are no less strange.
                cost += ASIDE_COST if aside else STRANGER_COST * (2 if typed[at].is_joined else 1)
                strangers += not aside
        if not anchored:
            numbers = {part[0] for part in parts if part is not None}
            anchored = any(phrase <= numbers for phrase in entry.phrases)
            cost += 0.0 if anchored else GIVEN_ONLY_COST
        elif halves and halves < entry.surname_parts:
            cost += PART_COST
        return Found(figure, min(99.0, max(0.0, 100.0 - cost)), typed, parts, False, anchored, strangers)

    def _aside(self, word: Word) -> tuple[bool, bool, set[int]]:
        """Return whether a typed word is somebody's name, whether it looks like a patronymic, and who it describes."""
        if word.folded in self.register.vocabulary.ids:
            return True, False, set()
        patronymic = bool(IS_PATRONYMIC.fullmatch(reading(word.marked)))
        return False, patronymic, self._descriptions.saying(word.folded)

    def _split(self, typed: list[Word]) -> Iterator[list[Word]]:
        """Split a single typed word into two words of names: *BigBill*, or with a wrong letter for the space."""
        if len(typed) != 1:
            return
        word = typed[0]
        ids = self.register.vocabulary.ids
        for at in range(2, len(word.folded) - 1):
            one = word.folded[:at]
            if one not in ids:
                continue
            for gap in (0, 1):
                other = word.folded[at + gap :]
                # A letter in the place of the space is believed only between words of some length.
                if other in ids and (not gap or min(len(one), len(other)) > 2):
                    yield [Word(one, one, word.start, word.end), Word(other, other, word.start, word.end)]


def _is_firm(part: Part | None, word: Word) -> bool:
    """Return whether a typed word names somebody surely enough for others to describe them: not *war* of *Varine*."""
    return part is not None and part[1] in ANCHORS and (part[2].way is not Way.BEGINS or len(word.folded) > 3)


def _cost(hit: Hit, role: Role, *, later: bool) -> float | None:
    """Return the cost of a hit in a role, or None if impossible: an initial is no surname, another numeral no slip."""
    match role:
        case Role.SURNAME | Role.PART | Role.PHRASE:
            return None if hit.way in _FOR_GIVEN else hit.cost
        case Role.ALIAS:
            return None if hit.way in _FOR_GIVEN else hit.cost + ALIAS_COST
        case Role.BORROWED:
            return None if hit.way in _FOR_GIVEN else hit.cost + BORROWED_COST
        case Role.RULER:
            return None if hit.way is Way.INITIAL else hit.cost + ALIAS_COST
        case Role.GIVEN | Role.PATRONYMIC:
            if hit.way is Way.INITIAL and later is (role is Role.GIVEN):
                return hit.cost + 1
            return 0.7 * hit.cost if hit.way is Way.NEAR else hit.cost
        case Role.NUMERAL:
            return hit.cost if hit.way is Way.SAME else None
        case Role.JOINED:
            slip = hit.way is Way.NEAR and hit.edits < 3
            return hit.cost if slip or hit.way in {Way.SAME, Way.READ} else None


def _plain_cost(part: Part) -> float:
    return part[2].cost + (0.0 if part[1] in ANCHORS else UNANCHORED_COST)


_FOR_GIVEN: Final = frozenset({Way.GIVEN, Way.INITIAL})


def _apart(parts: Sequence[Part | None], typed: Sequence[Word]) -> tuple[Part | None, ...]:
    """Keep two different typed words from matching the same word of a name: the better match keeps it."""
    if len(parts) < 2:
        return tuple(parts)
    kept = list(parts)
    holders: dict[int, int] = {}
    for at, part in enumerate(parts):
        if part is None:
            continue
        holder = holders.setdefault(part[0], at)
        if holder == at or (typed[holder].folded == typed[at].folded and not typed[at].is_initial):
            continue
        other = parts[holder]
        if other is not None and part[2].cost < other[2].cost:
            kept[holder] = None
            holders[part[0]] = at
        else:
            kept[at] = None
    return tuple(kept)


def _joined(typed: list[Word]) -> Iterator[list[Word]]:
    """Return the typed words with two neighbours joined (*Mac Donald*) or a chain of particles (*Van der Velde*)."""
    for at in range(len(typed) - 1):
        until = at + 2
        while until < len(typed) and all(word.folded in TITLES for word in typed[at:until]):
            until += 1
        for end in dict.fromkeys((at + 2, until)):
            parts = typed[at:end]
            folded, marked = "".join(part.folded for part in parts), "".join(part.marked for part in parts)
            yield [*typed[:at], Word(folded, marked, parts[0].start, parts[-1].end, is_joined=True), *typed[end:]]


def _better(one: list[Found], other: list[Found]) -> list[Found]:
    if not one or not other:
        return one or other
    return other if other[0].score > one[0].score else one
