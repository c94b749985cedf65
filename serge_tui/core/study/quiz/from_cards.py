"""Questions made from cards: who said it, of whom, to whom, whose portrait."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.card import NARRATOR
from serge_tui.core.study.quiz.question import FEWEST, MOST, Material, Question
from serge_tui.core.study.scheduling import holds_a_week

if TYPE_CHECKING:
    from random import Random

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.quiz.question import QuestionKind

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
    quotation = material.quotations_by_key.get(card.quotation)
    right = card.answer_figure
    if card.kind not in ("who", "about", "to", "portrait") or quotation is None or not material.people.has(right):
        return None
    count = _options(card, material) - 1
    barred = {right, NARRATOR, *quotation.about, *quotation.to}
    barred |= {key for key in (quotation.speaker, quotation.portrait_of) if key}
    since = material.first_years.get(quotation.chapter) if quotation.chapter is not None else None
    for context in dict.fromkeys((card.context, str(card.year or ""))):
        # What places a question may tell the nation; where too few share it, the question does without.
        shown = f"{card.question}\n{card.stimulus}\n{context}"
        out = material.people.out_of_place(right, shown, year=card.year, since=since)
        others = material.people.distractors(
            right, count, random, barred=barred | out, text=f"{card.shown} {quotation.text}"
        )
        if len(others) >= FEWEST - 1:
            break
    else:
        return None
    keys = [right, *others]
    random.shuffle(keys)
    return Question(
        kind=card.kind,
        question=_AND_WHEN.sub("?", _TO_WHOM.sub(" to whom", card.question)),
        stimulus=card.stimulus,
        context=context,
        options=tuple(material.people.figures[key].name for key in keys),
        keys=tuple(keys),
        right=keys.index(right),
        passage=quotation.text,
        reference=quotation.reference,
        quotation=quotation.key,
        card=card.key,
    )


def _options(card: Card, material: Material) -> int:
    """Three options while a card is new, four while it is learned, five once it holds."""
    if material.options is not None:
        return material.options
    state = material.states.get(card.key)
    if state is None or not state.answers:
        return FEWEST
    return MOST if holds_a_week(state) else FEWEST + 1
