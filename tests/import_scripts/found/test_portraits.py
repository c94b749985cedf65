"""Whom a portrait describes, in made-up paragraphs of each kind that finders stumble over."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from import_scripts.found.book import read_book
from import_scripts.found.door import find
from import_scripts.found.portraits import Portrait, best_stroke, find_portraits, in_deck
from import_scripts.found.segments import word_count
from import_scripts.found.words import lexicon

PEOPLE = ("Zorin", "Lvov", "Petrov", "Orlov", "Belov", "Ivin", "Markov", "Roshal")


def portraits(text: str) -> list[Portrait]:
    return sorted(find_portraits(read_book([("one", text)], given=PEOPLE)), key=lambda one: one.start)


@pytest.mark.parametrize(
    ("text", "person", "stroke"),
    [
        ("By the stove sat Markov, a tall old printer with inky thumbs and a grey beard.", "Markov", "By the stove"),
        ("A lean man with a pale face and burning eyes came out. It was Belov.", "Belov", "A lean man"),
        (
            "The director was an excellent old man, General Petrov. He was kind, patient and honest.",
            "Petrov",
            "He was kind",
        ),
        ("Lvov came in. He was small and thin, with a tired face and gentle eyes.", "Lvov", "He was small"),
        (
            "Lvov followed. A solid, round man, with a grey fur hat on his head, he hurried to the tribune.",
            "Lvov",
            "A solid, round",
        ),
        (
            "Lvov rose. A short, stocky figure, with a big bald head and little eyes, shabby and proud.",
            "Lvov",
            "A short, stocky",
        ),
        (
            "His opposite was another Swiss, also a watchmaker, Markov. He was a gentle, slow, silent man.",
            "Markov",
            "He was a gentle",
        ),
        (
            "It was from Zorin that I first heard of Orlov. The latter was a gentle, silent man, tall and grey.",
            "Orlov",
            "The latter was",
        ),
        ("Like Orlov he was stubborn, vain and brave, with a hoarse voice. Lvov left.", "", "Like Orlov"),
    ],
)
def test_whom_a_portrait_describes(text: str, person: str, stroke: str) -> None:
    found = [one for one in portraits(text) if text[one.start : one.end].startswith(stroke)]
    assert [one.person for one in found] == ([person] if person else [])


def test_the_authors_father_is_somebody() -> None:
    text = "My father was a proud, silent man with a long white beard and clear eyes. He was never unkind."
    assert portraits(text)[0].person == "My father"


def test_a_passer_by_makes_no_portrait() -> None:
    assert not portraits("A girl with cropped hair, blue glasses and a pale face passed. She was tall and shabby.")


def test_two_at_once_cannot_be_told_apart() -> None:
    text = "In the corner stood Ivin and Roshal. The one was all nerves, the other a silent, heavy wall."
    assert not [
        one for one in portraits(text) if text[one.start : one.end].startswith("The one") and in_deck(one, text)
    ]


def test_what_happened_is_no_portrait() -> None:
    text = "Lvov was arrested in March and sentenced in May. He escaped to Paris with two others and returned in 1917."
    assert not portraits(text)


def test_the_best_stroke_of_a_long_sentence_is_the_clause_that_describes() -> None:
    text = (
        "Lvov came to the station with the papers which the committee had sent to us by the night train from Kiev; "
        "he was tall, pale and gaunt, with sunken cheeks, a hoarse voice and gentle grey eyes; and then we all went to "
        "the meeting in the old town hall where the delegates of the other districts had been waiting for hours."
    )
    start, end = best_stroke(text, 0, len(text), lexicon("en"))
    assert "sunken cheeks" in text[start:end]
    assert word_count(text[start:end]) <= 45


@given(st.text(alphabet="Lvov hesaid.,;:—“”’'\n A⸺é1", max_size=400))
def test_any_text_gives_offsets_inside_it(text: str) -> None:
    for one in find_portraits(read_book([("one", text)]), threshold=0.0):
        assert 0 <= one.start < one.end <= len(text)


@pytest.mark.parametrize("word", ["Liberals", "Unions", "Western", "Nothing"])
def test_a_word_with_a_capital_is_not_yet_a_person(word: str) -> None:
    text = (
        f"{word} were kind, brave and honest. The town was old. {word} had gentle eyes, a pale face and a soft voice."
    )
    assert not find_portraits(read_book([("one", text)]))


def test_a_long_sentence_may_hold_two_strokes() -> None:
    text = (
        "Lvov was an idealist of the highest and the purest type, gentle, silent and brave, a tall man with grey eyes; "
        "for seven years he kept a paper alive in that town, and wrote it, and printed it, and carried it himself to "
        "all the houses of the valley, whatever the weather was; "
        "a thinker who was always merry and kind, with a long white beard and a warm, deep, hoarse voice."
    )
    found = [text[one.start : one.end] for one in portraits(text)]
    assert [any(word in one for one in found) for word in ("idealist", "white beard")] == [True, True]


def test_a_wife_is_somebody_else_than_her_husband() -> None:
    text = "Radek spoke first. Madame Radek was a small, kind woman with grey hair and a gentle, tired face."
    found = find([("one", text)])["portraits"]
    assert [one["person"] for one in found] == ["Madame Radek"]
