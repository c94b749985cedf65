"""Cards made from the study pack. Few good ones: what would be ambiguous, trivial or a riddle is left out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from serge_tui.study.card import GAP, NARRATOR, Card, CardKind
from serge_tui.study.chronology import alive_cards, order_cards
from serge_tui.study.clauses import Rarity, clauses_of, content_stems, gives_away, words_of
from serge_tui.study.gaps import cloze_cards
from serge_tui.study.masking import mask, names
from serge_tui.study.rivals import rivals_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from db.models import Event, Figure, Quotation

__all__ = ["Card", "CardKind", "make_cards"]

_SHORT: Final = 14
"""A portrait of fewer words needs its occasion to be fair; a longer one offers it as a hint."""
_FEATURES: Final[dict[str, str]] = {
    "head": "head", "face": "face", "features": "face", "forehead": "forehead", "brow": "forehead", "hair": "hair",
    "beard": "beard", "goatee": "beard", "eyes": "eyes", "spectacles": "spectacles", "hands": "hands",
    "smile": "smile", "expression": "expression", "voice": "voice", "chest": "build", "shirts": "clothes",
    "trousers": "clothes", "cap": "clothes", "coat": "clothes", "uniform": "clothes", "spine": "spine",
    "mind": "mind", "brain": "mind", "intelligence": "mind", "profile": "profile", "complexion": "complexion",
}  # fmt: skip
_VIOLENT: Final = frozenset(
    "shot murdered suicide camp-or-prison killed-in-fighting executed executed-by-nazis disappeared".split()
)
_CROWD: Final = re.compile(r"\b(?:unnamed|saying|some|friends|followers|tendency|delegate|officials|hand|ultimatum)\b")
_VAGUE_HEARER: Final = re.compile(r"\b(?:unnamed|friends?|followers|comrades|centre|Opposition)\b")


@dataclass(slots=True)
class _Pack:
    """What every maker needs: the people by key, their rivals, how rare a word is, the pieces of each portrait."""

    figures: dict[str, Figure]
    quotations: Sequence[Quotation]
    rivals: dict[str, tuple[str, ...]]
    rarity: Rarity
    portraits: dict[str, list[Quotation]] = field(default_factory=dict)

    def people(self, keys: Iterable[str]) -> list[Figure]:
        return [self.figures[key] for key in keys if key in self.figures]


def make_cards(quotations: Sequence[Quotation], figures: Sequence[Figure], events: Sequence[Event]) -> list[Card]:
    """Every card the study pack yields, in the order of the book; each key at most once."""
    pack = _Pack(
        {figure.key: figure for figure in figures},
        quotations,
        rivals_of(figures),
        Rarity([quotation.text for quotation in quotations]),
    )
    for quotation in quotations:
        if quotation.kind == "portrait":
            for figure in _sitters(quotation):
                pack.portraits.setdefault(figure, []).append(quotation)
    cards: list[Card] = []
    for quotation in quotations:
        cards += _portraits(quotation, pack)
        cards += _features(quotation, pack)
        cards += _speakers(quotation, pack)
        cards += _subjects(quotation, pack)
        cards += _hearers(quotation, pack)
    cards += cloze_cards(quotations, pack.figures, pack.rarity)
    cards += _fates(quotations, events, pack)
    cards += order_cards(events)
    cards += alive_cards(events, figures, quotations)
    unique: dict[str, Card] = {}
    for card in cards:
        unique.setdefault(card.key, card)
    return sorted(unique.values(), key=lambda card: card.chapter if card.chapter is not None else 99)


def _sitters(quotation: Quotation) -> tuple[str, ...]:
    return (quotation.portrait_of,) if quotation.portrait_of else quotation.about


def _passage(figure: str, quotation: Quotation) -> str:
    """Siblings: one person, one passage."""
    return f"{figure}@{quotation.page or quotation.chapter or 'elsewhere'}"


def _of_passage(quotation: Quotation, figure: str) -> tuple[str, ...]:
    return (f"quote:{quotation.key}", _passage(figure, quotation))


def _year(quotation: Quotation) -> int | None:
    return int(quotation.year[:4]) if quotation.year[:4].isdigit() else None


# --- portraits -------------------------------------------------------------------------------------------------------


def _portraits(quotation: Quotation, pack: _Pack) -> Iterator[Card]:
    if quotation.kind != "portrait":
        return
    sitters = [key for key in _sitters(quotation) if key != NARRATOR and key in pack.figures]
    for key in sitters:
        figure = pack.figures[key]
        text = quotation.text if len(sitters) == 1 else _own_clause(quotation.text, figure, pack.people(sitters))
        stimulus = mask(text, [figure])
        left = content_stems(stimulus.replace(GAP, " "))
        if len(left) < 3:
            continue
        topic = mask(quotation.topic, pack.people(sitters))
        short = len(words_of(stimulus)) < _SHORT
        clauses = pack.rarity.rarest_first(clauses_of(stimulus))
        yield Card(
            key=f"portrait/{quotation.key}" if len(sitters) == 1 else f"portrait/{quotation.key}/{key}",
            kind="portrait",
            question="Whom does Serge describe?",
            stimulus=stimulus,
            answer=figure.name,
            context=_occasion(topic if short and GAP not in topic else "", quotation.year),
            hints=_portrait_hints(quotation, figure, "" if short or GAP in topic else topic, pack),
            clauses=clauses if len(clauses) > 1 else (),
            note=quotation.text,
            reference=quotation.reference,
            quotation=quotation.key,
            answer_figure=key,
            figures=(key,),
            chapter=quotation.chapter,
            year=_year(quotation),
            siblings=_of_passage(quotation, key),
            rivals=pack.rivals.get(key, ()),
        )


def _own_clause(text: str, figure: Figure, all_of_them: Sequence[Figure]) -> str:
    """The one clause of a double portrait that names this person and nobody else; empty when there is none."""
    others = [other for other in all_of_them if other.key != figure.key]
    mine = [
        clause
        for clause in re.split(r"(?<=[;.])\s+", text)
        if names(clause, figure) and not any(names(clause, other) for other in others)
    ]
    return mine[0] if len(mine) == 1 else ""


def _portrait_hints(quotation: Quotation, figure: Figure, topic: str, pack: _Pack) -> tuple[str, ...]:
    """Further strokes of the same portrait, the rarest first, then the occasion, the one line, the initials."""
    others = [q for q in pack.portraits.get(figure.key, []) if q.key != quotation.key and len(_sitters(q)) == 1]
    strokes = [clause for other in others for clause in clauses_of(mask(other.text, [figure]), 4) if GAP not in clause]
    hints = [f"… {clause} …" for clause in pack.rarity.rarest_first(strokes)[:2]]
    line = mask(figure.one_line, [figure])
    hints += [hint for hint in (topic, line if GAP not in line else "") if hint]
    return (*hints, _initials(figure.name))


def _initials(name: str) -> str:
    """`V. L.` for a name: the last hint."""
    letters = [word[0] for word in re.sub(r"\([^)]*\)", "", name).split() if word[:1].isalpha() and word[0].isupper()]
    return " ".join(f"{letter}." for letter in letters)


def _occasion(topic: str, year: str) -> str:
    return " · ".join(part for part in (topic, year) if part)


def _features(quotation: Quotation, pack: _Pack) -> Iterator[Card]:
    """One named thing of a portrait, once the portrait itself has held for a week."""
    sitters = _sitters(quotation)
    if quotation.kind != "portrait" or len(sitters) != 1 or sitters[0] == NARRATOR or sitters[0] not in pack.figures:
        return
    figure = pack.figures[sitters[0]]
    asked = _named_thing(quotation.text)
    if asked is not None:
        thing, answer = asked
        question = f"{figure.name}: what does Serge say of the {thing}?"
    elif _is_good_cue(quotation.topic, quotation.text) and len(words_of(quotation.text)) >= 8:
        answer = quotation.text
        question = f"{figure.name}: {quotation.topic}. What does Serge remember?"
    else:
        return
    yield Card(
        key=f"feature/{quotation.key}",
        kind="feature",
        question=question,
        stimulus="",
        answer=answer,
        context=quotation.year,
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        figures=(figure.key,),
        chapter=quotation.chapter,
        year=_year(quotation),
        siblings=_of_passage(quotation, figure.key),
        rivals=pack.rivals.get(figure.key, ()),
        requires=f"portrait/{quotation.key}",
    )


def _named_thing(text: str) -> tuple[str, str] | None:
    """The part of a person that exactly one clause speaks of, and that clause."""
    clauses = clauses_of(text, 2)
    for clause in clauses:
        for word in words_of(clause):
            thing = _FEATURES.get(word)
            if thing and len(content_stems(clause)) >= 2:
                return thing, clause.rstrip(",;:. ")
    return None


def _is_good_cue(topic: str, text: str) -> bool:
    return bool(topic) and not gives_away(topic, text)


# --- who said it, of whom, to whom -----------------------------------------------------------------------------------


def _speakers(quotation: Quotation, pack: _Pack) -> Iterator[Card]:
    if quotation.kind not in ("said", "exchange") or quotation.speaker == NARRATOR:
        return
    figure = pack.figures.get(quotation.speaker or "")
    if figure is None and (not quotation.speaker_text or _CROWD.search(quotation.speaker_text)):
        return
    people = [figure] if figure else []
    stimulus, topic, hearer = mask(quotation.text, people), mask(quotation.topic, people), _hearer(quotation, pack)
    if len(words_of(stimulus)) < 3 or (figure is None and gives_away(stimulus, quotation.speaker_text)):
        return
    context = _occasion(topic if GAP not in topic else "", quotation.year)
    if figure is None and gives_away(context, quotation.speaker_text):
        context = quotation.year
    yield Card(
        key=f"who/{quotation.key}",
        kind="who",
        question=f"Who says this{f' to {hearer}' if hearer else ''}?",
        stimulus=stimulus,
        answer=figure.name if figure else quotation.speaker_text,
        context=context,
        hints=_person_hints(figure) if figure else (),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key if figure else "",
        figures=tuple(dict.fromkeys([*([figure.key] if figure else []), *quotation.about, *quotation.to])),
        chapter=quotation.chapter,
        year=_year(quotation),
        siblings=_of_passage(quotation, figure.key if figure else quotation.speaker_text),
        rivals=pack.rivals.get(figure.key, ()) if figure else (),
    )


def _person_hints(figure: Figure) -> tuple[str, ...]:
    line = mask(figure.one_line, [figure])
    return (*((line,) if GAP not in line else ()), _initials(figure.name))


def _hearer(quotation: Quotation, pack: _Pack) -> str:
    people = pack.people(quotation.to)
    return " and ".join(figure.name for figure in people) or quotation.to_text


def _subjects(quotation: Quotation, pack: _Pack) -> Iterator[Card]:
    about = [key for key in quotation.about if key in pack.figures]
    if quotation.kind == "portrait" or len(about) != 1 or about[0] in (NARRATOR, quotation.speaker):
        return
    figure = pack.figures[about[0]]
    speaker = pack.figures.get(quotation.speaker or "")
    stimulus, topic = mask(quotation.text, [figure]), mask(quotation.topic, [figure])
    if len(content_stems(stimulus.replace(GAP, " "))) < 4:
        return
    who = (
        "Serge"
        if quotation.speaker == NARRATOR
        else speaker.name
        if speaker
        else mask(quotation.speaker_text, [figure])
    )
    yield Card(
        key=f"about/{quotation.key}",
        kind="about",
        question=f"Of whom is this said? The words are {_possessive(who)}.",
        stimulus=stimulus,
        answer=figure.name,
        context=_occasion(topic if GAP not in topic else "", quotation.year),
        hints=_person_hints(figure),
        note=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key,
        figures=tuple(dict.fromkeys([figure.key, *([speaker.key] if speaker else [])])),
        chapter=quotation.chapter,
        year=_year(quotation),
        siblings=_of_passage(quotation, figure.key),
        rivals=pack.rivals.get(figure.key, ()),
    )


def _possessive(name: str) -> str:
    return f"{name}’s" if not name.endswith("s") else f"{name}’"


def _hearers(quotation: Quotation, pack: _Pack) -> Iterator[Card]:
    if not quotation.year or quotation.kind not in ("said", "exchange", "narrative"):
        return
    people = [figure for figure in pack.people(quotation.to) if figure.key not in (NARRATOR, quotation.speaker)]
    if len(people) > 1 or (not people and (not quotation.to_text or _VAGUE_HEARER.search(quotation.to_text))):
        return
    if quotation.to and not people:
        return
    figure = people[0] if people else None
    answer = figure.name if figure else quotation.to_text
    stimulus = mask(quotation.text, people)
    topic = mask(quotation.topic, people)
    speaker = mask(quotation.spoken_by if not quotation.speaker else pack.figures[quotation.speaker].name, people)
    shown = f"{stimulus} {topic} {speaker}"
    if GAP in speaker or (figure is None and gives_away(shown, quotation.to_text)):
        return
    yield Card(
        key=f"to/{quotation.key}",
        kind="to",
        question=f"{'Serge' if quotation.speaker == NARRATOR else _capital(speaker)} says this: to whom, and when?",
        stimulus=stimulus,
        answer=answer,
        context=topic if GAP not in topic and quotation.year not in topic else "",
        hints=_person_hints(figure) if figure else (),
        note=f"{quotation.year}: {quotation.text}",
        reference=quotation.reference,
        quotation=quotation.key,
        answer_figure=figure.key if figure else "",
        figures=tuple(
            dict.fromkeys([*([figure.key] if figure else []), *([quotation.speaker] if quotation.speaker else [])])
        ),
        chapter=quotation.chapter,
        year=_year(quotation),
        siblings=_of_passage(quotation, figure.key if figure else ""),
        rivals=pack.rivals.get(figure.key, ()) if figure else (),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


# --- fates -----------------------------------------------------------------------------------------------------------


def _fates(quotations: Sequence[Quotation], events: Sequence[Event], pack: _Pack) -> Iterator[Card]:
    """Violent ends of people the pack has words of or an event with; a natural death is no question."""
    met = {key for q in quotations for key in (*q.about, *q.to, *([q.speaker] if q.speaker else []))}
    met |= {key for event in events for key, _ in event.people}
    for figure in pack.figures.values():
        if figure.key == NARRATOR or figure.fate not in _VIOLENT or not figure.fate_text or figure.key not in met:
            continue
        if figure.confidence != "high" or figure.in_memoirs != "seen" or len(content_stems(figure.fate_text)) < 2:
            continue
        chapter = max((*figure.chapters, *figure.chapters_likely), default=None)
        cue = figure.one_line.rstrip(".")
        when = f" ({figure.died.long})" if figure.died.is_exact_year else ""
        yield Card(
            key=f"fate/{figure.key}",
            kind="fate",
            question=f"What became of {figure.name}?",
            stimulus="",
            answer=f"{figure.fate_text}{when}",
            context=cue if not gives_away(cue, figure.fate_text) else "",
            note="As outside sources have it, not Serge’s own words.",
            figures=(figure.key,),
            chapter=chapter,
            year=figure.died.year,
            siblings=(f"fate:{figure.key}", *(_passage(figure.key, q) for q in pack.portraits.get(figure.key, [])[:1])),
            rivals=pack.rivals.get(figure.key, ()),
        )
