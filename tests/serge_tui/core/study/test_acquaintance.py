"""What is remembered of people: the weakest answered card decides."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.models import CardState
from serge_tui.core.study.acquaintance import Memory, memories_of_people
from serge_tui.core.study.card import Card
from serge_tui.core.study.memory_model import DEFAULT_DECAY

DAY = date(2026, 3, 10)


def _card(key: str, person: str = "", *about: str) -> Card:
    return Card(key, "portrait", "Who?", "", "", answer_figure=person, figures=about)


def _state(key: str, stability: float, last_day: str) -> CardState:
    return replace(CardState(key), stability=stability, last_day=last_day)


def test_the_weakest_answered_card_decides_and_who_was_never_asked_is_missing() -> None:
    cards = [
        _card("a", "reed"), _card("b", "reed"), _card("c", "kibalchich"), _card("d", "", "lenin"),
        _card("e", "", "lenin", "trotsky"), _card("f", "trotsky"), _card("g", "gorky"),
    ]  # fmt: skip
    states = {
        state.card: state
        for state in (
            _state("a", 40, "2026-03-09"), _state("b", 8, "2026-01-01"), _state("d", 40, "2026-03-09"),
            _state("e", 40, "2026-03-09"), _state("g", 0.3, "2026-03-10"), CardState("f"),
        )
    }  # fmt: skip
    assert memories_of_people(cards, states, DAY, 0.9, DEFAULT_DECAY) == {
        "reed": Memory.SLIPPING, "lenin": Memory.HELD, "gorky": Memory.SLIPPING,
    }  # fmt: skip
