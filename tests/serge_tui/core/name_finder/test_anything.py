"""One list out of many kinds."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.name_finder.anything import KINDS, SCREEN, merged, name_strength, strength
from serge_tui.core.name_finder.match import Match


@dataclass(frozen=True)
class Hit:
    kind: str
    title: str
    score: float


def match(score: float, reason: str) -> Match:
    return Match("lenin", "Vladimir Lenin", score, "Vladimir Lenin", (), reason)  # type: ignore[arg-type]  # reasons are written as text


def test_a_name_as_typed_stands_before_everything_else() -> None:
    assert name_strength(match(97, "name")) > strength("chapter", 0)


def test_a_name_only_guessed_stands_behind_what_was_found_as_typed() -> None:
    assert name_strength(match(80, "spelling close")) < strength("passage", 0)
    assert name_strength(match(60, "sounds like")) < strength("passage", 0)


def test_a_title_that_is_what_was_typed_gains_most() -> None:
    exact = strength("chapter", 3, "Danger from Within", "danger from within")
    begun = strength("chapter", 3, "Danger from Within", "danger")
    inside = strength("chapter", 3, "Danger from Within", "within")
    assert exact > begun > inside > strength("chapter", 3, "Danger from Within", "kronstadt")


def test_every_kind_has_its_best_on_the_first_screen() -> None:
    passages = [Hit("passage", f"p{at}", strength("passage", 0) + 30 - at / 100) for at in range(40)]
    rare = [Hit("event", "e", 20.0), Hit("event", "f", 19.0), Hit("command", "c", 5.0)]
    shown = merged([*passages, *rare])
    assert {"passage", "event", "command"} == {hit.kind for hit in shown[:SCREEN]}
    assert [hit.title for hit in shown if hit.kind == "passage"] == [hit.title for hit in passages]
    assert [hit.title for hit in shown if hit.kind == "event"] == ["e", "f"]


@given(
    st.lists(st.builds(Hit, st.sampled_from(KINDS), st.text(max_size=3), st.floats(0, 100)), max_size=60),
)
def test_nothing_is_lost_and_each_kind_keeps_its_order(hits: list[Hit]) -> None:
    shown = merged(hits)
    assert sorted(map(id, shown)) == sorted(map(id, hits))
    for kind in KINDS:
        scores = [hit.score for hit in shown if hit.kind == kind]
        assert scores == sorted(scores, reverse=True)
    if shown:
        assert shown[0].score == max(hit.score for hit in hits)
