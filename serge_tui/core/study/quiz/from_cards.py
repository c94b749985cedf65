"""Questions made from cards: who said it, of whom, to whom, whose portrait."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from random import Random
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.cards.kept import WEAK
from serge_tui.core.study.quiz.balance import Draw, drawn, weights
from serge_tui.core.study.quiz.question import CARD_KINDS, FEWEST, MOST, Material, Question
from serge_tui.core.study.scheduling import holds_a_week
from serge_tui.core.study.teaching import clause_on

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.quiz.question import QuestionKind

_ENOUGH: Final = ((MOST, 24), (FEWEST + 1, 20), (FEWEST, 0))
"""Options of a question, and how many people must be right answers of its kind: among few, one is right too often."""
_MOST_RIGHT: Final = 0.25
_FEW: Final = 3
_FIT: Final = 8
"""People who must fit as wrong options: of two or three, each would always be there."""
_ABOVE_CHANCE: Final = 0.072
"""How much oftener than chance the most famous option may be right: the few who are more famous still would otherwise
be wrong options far oftener than they are right.
"""
_TRIALS: Final = 16
"""Draws a question from which it is found how often the right answer is the most famous option."""
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
    """Return what a card asks; None where it makes no question, or too few others would fit.

    Nobody is right in more than a quarter of the questions of a kind, if those are few: one would guess them by that.
    """
    if card.kind not in material.kinds_asked:
        material.kinds_asked.add(card.kind)
        made = {one.key: asked for one in material.cards if one.kind == card.kind and (asked := _made(one, material))}
        most = max(_FEW, int(len(made) * _MOST_RIGHT))
        times: Counter[str] = Counter()
        for key in sorted(made):
            times[made[key].right] += 1
            if times[made[key].right] <= most:
                material.asked[key] = made[key]
    known = material.asked.get(card.key)
    return known if isinstance(known, _Asked) else None


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
    weight = _weights(kind, count, material)
    chosen = drawn(Draw(asked.right, fit), weight, count - len(once), random)
    famous = _more_famous(asked.right, fit, material)
    stands_out = famous and chosen and not any(key in famous for key in (*once, *chosen))
    if stands_out and random.random() < _hidden_share(kind, count, material):
        chosen[-1] = drawn(Draw(asked.right, famous), weight, 1, random)[0]
    return people.unlike_names(asked.right, [*once, *chosen])


def _more_famous(right: str, fit: Mapping[str, float], material: Material) -> dict[str, float]:
    fame = material.weights
    return {key: value for key, value in fit.items() if fame[key] > fame[right]}


def _hidden_share(kind: QuestionKind, count: int, material: Material) -> float:
    """Return how often a more famous option must join a right one that would be the most famous.

    As often as is needed so that the most famous option is right as often as chance has it: in questions about the
    most famous of all it is always right, so in the others it must be less often. Found once for the material.
    """
    if (kind, count) not in material.hidden_shares:
        weight, random, fame = _weights(kind, count, material), Random(0), material.weights  # noqa: S311  # a draw, no secret
        made = [asked for card in material.cards if card.kind == kind and (asked := _asked(card, material)) is not None]
        always = avoidable = 0.0
        for asked in made * _TRIALS:
            chosen = drawn(asked.draw, weight, count, random)
            if all(fame[key] <= fame[asked.right] for key in chosen):
                earned = 1 / (1 + sum(fame[key] == fame[asked.right] for key in chosen))
                if _more_famous(asked.right, asked.fit, material):
                    avoidable += earned
                else:
                    always += earned
        wanted = len(made) * _TRIALS * (1 / (count + 1) + _ABOVE_CHANCE) - always
        material.hidden_shares[kind, count] = min(1.0, max(0.0, 1 - wanted / avoidable)) if avoidable else 0.0
    return material.hidden_shares[kind, count]


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
