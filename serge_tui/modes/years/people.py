"""Which of the people met so far were alive in a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.library import Library
    from db.models import Membership
    from serge_tui.services.hidden_ends import HiddenEnds

LONGEST_LIFE: Final = 95
"""Years after which somebody whose death is unknown is taken to be dead."""


@dataclass(frozen=True, slots=True)
class Lifespan:
    """A person's years; `died` is None if the year of death is unknown."""

    key: str
    name: str
    born: int
    died: int | None
    fate: str


@dataclass(frozen=True, slots=True)
class Living:
    """The people met so far, as of one year. Nobody is in two of the groups."""

    alive: tuple[Lifespan, ...] = ()
    died_this_year: tuple[Lifespan, ...] = ()
    dead: tuple[Lifespan, ...] = ()

    @property
    def born(self) -> tuple[Lifespan, ...]:
        """Everybody born by then, dead or alive: all that may be told while ends are hidden."""
        return tuple(sorted((*self.alive, *self.died_this_year, *self.dead), key=lambda life: (life.born, life.name)))


def lifespans(library: Library) -> list[Lifespan]:
    """Return everybody whose year of birth is known."""
    return [Lifespan(*row) for row in library.figures.lifespans()]


def living_in(year: int, people: Sequence[Lifespan], met: set[str] | None) -> Living:
    """Return which people of `met` (of everybody if None) were alive in a year, died in it, or were already dead."""
    alive: list[Lifespan] = []
    dying: list[Lifespan] = []
    dead: list[Lifespan] = []
    for life in people:
        if life.born > year or (met is not None and life.key not in met):
            continue
        if life.died is None:
            (alive if year - life.born <= LONGEST_LIFE else dead).append(life)
        elif life.died == year:
            dying.append(life)
        else:
            (alive if life.died > year else dead).append(life)
    return Living(tuple(alive), tuple(dying), tuple(dead))


def standing_in(year: int, members: Iterable[Membership], ends: HiddenEnds) -> set[str]:
    """Return who belonged to something in a year; of somebody whose end is hidden, whatever the year.

    A year may tell a hidden end: people often belonged to something until they died.
    """
    return {
        one.figure
        for one in members
        if ends.of(one.figure)
        or (
            (one.start.earliest is None or one.start.earliest.year <= year)
            and (one.end.latest is None or year <= one.end.latest.year)
        )
    }


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people lived at the end of a year, and how many died in it."""

    year: int
    alive: int
    died: int


def tally(people: Sequence[Lifespan], met: set[str] | None, years: Iterable[int]) -> list[Tally]:
    """Count the people of `met` (everybody if None) who lived, and who died, in each of the years."""
    return [
        Tally(year, len(living.alive), len(living.died_this_year))
        for year in years
        for living in (living_in(year, people, met),)
    ]
