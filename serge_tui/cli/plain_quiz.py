"""A round of the quiz asked line by line."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from serge_tui.cli.common import say
from serge_tui.cli.plain_dialogue import ask, tell
from serge_tui.core.study.quiz.registry import is_by_name
from serge_tui.core.study.quiz.rounds import Round
from serge_tui.services.confusions import finder_of
from serge_tui.services.quiz_rounds import make_questions, store_given

if TYPE_CHECKING:
    from db.library import Library
    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.grading import Identifier
    from serge_tui.core.study.quiz.question import Question, QuestionKind
    from serge_tui.core.study.quiz.rounds import Given

_LETTERS = "abcdefgh"
_DIGITS = "12345678"


def play_plainly(library: Library, deck: Filter, kind: QuestionKind | None, seed: int) -> None:
    """Ask a round on standard output; a letter or a name answers on standard input. Misses count as in the app."""
    finder = finder_of(library)
    played = Round(make_questions(library, finder, deck=deck, kind=kind, seed=seed), seed=seed)
    tell(f"{played.total} questions, round {seed}. A letter or a name answers, Enter is “I don't know”, q ends.")
    with suppress(KeyboardInterrupt):  # every answer is stored already
        _play(library, played, finder)
    say(f"{played.score()} of {len(played.given)} right.")


def _play(library: Library, played: Round, finder: Identifier) -> None:
    while (question := played.current) is not None:
        options = "\n".join(f"  {_LETTERS[at]} {option}" for at, option in enumerate(question.options))
        tell(f"{len(played.given) + 1}. {question.question}", question.stimulus, question.context, options)
        given = _answered(played, question, finder)
        if given is None:
            break
        for stored in store_given(library, given):
            stored.result()
        tell(
            "Right." if given.right else f"It is {question.answer}.",
            question.passage if question.passage.strip(" …") != question.stimulus.strip(" …") else "",
            question.reference,
        )


def _answered(played: Round, question: Question, finder: Identifier) -> Given | None:
    """Read an answer until it is clear, and give it; None when the reader ends the round."""
    last = _LETTERS[len(question.options) - 1]
    while (answer := ask("Your answer:")) is not None:
        if not answer:
            return played.answer(None)
        if len(answer) == 1 and (at := (_LETTERS + _DIGITS).find(answer.casefold())) >= 0:
            at %= len(_LETTERS)
            if at < len(question.options):
                return played.answer(at)
        if is_by_name(question.kind):
            found = finder.identify(answer)
            if found.accepted and found.best is not None:
                return played.answer_figure(found.best.figure)
        tell(f"Write a letter from a to {last}{', or a name' if is_by_name(question.kind) else ''}.")
    return None
