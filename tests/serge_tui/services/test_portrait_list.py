"""All portraits of a text: searched by words in about their form, by person, by chapter; sorted; hidden ends kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.found_people import PersonOfText
from db.models import Place
from serge_tui.services.hidden_ends import ALL_SHOWN, HiddenEnds
from serge_tui.services.portrait_list import editions_with_portraits, load_portraits
from tests.serge_tui.portraits import drawn_people

if TYPE_CHECKING:
    from db.library import Library

MARKOV, TROTSKY, ORLOV, DYING = range(4)


def test_words_are_found_in_about_their_form_and_those_as_typed_first(library: Library) -> None:
    portraits = load_portraits(library, drawn_people(library), ALL_SHOWN)
    for words, expected in {
        "squinting": [MARKOV], "squint": [MARKOV], "sqinting": [MARKOV], "quitting": [],
        "tiger skin": [ORLOV], "skin tiger": [ORLOV],
        "pale eyes": [TROTSKY], "orlow": [ORLOV], "second": [ORLOV, DYING], "the": [MARKOV, ORLOV, DYING, TROTSKY],
        "nobody has these": [], '"*(': [MARKOV, TROTSKY, ORLOV, DYING],
    }.items():  # fmt: skip
        found = portraits.find(words)
        assert sorted(line.found.passage for line in found) == sorted(expected), words
    (line,) = portraits.find("tiger skin")
    assert [line.found.text[start:end] for start, end in line.lit] == ["tiger", "skin"]


def test_somebody_is_found_by_the_finders_key_and_the_lists_have_three_orders(library: Library) -> None:
    portraits = load_portraits(library, drawn_people(library), ALL_SHOWN)
    assert [line.found.passage for line in portraits.find("Bronstein", figures={"trotsky"})] == [TROTSKY, DYING]
    assert [line.found.passage for line in portraits.find()] == [MARKOV, TROTSKY, ORLOV, DYING]
    assert [line.name for line in portraits.find(order="person")][:2] == ["Ivan Markov", "Leon Trotsky"]
    scores = [line.found.score for line in portraits.find(order="best")]
    assert scores == sorted(scores, reverse=True)


def test_what_would_tell_a_hidden_end_waits(library: Library) -> None:
    key = drawn_people(library)
    hidden = HiddenEnds(switched_on=True, died={"trotsky": 1940})
    portraits = load_portraits(library, key, hidden)
    assert (len(portraits.lines), portraits.untold) == (2, 2)
    library.texts.save_position(Place(key, 3, 0), "").result()
    read = load_portraits(library, key, hidden)
    assert [line.found.passage for line in read.find()] == [MARKOV, TROTSKY, ORLOV]
    assert read.untold == 1, "he dies there"


def test_decisions_show_and_what_was_rejected_is_gone(library: Library) -> None:
    key = drawn_people(library)
    found = load_portraits(library, key, ALL_SHOWN).lines
    by_passage = {line.found.passage: line.found for line in found}
    library.found.decide(by_passage[MARKOV], "kept", person=("", "Old Markov")).result()
    library.found.decide(by_passage[ORLOV], "rejected").result()
    lines = load_portraits(library, key, ALL_SHOWN).find()
    assert next((line.name, line.state) for line in lines) == ("Old Markov", "kept")
    assert ORLOV not in {line.found.passage for line in lines}


def test_who_the_reader_says_somebody_of_the_text_is_shows(library: Library) -> None:
    key = drawn_people(library)
    one = PersonOfText(key, "Ivan Markov", ("Ivan Markov",), 1, 0, 0)
    other = PersonOfText(key, "Peter Orlov", ("Peter Orlov",), 1, 2, 0)
    library.found_people.say(one, called="Old Markov").result()
    library.found_people.say(other, figure="radek").result()
    lines = {line.found.passage: line for line in load_portraits(library, key, ALL_SHOWN).lines}
    assert lines[MARKOV].name == "Old Markov"
    assert (lines[ORLOV].name, lines[ORLOV].found.figure) == (library.figures.name_of("radek"), "radek")
    hidden = HiddenEnds(switched_on=True, died={"radek": 1939})
    assert ORLOV not in {line.found.passage for line in load_portraits(library, key, hidden).lines}


def test_only_texts_with_portraits_are_offered(library: Library) -> None:
    assert editions_with_portraits(library) == []
    assert [*editions_with_portraits(library), drawn_people(library)] == editions_with_portraits(library)
