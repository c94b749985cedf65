"""Cards with three events to put in order."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR, Card
from serge_tui.core.study.cards.kept import EARLIER_TRIOS
from serge_tui.core.study.chronology import clearly_before, is_datable, shuffled, stands_alone, told_where

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.models import Event
    from serge_tui.core.study.cards.common import CardSources

_SPAN: Final = timedelta(days=6 * 366)
_AGAIN: Final = 2
"""Cards that one event may be in."""
_PRIVATE: Final = re.compile(r"\b(?:letters?|writes to|notebook|notes that)\b")
"""Events known from letters and notebooks are not in the Memoirs."""


def order_cards(sources: CardSources) -> Iterator[Card]:
    """Ask for the order of three events, some months apart and within six years.

    Trios of earlier versions come first. The others depend only on keys, dates and people of their own events, so that
    a new event does not change them all.
    """
    able = [event for event in sources.events if is_told(event)]
    used: Counter[str] = Counter()
    for trio in _kept(able):
        used.update(event.key for event in trio)
        yield _card(trio)
    for first in sorted(able, key=lambda event: _rank("", event)):
        second = _next(first, (first,), able)
        third = _next(first, (first, second), able) if second else None
        if second is None or third is None:
            continue
        trio = (first, second, third)
        if max(used[event.key] for event in trio) < _AGAIN:
            used.update(event.key for event in trio)
            yield _card(trio)


def _kept(able: Iterable[Event]) -> Iterator[tuple[Event, Event, Event]]:
    """Yield the trios of earlier versions whose events can still be asked about and are still clearly in order."""
    known = {event.key: event for event in able}
    for keys in EARLIER_TRIOS:
        if all(key in known for key in keys):
            first, second, third = (known[key] for key in keys)
            if clearly_before(first, second) and clearly_before(second, third):
                yield first, second, third


def is_told(event: Event) -> bool:
    """Return whether an event can be asked about: in the book, datable, clear alone, and not from private papers."""
    return event.chapter is not None and is_datable(event) and stands_alone(event) and not _PRIVATE.search(event.text)


def _card(trio: tuple[Event, Event, Event]) -> Card:
    texts = {event.key: told_where(event) for event in trio}
    key = f"order/{'+'.join(texts)}"
    return Card(
        key=key,
        kind="order",
        question="In what order did these happen?",
        stimulus="",
        answer="\n".join(f"{event.date.long}: {texts[event.key]}" for event in trio),
        choices=tuple(texts[event] for event in shuffled(texts, key)),
        figures=tuple(dict.fromkeys(person for event in trio for person, _ in event.people)),
        events=tuple(texts),
        chapter=trio[2].chapter,
        chapters=tuple(dict.fromkeys(e.chapter for e in trio if e.chapter is not None)),
        year=trio[2].date.year,
        siblings=tuple(f"event:{event}" for event in texts),
        offered="wish",
    )


def _next(first: Event, before: tuple[Event, ...], events: Sequence[Event]) -> Event | None:
    """Return an event clearly after the last and near the first, if possible with other people; or None."""
    assert first.date.earliest is not None
    known = {person for event in before for person, _ in event.people} - {NARRATOR}
    near = [
        event
        for event in events
        if clearly_before(before[-1], event)
        and event.date.latest is not None
        and event.date.latest - first.date.earliest <= _SPAN
    ]
    seed = "+".join(event.key for event in before)
    return min(near, default=None, key=lambda e: (bool(known & {p for p, _ in e.people}), _rank(seed, e)))


def _rank(seed: str, event: Event) -> str:
    """Return a rank that depends only on the keys, to choose among equals."""
    return hashlib.blake2b(f"{seed}\0{event.key}".encode(), digest_size=8).hexdigest()
