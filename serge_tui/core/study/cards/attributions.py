"""Make cards that ask who said something, about whom, to whom and when."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, NARRATOR, Card
from serge_tui.core.study.cards.common import (
    CardSources,
    is_answer,
    occasion,
    person_hints,
    placing,
    possessive,
    siblings_of,
    tells_office,
    trimmed,
    year_of,
)
from serge_tui.core.study.clauses import content_stems, gives_away, words_of
from serge_tui.core.study.masking import mask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Quotation

_VAGUE_HEARER: Final = re.compile(r"\b(?:unnamed|friends?|followers|comrades|centre|Opposition)\b")
_PAIR: Final = re.compile(r"([A-Z][\w’'-]+) and ([A-Z][\w’'-]+)")
_LISTED: Final = re.compile(rf"{GAP},? and [A-Z]|[A-Z][\w’'-]+,? and {GAP}")
"""A gap among several names: the line is not about one person."""
_HANGING: Final = re.compile(r"(?:He|She) ")
"""Beginning of a line that is about an unnamed person and could fit many."""
_LEANS: Final = re.compile(r"\bthe (?:following|next|same) (?:day|night|morning|evening|year)\b")
_NAMED: Final = re.compile(r"[A-Z][\w’'-]+ [A-Z][\w’'-]+")


def speaker_cards(quotation: Quotation, sources: CardSources) -> Iterator[Card]:
    """Ask who says a line."""
    if quotation.kind not in ("said", "exchange") or not is_answer(quotation.speaker or ""):
        return
    figure = sources.by_key.get(quotation.speaker or "")
    pair = _PAIR.fullmatch(quotation.speaker_text)
    if figure is None and not pair and not _NAMED.fullmatch(quotation.speaker_text):
        return
    people = [figure] if figure else []
    stimulus, topic = mask(quotation.text, people), mask(quotation.topic, people)
    if len(words_of(stimulus)) < 3 or (figure is None and gives_away(stimulus, quotation.speaker_text)):
        return
    hearer = _hearer_named(quotation, sources)
    if quotation.kind == "exchange":
        question = f"Two voices{f', one of them {possessive(hearer)}' if hearer else ''}: who speaks first?"
    else:
        question = f"{'Which two people say' if pair else 'Who says'} this{f' to {hearer}' if hearer else ''}?"
    if gives_away(topic, hearer) or (figure is None and gives_away(topic, quotation.speaker_text)):
        topic = ""
    topic = placing(topic, stimulus)
    yield Card(
        key=f"who/{quotation.key}",
        kind="who",
        question=question,
        stimulus=trimmed(stimulus),
        answer=figure.name if figure else quotation.speaker_text,
        context=occasion(topic, quotation.year),
        hints=person_hints(figure) if figure else (),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key if figure else "",
        figures=tuple(dict.fromkeys([*([figure.key] if figure else []), *quotation.about, *quotation.to])),
        chapter=quotation.chapter,
        year=year_of(quotation),
        siblings=siblings_of(quotation, figure.key if figure else quotation.speaker_text),
        rivals=sources.rivals.of(figure.key) if figure else (),
        accepted=_accepted(quotation.speaker_text) if figure is None else (),
    )


def _accepted(text: str) -> tuple[str, ...]:
    """Return other accepted answers: the surname of somebody without a record, or two people in the other order."""
    pair = _PAIR.fullmatch(text)
    return (f"{pair[2]} and {pair[1]}",) if pair else (text.split()[-1],)


def _voice(quotation: Quotation, sources: CardSources) -> str:
    """Return the name of the speaker; empty if it is not known."""
    if quotation.speaker == NARRATOR:
        return "Serge"
    speaker = sources.by_key.get(quotation.speaker or "")
    return speaker.name if speaker else quotation.speaker_text.partition(",")[0]


def _hearer_named(quotation: Quotation, sources: CardSources) -> str:
    return " and ".join(figure.name for figure in sources.people(quotation.to)) or quotation.to_text


def subject_cards(quotation: Quotation, sources: CardSources) -> Iterator[Card]:
    """Ask who a line is about."""
    about = sources.people(quotation.about)
    if quotation.kind == "portrait" or len(about) != 1 or len(quotation.about) != 1:
        return
    figure = about[0]
    if not is_answer(figure.key) or figure.key == quotation.speaker:
        return
    stimulus, topic = mask(quotation.text, [figure]), mask(quotation.topic, [figure])
    if len(content_stems(stimulus.replace(GAP, " "))) < 4 or _LISTED.search(stimulus) or _LEANS.search(stimulus):
        return
    if _HANGING.match(stimulus) and GAP not in stimulus:
        return
    topic = placing(topic, stimulus)
    office = topic if tells_office(topic, figure) else ""
    speaker = sources.by_key.get(quotation.speaker or "")
    who = mask(_voice(quotation, sources), [figure])
    if GAP in who or not who:
        return
    yield Card(
        key=f"about/{quotation.key}",
        kind="about",
        question=f"Of whom does {who} {'write' if quotation.speaker == NARRATOR else 'say'} this?",
        stimulus=trimmed(stimulus),
        answer=figure.name,
        context=occasion("" if office else topic, quotation.year),
        hints=(*occasion(office).splitlines(), *person_hints(figure)),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key,
        figures=tuple(dict.fromkeys([figure.key, *([speaker.key] if speaker else [])])),
        chapter=quotation.chapter,
        year=year_of(quotation),
        siblings=siblings_of(quotation, figure.key),
        rivals=sources.rivals.of(figure.key),
    )


def hearer_cards(quotation: Quotation, sources: CardSources) -> Iterator[Card]:
    """Ask who a line is said to, and when."""
    if quotation.kind not in ("said", "exchange", "narrative"):
        return
    people = [figure for figure in sources.people(quotation.to) if figure.key not in (NARRATOR, quotation.speaker)]
    if len(people) > 1 or (quotation.to and not people) or set(quotation.to) & set(quotation.about):
        return
    if not people and (not re.search(r"[A-Z]", quotation.to_text) or _VAGUE_HEARER.search(quotation.to_text)):
        return
    figure = people[0] if people else None
    answer = figure.name if figure else quotation.to_text
    speaker = sources.by_key.get(quotation.speaker or "")
    who = mask(_voice(quotation, sources), people)
    stimulus, topic = mask(quotation.text, people), mask(quotation.topic, people)
    shown = f"{stimulus} {who}"
    if not who or GAP in who or (figure is None and gives_away(shown, answer)):
        return
    if gives_away(topic, answer) or (quotation.year and quotation.year in topic):
        topic = ""
    topic = placing(topic, stimulus)
    when = ", and when" if quotation.year else ""
    if quotation.kind == "exchange":
        who = f"{who}, speaking first,"
    question = f"{who[:1].upper()}{who[1:]} says this: to whom{when}?"
    yield Card(
        key=f"to/{quotation.key}",
        kind="to",
        question=question,
        stimulus=trimmed(stimulus),
        answer=f"{answer}, in {quotation.year}" if quotation.year else answer,
        context=occasion(topic),
        hints=person_hints(figure) if figure else (),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key if figure else "",
        figures=tuple(dict.fromkeys([*([figure.key] if figure else []), *([speaker.key] if speaker else [])])),
        chapter=quotation.chapter,
        year=year_of(quotation),
        siblings=siblings_of(quotation, figure.key if figure else answer),
        rivals=sources.rivals.of(figure.key) if figure else (),
        accepted=() if figure else (answer, answer.removeprefix("the ")),
    )
