"""Cards on portraits: who is described, and one named detail of the description."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, Card
from serge_tui.core.study.cards.common import (
    CardSources,
    is_answer,
    occasion,
    person_hints,
    placing,
    possessive,
    siblings_of,
    sitters,
    tells_office,
    trimmed,
    without_office,
    year_of,
)
from serge_tui.core.study.clauses import clauses_of, content_stems, gives_away, words_of
from serge_tui.core.study.masking import mask, names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from db.models import Figure, Quotation

_SHORT: Final = 14
"""A portrait of fewer words needs its occasion as context; a longer one does not."""
_FEWEST: Final = 6
"""Words that must be left of a portrait when an office is taken out; otherwise it stays whole."""
_LONGEST_ANSWER: Final = 26
_TELLING: Final = 3
"""Telling words that a stroke must have to be asked about: *his powerful chest* has too few."""
_LIST: Final = 3
"""Commas from which a description counts as a list of strokes."""
_STROKE: Final = re.compile(r"(?<=,)\s+(?=(?:(?:and|but) )?(?:his|her|with|he|she|who|an?|the)\b)")
_JOINT: Final = re.compile(r"^(?:and|but) ")
_OFFICE: Final = re.compile(
    r"^(?:the|an?) (?:\w+ )?(?:delegate|leader|editor|head|president|writer|theoretician|survivor|exile|functionary)\b"
    r"|\bhead of\b|\bpresident of\b"
)
_OCCASION: Final = re.compile(r"^(?:as|at|before|after|during|coming|speaking|interrupting|in|on|a visit to)\b")
_DANGLING: Final = re.compile(r"^(?:\w+ ){0,4}(?:this|these|such) ", re.IGNORECASE)
_LEANS: Final = re.compile(r"^(?:\w+ ){0,9}(?:this|these|such) |^the \w+ one\b", re.IGNORECASE)
"""Words that refer to something before: the topic says to what."""
_HEADLESS: Final = re.compile(r"^[a-z].* it$")
"""A fragment about an *it* that is never explained."""
_CLOTHES: Final = frozenset("cap coat hat jacket overcoat shirts ties trousers uniform".split())
_THINGS: Final = frozenset(
    """beard brain brow chest complexion expression eyes face features forehead goatee hair hands head intelligence mind
    profile smile spectacles spine voice""".split()
)
_PLURAL: Final = frozenset("eyes features hands spectacles clothes".split())


def portrait_cards(quotation: Quotation, sources: CardSources) -> Iterator[Card]:
    """Ask who Serge describes. In a portrait of several people, each gets the clause that names only them."""
    if quotation.kind != "portrait":
        return
    people = [figure for figure in sources.people(sitters(quotation)) if is_answer(figure.key)]
    for figure in people:
        text = quotation.text if len(people) == 1 else _own_clause(quotation.text, figure, people)
        whole = mask(text, [figure])
        stimulus = without_office(whole, figure)
        if len(words_of(stimulus.replace(GAP, " "))) < _FEWEST:
            stimulus = whole
        if len(content_stems(stimulus.replace(GAP, " "))) < 3:
            continue
        topic = mask(quotation.topic, people)
        tells = bool(topic) and GAP not in topic and not gives_away(topic, text)
        short = len(words_of(stimulus)) < _SHORT
        if (_DANGLING.search(text) and not tells and not quotation.portrait_of) or (short and _HEADLESS.search(text)):
            continue
        office = tells_office(topic, figure) or (not short and bool(_OFFICE.search(topic)))
        tells = tells or (bool(_LEANS.search(text)) and GAP not in topic and bool(placing(topic, text)))
        shown_topic = topic if tells and not office else ""
        later_topic = topic if tells and not shown_topic else ""
        nation = figure.nationalities[0] if len(figure.nationalities) == 1 and short else ""
        clauses = sources.rarity.rarest_first(clauses_of(stimulus))
        yield Card(
            key=f"portrait/{quotation.key}" if len(people) == 1 else f"portrait/{quotation.key}/{figure.key}",
            kind="portrait",
            question="Whom does Serge describe?",
            stimulus=trimmed(stimulus),
            answer=figure.name,
            context=occasion(shown_topic or nation, quotation.year),
            hints=(*_strokes(quotation, figure, sources), *occasion(later_topic).splitlines(), *person_hints(figure)),
            clauses=tuple(trimmed(_JOINT.sub("", clause)) for clause in clauses) if len(clauses) > 1 else (),
            note=quotation.text,
            reference=quotation.reference,
            quotation=quotation.key,
            answer_figure=figure.key,
            figures=(figure.key,),
            chapter=quotation.chapter,
            year=year_of(quotation),
            siblings=siblings_of(quotation, figure.key),
            rivals=sources.rivals.of(figure.key),
        )


def _own_clause(text: str, figure: Figure, all_of_them: Sequence[Figure]) -> str:
    """Return the one clause that names this person and nobody else; empty if there is none."""
    others = [other for other in all_of_them if other.key != figure.key]
    mine = [
        clause
        for clause in re.split(r"(?<=[;.])\s+", text)
        if names(clause, figure) and not any(names(clause, other) for other in others)
    ]
    return mine[0].rstrip(";") if len(mine) == 1 else ""


def _strokes(quotation: Quotation, figure: Figure, sources: CardSources, most: int = 2) -> list[str]:
    """Return hints from the figure's next portraits, the rarest detail of each; none from a later chapter."""
    pieces = sources.portraits.get(figure.key, [])
    at = next((number for number, piece in enumerate(pieces) if piece.key == quotation.key), 0)
    strokes = []
    for piece in [*pieces[at + 1 :], *pieces[:at]]:
        if piece.chapter and quotation.chapter and piece.chapter > quotation.chapter:
            continue
        clauses = [
            clause for clause in clauses_of(mask(piece.text, [figure]), 5) if _is_stroke(clause, figure, sources)
        ]
        if clauses:
            strokes.append(trimmed(_JOINT.sub("", sources.rarity.rarest_first(clauses)[0].rstrip(" ,;:"))))
    return strokes[:most]


