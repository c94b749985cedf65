"""Wrong options that are plausible, and never right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.masking import names
from serge_tui.core.study.nations import nations_told
from serge_tui.core.study.rivals import likeness

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from db.models import Figure
    from serge_tui.core.study.confusions import Confusion

_GENERATION: Final = 25
"""Years between births beyond which nobody would take one for the other."""
_ALIKE: Final = 3
"""Likeness below which somebody would be an absurd choice: a movement shared, or a nation and a chapter."""
_NEAREST: Final = 3
"""Distractors are drawn from this many times as many of the nearest as are needed."""
_OLD_ENOUGH: Final = 16
"""Years of age from which somebody can have said or done what the book tells."""
_WRITERS: Final = "arts-and-letters"
_RULERS: Final = "tsarist"
_OTHER_TRADE: Final = 6
"""Points of likeness lost where one is a writer or an artist and the other is not: more than two ranks of fame weigh,
or a famous writer stands among politicians."""
_KNOWN: Final = 2
"""Points of likeness for people the pack has words of: the others are easily ruled out as never heard of."""


@dataclass(slots=True)
class People:
    """Everybody who can be in a list of options, and how alike any two are.

    `known` are figures worth offering: those the pack has words of, or the book is seen or thought to name. `weight`
    is how many quotations each is in: nobody takes a man of one line for Trotsky. A past confusion comes at most once
    into a list of options.
    """

    figures: Mapping[str, Figure]
    known: frozenset[str]
    confusions: Sequence[Confusion] = ()
    weight: Mapping[str, int] = field(default_factory=dict)
    _near: dict[str, list[str]] = field(default_factory=dict)

    def has(self, key: str) -> bool:
        """Whether there is such a person."""
        return key in self.figures

    def near(self, key: str) -> list[str]:
        """Other people of the same sex and generation, the most alike first."""
        if key not in self._near:
            right = self.figures[key]
            likenesses = {
                other: likeness(right, self.figures[other])
                for other in self.known
                if other not in (key, NARRATOR)
                and _are_of_an_age(right, self.figures[other])
                and (self.weight.get(other) or self.figures[other].born.year)  # not a mere name
            }
            points = {
                other: likenesses[other] + self._fitness(right, self.figures[other])
                for other in likenesses
                if likenesses[other] >= _ALIKE and _of_one_station(right, self.figures[other])
            }
            self._near[key] = sorted(points, key=lambda other: (-points[other], other))
        return self._near[key]

    def _fitness(self, right: Figure, other: Figure) -> int:
        """Points for who is as well known and of the same trade; below 0 for who is not."""
        points = _KNOWN if self.weight.get(other.key) else 0
        points -= 2 * abs(self._rank(right.key) - self._rank(other.key))
        if (_WRITERS in right.movements) != (_WRITERS in other.movements):
            points -= _OTHER_TRADE
        return points

    def _rank(self, key: str) -> int:
        """How much the book is about somebody: 0 for a line or none, 1, 2 for the great names."""
        return sum(self.weight.get(key, 0) >= least for least in (2, 6))

    def out_of_place(self, key: str, text: str, *, year: int | None = None, since: int | None = None) -> set[str]:
        """Return who could be ruled out at once instead of `key`: not of the nation the text shows; in its `year`
        a child, or dead; dead before the year `since`.
        """
        right = self.figures[key]
        nations = nations_told(text, right.nationalities)
        living_since = max((moment for moment in (year, since) if moment is not None), default=None)
        if living_since is not None and _dead_by(right, living_since):
            living_since = None  # it is about the dead
        return {
            other.key
            for other in (self.figures[near] for near in self.near(key))
            if (nations and not nations.intersection(other.nationalities))
            or (living_since is not None and _dead_by(other, living_since))
            or (year is not None and other.born.earliest is not None and other.born.earliest.year + _OLD_ENOUGH > year)
        }

    def distractors(
        self,
        key: str,
        count: int,
        random: Random,
        *,
        barred: Collection[str] = (),
        text: str = "",
    ) -> list[str]:
        """Up to `count` wrong options for `key`: like it, not barred, not named in the text, no namesake's double.

        Nobody is offered whose written name equals that of the right answer or of another option.
        """
        fit = [other for other in self.near(key) if other not in barred and not names(text, self.figures[other])]
        past = [c.taken_for if c.figure == key else c.figure for c in self.confusions if key in (c.figure, c.taken_for)]
        once = [other for other in past if other in fit][:1]
        pool = [other for other in fit[: _NEAREST * count] if other not in past]
        chosen = [*once, *random.sample(pool, min(len(pool), count - len(once)))]
        if len(chosen) < count:
            chosen += [other for other in fit if other not in chosen and other not in past][: count - len(chosen)]
        shown = {self.figures[key].name}
        unique = []
        for other in chosen:
            if self.figures[other].name not in shown:
                shown.add(self.figures[other].name)
                unique.append(other)
        return unique


def _are_of_an_age(one: Figure, other: Figure) -> bool:
    """Whether two people are of one sex, and as far as is known not more than a generation apart."""
    born, also = one.born.year, other.born.year
    return one.sex == other.sex and (born is None or also is None or abs(born - also) <= _GENERATION)


def _of_one_station(one: Figure, other: Figure) -> bool:
    """Whether both are of the imperial house and its servants, or neither is."""
    return (_RULERS in one.movements) == (_RULERS in other.movements)


def _dead_by(figure: Figure, year: int) -> bool:
    """Whether somebody had certainly died before a year began."""
    return figure.died.latest is not None and figure.died.latest.year < year
