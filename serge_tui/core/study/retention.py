"""What is held of each chapter and person, and how many cards are new, learned, due, in one pass over all of them.

It takes the few values that are needed as they come from the database: of a hundred thousand cards, to make an object
of each state would cost more than all the figures together.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, NamedTuple, TypeVar

from serge_tui.core.study.memory_model import DEFAULT_DECAY, forgetting_curve
from serge_tui.core.study.statistics import LONG_HELD, STABILITIES, Held

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from serge_tui.core.study.card import Card

K = TypeVar("K", int, str)


SUSPENDED: Final = -1
"""Standing of a card that is not asked for now; the others are 1 if they are due and 0 if not."""


class Remembered(NamedTuple):
    """What is needed of a card's state; `stability` is None where it was never answered."""

    card: str
    stability: float | None
    last_day: str | None
    standing: int


class Groups:
    """The cards of each chapter and person. Made once for a collection of cards.

    `of` gives each card the number of its set; a set (`sets`) is the chapter and the people that all its cards share.
    Of these there are far fewer than cards, so a pass adds each card up once, in its set.
    """

    def __init__(self, cards: Iterable[Card]) -> None:
        self.chapters: dict[int, int] = {}
        self.people: dict[str, int] = {}
        self.sizes: list[int] = []
        self.sets: list[tuple[int, ...]] = []
        self.of: dict[str, int] = {}
        numbers: dict[tuple[int, ...], int] = {}
        for card in cards:
            places = [] if card.chapter is None else [self._place(self.chapters, card.chapter)]
            places += [self._place(self.people, figure) for figure in card.figures]
            for place in places:
                self.sizes[place] += 1
            number = numbers.setdefault(tuple(places), len(self.sets))
            if number == len(self.sets):
                self.sets.append(tuple(places))
            self.of[card.key] = number

    def spread(self, by_set: Sequence[float]) -> list[float]:
        """What was added up in each set, added up for each chapter and person."""
        total = [0.0] * len(self.sizes)
        for number, places in enumerate(self.sets):
            for place in places:
                total[place] += by_set[number]
        return total

    def _place(self, places: dict[K, int], key: K) -> int:
        if key not in places:
            places[key] = len(self.sizes)
            self.sizes.append(0)
        return places[key]


@dataclass(frozen=True, slots=True)
class GroupRetention:
    """What came of a pass."""

    chapters: tuple[Held, ...]
    people: tuple[Held, ...]
    counts: dict[str, int]
    lost: tuple[str, ...]
    """Cards that are in no group: few, as a rule."""
    stabilities: tuple[int, ...]
    """Cards by stability: how many in each group of `STABILITIES`."""


def retention_by_group(
    groups: Groups,
    memories: Iterable[tuple[str, float | None, str | None, int]],
    day: date,
    decay: float = DEFAULT_DECAY,
) -> GroupRetention:
    """Go once over `memories` (as `Remembered`, plain tuples will do). Cards that are in no group any more, because
    their source is gone, count nowhere; they are told apart. `decay` is that of the reader's model of memory.
    """
    seen = [0] * len(groups.sets)
    known = [0.0] * len(groups.sets)
    counts = dict.fromkeys(("new", "learning", "held", "due", "suspended"), 0)
    learning = held = due = suspended = 0
    since: dict[str, int] = {}
    lost: list[str] = []
    spread = [0] * (len(STABILITIES) + 1)
    today = day.toordinal()
    of, chance, long_held = groups.of, forgetting_curve(decay), LONG_HELD
    # One turn for each of up to a hundred thousand cards: every call and every look at a global in here can be felt.
    for card, stability, last_day, standing in memories:
        try:
            number = of[card]
        except KeyError:
            lost.append(card)
            continue
        if standing == SUSPENDED:
            suspended += 1
        elif stability is not None:
            due += standing
            if stability >= long_held:
                held += 1
            else:
                learning += 1
        if stability is None or last_day is None:
            continue
        try:
            elapsed = since[last_day]
        except KeyError:
            elapsed = since[last_day] = max(0, today - date.fromisoformat(last_day).toordinal())
        spread[bisect_right(STABILITIES, stability)] += 1
        seen[number] += 1
        known[number] += chance(elapsed, stability)
    counts |= {"learning": learning, "held": held, "due": due, "suspended": suspended}
    counts["new"] = len(of) - learning - held - suspended

    asked, shares = groups.spread(seen), groups.spread(known)

    def held_in(place: int, key: str) -> Held:
        share = shares[place] / asked[place] if asked[place] else 0.0
        return Held(key, groups.sizes[place], int(asked[place]), share)

    people = [held_in(place, figure) for figure, place in groups.people.items() if asked[place]]
    return GroupRetention(
        chapters=tuple(held_in(groups.chapters[number], str(number)) for number in sorted(groups.chapters)),
        people=tuple(sorted(people, key=lambda entry: (-entry.share, entry.key))),
        counts=counts,
        lost=tuple(lost),
        stabilities=tuple(spread),
    )
