"""Choosing the questions of a round. Everything follows from the material and a seed; no schedule is touched."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.quiz.from_cards import question_of
from serge_tui.core.study.quiz.registry import BY_KIND, QUESTION_KINDS

if TYPE_CHECKING:
    from collections.abc import Collection

    from serge_tui.core.study.card import Card
    from serge_tui.core.study.quiz.question import Material, Question, QuestionKind

ROUND: Final = 10
"""Questions of a round."""


class Quizmaster:
    """Makes questions from the material; the same seed makes the same ones."""

    def __init__(self, material: Material) -> None:
        self._material = material

    def questions(self, count: int, seed: int, kinds: Collection[QuestionKind] = QUESTION_KINDS) -> list[Question]:
        """Up to `count` questions, the kinds mixed, no passage twice. Raises SergeError when there is no material."""
        random = Random(seed)  # noqa: S311  a quiz, not a secret
        used: set[str] = set()
        found: list[Question] = []
        wanted = [kind for kind in QUESTION_KINDS if kind in kinds]
        random.shuffle(wanted)
        empty: set[QuestionKind] = set()
        while len(found) < count and len(empty) < len(wanted):
            for kind in wanted:
                if kind in empty or len(found) == count:
                    continue
                question = BY_KIND[kind].ask(self._material, random, used)
                if question is None:
                    empty.add(kind)
                else:
                    found.append(question)
        if not found:
            raise SergeError("There is nothing to ask yet: read on, or choose a wider deck.")
        random.shuffle(found)
        return found

    def of_card(self, card: Card, seed: int = 0) -> Question | None:
        """Return the question one card makes, if it makes one."""
        return question_of(card, self._material, Random(f"{seed}/{card.key}"))  # noqa: S311  # a quiz
