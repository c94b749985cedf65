"""Cards about time: three events in their order, and who was still alive when something happened."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.study.card import Card
from serge_tui.study.clauses import content_stems, sentences_of
from serge_tui.study.makers import Makers, is_answer
from serge_tui.study.rivals import likeness

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.models import Event, Figure

_DATED: Final = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"first|second|third|fourth|fifth|tenth|First|Second|Third|Fourth|Fifth|Tenth|Fourteenth|Fifteenth)\b"
)
_HE: Final = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"\bhe\b", re.IGNORECASE)
_LEANING: Final = re.compile(r"^(?:Within|After)\b|\bsurviving\b|\bthe paper’s\b|\bthat they\b")
"""Beginnings and words that lean on what was told before."""
_PLACED: Final = re.compile(r"\b(?:at|in|into|near|of|on|to) (?:the )?(?!Party|Opposition|Secretariat|CNT|POUM)[A-Z]")
"""Words that give a sentence its place."""
_SERGE: Final = re.compile(r"\bSerge\b")
_NAMED_HE: Final = {"he": "Serge", "him": "Serge", "his": "Serge’s"}
_APART: Final = timedelta(days=90)
_SPAN: Final = timedelta(days=6 * 366)
_RECENTLY: Final = timedelta(days=12 * 366)
_ALIKE: Final = 5
"""Likeness from which two people can be mistaken for each other."""
_AGAIN: Final = 3
"""Times one dead man may be offered over all cards."""


def shuffled(items: Iterable[str], seed: str) -> list[str]:
    """Items in an order that depends on the seed alone, the same on every machine."""
    return sorted(items, key=lambda item: hashlib.blake2b(f"{seed}\0{item}".encode(), digest_size=8).digest())


def told(event: Event) -> str:
    """An event as it is asked about: its first sentence, with Serge named where a life event says *he*."""
    sentence = sentences_of(event.text)[0]
    if event.kind == "life" and not _SERGE.search(sentence):
        first = _HE.search(sentence)
        behind = first is not None and first[0] == "his" and _SUBJECT.search(sentence)
        sentence = (_SUBJECT if behind else _HE).sub(lambda m: _NAMED_HE[m[0].lower()], sentence, count=1)
    return sentence.rstrip(".")


def told_where(event: Event) -> str:
    """The same with the place after it, where the sentence does not name it: a choice stands without its date."""
    sentence, place = told(event), re.split(r"[;,]| near ", event.place)[0].strip()
    hidden = not place or place.isupper() or place.startswith(("from ", "At ")) or place in sentence
    return f"{sentence}." if hidden or _PLACED.search(sentence) else f"{sentence} ({place})."


def stands_alone(event: Event) -> bool:
    """Whether a sentence is understood without the events before it."""
    return not _LEANING.search(told(event))


def is_clear(event: Event) -> bool:
    """Whether the sentence says by itself whom or what it is about: a name in it, and no pronoun left hanging."""
    sentence = told(event)
    names_something = any(word[:1].isupper() for word in sentence.split()[1:])
    return names_something and (bool(_SERGE.search(sentence)) or not _HE.search(sentence))


def is_datable(event: Event) -> bool:
    """Whether an event can be asked about: its date is certain to the season, and its text does not give it."""
    if (
        event.date.earliest is None
        or event.date.latest is None
        or event.date.text.startswith(("about", "before", "after"))
    ):
        return False
    exact = event.date.latest - event.date.earliest <= timedelta(days=31)
    return exact and is_clear(event) and not _DATED.search(told(event))


def clearly_before(one: Event, other: Event, gap: timedelta = _APART) -> bool:
    """Whether the one was over well before the other began."""
    assert one.date.latest is not None
    assert other.date.earliest is not None
    return one.date.latest + gap <= other.date.earliest


def order_cards(events: Sequence[Event]) -> Iterator[Card]:
    """Threes of events some seasons apart and within six years, each event in one three at most."""
    left = sorted((e for e in events if is_datable(e)), key=lambda e: (e.date.earliest or date.max, e.key))
    while left:
        first = left.pop(0)
        second = _next(first, first, left)
        third = _next(first, second, left) if second else None
        if second is None or third is None:
            continue
        left = [event for event in left if event not in (second, third)]
        trio = (first, second, third)
        texts = {event.key: told(event) for event in trio}
        key = f"order/{'+'.join(texts)}"
        order = shuffled(texts, key)
        yield Card(
            key=key,
            kind="order",
            question="In what order did these happen?",
            stimulus="",
            answer="\n".join(f"{event.date.long}: {texts[event.key]}." for event in trio),
            choices=tuple(f"{texts[event]}." for event in order),
            figures=tuple(dict.fromkeys(person for event in trio for person, _ in event.people)),
            events=tuple(texts),
            chapter=third.chapter,
            chapters=tuple(dict.fromkeys(e.chapter for e in trio if e.chapter is not None)),
            year=third.date.year,
            siblings=tuple(f"event:{event}" for event in texts),
        )


def _next(first: Event, after: Event, events: Sequence[Event]) -> Event | None:
    """The next event well after `after` and not far from `first`, of another kind where there is one."""
    assert first.date.earliest is not None
    near = [
        event
        for event in events
        if clearly_before(after, event) and event.date.latest and event.date.latest - first.date.earliest <= _SPAN
    ]
    known = set().union(*(content_stems(told(event)) for event in (first, after)))
    fresh = [event for event in near if not content_stems(told(event)) & known]
    other = [event for event in fresh if event.kind != after.kind]
    return next(iter(other or fresh or near), None)


def alive_cards(makers: Makers) -> Iterator[Card]:
    """At a known event, who of four much alike was still alive: three had died in the dozen years before it."""
    people = [
        f
        for f in makers.people(sorted(makers.spoken_of))
        if is_answer(f.key) and f.died.is_exact_year and "tsarist" not in f.movements
    ]
    used: Counter[str] = Counter()
    for event in makers.events:
        if event.kind != "history" or not is_datable(event) or event.date.earliest is None or event.date.latest is None:
            continue
        start, end = event.date.earliest, event.date.latest
        there = {key for key, _ in event.people}
        dead = [f for f in people if f.key not in there and used[f.key] < _AGAIN and _died_lately(f, start)]
        alive = [f for f in people if f.key not in there and not used[f.key] and _outlived(f, start, end)]
        four = _fours(alive, dead)
        if four is None:
            continue
        survivor, *others = four
        used.update({survivor.key: _AGAIN, **{other.key: 1 for other in others}})
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
        )


def _died_lately(figure: Figure, moment: date) -> bool:
    died = figure.died.latest
    return died is not None and moment - _RECENTLY <= died <= moment - timedelta(days=180)


def _outlived(figure: Figure, start: date, end: date) -> bool:
    """Whether somebody was a grown person then, and lived on for a year but not for a dozen."""
    born, died = figure.born.latest, figure.died.earliest
    grown = born is not None and born < start - timedelta(days=18 * 366)
    return grown and died is not None and end + timedelta(days=365) < died < end + _RECENTLY


def _fours(alive: Sequence[Figure], dead: Sequence[Figure]) -> list[Figure] | None:
    """The survivor, and the three dead most like him or her; None when nobody has three companions alike enough."""
    best: tuple[int, list[Figure]] | None = None
    for survivor in alive:
        points = {f.key: likeness(survivor, f) for f in dead if f.sex == survivor.sex}
        like = sorted((f for f in dead if points.get(f.key, 0) >= _ALIKE), key=lambda f: (-points[f.key], f.key))[:3]
        total = sum(points[f.key] for f in like)
        if len(like) == 3 and (best is None or total > best[0]):
            best = (total, [survivor, *like])
    return best[1] if best else None
