"""The registries of cards and questions, and names that are stored on readers' disks."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from serge_tui.core.study.anki import guid_of
from serge_tui.core.study.card import Card
from serge_tui.core.study.cards import deck_builder
from serge_tui.core.study.cards.registry import CARD_TITLES, CARD_TYPES, DECK_KINDS, KINDS_OF_DEATH, CardType
from serge_tui.core.study.deck import Filter
from serge_tui.core.study.quiz import quizmaster
from serge_tui.core.study.quiz.question import Material, Question
from serge_tui.core.study.quiz.registry import QUESTION_KINDS, QuestionType

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from serge_tui.core.study.cards.common import CardSources


def test_kinds_are_those_that_decks_rounds_and_keys_on_disk_name() -> None:
    assert set(CARD_TITLES) == {
        "portrait", "feature", "who", "about", "to", "drawing", "cloze", "line", "name", "serge", "told", "tie",
        "apart", "place", "chapter", "pair", "fate", "end", "order", "alive", "term", "own", "contrast", "lost",
    }  # fmt: skip
    assert set(DECK_KINDS) == set(CARD_TITLES) - {"contrast", "lost"}
    assert {"fate", "end", "alive"} == KINDS_OF_DEATH
    assert QUESTION_KINDS == ("who", "about", "to", "portrait", "first", "alive")


def test_guids_are_a_hash_of_the_key_and_saved_decks_are_read() -> None:
    assert len({guid_of(f"{kind}/x") for kind in CARD_TITLES}) == len(CARD_TITLES)
    assert guid_of("own/abc") == guid_of("own/abc") != guid_of("own/abd")
    saved = '{"name": "Ends", "kinds": ["fate", "alive"], "chapters": [4]}'
    assert Filter.from_json(saved) == Filter("Ends", frozenset({"fate", "alive"}), frozenset({4}))


def test_a_kind_of_card_is_one_builder_and_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def build(sources: CardSources) -> Iterator[Card]:
        yield Card("street/one", "street", f"{len(sources.quotations)} quotations?", "", "none")

    monkeypatch.setattr(deck_builder, "CARD_TYPES", (*CARD_TYPES, CardType("street", "In which street", None, build)))
    assert [card.key for card in deck_builder.make_cards([], [], [])] == ["street/one"]


def test_a_kind_of_question_is_one_function_and_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    def ask(material: Material, random: Random, used: set[str]) -> Question | None:
        if used:
            return None
        used.add("one")
        options = ("a", "b", str(len(material.cards) + random.randrange(1)))
        return Question("street", "In which street?", "", "", options, ("a", "b", "c"), 2)

    monkeypatch.setattr(quizmaster, "BY_KIND", {"street": QuestionType("street", "in which street", ask)})
    monkeypatch.setattr(quizmaster, "QUESTION_KINDS", ("street",))
    (question,) = quizmaster.Quizmaster(Material([], [], [], [])).questions(5, 1, ["street"])
    assert question.answer == "0"


@pytest.mark.parametrize(
    "module",
    ["modes.progress.text_report", "modes.progress.report", "services.review_session", "core.study.quiz.registry"],
)
def test_what_the_command_line_uses_imports_no_textual(module: str) -> None:
    code = f"import sys, serge_tui.{module}; sys.exit('textual' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
