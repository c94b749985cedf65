"""Cards on who was whose kin, and on the ties that decide something in the book."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import GAP, NARRATOR, Card
from serge_tui.core.study.cards.common import CardSources, first_chapter, is_answer, person_hints, possessive
from serge_tui.core.study.cards.lines import offered
from serge_tui.core.study.masking import mask, names

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.models import Figure

_PARENTHESIS: Final = re.compile(r" \([^)]*\)")
_WORDS: Final = {
    "parent": ("father", "mother"),
    "child": ("son", "daughter"),
    "sibling": ("brother", "sister"),
    "spouse": ("husband", "wife"),
    "partner": ("companion", "companion"),
}
"""What a relation is called, of a man and of a woman."""
_INVERSE: Final = {
    "parent": "child",
    "child": "parent",
    "sibling": "sibling",
    "spouse": "spouse",
    "partner": "partner",
}
_KIN: Final = re.compile(
    r"(?:father|mother|brother|sister)-in-law(?: and typist)?|uncle|aunt|grandfather|grandmother|granddaughter"
    r"|distant relative"
)
_DULL: Final = frozenset(
    {
        ("alexander-russakov", "anita-russakova"),
        ("alexander-russakov", "liuba-russakova"),
        ("anita-russakova", "vlady-kibalchich"),
        ("jeannine-kibalchich", "liuba-russakova"),
        ("nikolai-kibalchich", "serge"),
        ("jeannine-kibalchich", "olga-russakova"),
        ("olga-russakova", "pascal"),
        ("olga-russakova", "vlady-kibalchich"),
        ("pascal", "vlady-kibalchich"),
        ("raoul-kibalchich", "poderevskaya"),
    }
)
"""Kin of Serge’s kin, whom another question asks for already."""
_COUPLE: Final = frozenset({"husband", "wife", "companion"})
_BOTH_WAYS: Final = re.compile(r"brothers?-in-law|distant relative")

_ASKED: Final[dict[tuple[str, str], str]] = {
    ("agranov", "gumilev"): "Who led the inquiry into the affair for which Gumilev was shot?",
    ("alpari", "serge"): "Who was Serge’s chief at Inprekorr in Berlin?",
    ("balabanoff", "mussolini"): "Whose pupil had Mussolini been in his socialist years?",
    ("beloborodov", "trotsky"): "Who took Trotsky in when he left the Kremlin in November 1927?",
    ("bonnot", "dieudonne"): "Who cleared Dieudonné in a last note?",
    ("bordiga", "gramsci"): "Who was confined on Ustica together with Gramsci?",
    ("burtsev", "azef"): "Who unmasked Azef as a police agent?",
    ("callemin", "dieudonne"): "Who declared that his fellow accused Dieudonné was innocent?",
    ("fanya-baron", "chorny"): "Which anarchist was shot together with Lev Chorny?",
    ("goldman", "berkman"): "With whom was Berkman deported from the United States?",
    ("grinevitsky", "alexander-ii"): "Whose bomb killed Alexander II?",
    ("herve", "almereyda"): "With whom did Almereyda found La Guerre sociale?",
    ("hilferding", "breitscheid"): "With whom was Breitscheid arrested in 1941?",
    ("istrati", "alexander-russakov"): "Which writer took up the cause of the Russakovs in 1929?",
    ("kamenev", "zinoviev"): "Who stood by Zinoviev from 1917 to the dock?",
    ("kaplan", "lenin"): "Who fired at Lenin in August 1918?",
    ("klement", "zborowski"): "On which secretary of Trotsky’s was the agent Zborowski reporting?",
    ("kolchak", "ivan-smirnov"): "Which White ruler did Ivan Smirnov fight in Siberia?",
    ("krupskaya", "zinoviev"): "Which widow stood with Zinoviev in the opposition of 1925–26?",
    ("lenin", "gallacher"): "Who argued Gallacher out of his opposition to parliament?",
    ("litvinov", "chicherin"): "Who succeeded Chicherin in 1930?",
    ("lukacs", "kun"): "Which philosopher served in Béla Kun’s republic of 1919?",
    ("lunacharsky", "bubnov"): "Whom did Bubnov succeed as commissar of education?",
    ("magdeleine-paz", "serge"): "Whose food parcels kept Serge and his son alive at Orenburg?",
    ("martov", "lenin"): "Which friend did Lenin break with in 1903?",
    ("menzhinsky", "dzerzhinsky"): "Who succeeded Dzerzhinsky in 1926?",
    ("mercader", "trotsky"): "Who murdered Trotsky?",
    ("nikolaev", "kirov"): "Who shot Kirov?",
    ("nikolai-kibalchich", "alexander-ii"): "Who made the bombs that killed Alexander II?",
    ("parijanine", "wullens"): "Which translator wrote for the review of Wullens, Les Humbles?",
    ("perovskaya", "alexander-ii"): "Who gave the signal for the attempt on Alexander II?",
    ("reiss", "krivitsky"): "Which colleague had been Krivitsky’s friend since boyhood?",
    ("rolland", "istrati"): "Who discovered Istrati and made a writer of him?",
    ("rosenthal", "krivitsky"): "In whose office did Serge and Sedov meet Krivitsky?",
    ("salvemini", "nello-rosselli"): "Whose pupil was the historian Nello Rosselli?",
    ("segui", "durruti"): "Whose murder did Durruti’s group avenge?",
    ("shliapnikov", "kollontai"): "With whom did Kollontai lead the Workers’ Opposition?",
    ("sneevliet", "reiss"): "With whom did Serge wait for Reiss at Reims?",
    ("thalheimer", "brandler"): "With whom did Brandler found the KPD Opposition?",
    ("tukhachevsky", "petrichenko"): "Who took the fortress of Kronstadt from Petrichenko’s committee?",
    ("valet", "garnier"): "Who died with Garnier in the siege at Nogent-sur-Marne?",
    ("volin-eichenbaum", "makhno"): "Which writer headed the cultural commission of Makhno’s insurgents?",
    ("vyshinsky", "krestinsky"): "Who prosecuted Krestinsky, who took back his confession for a day?",
    ("wrangel", "denikin"): "Who took over Denikin’s command in 1920?",
    ("yagoda", "menzhinsky"): "Who followed Menzhinsky at the head of the secret police?",
    ("yezhov", "yagoda"): "Who followed Yagoda at the head of the NKVD?",
    ("zborowski", "lev-sedov"): "Which agent was planted beside Lev Sedov as his helper?",
    ("zhelyabov", "alexander-ii"): "Who organised the attempt on Alexander II, arrested two days before it?",
}
"""Questions about ties that are not kin, by the answer and the other person. The pack's ties say the same."""


