"""What is held of each chapter and person, and true retention, in one pass over a hundred thousand cards.

`statistics` says the same of states and reviews at hand; this takes the few values that are needed as they come from
the database, because to make an object of each costs more than all the figures together.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from serge_tui.study.scheduling import AGAIN, DECAY, FACTOR
from serge_tui.study.statistics import LONG_HELD, Held, Retention

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from serge_tui.study.card import Card

K = TypeVar("K", int, str)


class Remembered(NamedTuple):
    """What is needed of a card's state; `stability` is None where it was never answered, `is_due` 0 or 1."""

    card: str
    stability: float | None
    last_day: str | None
    answers: int
    is_due: int
    is_suspended: int


class Groups:
    """The cards of each chapter and person. Made once for a box of cards."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self.chapters: dict[int, int] = {}
        self.people: dict[str, int] = {}
        self.sizes: list[int] = []
        self.of: dict[str, tuple[int, ...]] = {}
        for card in cards:
            places = [] if card.chapter is None else [self._place(self.chapters, card.chapter)]
            places += [self._place(self.people, figure) for figure in card.figures]
            for place in places:
                self.sizes[place] += 1
            self.of[card.key] = tuple(places)

    def _place(self, places: dict[K, int], key: K) -> int:
        if key not in places:
            places[key] = len(self.sizes)
            self.sizes.append(0)
        return places[key]


@dataclass(frozen=True, slots=True)
class Survey:
    """What came of a pass; `answers` are those of the cards it was told to watch."""

    chapters: tuple[Held, ...]
    people: tuple[Held, ...]
    counts: dict[str, int]
    answers: dict[str, int]


def survey(groups: Groups, memories: Iterable[tuple[str, float | None, str | None, int, int, int]], day: date,
           watched: Mapping[str, int] | None = None) -> Survey:  # fmt: skip
    """Go once over `memories` (as `Remembered`, plain tuples will do). Cards that are in no group any more, because
    their source is gone, count nowhere; the answers of `watched` cards are noted.
    """
    watched = watched or {}
    seen = [0] * len(groups.sizes)
    known = [0.0] * len(groups.sizes)
    answers: dict[str, int] = {}
    counts = dict.fromkeys(("new", "learning", "held", "due", "suspended"), 0)
    learning = held = due = suspended = 0
    since: dict[str, float] = {}
    today = day.toordinal()
    of = groups.of
    place_of, is_watched = of.get, watched.__contains__
    # One turn for each of up to a hundred thousand cards: every call in here can be felt.
    for card, stability, last_day, answered, is_due, is_suspended in memories:
        places = place_of(card)
        if places is None:
            continue
        if is_watched(card):
            answers[card] = answered
        if is_suspended:
            suspended += 1
        elif stability is not None:
            due += is_due
            if stability >= LONG_HELD:
                held += 1
            else:
                learning += 1
        if stability is None or last_day is None:
            continue
        faded = since.get(last_day)
        if faded is None:
            faded = since[last_day] = FACTOR * max(0, today - date.fromisoformat(last_day).toordinal())
        share = (1 + faded / stability) ** -DECAY
        for place in places:
            seen[place] += 1
            known[place] += share
    counts |= {"learning": learning, "held": held, "due": due, "suspended": suspended}
    counts["new"] = len(of) - learning - held - suspended

    def held_in(place: int, key: str) -> Held:
        return Held(key, groups.sizes[place], seen[place], known[place] / seen[place] if seen[place] else 0.0)

    people = [held_in(place, figure) for figure, place in groups.people.items() if seen[place]]
    return Survey(
        chapters=tuple(held_in(groups.chapters[number], str(number)) for number in sorted(groups.chapters)),
        people=tuple(sorted(people, key=lambda entry: (-entry.share, entry.key))),
        counts=counts,
        answers=answers,
    )


def asked_lately(answers: Iterable[tuple[str, str, int]]) -> Counter[str]:
    """How often each card was answered in a stretch of the log, as (card, study day, rating)."""
    return Counter(card for card, _, _ in answers)


def retention_in(
    answers: Iterable[tuple[str, str, int]], total: Mapping[str, int], ever: Mapping[str, int], target: float
) -> Retention:
    """True retention over a stretch of the log, oldest first: the first answer of a day counts, a card's very first
    never. `total` are the answers of each card in the stretch, `ever` all it ever had.
    """
    last: dict[str, str] = {}
    asked = known = 0
    for card, moment, rating in answers:
        before = last.get(card)
        last[card] = moment
        if before == moment or (before is None and ever.get(card, 0) <= total[card]):
            continue
        asked += 1
        known += rating != AGAIN
    return Retention(asked, known, target)
