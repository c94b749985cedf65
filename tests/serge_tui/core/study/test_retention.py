"""The quick figures are those of the plain ones."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.models import CardState
from serge_tui.core.study.card import Card
from serge_tui.core.study.retention import SUSPENDED, Groups, Remembered, retention_by_group
from tests.serge_tui.core.study.plain_figures import counts, held_by_chapter, held_by_person

DAY = date(2026, 5, 12)
keys = st.sampled_from("abcdefgh")
days = st.integers(0, 60).map(lambda ago: (DAY - timedelta(days=ago)).isoformat())


@st.composite
def a_state(draw: st.DrawFn, key: str) -> CardState:
    known = draw(st.booleans())
    return CardState(
        key,
        draw(st.floats(0.1, 300)) if known else None,
        5.0 if known else None,
        draw(days) if known else None,
        draw(days) if known else None,
        answers=draw(st.integers(1, 9)) if known else 0,
        suspended=draw(st.booleans()),
    )


@st.composite
def boxes(draw: st.DrawFn) -> tuple[list[Card], dict[str, CardState]]:
    cards = [
        Card(
            key, "portrait", "?", "", "!",
            chapter=draw(st.none() | st.integers(1, 4)),
            figures=tuple(draw(st.sets(st.sampled_from(["lenin", "levi", "serge"])))),
        )
        for key in draw(st.sets(keys))
    ]  # fmt: skip
    return cards, {key: draw(a_state(key)) for key in draw(st.sets(keys))}


def remembered(states: dict[str, CardState]) -> list[Remembered]:
    return [
        Remembered(
            state.card, state.stability, state.last_day,
            SUSPENDED if state.suspended else int(state.due_day is not None and state.due_day <= DAY.isoformat()),
        )
        for state in states.values()
    ]  # fmt: skip


@given(boxes())
def test_one_pass_says_what_the_plain_figures_say(box: tuple[list[Card], dict[str, CardState]]) -> None:
    cards, states = box
    found = retention_by_group(Groups(cards), remembered(states), DAY)
    for one, other in (
        (found.chapters, held_by_chapter(cards, states, DAY)),
        (found.people, held_by_person(cards, states, DAY)),
    ):
        assert [(held.key, held.cards, held.seen, round(held.share, 9)) for held in one] == [
            (held.key, held.cards, held.seen, round(held.share, 9)) for held in other
        ]
    assert found.counts == counts(cards, states, DAY)
    assert set(found.lost) == set(states) - {card.key for card in cards}
