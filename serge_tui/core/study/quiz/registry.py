"""Every kind of question there is: a new one is a file beside this one and an entry here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.quiz.alive import ask_alive
from serge_tui.core.study.quiz.first import ask_first
from serge_tui.core.study.quiz.from_cards import ask_card

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from random import Random

    from serge_tui.core.study.quiz.question import Material, Question, QuestionKind


@dataclass(frozen=True, slots=True)
class QuestionType:
    """A kind of question.

    `kind` is stored in rounds and used on the command line: it never changes. `title` names it in a sentence. `ask`
    makes the next question, or returns None when the material is used up; it notes in the set what was used.
    `outcome` is the sentence after a wrong answer, with `{}` for the right one. Without `by_name` the answer is not
    one figure to be typed or taken for another, and the question asks for dates, whatever cards a deck has.
    `tells_death` keeps the kind back while ends are hidden.
    """

    kind: QuestionKind
    title: str
    ask: Callable[[Material, Random, set[str]], Question | None]
    outcome: str = "It is {}."
    by_name: bool = True
    tells_death: bool = False


QUESTION_TYPES: Final = (
    QuestionType("who", "who said it", partial(ask_card, "who")),
    QuestionType("about", "of whom", partial(ask_card, "about")),
    QuestionType("to", "to whom", partial(ask_card, "to")),
    QuestionType("portrait", "whose portrait", partial(ask_card, "portrait")),
    QuestionType("first", "which came first", ask_first, "This came first: {}.", by_name=False),
    QuestionType(
        "alive", "who was still alive", ask_alive, "Still alive was {}.", by_name=False, tells_death=True
    ),
)  # fmt: skip
QUESTION_KINDS: Final = tuple(question_type.kind for question_type in QUESTION_TYPES)
BY_KIND: Final[Mapping[QuestionKind, QuestionType]] = {entry.kind: entry for entry in QUESTION_TYPES}


def is_by_name(kind: QuestionKind) -> bool:
    """Return whether the answer to a kind of question is one figure; False for a kind of another version."""
    return kind in BY_KIND and BY_KIND[kind].by_name
