"""Events for questions: told in one sentence, with a certain date, clear without context."""

from __future__ import annotations

import hashlib
import re
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.clauses import sentences_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.models import Event

_DATED: Final = re.compile(
    r"\d|\b(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"first|second|third|fourth|fifth|tenth|First|Second|Third|Fourth|Fifth|Tenth|Fourteenth|Fifteenth)\b"
)
_HE: Final = re.compile(r"\b(?:he|him|his)\b", re.IGNORECASE)
_SUBJECT: Final = re.compile(r"\bhe\b", re.IGNORECASE)
_LEANING: Final = re.compile(r"^(?:Within|After)\b|\bsurviving\b|\bthe paper’s\b|\bthat they\b")
"""Beginnings and words that refer to an earlier sentence."""
_PLACED: Final = re.compile(r"\b(?:at|in|into|near|of|on|to) (?:the )?(?!Party|Opposition|Secretariat|CNT|POUM)[A-Z]")
"""Words that give a sentence its place."""
_SERGE: Final = re.compile(r"\bSerge\b")
_NAMED_HE: Final = {"he": "Serge", "him": "Serge", "his": "Serge’s"}
_APART: Final = timedelta(days=90)


def shuffled(items: Iterable[str], seed: str) -> list[str]:
    """Return the items in an order that depends only on the seed, the same on every machine."""
    return sorted(items, key=lambda item: hashlib.blake2b(f"{seed}\0{item}".encode(), digest_size=8).digest())


def told(event: Event) -> str:
    """Return an event as a question tells it: its first sentence, with Serge's name for the *he* of a life event."""
    sentence = sentences_of(event.text)[0]
    if event.kind == "life" and not _SERGE.search(sentence):
        first = _HE.search(sentence)
        behind = first is not None and first[0] == "his" and _SUBJECT.search(sentence)
        sentence = (_SUBJECT if behind else _HE).sub(lambda m: _NAMED_HE[m[0].lower()], sentence, count=1)
    return sentence.rstrip(".")


def told_where(event: Event) -> str:
    """Return `told` with the place after it, unless the sentence names it: choices are shown without their dates."""
    sentence, place = told(event), re.split(r"[;,]| near ", event.place)[0].strip()
    hidden = not place or place.isupper() or place.startswith(("from ", "At ")) or place in sentence
    return f"{sentence}." if hidden or _PLACED.search(sentence) else f"{sentence} ({place})."


def stands_alone(event: Event) -> bool:
    """Return whether a sentence can be understood without the events before it."""
    return not _LEANING.search(told(event))


def is_clear(event: Event) -> bool:
    """Return whether a sentence says who or what it is about: it has a name, and no pronoun without a noun."""
    sentence = told(event)
    names_something = any(word[:1].isupper() for word in sentence.split()[1:])
    return names_something and (bool(_SERGE.search(sentence)) or not _HE.search(sentence))


def is_datable(event: Event) -> bool:
    """Return whether an event can be asked about: its date is certain to the season and not in its text."""
    return is_exact(event) and is_clear(event) and not tells_date(event)


def tells_date(event: Event) -> bool:
    """Return whether the sentence of an event has a date in it, or a number that may be one."""
    return bool(_DATED.search(told(event)))


def is_exact(event: Event) -> bool:
    """Return whether the date of an event is certain to the month."""
    if (
        event.date.earliest is None
        or event.date.latest is None
        or event.date.text.startswith(("about", "before", "after"))
    ):
        return False
    return event.date.latest - event.date.earliest <= timedelta(days=31)


def clearly_before(one: Event, other: Event, gap: timedelta = _APART) -> bool:
    """Return whether one event was over well before the other began."""
    assert one.date.latest is not None
    assert other.date.earliest is not None
    return one.date.latest + gap <= other.date.earliest
