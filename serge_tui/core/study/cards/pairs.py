"""Cards on two related events: which came first."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import Card
from serge_tui.core.study.chronology import clearly_before, shuffled, stands_alone, tells_date, told_where

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Event
    from serge_tui.core.study.cards.common import CardSources

_APART: Final = timedelta(days=14)
_PAIRS: Final = (
    ("ferrer-protest", "liabeuf-riots"),
    ("arrested-1912", "bonnot-killed"),
    ("bonnot-killed", "trial-of-the-gang"),
    ("released-from-melun", "tsar-falls"),
    ("tsar-falls", "barcelona-rising-fails"),
    ("barcelona-rising-fails", "arrested-1917"),
    ("arrested-1917", "october-revolution"),
    ("prisoner-exchange", "comintern-founded"),
    ("hungarian-soviet-republic", "petrograd-saved"),
    ("baku-congress", "crimea-massacre"),
    ("reed-dies", "kropotkin-dies"),
    ("crimea-massacre", "petropavlovsk-resolution"),
    ("kropotkin-funeral", "kronstadt-assault"),
    ("kronstadt-assault", "gumilev-shot"),
    ("gumilev-shot", "rapallo"),
    ("rapallo", "rathenau-murdered"),
    ("rathenau-murdered", "ruhr-occupied"),
    ("ruhr-occupied", "hamburg-rising"),
    ("hamburg-rising", "lenin-dies"),
    ("sofia-cathedral", "yesenin-dies"),
    ("yesenin-dies", "shanghai-massacre"),
    ("leningrad-broken", "shanghai-massacre"),
    ("leningrad-march-past", "joffe-burial"),
    ("istrati-sets-out", "trotsky-to-alma-ata"),
    ("joffe-suicide", "trotsky-to-alma-ata"),
    ("smirnov-capitulates", "mayakovsky-dies"),
    ("mayakovsky-dies", "menshevik-trial"),
    ("hitler-chancellor", "arrested-1933"),
    ("arrested-1933", "kirov-killed"),
    ("kirov-killed", "jeannine-born"),
    ("kirov-killed", "writers-congress"),
    ("writers-congress", "expelled-from-the-ussr"),
    ("popular-front", "first-moscow-trial"),
    ("spanish-civil-war", "first-moscow-trial"),
    ("second-moscow-trial", "may-days"),
    ("tukhachevsky-shot", "reiss-killed"),
    ("nin-arrested", "reiss-killed"),
    ("reiss-killed", "sedov-dies"),
    ("meets-krivitsky", "third-moscow-trial"),
    ("third-moscow-trial", "hitler-stalin-pact"),
    ("trotsky-murdered", "villa-air-bel"),
    ("villa-air-bel", "krivitsky-dies"),
    ("krivitsky-dies", "germany-invades"),
    ("germany-invades", "reaches-mexico"),
    ("reaches-mexico", "tresca-murdered"),
    ("tresca-murdered", "memoirs-finished"),
)
"""Pairs of related events, by key, the earlier one first; where the pack’s dates say otherwise there is no card."""


def pair_cards(sources: CardSources) -> Iterator[Card]:
    """Ask which of two related events came first."""
    events = {event.key: event for event in sources.events}
    for keys in _PAIRS:
        one, other = (events.get(key) for key in keys)
        if one is None or other is None or not (_can_be_told(one) and _can_be_told(other)):
            continue
        if clearly_before(one, other, _APART):
            yield _card(one, other)


def _can_be_told(event: Event) -> bool:
    dated = event.date.earliest is not None and event.date.latest is not None
    return dated and stands_alone(event) and not tells_date(event)


def _card(first: Event, second: Event) -> Card:
    texts = {event.key: told_where(event) for event in (first, second)}
    key = f"pair/{first.key}+{second.key}"
    return Card(
        key=key,
        kind="pair",
        question="Which came first?",
        stimulus="",
        answer=texts[first.key],
        choices=tuple(texts[event] for event in shuffled(texts, key)),
        note="\n".join(f"{event.date.long}: {texts[event.key]}" for event in (first, second)),
        figures=tuple(dict.fromkeys(person for event in (first, second) for person, _ in event.people)),
        events=tuple(texts),
        chapter=second.chapter,
        chapters=tuple(dict.fromkeys(e.chapter for e in (first, second) if e.chapter is not None)),
        year=second.date.year,
        siblings=tuple(f"event:{event}" for event in texts),
    )
