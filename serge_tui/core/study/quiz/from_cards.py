"""Questions made from cards: who said it, of whom, to whom, whose portrait."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.kept import WEAK
from serge_tui.core.study.quiz.balance import Draw, drawn, weights
from serge_tui.core.study.quiz.question import CARD_KINDS, FEWEST, MOST, Material, Question
from serge_tui.core.study.scheduling import holds_a_week
from serge_tui.core.study.teaching import clause_on

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from random import Random

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.quiz.question import QuestionKind

_ENOUGH: Final = ((MOST, 24), (FEWEST + 1, 20), (FEWEST, 0))
"""Options of a question, and how many people must be right answers of its kind: among few, one is right too often."""
_FIT: Final = 8
"""People who must fit as wrong options: of two or three, each would always be there."""
_TO_WHOM: Final = re.compile(r": to whom\b")
_AND_WHEN: Final = re.compile(r",? and when\?")


def ask_card(kind: QuestionKind, material: Material, random: Random, used: set[str]) -> Question | None:
    """The next question of a kind: another passage each time, and another answer as long as there is one."""
    cards = [
        card
        for card in material.cards
        if card.kind == kind and card.answer_figure and f"quote:{card.quotation}" not in used
    ]
    random.shuffle(cards)
    cards.sort(key=lambda card: card.answer_figure in used)
    for card in cards:
        question = question_of(card, material, random)
        if question is not None:
            used |= {f"quote:{card.quotation}", card.answer_figure}
            return question
    return None


def question_of(card: Card, material: Material, random: Random) -> Question | None:
    """Return the question one card makes, if it makes one."""
    asked = _asked(card, material)
    if asked is None:
        return None
    quotation = material.quotations_by_key[card.quotation]
    count = _options(card, material) - 1
    others = _wrong(card.kind, asked, count, material, random)
    if len(others) < FEWEST - 1:
        return None
    keys = [asked.right, *others]
    random.shuffle(keys)
    return Question(
        kind=card.kind,
        question=_AND_WHEN.sub("?", _TO_WHOM.sub(" to whom", card.question)),
        stimulus=card.stimulus,
        context=asked.context,
        options=tuple(material.people.figures[key].name for key in keys),
        keys=tuple(keys),
        right=keys.index(asked.right),
        passage=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        card=card.key,
        clauses=tuple(clause_on(material.people.figures[key]) for key in keys),
    )


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a card asks in the quiz: who is right, who else would fit, and what places it."""

    right: str
    fit: Mapping[str, float]
    context: str

    @property
    def draw(self) -> Draw:
        return Draw(self.right, self.fit)


def _asked(card: Card, material: Material) -> _Asked | None:
    """Return what a card asks; None where it makes no question, or too few others would fit."""
    known = material.asked.get(card.key)
    if card.key in material.asked:
        return known if isinstance(known, _Asked) else None
    material.asked[card.key] = made = _made(card, material)
    return made


def _made(card: Card, material: Material) -> _Asked | None:
    quotation = material.quotations_by_key.get(card.quotation)
    right = card.answer_figure
    if card.kind not in CARD_KINDS or card.key in WEAK or quotation is None or not material.people.has(right):
        return None
    barred = {right, NARRATOR, *quotation.about, *quotation.to}
    barred |= {key for key in (quotation.speaker, quotation.portrait_of) if key}
    since = material.first_years.get(quotation.chapter) if quotation.chapter is not None else None
    for context in dict.fromkeys((card.context, str(card.year or ""))):
        # What places a question may tell the nation; where too few share it, the question does without.
        shown = f"{card.question}\n{card.stimulus}\n{context}"
        out = material.people.out_of_place(right, shown, year=card.year, since=since)
        fit = material.people.fit(
            right, material.answers[card.kind], barred=barred | out, text=f"{card.shown} {quotation.text}"
        )
        if len(fit) >= _FIT and _is_hidden_among(right, fit, material):
            return _Asked(right, fit, context)
    return None


def _is_hidden_among(right: str, fit: Collection[str], material: Material) -> bool:
    """Return whether somebody as much quoted would fit, or nobody is: else the right one is always the famous one."""
    fame = material.weights
    most = max(fame[figure.key] for figure in material.lived)
    return fame[right] == most or any(fame[other] >= fame[right] for other in fit)


def _wrong(kind: QuestionKind, asked: _Asked, count: int, material: Material, random: Random) -> list[str]:
    """Draw the wrong options: at most one past confusion, the others as often as their right answers call for."""
    people = material.people
    once = people.once_confused(asked.right, asked.fit)
    barred = people.all_confused(asked.right)
    fit = {key: value for key, value in asked.fit.items() if key not in barred}
    chosen = drawn(Draw(asked.right, fit), _weights(kind, count, material), count - len(once), random)
    return people.unlike_names(asked.right, [*once, *chosen])


def _weights(kind: QuestionKind, count: int, material: Material) -> Mapping[str, float]:
    """Return the weights for drawing wrong options of a kind, found once for the material."""
    if (kind, count) not in material.weights_drawn:
        made = (_asked(card, material) for card in material.cards if card.kind == kind)
        material.weights_drawn[kind, count] = weights([asked.draw for asked in made if asked is not None], count)
    return material.weights_drawn[kind, count]


def _options(card: Card, material: Material) -> int:
    """Return three options while a card is new, four while it is learned, five once it holds.

    Where few people are ever right, it stays at three.
    """
    most = next(number for number, least in _ENOUGH if len(material.answers[card.kind]) >= least)
    if material.options is not None:
        return min(most, material.options)
    state = material.states.get(card.key)
    if state is None or not state.answers:
        return FEWEST
    return min(most, MOST if holds_a_week(state) else FEWEST + 1)
