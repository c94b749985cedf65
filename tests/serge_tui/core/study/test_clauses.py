"""Clauses, sentences and what gives an answer away."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from serge_tui.core.study.clauses import Rarity, clauses_of, gives_away, sentences_of, words_of


def test_a_portrait_falls_into_its_strokes() -> None:
    text = "stout and strong-featured as a bear; his beard thick and white […] an Olympian forehead over attentive eyes"
    assert clauses_of(text) == [
        "stout and strong-featured as a bear;",
        "his beard thick and white",
        "an Olympian forehead over attentive eyes",
    ]


def test_a_stroke_too_short_stays_with_its_neighbour() -> None:
    assert clauses_of("a rogue; who argued like a cynic all night") == ["a rogue; who argued like a cynic all night"]


@given(st.text(alphabet="abc ,;.—[…]!?", max_size=80))
def test_no_word_is_lost_between_clauses(text: str) -> None:
    assert words_of(" ".join(clauses_of(text))) == words_of(text)


def test_sentences_keep_their_marks() -> None:
    assert sentences_of("I saw. He spoke! “Why?” Nobody knew.") == ["I saw.", "He spoke!", "“Why?”", "Nobody knew."]


def test_a_cue_that_shares_the_root_of_a_word_gives_it_away() -> None:
    assert gives_away("his way of convincing", "with the sole purpose of convincing you")
    assert gives_away("two insurrectionists", "the insurrectionist revolved")
    assert not gives_away("at the barber’s", "he took his turn")


def test_the_rarest_stroke_comes_first() -> None:
    rarity = Rarity(["a tall man", "a tall woman", "a tall tree", "tortoiseshell spectacles"])
    assert rarity.rarest_first(["a tall man", "tortoiseshell spectacles"])[0] == "tortoiseshell spectacles"