def _is_stroke(clause: str, figure: Figure, sources: CardSources) -> bool:
    """Return whether a clause can be a hint: without name or office, and not beginning with another name."""
    if GAP in clause or tells_office(clause, figure):
        return False
    first = next(iter(words_of(clause)), "").removesuffix("'s")
    return clause[:1].islower() or first not in sources.surnames


# --- a named detail --------------------------------------------------------------------------------------------------


def feature_cards(quotation: Quotation, sources: CardSources) -> Iterator[Card]:
    """Ask about one named detail of a portrait, once the portrait itself is known for a week."""
    people = sources.people(sitters(quotation))
    if quotation.kind != "portrait" or len(people) != 1 or not is_answer(people[0].key):
        return
    figure = people[0]
    asked = _named_thing(quotation.text, figure, quotation.topic)
    if asked is not None:
        thing, answer = asked
        topic = "" if gives_away(quotation.topic, answer) or tells_office(quotation.topic, figure) else quotation.topic
        question = f"What does Serge say of {possessive(figure.name)} {thing}?"
    elif _OCCASION.search(quotation.topic) and not gives_away(quotation.topic, quotation.text):
        answer, topic = quotation.text, ""
        question = f"{figure.name}, {quotation.topic}: what does Serge remember?"
    else:
        return
    if len(words_of(answer)) > _LONGEST_ANSWER:
        return
    yield Card(
        key=f"feature/{quotation.key}",
        kind="feature",
        question=question,
        stimulus="",
        answer=answer,
        context=occasion(mask(topic, [figure]), quotation.year),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        figures=(figure.key,),
        chapter=quotation.chapter,
        year=year_of(quotation),
        siblings=siblings_of(quotation, figure.key),
        rivals=sources.rivals.of(figure.key),
        requires=f"portrait/{quotation.key}",
    )


def _named_thing(text: str, figure: Figure, topic: str) -> tuple[str, str] | None:
    """Return a part of the person (*eyes*, *hands*) and the stroke that describes it, or None.

    The head of an office or another man's face are not parts of the person, so a pronoun, or a description without any,
    must tie the word to the person. Of several, the one in the topic is preferred, then one alone in its stroke, then
    the one with most words.
    """
    found: list[tuple[bool, int, int, str, str]] = []
    for piece in re.split(r"(?<=[;:.!?])\s+|\s*\[…\]\s*", text):
        for stroke in _strokes_of(piece):
            words = words_of(stroke)
            says = len(content_stems(stroke))
            things = len(_THINGS.intersection(words))
            for word in _tied(words_of(piece), words, figure, words_of(topic), by_name=names(piece, figure)):
                if says >= _TELLING:
                    thing = "clothes" if word in _CLOTHES else word
                    found.append((word in words_of(topic), -things, says, thing, stroke.strip(",;:. ")))
    if not found:
        return None
    *_, thing, answer = max(found, key=lambda entry: entry[:3])
    return thing, _JOINT.sub("", answer)


def _strokes_of(piece: str) -> list[str]:
    """Split a description at commas where a new stroke begins; in a list, at every comma."""
    strokes = _STROKE.split(piece)
    return strokes if len(strokes) > 1 or piece.count(",") < _LIST else re.split(r"(?<=,)\s+", piece)


def _tied(
    whole: Sequence[str], words: Sequence[str], figure: Figure, topic: Sequence[str], *, by_name: bool
) -> Iterator[str]:
    """Yield the things in a stroke (`words`) of a sentence (`whole`) that belong to the person."""
    own, subject = ("her", "she") if figure.sex == "f" else ("his", "he")
    bare = not by_name and not {"he", "she", "his", "her", "they", "their"} & set(whole)
    for at, word in enumerate(words):
        before = words[at - 1] if at else ""
        if word not in _THINGS | _CLOTHES or before.endswith("'s"):
            continue
        if word == "head" and words[at + 1 : at + 2] == ["of"]:
            continue
        if words[at - 3 : at - 1] == ["and", own]:
            continue  # one of two things named together
        tied = own in words[max(0, at - 4) : at] or subject in words[:2] or (word in topic and before != "the")
        if tied or (bare and before != "the"):
            yield word
