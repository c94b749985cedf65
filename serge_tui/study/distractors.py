"""Wrong options that are plausible, and never right."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from serge_tui.study.card import NARRATOR
from serge_tui.study.masking import names
from serge_tui.study.rivals import likeness

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from random import Random

    from db.models import Figure
    from serge_tui.study.confusions import Confusion

_GENERATION: Final = 25
"""Years between births beyond which nobody would take one for the other."""
_ALIKE: Final = 3
"""Likeness below which somebody would be an absurd choice: a movement shared, or a nation and a chapter."""
_NEAREST: Final = 4
"""Distractors are drawn from this many times as many of the nearest as are needed."""


@dataclass(slots=True)
class People:
    """Everybody who can stand in a list of options, and how near each is to each.

    `known` are figures worth offering: those the pack has words of or an event with. A past confusion comes at most
    once into a list of options.
    """

    figures: Mapping[str, Figure]
    known: frozenset[str]
    confusions: Sequence[Confusion] = ()
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
                if other not in (key, NARRATOR) and _are_of_an_age(right, self.figures[other])
            }
            alike = (other for other in likenesses if likenesses[other] >= _ALIKE)
            self._near[key] = sorted(alike, key=lambda other: (-likenesses[other], other))
        return self._near[key]

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