@dataclass(frozen=True, slots=True)
class _Relation:
    answer: Figure
    other: Figure
    word: str
    note: str = ""


def tie_cards(sources: CardSources) -> Iterator[Card]:
    """Ask for somebody's kin, the less known by the better known, and for the ties that decide something."""
    relations = list(_relations(sources))
    for relation in relations:
        answer, other = relation.answer, relation.other
        if (answer.key, other.key) in _DULL or not (is_answer(answer.key) and _is_known(answer) and _is_known(other)):
            continue
        if other.key != NARRATOR and names(other.name, answer):
            continue  # the question would show the surname
        cue = ""
        if sum(_are_alike(one, relation) for one in relations) > 1:
            cue = mask(answer.one_line, [answer])
            if GAP in cue:
                continue
        owner = "Serge" if other.key == NARRATOR else _PARENTHESIS.sub("", other.name)
        yield _card(relation, f"Who was {possessive(owner)} {relation.word}?", cue, sources)
    for keys, question in _ASKED.items():
        people = sources.people(keys)
        if len(people) == 2:
            yield _card(_Relation(people[0], people[1], ""), question, "", sources)


def _card(relation: _Relation, question: str, cue: str, sources: CardSources) -> Card:
    answer, other = relation.answer, relation.other
    return Card(
        key=f"tie/{answer.key}+{other.key}",
        kind="tie",
        question=question,
        stimulus=cue,
        answer=answer.name,
        hints=tuple(hint for hint in person_hints(answer) if hint != cue.rstrip(".")),
        note=f"{answer.name}: {answer.one_line}" if not cue else "",
        answer_figure=answer.key,
        figures=(answer.key, other.key),
        chapter=first_chapter(answer),
        siblings=(f"line:{answer.key}",),
        rivals=sources.rivals.of(answer.key),
        offered=offered(answer, sources),
    )


def _relations(sources: CardSources) -> Iterator[_Relation]:
    """Yield each family tie of two people once, with what the less known is to the better known."""
    seen: set[frozenset[str]] = set()
    for figure in sources.figures:
        for tie in figure.ties:
            other = sources.by_key.get(tie.other)
            if other is None or frozenset((figure.key, tie.other)) in seen:
                continue
            word, inverse = _called(figure, other, tie.kind, tie.note)
            known = sorted((figure, other), key=lambda f: (f.key == NARRATOR, sources.mentions[f.key], f.key))
            answer, better = known
            named = word if answer is figure else inverse
            if not named:
                continue
            seen.add(frozenset((figure.key, tie.other)))
            yield _Relation(answer, better, named, tie.note)


def _are_alike(one: _Relation, other: _Relation) -> bool:
    """Return whether two people are the same to a third: a wife and a companion are."""
    same = one.word == other.word or {one.word, other.word} <= _COUPLE
    return same and one.other is other.other


def _called(figure: Figure, other: Figure, kind: str, note: str) -> tuple[str, str]:
    """Return what a figure is to another, and the other to the figure; empty where that is not sure."""
    if kind == "kin":
        if not _KIN.fullmatch(note):
            return "", ""
        return note, note if _BOTH_WAYS.fullmatch(note) else ""
    if kind not in _WORDS:
        return "", ""
    mine, theirs = _WORDS[kind][figure.sex == "f"], _WORDS[_INVERSE[kind]][other.sex == "f"]
    return ("", "") if note and "step" in note else (mine, theirs)


def _is_known(figure: Figure) -> bool:
    return figure.in_memoirs in ("seen", "likely")
