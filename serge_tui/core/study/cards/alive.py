"""Cards that ask which of four people was still alive at an event."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.core.study.card import Card
from serge_tui.core.study.cards.common import CardSources, is_answer
from serge_tui.core.study.cards.kept import EARLIER_SURVIVORS
from serge_tui.core.study.chronology import is_clear, is_exact, shuffled, stands_alone, told
from serge_tui.core.study.masking import names
from serge_tui.core.study.rivals import likeness

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from db.models import Figure

_RECENTLY: Final = timedelta(days=12 * 366)
_ALIKE: Final = 4
"""Likeness from which two people can be confused."""
_AGAIN: Final = 2
"""Cards in which one dead person may be an option."""
_HOUSEHOLD: Final = 12
"""Quotations from which somebody is too famous: everybody knows when Lenin or Trotsky died."""


def alive_cards(sources: CardSources) -> Iterator[Card]:
    """Ask which of four similar people was alive at an event; the other three had died in the twelve years before."""
    people = [
        f
        for f in sources.people(sorted(sources.met))
        if is_answer(f.key)
        and f.died.is_exact_year
        and f.in_memoirs == "seen"
        and "tsarist" not in f.movements
        and not _is_household(f, sources)
    ]
    used: Counter[str] = Counter()
    survived: set[str] = set()
    offered: set[frozenset[str]] = set()
    # Cards that readers may already be studying come first, so that no other card uses their people.
    for event in sorted(sources.events, key=lambda event: event.key not in EARLIER_SURVIVORS):
        if event.kind != "history" or not is_exact(event) or event.date.earliest is None or event.date.latest is None:
            continue
        start, end = event.date.earliest, event.date.latest
        there = {key for key, _ in event.people}
        dead = [f for f in people if f.key not in there and used[f.key] < _AGAIN and _died_lately(f, start)]
        left = [f for f in people if f.key not in there | survived and _outlived(f, start, end)]
        alive = [f for f in left if not names(told(event), f)]
        kept = EARLIER_SURVIVORS.get(event.key)
        four = _fours([f for f in alive if f.key == kept], dead) or _fours(alive, dead)
        if four is None:
            continue
        survivor, *others = four
        if frozenset(other.key for other in others) in offered:
            continue
        offered.add(frozenset(other.key for other in others))
        survived.add(survivor.key)
        used.update(other.key for other in others)
        if not is_clear(event) or not stands_alone(event):
            continue
        key = f"alive/{event.key}/{survivor.key}"
        options = {f.key: f.name for f in four}
        yield Card(
            key=key,
            kind="alive",
            question=f"{event.date.long}: {told(event)}. Which of these people was still alive?",
            stimulus="",
            answer=survivor.name,
            choices=tuple(options[k] for k in shuffled(options, key)),
            note="; ".join(f"{f.name} died {f.died.long}" for f in four) + ".",
            answer_figure=survivor.key,
            figures=tuple(options),
            events=(event.key,),
            chapter=event.chapter,
            year=event.date.year,
            siblings=(f"event:{event.key}", f"fate:{survivor.key}"),
            offered="wish",
        )


def _died_lately(figure: Figure, moment: date) -> bool:
    died = figure.died.latest
    return died is not None and moment - _RECENTLY <= died <= moment - timedelta(days=180)


def _outlived(figure: Figure, start: date, end: date) -> bool:
    """Return whether somebody was an adult then, and lived more than one year longer but less than twelve."""
    born, died = figure.born.latest, figure.died.earliest
    grown = born is not None and born < start - timedelta(days=18 * 366)
    return grown and died is not None and end + timedelta(days=365) < died < end + _RECENTLY


def _is_household(figure: Figure, sources: CardSources) -> bool:
    """Return whether somebody is famous: often quoted, or with a movement named after them."""
    named_after = any(movement.startswith(fold(figure.surname)) for movement in figure.movements)
    return named_after or sources.mentions[figure.key] >= _HOUSEHOLD


def _comrades(one: Figure, other: Figure) -> bool:
    """Return whether two people share a movement: a White general is not an option beside the Opposition."""
    return one.sex == other.sex and bool(set(one.movements) & set(other.movements))


def _fours(alive: Sequence[Figure], dead: Sequence[Figure]) -> list[Figure] | None:
    """Return the survivor and the three most similar dead; None if nobody has three similar enough."""
    best: tuple[int, list[Figure]] | None = None
    for survivor in alive:
        points = {f.key: likeness(survivor, f) for f in dead if _comrades(f, survivor)}
        like = sorted((f for f in dead if points.get(f.key, 0) >= _ALIKE), key=lambda f: (-points[f.key], f.key))[:3]
        total = sum(points[f.key] for f in like)
        if len(like) == 3 and (best is None or total > best[0]):
            best = (total, [survivor, *like])
    return best[1] if best else None
