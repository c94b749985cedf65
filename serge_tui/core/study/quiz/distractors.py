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

    from db.models import Figure
    from serge_tui.core.study.confusions import Confusion

_GENERATION: Final = 25
"""Years between births beyond which nobody would take one for the other."""
_ALIKE: Final = 1
"""Likeness below which somebody would be an absurd choice: a nation, a chapter or a movement shared."""
_FELLOWS: Final = 12
"""Writers, for a writer, from which nobody else is offered beside them."""
_FILLERS: Final = 40
"""The nearest people that fill up where too few of those who are ever right would fit."""
_AS_FAMOUS: Final = 3.0
"""How much likelier somebody is who is as much quoted as the right answer, or more."""
_MOST_ALIKE: Final = 6
"""Likeness from which nobody is likelier to be drawn for being still more alike."""
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
    is how many quotations each is in. A past confusion comes at most once into a list of options.
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
                and are_of_an_age(right, self.figures[other])
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

    def fit(
        self, key: str, answers: Collection[str], *, barred: Collection[str] = (), text: str = ""
    ) -> dict[str, float]:
        """Return who can be a wrong option for `key`, with how well they fit: not barred, not named in the text.

        `answers` are the right answers of other questions: they all count; of the others only the nearest do. Nobody
        is there whose written name is that of the right answer.
        """
        name = self.figures[key].name
        near = [
            other
            for other in self.near(key)
            if other not in barred and self.figures[other].name != name and not names(text, self.figures[other])
        ]
        if _WRITERS in self.figures[key].movements:
            fellows = [other for other in near if _WRITERS in self.figures[other].movements]
            near = fellows if len(fellows) >= _FELLOWS else near
        fillers = [other for other in near if other not in answers][:_FILLERS]
        allowed = {*fillers, *(other for other in near if other in answers)}
        likenesses = {other: likeness(self.figures[key], self.figures[other]) for other in near if other in allowed}
        fame = self.weight.get(key, 0)
        return {
            other: min(_MOST_ALIKE, max(1, points)) * (_AS_FAMOUS if self.weight.get(other, 0) >= fame else 1.0)
            for other, points in likenesses.items()
        }

    def once_confused(self, key: str, fit: Collection[str]) -> list[str]:
        """Return one person of `fit` that was taken for `key`, or the other way round; empty where there is none."""
        past = [c.taken_for if c.figure == key else c.figure for c in self.confusions if key in (c.figure, c.taken_for)]
        return [other for other in past if other in fit][:1]

    def all_confused(self, key: str) -> set[str]:
        """Return everybody that was taken for `key`, or the other way round."""
        return {c.taken_for if c.figure == key else c.figure for c in self.confusions if key in (c.figure, c.taken_for)}

    def unlike_names(self, key: str, others: Sequence[str]) -> list[str]:
        """Return wrong options without those that would be written as another option is."""
        shown = {self.figures[key].name}
        unique = []
        for other in others:
            if self.figures[other].name not in shown:
                shown.add(self.figures[other].name)
                unique.append(other)
        return unique


def are_of_an_age(one: Figure, other: Figure) -> bool:
    """Return whether two people are of one sex, and as far as is known not more than a generation apart."""
    born, also = one.born.year, other.born.year
    return one.sex == other.sex and (born is None or also is None or abs(born - also) <= _GENERATION)


def _of_one_station(one: Figure, other: Figure) -> bool:
    """Whether both are of the imperial house and its servants, or neither is."""
    return (_RULERS in one.movements) == (_RULERS in other.movements)


def _dead_by(figure: Figure, year: int) -> bool:
    """Whether somebody had certainly died before a year began."""
    return figure.died.latest is not None and figure.died.latest.year < year
