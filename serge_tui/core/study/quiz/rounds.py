"""A round of the quiz, for one reader or as a duel of two. It touches no schedule."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db.errors import SergeError
from serge_tui.core.study.quiz.question import Question
from serge_tui.core.study.quiz.registry import is_by_name

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Given:
    """An answer in a round: whose turn it was, the option chosen (None for "I don't know"), and whether it is right.

    `named` is the figure a typed name means, which need not be among the options.
    """

    question: Question
    player: int
    chosen: int | None
    right: bool
    named: str = ""

    @property
    def is_unknown(self) -> bool:
        """Whether the reader said not to know."""
        return self.chosen is None and not self.named

    @property
    def taken_for(self) -> str:
        """The figure chosen instead of the right one, for counting confusions."""
        if self.right or not is_by_name(self.question.kind):
            return ""
        return self.named if self.chosen is None else self.question.keys[self.chosen]


class Round:
    """A round of questions for one reader, or a duel of two who answer in turn."""

    def __init__(self, questions: Sequence[Question], players: int = 1, seed: int = 0) -> None:
        if players not in (1, 2):
            raise SergeError("A round is for one reader, or for two.")
        self._questions = list(questions)
        if players == 2 and len(self._questions) % 2:
            self._questions.pop()  # both answer as many
        self.players = players
        self.seed = seed
        self.given: list[Given] = []

    @property
    def current(self) -> Question | None:
        """The question to be answered; None at the end."""
        return self._questions[len(self.given)] if len(self.given) < len(self._questions) else None

    @property
    def player(self) -> int:
        """Whose turn it is, from 0."""
        return len(self.given) % self.players

    @property
    def total(self) -> int:
        """How many questions the round has."""
        return len(self._questions)

    def answer(self, chosen: int | None) -> Given:
        """Answer with an option, or None for "I don't know". Raises SergeError at the end or for no such option."""
        question = self.current
        if question is None:
            raise SergeError("The round is over.")
        if chosen is not None and not 0 <= chosen < len(question.options):
            raise SergeError(f"Choose 1 to {len(question.options)}.")
        given = Given(question, self.player, chosen, chosen == question.right)
        self.given.append(given)
        return given

    def answer_figure(self, figure: str) -> Given:
        """Answer with a typed name that was found to mean a figure; a figure not among the options is wrong."""
        question = self.current
        if question is None:
            raise SergeError("The round is over.")
        if figure in question.keys:
            return self.answer(question.keys.index(figure))
        given = Given(question, self.player, None, right=False, named=figure)
        self.given.append(given)
        return given

    def to_json(self) -> str:
        """The round as it stands, to be gone on with after a pause or a crash."""
        answers = [given.named or given.chosen for given in self.given]
        questions = [asdict(question) for question in self._questions]
        values = {"players": self.players, "seed": self.seed, "questions": questions, "answers": answers}
        return json.dumps(values, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Round:
        """Read a round; raises SergeError when it is none."""
        try:
            values = json.loads(text)
            questions = [_question(entry) for entry in values["questions"]]
            played = cls(questions, values["players"], int(values["seed"]))
            for answer in values["answers"]:
                played.answer_figure(answer) if isinstance(answer, str) else played.answer(answer)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise SergeError("The round cannot be read any more.") from error
        return played

    def score(self, player: int = 0) -> int:
        """How many a player has right."""
        return sum(1 for given in self.given if given.player == player and given.right)

    def streak(self, player: int = 0) -> int:
        """How many a player has had right without a break, up to now."""
        count = 0
        for given in reversed([g for g in self.given if g.player == player]):
            if not given.right:
                break
            count += 1
        return count

    @property
    def misses(self) -> list[Given]:
        """What was wrong or not known, in order."""
        return [given for given in self.given if not given.right]

    @property
    def winner(self) -> int | None:
        """Who won a finished duel; None for a draw, for one reader, or before the end."""
        if self.players == 1 or self.current is not None or self.score(0) == self.score(1):
            return None
        return 0 if self.score(0) > self.score(1) else 1


def _question(values: dict[str, Any]) -> Question:
    """A question out of JSON; raises TypeError for one of another version."""
    names = ("options", "keys", *(["clauses"] if "clauses" in values else []))
    lists = {name: tuple(str(entry) for entry in values[name]) for name in names}
    return Question(**{**values, **lists})
