"""Cards on portraits and sayings that were found in the reader's copy, and that the reader keeps."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from db.dates import HistoricalDate
from db.models import FigureName
from db.text import fold, sanitise
from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.common import is_answer, person_hints, trimmed, without_office
from serge_tui.core.study.clauses import clauses_of, content_stems, words_of
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from db.models import Figure
    from db.models.found_text import FoundDecision

AT_FIRST: Final = 2
"""Portraits, and sayings, of one person that are asked at first; a later one waits until the first is known."""
_FEWEST: Final = 6
"""Words that must be left of a portrait when an office is taken out; otherwise it stays whole."""
_FEWEST_STEMS: Final = 3
_AUTHOR: Final = "I"
_TITLE: Final = re.compile(
    r"\b(?:(?:[Cc]omrade|[Cc]itizen|[Mm]r|[Mm]rs|[Mm]iss|[Mm]adame|[Mm]onsieur|[Dd]r|[Dd]octor|[Pp]rofessor|[Gg]eneral"
    r"|[Cc]olonel|[Mm]ajor|[Cc]aptain|[Cc]ommandant|[Cc]ommissar|[Mm]inister|[Pp]resident|[Pp]rince|[Pp]rincess|[Cc]ount"
    rf"|[Cc]ountess|[Bb]aron|[Mm]ayor|[Ff]ather|[Uu]ncle|[Aa]unt)\.?\s+)+(?={GAP})"
)
_OFFICE: Final = re.compile(
    rf"\b[Tt]he (?:[A-Z][\w’-]+)(?:(?: of)?(?: the)? [A-Z][\w’-]+)*, (?={GAP})|(?<={GAP}), [Tt]he [A-Z][\w’-]+"
    r"(?:(?: of)?(?: the)? [A-Z][\w’-]+)*,"
)
"""An office with a capital beside the name: *The Mayor, Petrov, …*."""


@dataclass(frozen=True, slots=True)
class KeptWords:
    """What the reader keeps, with the run of text around it, where it stands, and the chapter of the Memoirs."""

    decision: FoundDecision
    run: str = ""
    reference: str = ""
    chapter: int | None = None


def found_cards(kept: Iterable[KeptWords], figures: Mapping[str, Figure]) -> list[Card]:
    """Return the cards of all that is kept; none whose question would show its answer."""
    cards: list[Card] = []
    first: dict[tuple[str, str], list[str]] = {}
    for words in kept:
        person = words.decision.figure or fold(words.decision.name)
        for card in _cards_of(words, figures):
            before = first.setdefault((card.kind, person), [])
            before.append(card.key)
            cards.append(card if len(before) <= AT_FIRST else replace(card, requires=before[0]))
    return cards


def _cards_of(words: KeptWords, figures: Mapping[str, Figure]) -> Iterator[Card]:
    decision = words.decision
    figure = figures.get(decision.figure)
    if decision.name == _AUTHOR or not (decision.figure or decision.name) or not is_answer(decision.figure):
        return
    name = figure.name if figure else sanitise(decision.name)
    text = sanitise(decision.text)
    stimulus = _masked(text, figure or _named(name))
    if decision.kind == "portrait":
        if figure is not None:
            shorter = without_office(stimulus, figure)
            stimulus = shorter if len(words_of(shorter.replace(GAP, " "))) >= _FEWEST else stimulus
        if len(content_stems(stimulus.replace(GAP, " "))) < _FEWEST_STEMS:
            return
    if not _shows(stimulus, name):
        kind, question = (
            ("portrait", "Whom does this describe?") if decision.kind == "portrait" else ("who", "Who says this?")
        )
        clauses = clauses_of(stimulus) if kind == "portrait" else []
        yield Card(
            key=f"{kind}/{decision.card}",
            kind=kind,
            question=question,
            stimulus=trimmed(stimulus),
            answer=name,
            hints=person_hints(figure) if figure else (),
            clauses=tuple(trimmed(clause) for clause in clauses) if len(clauses) > 1 else (),
            note=sanitise(words.run) or text,
            reference=words.reference,
            answer_figure=figure.key if figure else "",
            figures=(figure.key,) if figure else (),
            chapter=words.chapter,
            siblings=(f"found:{decision.key}", f"{figure.key if figure else fold(name)}@own copy"),
            accepted=() if figure else _accepted(name),
            found=decision.key,
        )
    hearer = sanitise(decision.addressee)
    if decision.kind == "saying" and hearer != _AUTHOR and hearer[:1].isupper() and hearer != name:
        asked = f"{name} says this: to whom?"
        said = _masked(text, _named(hearer))
        if not _shows(f"{asked}\n{said}", hearer):
            yield Card(
                key=f"to/{decision.card}",
                kind="to",
                question=asked,
                stimulus=trimmed(said),
                answer=hearer,
                note=sanitise(words.run) or text,
                reference=words.reference,
                figures=(figure.key,) if figure else (),
                chapter=words.chapter,
                siblings=(f"found:{decision.key}", f"{figure.key if figure else fold(name)}@own copy"),
                accepted=_accepted(hearer),
                found=decision.key,
            )


def _masked(text: str, person: Figure | FigureName) -> str:
    """Return a text without the person's names, the titles before them, and an office beside them."""
    return _OFFICE.sub("", _TITLE.sub("", mask(text, [person])))


def _named(name: str) -> FigureName:
    """Return somebody in no glossary as the masking needs them."""
    nothing = HistoricalDate.parse("unknown")
    sort_name = ", ".join(reversed(name.rsplit(" ", 1))) if " " in name else name
    return FigureName("", name, sort_name, "", "", nothing, nothing, ())


def _shows(shown: str, answer: str) -> bool:
    """Return whether words shown have a word of the answer, in whatever form."""
    telling = {word for word in re.findall(r"\w[\w'-]*", fold(answer)) if len(word) > 2}
    return not telling.isdisjoint(re.findall(r"\w[\w'-]*", fold(shown)))


def _accepted(name: str) -> tuple[str, ...]:
    return (name.split()[-1],)
