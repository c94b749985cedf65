"""The study pack as card builders need it, and wording that several kinds of card share."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.text import fold
from serge_tui.core.study.card import GAP, NARRATOR
from serge_tui.core.study.clauses import Rarity, clauses_of, content_stems, stem, words_of
from serge_tui.core.study.masking import mask
from serge_tui.core.study.rivals import Rivals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import CanonicalChapter, Event, Figure, Quotation, Term

_PIECES: Final = re.compile(r"(?<=[;,])\s+")
_OMITTED: Final = "[…]"
_NEAR: Final = 4
"""Largest distance in words between two words of one office: *head of the Soviet*."""
_NUMERAL: Final = re.compile(r"[IVX]+")


@dataclass(frozen=True)
class CardSources:
    """The study pack that cards are made from, with look-ups that are made on first use."""

    quotations: Sequence[Quotation]
    figures: Sequence[Figure]
    events: Sequence[Event]
    terms: Sequence[Term] = ()
    chapters: Sequence[CanonicalChapter] = ()

    @cached_property
    def by_key(self) -> dict[str, Figure]:
        """Figures by key."""
        return {figure.key: figure for figure in self.figures}

    @cached_property
    def rivals(self) -> Rivals:
        """People who are easily confused."""
        return Rivals(self.figures)

    @cached_property
    def rarity(self) -> Rarity:
        """How rare each word is in all quotations."""
        return Rarity(quotation.text for quotation in self.quotations)

    @cached_property
    def portraits(self) -> dict[str, list[Quotation]]:
        """Portraits of each figure, in order; portraits of several people are left out."""
        found: dict[str, list[Quotation]] = {}
        for quotation in self.quotations:
            if quotation.kind == "portrait" and len(sitters(quotation)) == 1:
                found.setdefault(sitters(quotation)[0], []).append(quotation)
        return found

    @cached_property
    def _described(self) -> dict[str, frozenset[str]]:
        return {
            figure.key: content_stems(" ".join([figure.one_line, *figure.roles, *figure.nationalities]))
            for figure in self.figures
        }

    def described(self, figure: str) -> frozenset[str]:
        """Return the telling words of all that says in short who somebody is."""
        return self._described.get(figure, frozenset())

    @cached_property
    def surnames(self) -> frozenset[str]:
        """All surnames, folded."""
        return frozenset(fold(figure.surname) for figure in self.figures)

    @cached_property
    def mentions(self) -> Counter[str]:
        """Number of quotations about, by or to each figure."""
        return Counter(
            key for q in self.quotations for key in {*q.about, *q.to, q.speaker, q.portrait_of} if key is not None
        )

    @cached_property
    def spoken_of(self) -> frozenset[str]:
        """Figures with a quotation about, by or to them."""
        return frozenset(self.mentions)

    @cached_property
    def met(self) -> frozenset[str]:
        """Figures with a quotation or an event."""
        return self.spoken_of | {key for event in self.events for key, _ in event.people}

    def people(self, keys: Iterable[str]) -> list[Figure]:
        """Return the figures of these keys; unknown keys are left out."""
        return [self.by_key[key] for key in keys if key in self.by_key]


def sitters(quotation: Quotation) -> tuple[str, ...]:
    """Return the figures that a portrait describes."""
    return (quotation.portrait_of,) if quotation.portrait_of else quotation.about


def is_answer(figure: str) -> bool:
    """Return whether a figure can be an answer. The narrator cannot: his *I* gives him away."""
    return figure != NARRATOR


def first_chapter(figure: Figure) -> int | None:
    """Return the chapter in which somebody first comes, as far as is known; None if it is not."""
    return min(figure.chapters or figure.chapters_likely, default=None)


def latest_chapter(figure: Figure) -> int | None:
    """Return the last chapter in which somebody comes, as far as is known; None if it is not."""
    return max((*figure.chapters, *figure.chapters_likely), default=None)


def siblings_of(quotation: Quotation, figure: str) -> tuple[str, ...]:
    """Return what a card must not share with another on the same day: the quotation; a person on a page."""
    return (f"quote:{quotation.key}", f"{figure}@{quotation.page or quotation.chapter or 'elsewhere'}")


def year_of(quotation: Quotation) -> int | None:
    """Return the year of a quotation, or None."""
    return int(quotation.year[:4]) if quotation.year[:4].isdigit() else None


def occasion(topic: str, year: str = "") -> str:
    """Return topic and year, the context of a question; a topic with a gap says too little and is left out."""
    if GAP in topic:
        topic = ""
    return " · ".join(part for part in (topic, year if year not in topic else "") if part)


def trimmed(text: str) -> str:
    """Return a piece of a sentence, with dots where the sentence goes on."""
    start = "… " if text[:1].islower() else ""
    whole = text.rstrip("”’)")[-1:] in ".!?…"
    return f"{start}{text}" if whole else f"{start}{text.rstrip(' ,;:')} …"


def initials(name: str) -> str:
    """Return the initials of a name, such as `V. L.`: the last hint."""
    words = [word for word in re.sub(r"\([^)]*\)", "", name).split() if not _NUMERAL.fullmatch(word)]
    return " ".join(f"{word[0]}." for word in words if word[:1].isalpha() and word[0].isupper())


def person_hints(figure: Figure) -> tuple[str, ...]:
    """Return the last hints for a person: the one-line description without the name, or the roles; the initials."""
    pieces = [mask(piece, [figure]) for piece in _PIECES.split(figure.one_line.rstrip("."))]
    line = " ".join(piece for piece in pieces if GAP not in piece).rstrip(",; ")
    if len(content_stems(line)) < 2:
        line = ", ".join(role for role in figure.roles if GAP not in mask(role, [figure]))
    return (*((f"{line[:1].upper()}{line[1:]}",) if line else ()), initials(figure.name))


def tells_office(text: str, figure: Figure) -> bool:
    """Return whether a text gives away what the person was.

    It does if it has two words of an office close together (*the head of our Cheka*), or says nothing that the one-line
    description does not say.
    """
    stems = [stem(word) for word in words_of(text)]
    for office in (*re.split(r"[;:,]", figure.one_line), *figure.roles):
        telling = content_stems(office)
        at = [place for place, word in enumerate(stems) if word in telling]
        if any(stems[one] != stems[other] and other - one <= _NEAR for one, other in pairwise(at)):
            return True
    said = content_stems(text)
    return bool(said) and said <= content_stems(figure.one_line)


def without_office(text: str, figure: Figure) -> str:
    """Return a text without the clauses that give away what the person was."""
    for clause in clauses_of(text):
        if tells_office(clause, figure):
            text = text.replace(clause, _OMITTED, 1)
    text = re.sub(r"\[…\](?:\W*\[…\])+", _OMITTED, text)
    return re.sub(r"^\W*\[…\]\s*|\s*\[…\]\W*$", "", text)


def placing(topic: str, stimulus: str) -> str:
    """Return the topic, or an empty string if it only repeats words of the stimulus."""
    return "" if content_stems(topic) <= content_stems(stimulus) else topic


def possessive(name: str) -> str:
    """Return the possessive: `Lenin’s`, `Lukács’`."""
    return f"{name}’" if name.endswith("s") else f"{name}’s"
