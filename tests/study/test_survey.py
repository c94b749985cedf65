"""The quick figures are those of the plain ones."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from db.models import CardState, Review
from serge_tui.study.card import Card
from serge_tui.study.statistics import counts, held_by_chapter, held_by_person, true_retention
from serge_tui.study.survey import Groups, Remembered, asked_lately, retention_in, survey

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
            state.card, state.stability, state.last_day, state.answers,
            int(state.due_day is not None and state.due_day <= DAY.isoformat()), int(state.suspended),
        )
        for state in states.values()
    ]  # fmt: skip


@given(boxes())
def test_one_pass_says_what_the_plain_figures_say(box: tuple[list[Card], dict[str, CardState]]) -> None:
    cards, states = box
    found = survey(Groups(cards), remembered(states), DAY)
    for one, other in (
        (found.chapters, held_by_chapter(cards, states, DAY)),
        (found.people, held_by_person(cards, states, DAY)),
    ):
        assert [(held.key, held.cards, held.seen, round(held.share, 9)) for held in one] == [
            (held.key, held.cards, held.seen, round(held.share, 9)) for held in other
        ]
    assert found.counts == counts(cards, states, DAY)


@given(st.lists(st.tuples(keys, days, st.integers(1, 4)), max_size=60))
def test_retention_over_a_stretch_is_true_retention(answers: list[tuple[str, str, int]]) -> None:
    answers.sort(key=lambda answer: answer[1])
    log = [
        Review(number, card, "answer", rating, "", day, 0)  # type: ignore[arg-type]
        for number, (card, day, rating) in enumerate(answers, start=1)
    ]
    ever = Counter(card for card, _, _ in answers)
    states = {card: CardState(card, 5.0, 5.0, None, None, answers=number) for card, number in ever.items()}
    since = (DAY - timedelta(days=30)).isoformat()
    lately = [answer for answer in answers if answer[1] > since]
    found = retention_in(lately, asked_lately(lately), ever, 0.9)
    # `true_retention` is told the same stretch: a card first met before it counts through its answers.
    plain = true_retention([review for review in log if review.study_day > since], states, DAY, 30)
    assert found == plain
