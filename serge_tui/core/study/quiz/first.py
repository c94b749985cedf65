"""Which of three events came first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from serge_tui.core.study.chronology import clearly_before, told, told_where
from serge_tui.core.study.clauses import content_stems
from serge_tui.core.study.quiz.question import FEWEST, Material, Question

if TYPE_CHECKING:
    from random import Random

    from db.models import Event


def ask_first(material: Material, random: Random, used: set[str]) -> Question | None:
    """Which of three came first, all within a few years of each other."""
    events = [event for event in material.datable if f"first:{event.key}" not in used]
    random.shuffle(events)
    events.sort(key=lambda event: f"event:{event.key}" in used)
    for first in events:
        later = [
            event
            for event in material.datable
            if clearly_before(first, event, timedelta(days=30)) and _years_apart(first, event) <= 5
        ]
        others = [e for e in later if not _subject(e) & _subject(first)]
        fresh = [event for event in others if f"event:{event.key}" not in used]
        fresh = fresh if len(fresh) >= FEWEST - 1 else others
        if len(fresh) < FEWEST - 1:
            continue
        trio = [first, *random.sample(fresh, FEWEST - 1)]
        random.shuffle(trio)
        used |= {f"first:{first.key}", *(f"event:{event.key}" for event in trio)}
        in_order = sorted(trio, key=lambda e: (e.date.text, e.key))
        return Question(
            kind="first",
            question="Which of these came first?",
            stimulus="",
            context="",
            options=tuple(told_where(event) for event in trio),
            keys=tuple(event.key for event in trio),
            right=trio.index(first),
            passage="\n".join(f"{event.date.long}: {told_where(event)}" for event in in_order),
            reference=f"chapter {first.chapter}" if first.chapter else "",
            event=first.key,
        )
    return None


def _subject(event: Event) -> frozenset[str]:
    """Return what an event is about, in stems: a word that two events share gives away their order."""
    return content_stems(told(event)) - content_stems("Serge’s Serge")


def _years_apart(one: Event, other: Event) -> int:
    assert one.date.earliest is not None
    assert other.date.latest is not None
    return other.date.latest.year - one.date.earliest.year
