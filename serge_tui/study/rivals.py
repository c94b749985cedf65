"""Who is easily taken for whom: namesakes first, then people of one faction, nation and time."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Figure

_COMMON_MOVEMENTS: Final = frozenset({"bolshevik", "arts-and-letters"})
_MOST: Final = 4


def _surname(figure: Figure) -> str:
    return fold(figure.surname)


def likeness(one: Figure, other: Figure) -> int:
    """How alike two people are to a learner; 0 for people nobody would confuse, more for a better distractor."""
    points = 3 * len((set(one.movements) & set(other.movements)) - _COMMON_MOVEMENTS)
    points += len(set(one.movements) & set(other.movements) & _COMMON_MOVEMENTS)
    points += 2 * bool(set(one.nationalities) & set(other.nationalities))
    points += len((set(one.chapters) | set(one.chapters_likely)) & (set(other.chapters) | set(other.chapters_likely)))
    if one.born.year and other.born.year and abs(one.born.year - other.born.year) <= 10:
        points += 1
    if _surname(one)[:4] == _surname(other)[:4]:
        points += 3
    return points


def rivals_of(figures: Sequence[Figure]) -> dict[str, tuple[str, ...]]:
    """For each figure the few it is most easily taken for: the same surname stem, a tie of `namesake`, a faction."""
    by_stem: defaultdict[str, list[str]] = defaultdict(list)
    for figure in figures:
        by_stem[_surname(figure)[:5]].append(figure.key)
    rivals: dict[str, tuple[str, ...]] = {}
    for figure in figures:
        same = [key for key in by_stem[_surname(figure)[:5]] if key != figure.key]
        named = [tie.other for tie in figure.ties if tie.kind in ("namesake", "sibling")]
        faction = sorted(
            (-likeness(figure, other), other.key)
            for other in figures
            if other.key != figure.key
            and other.sex == figure.sex
            and (set(figure.movements) & set(other.movements)) - _COMMON_MOVEMENTS
            and likeness(figure, other) >= 8
        )
        rivals[figure.key] = tuple(dict.fromkeys([*same, *named, *(key for _, key in faction)]))[: _MOST + len(same)]
    return rivals
