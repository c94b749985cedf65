"""Find people easily confused with each other: namesakes first, then people of one faction, nation and time."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Figure

_COMMON_MOVEMENTS: Final = frozenset({"bolshevik", "arts-and-letters"})
_MOST: Final = 4
_CLOSE: Final = 8


@lru_cache(maxsize=4096)
def _stem(surname: str) -> str:
    return fold(surname)[:5]


def likeness(one: Figure, other: Figure) -> int:
    """Return how similar two people are to a learner: 0 if nobody would confuse them, more for a better distractor."""
    points = 3 * len((set(one.movements) & set(other.movements)) - _COMMON_MOVEMENTS)
    points += len(set(one.movements) & set(other.movements) & _COMMON_MOVEMENTS)
    points += 2 * bool(set(one.nationalities) & set(other.nationalities))
    points += len((set(one.chapters) | set(one.chapters_likely)) & (set(other.chapters) | set(other.chapters_likely)))
    if one.born.year and other.born.year and abs(one.born.year - other.born.year) <= 10:
        points += 1
    if _stem(one.surname)[:4] == _stem(other.surname)[:4]:
        points += 3
    return points


class Rivals:
    """For each figure, the few most easily confused with it: same surname stem, namesake or sibling, same faction."""

    def __init__(self, figures: Sequence[Figure]) -> None:
        self._figures = {figure.key: figure for figure in figures}
        self._by_stem: defaultdict[str, list[str]] = defaultdict(list)
        for figure in figures:
            self._by_stem[_stem(figure.surname)].append(figure.key)
        self._known: dict[str, tuple[str, ...]] = {}

    def of(self, key: str) -> tuple[str, ...]:
        """Return the keys of the rivals, namesakes first; empty for an unknown figure."""
        if key not in self._figures:
            return ()
        if key not in self._known:
            self._known[key] = self._find(self._figures[key])
        return self._known[key]

    def _find(self, figure: Figure) -> tuple[str, ...]:
        same = [key for key in self._by_stem[_stem(figure.surname)] if key != figure.key]
        named = [tie.other for tie in figure.ties if tie.kind in ("namesake", "sibling")]
        distinctive = set(figure.movements) - _COMMON_MOVEMENTS
        points = {
            other.key: likeness(figure, other)
            for other in self._figures.values()
            if other.key != figure.key and other.sex == figure.sex and distinctive.intersection(other.movements)
        }
        faction = sorted((key for key in points if points[key] >= _CLOSE), key=lambda key: (-points[key], key))
        return tuple(dict.fromkeys([*same, *named, *faction]))[: _MOST + len(same)]
