"""Figures by what is written of them."""

from __future__ import annotations

from serge_tui.core.name_finder.described import Descriptions, stem

TEXTS = {
    "a": "Poet and traveller, shot in 1921.\nFriend of Blok; husband of Akhmatova.",
    "b": "Hungarian commissar of the people.\nHe ate a watermelon and died of typhoid.",
    "c": "French syndicalist, typesetter.\nKnew the poets of Montparnasse.",
    "d": "",
    "e": "German metal-worker.",
}


def described() -> Descriptions:
    return Descriptions.of("abcde", TEXTS)


def test_all_words_count_and_endings_do_not() -> None:
    found = described().find(["watermelons", "typhoid"], typing=False)
    assert [one.figure for one in found] == [1]
    assert found[0].likeness == 1.0
    assert {one.figure for one in described().find(["poet"], typing=False)} == {0, 2}


def test_the_last_word_may_be_a_beginning() -> None:
    assert [one.figure for one in described().find(["hungarian", "comm"], typing=True)] == [1]
    assert described().find(["hungarian", "zzzz"], typing=True) == []


def test_a_word_said_of_somebody_is_not_a_name_in_their_text() -> None:
    assert 0 in described().saying("poet")
    assert 1 in described().saying("hungarian")
    assert not described().saying("akhmatova")
    assert not described().saying("blok")


def test_the_snippet_shows_the_words_and_lights_them() -> None:
    shown, lit = described().snippet(1, ["watermelon", "typhoid"])
    assert "watermelon" in shown
    assert "".join(shown[at] for at in lit) == "watermelontyphoid"
    assert "\n" not in shown
    assert described().snippet(3, ["watermelon"]) == ("", ())


def test_a_stem_joins_plain_forms() -> None:
    assert stem("poets") == stem("poet")
    assert stem("class") == "class"
    assert stem("is") == "is"
