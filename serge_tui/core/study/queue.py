"""Choose the next card, from nothing but the states, the day and the day's answers."""

from __future__ import annotations

import hashlib
from bisect import insort
from collections import Counter
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias

from db.models import CardState
from serge_tui.core.study.changes import Remaining
from serge_tui.core.study.memory_model import DEFAULT_DECAY
from serge_tui.core.study.scheduling import AGAIN, holds_a_week, is_due, retrievability

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from db.models import Review
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.changes import Limits

MOST_COUNTED: Final = 1_000
"""New cards are counted up to this number; counting takes about 4 ms at the end of a session."""
Words: TypeAlias = set[str]
"""Words that siblings share."""


class Queue:
    """The order of a day: failed cards after a few other answers, then due cards, new cards, and the failed cards left.

    Args:
        cards: The deck, by key; new cards in the order they are to be asked.
        known: All cards, by key, so that siblings in another deck count.
        states: State of each card, by key.
        day: The study day.
        limits: Limits of the day.
        cram: Ask every card of the deck once, whatever its state.
        decay: How fast the reader forgets, for the order of due cards.
    """

    def __init__(
        self,
        cards: Mapping[str, Card],
        known: Mapping[str, Card],
        states: Mapping[str, CardState],
        *,
        day: date,
        limits: Limits,
        cram: bool,
        decay: float = DEFAULT_DECAY,
    ) -> None:
        self._cards, self._known, self._states = cards, known, dict(states)
        self._day, self._today, self._limits, self._cram = day, day.isoformat(), limits, cram
        self._decay = decay
        self._order = {key: number for number, key in enumerate(cards)}
        self._due = sorted(self._rank(key) for key in cards if self._is_due(key))
        self._new = [] if cram else [key for key in cards if self._is_new(key)]
        self._buried = {key for key, state in self._states.items() if state.buried_until == self._today}
        self._away = {key for key in self._states if self.is_away(key)}
        self._due_days = Counter(due for state in self._states.values() if (due := _asked_on(state)))

    @property
    def states(self) -> Mapping[str, CardState]:
        """Every state, with the changes of this session."""
        return self._states

    @property
    def away(self) -> list[CardState]:
        """States of the cards that are suspended or buried today, the suspended first."""
        states = (self._states[key] for key in self._away)
        return sorted(states, key=lambda state: (not state.suspended, state.buried_until, state.card))

    def next_due(self, day: str) -> tuple[str, int] | None:
        """Return the first day from `day` on when a card is due, and how many are due by then; None if none is."""
        if not self._due_days:
            return None
        first = max(day, min(self._due_days))
        return first, sum(count for moment, count in self._due_days.items() if moment <= first)

    def allow_new(self, number: int) -> None:
        """Raise the limit of new cards for today."""
        self._limits = replace(self._limits, new=self._limits.new + number)

    def state(self, key: str) -> CardState:
        """Return the present state of a card."""
        return self._states.get(key) or CardState(key)

    def set(self, state: CardState) -> None:
        """Set the state of a card."""
        self._note(state)

    def set_back(self, state: CardState) -> None:
        """Set a state back to an earlier one, and let its card be asked again."""
        key = state.card
        self._note(state)
        if key not in self._cards:
            return
        if self._is_due(key):
            if all(key != known for *_, known in self._due):
                insort(self._due, self._rank(key))
        elif not self._cram and self._is_new(key) and key not in self._new:
            insort(self._new, key, key=self._order.__getitem__)

    def _note(self, state: CardState) -> None:
        before = self._states.get(state.card)
        if before is not None and (day := _asked_on(before)):
            self._due_days[day] -= 1
            if not self._due_days[day]:
                del self._due_days[day]
        if day := _asked_on(state):
            self._due_days[day] += 1
        self._states[state.card] = state
        if self.is_away(state.card):
            self._away.add(state.card)
        else:
            self._away.discard(state.card)
        if state.buried_until == self._today:
            self._buried.add(state.card)
        else:
            self._buried.discard(state.card)

    def choose(self, answers: Sequence[Review]) -> str | None:
        """Return the next card after the answers given today; None when nothing is left."""
        failed = self._failed(answers)
        for key, position in failed.items():
            if len(answers) - position >= self._limits.again_after:
                return key
        new_done, due_done = self._done(answers)
        chosen: str | None = None
        if self._cram or due_done < self._limits.reviews:
            chosen = self._pick(self._open_due(answers), answers)
        if chosen is None and new_done < self._limits.new and not self._has_backlog(answers):
            chosen = self._pick(self._open_new(answers), answers)
        return chosen if chosen is not None else next(iter(failed), None)

    def remaining(self, answers: Sequence[Review]) -> Remaining:
        """Return what is left after the answers given today, without siblings that will be put off."""
        new_done, due_done = self._done(answers)
        room = len(self._due) if self._cram else max(0, self._limits.reviews - due_done)
        seen = self._seen(answers)
        due = sum(1 for _ in islice(self._without_siblings(self._open_due(answers), seen), room))
        new = 0
        if not self._has_backlog(answers):
            room = max(0, self._limits.new - new_done)
            new = sum(1 for _ in islice(self._without_siblings(self._open_new(answers), seen), room))
        return Remaining(due, new, len(self._failed(answers)))

    def new_waiting(self, answers: Sequence[Review]) -> int:
        """Return how many new cards of the deck are left, counted up to a little over `MOST_COUNTED`.

        Those that first need another card known count too, as they do in the list of decks.
        """
        answered = {review.card for review in answers}
        left = (key for key in self._new if key not in answered and self._is_new(key))
        return sum(1 for _ in islice(left, MOST_COUNTED + 1))

    def has_new_waiting(self, answers: Sequence[Review]) -> bool:
        """Return whether any new card is left that may be asked today."""
        return any(True for _ in self._open_new(answers))

    def _open_due(self, answers: Sequence[Review]) -> Iterator[str]:
        answered = {review.card for review in answers}
        return (key for *_, key in self._due if key not in answered and self._is_due(key))

    def _open_new(self, answers: Sequence[Review]) -> Iterator[str]:
        answered = {review.card for review in answers}
        return (k for k in self._new if k not in answered and self._is_new(k) and self._may_be_asked(k))

    def _has_backlog(self, answers: Sequence[Review]) -> bool:
        """Return whether more is due than the limit of the day allows: then no new card is asked."""
        room = max(0, self._limits.reviews - self._done(answers)[1])
        return not self._cram and any(True for _ in islice(self._open_due(answers), room, None))

    def _pick(self, keys: Iterable[str], answers: Sequence[Review]) -> str | None:
        """Return the first card that is no sibling of one answered or buried today, and no rival of one just asked."""
        today = self._seen(answers)
        lately = {review.card for review in answers[-self._limits.apart :]} if self._limits.apart else set()
        second: str | None = None
        for key in keys:
            if today.intersection(self._cards[key].siblings):
                continue
            if not any(self._are_rivals(key, other) for other in lately):
                return key
            second = second or key
        return second

    def _seen(self, answers: Sequence[Review]) -> Words:
        """Return the words whose cards are not asked today: their siblings were."""
        seen = [] if self._cram else [*(review.card for review in answers), *self._buried]
        return {word for key in seen for word in self._siblings(key)}

    def _without_siblings(self, keys: Iterable[str], seen: Words) -> Iterator[str]:
        """Yield keys in order, one of each group of siblings; their words are added to `seen`."""
        for key in keys:
            siblings = self._cards[key].siblings
            if not self._cram and seen.intersection(siblings):
                continue
            seen.update(siblings)
            yield key

    def _siblings(self, key: str) -> tuple[str, ...]:
        card = self._known.get(key)
        return card.siblings if card else ()

    def _are_rivals(self, one: str, other: str) -> bool:
        a, b = self._known.get(one), self._known.get(other)
        return (
            a is not None and b is not None and bool(set(a.rivals) & set(b.figures) or set(b.rivals) & set(a.figures))
        )

    def _failed(self, answers: Sequence[Review]) -> dict[str, int]:
        """Return the cards failed today and not yet right, with the number of the failure among today's answers."""
        failed: dict[str, int] = {}
        for position, review in enumerate(answers, start=1):
            failed.pop(review.card, None)
            if review.rating == AGAIN:
                failed[review.card] = position
        return {key: at for key, at in failed.items() if key in self._cards and not self.is_away(key)}

    def _done(self, answers: Sequence[Review]) -> tuple[int, int]:
        """Return how many new cards and how many known ones were asked today."""
        count = Counter(review.card for review in answers)
        new = sum(1 for key, times in count.items() if self.state(key).answers <= times)
        return new, len(count) - new

    def _rank(self, key: str) -> tuple[float, bytes, str]:
        """Sort the most forgotten first; equal ones in an order that stays the same on one day."""
        digest = hashlib.blake2b(f"{self._today}\0{key}".encode(), digest_size=8).digest()
        return (0.0 if self._cram else retrievability(self.state(key), self._day, self._decay), digest, key)

    def is_away(self, key: str) -> bool:
        """Return whether a card is suspended, or buried today."""
        state = self.state(key)
        return state.suspended or state.buried_until >= self._today

    def _is_due(self, key: str) -> bool:
        return not self.is_away(key) if self._cram else is_due(self.state(key), self._day)

    def _is_new(self, key: str) -> bool:
        return self.state(key).stability is None and not self.is_away(key)

    def _may_be_asked(self, key: str) -> bool:
        """Return whether the card this one builds on is known well enough to last a week."""
        required = self._cards[key].requires
        return not required or required not in self._known or holds_a_week(self._states.get(required))


def _asked_on(state: CardState) -> str | None:
    """Return the day a card is due; None for a suspended card and one that was never answered."""
    return None if state.suspended else state.due_day
