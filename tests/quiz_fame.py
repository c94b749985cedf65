"""Measure what guessing earns in the quiz: `python -m tests.quiz_fame`.

Over all possible questions of each kind, with three, four and five choices: how often one is right by always taking
the person most quoted, the only full name, the longest option, or whoever was an option before in the same round; and
by how many points anybody is a wrong option oftener than (choices - 1) times their share of the right answers.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from random import Random
from typing import TYPE_CHECKING, Final

from serge_tui.core.study.quiz.alive import all_alive
from serge_tui.core.study.quiz.from_cards import question_of
from serge_tui.core.study.quiz.question import CARD_KINDS, Material, Question
from serge_tui.core.study.quiz.quizmaster import ROUND, Quizmaster
from serge_tui.core.study.quiz.registry import QUESTION_KINDS, is_by_name
from tests.card_counts import all_cards
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CHOICES: Final = (3, 4, 5)
POINTS: Final = 0.10
"""How far guessing may be above chance."""
OFTENER: Final = 0.03
_SEEDS: Final = 24


@dataclass(frozen=True, slots=True)
class Guessing:
    """What guessing earns over the questions of a kind, as shares."""

    kind: str
    choices: int
    questions: int
    chance: float
    famous: float
    full_name: float
    longest: float
    named_before: float
    oftener: float
    """Points by which somebody is a wrong option oftener than their right answers call for."""
    who: str

    @property
    def best(self) -> float:
        """What the best of the guesses earns above chance."""
        return max(self.famous, self.full_name, self.longest, self.named_before) - self.chance


@cache
def material(choices: int) -> Material:
    """Return everything there is to ask, with a number of choices."""
    pack = study_pack()
    return Material(all_cards(), pack.figures, pack.quotations, pack.events, options=choices)


def questions(kind: str, choices: int, seeds: int = _SEEDS) -> list[Question]:
    """Return every possible question of a kind, each drawn with several seeds."""
    whole = material(choices)
    if kind in CARD_KINDS:
        cards = [card for card in whole.cards if card.kind == kind]
        drawn = (question_of(card, whole, Random(f"{seed}/{card.key}")) for seed in range(seeds) for card in cards)
        return [question for question in drawn if question is not None]
    if kind == "alive":
        return [question for seed in range(seeds) for question in all_alive(whole, Random(seed))]
    master = Quizmaster(whole)
    return [question for seed in range(seeds) for question in master.questions(1_000, seed, [kind])]


def guessing(kind: str, choices: int, seeds: int = _SEEDS) -> Guessing:
    """Measure what guessing earns over all questions of a kind."""
    asked = questions(kind, choices, seeds)
    fame = material(choices).weights if is_by_name(kind) or kind == "alive" else Counter[str]()
    right = Counter(question.keys[question.right] for question in asked)
    wrong = Counter(key for q in asked for at, key in enumerate(q.keys) if at != q.right)
    most = max(len(question.options) for question in asked)
    over = {key: (wrong[key] - (most - 1) * right[key]) / len(asked) for key in wrong}
    who = max(over, key=lambda key: over[key])
    return Guessing(
        kind,
        most,
        len(asked) // seeds,
        sum(1 / len(question.options) for question in asked) / len(asked),
        _earns(asked, lambda question, at: fame[question.keys[at]]),
        _earns(asked, lambda question, at: " " in question.options[at]),
        _earns(asked, lambda question, at: len(question.options[at])),
        _named_before(asked),
        over[who] if fame else 0.0,
        who if fame else "",
    )


def _earns(asked: Sequence[Question], value: Callable[[Question, int], float]) -> float:
    """Return the share of questions right by taking the option of the highest value; equal ones are guessed among."""
    return sum(
        _share(question, [value(question, at) for at in range(len(question.options))]) for question in asked
    ) / len(asked)


def _share(question: Question, values: Sequence[float]) -> float:
    best = max(values)
    return 1 / values.count(best) if values[question.right] == best else 0.0


def _named_before(asked: Sequence[Question]) -> float:
    """Return what one earns by taking who was an option before, in rounds of ten drawn from all questions."""
    mixed = list(asked)
    Random(1).shuffle(mixed)
    earned = 0.0
    for begin in range(0, len(mixed), ROUND):
        seen: set[str] = set()
        for question in mixed[begin : begin + ROUND]:
            earned += _share(question, [key in seen for key in question.keys])
            seen.update(question.keys)
    return earned / len(mixed)


def every_kind(seeds: int = _SEEDS) -> Iterator[Guessing]:
    """Yield the measurements of all kinds; those that always have three choices once."""
    for kind in QUESTION_KINDS:
        for choices in CHOICES if kind in CARD_KINDS else CHOICES[:1]:
            yield guessing(kind, choices, seeds)


def main() -> None:
    """Print the measurements."""
    print("kind     choices  questions  chance  famous  full name  longest  named before  oftener wrong")
    for one in every_kind():
        print(
            f"{one.kind:9}{one.choices:7}{one.questions:11}{one.chance:8.0%}{one.famous:8.0%}{one.full_name:11.0%}"
            f"{one.longest:9.0%}{one.named_before:14.0%}  {one.oftener * 100:+.1f} points {one.who}"
        )


if __name__ == "__main__":
    main()
