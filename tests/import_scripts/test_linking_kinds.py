"""Kinds of wrong and missing links met on whole books, each with its relatives."""

from __future__ import annotations

import pytest

from import_scripts.linking.linker import Linked, NameLinker
from tests.study_pack import study_pack

_LINKER = NameLinker(study_pack().figures)


def linked(*texts: str) -> list[tuple[str, str]]:
    """What is linked in passages: the words, and whom they mean."""
    return [(texts[passage][start:end], figure) for passage, start, end, figure, _ in found(*texts).mentions]


def asked(*texts: str) -> list[str]:
    """The names the reader is asked about."""
    return [texts[question[0]][question[1] : question[2]] for question in found(*texts).questions]


def found(*texts: str) -> Linked:
    return _LINKER.link(texts, chapters=[(0, None)], language="en")


_OF_LENIN = ("Lenin read the paper. I asked Lenin for an answer, and Lenin gave none.", "Lenin left. Lenin was ill.")


@pytest.mark.parametrize(
    "sentence",
    [
        "Of the claims of the Anarchists, Lenin thought little.",
        "After the speech of the Mensheviks, Lenin took the floor.",
        "Against the Socialist Revolutionaries, Lenin wrote that night.",
        "Like all the Social-Revolutionaries, Lenin knew the prisons.",
        "To the Cadets, Lenin was a spy.",
        "We spoke of the Anarchists",
        "So ended the day of the Mensheviks.",
        "There sat the Mensheviks; Lenin was not there.",
        "He pitied the Anarchists (Lenin did not).",
        "For the Popular Socialists, Lenin had a joke.",
    ],
)
def test_a_comma_or_an_end_between_a_party_and_a_name_parts_them(sentence: str) -> None:
    names = linked(_OF_LENIN[0], sentence, _OF_LENIN[1])
    assert names == [("Lenin", "lenin")] * (5 + sentence.count("Lenin"))


def test_one_party_that_does_not_fit_does_not_overrule_the_other_places() -> None:
    texts = (*_OF_LENIN, "Then rose the Menshevik Lenin, a cousin they said.", "Lenin slept.")
    assert linked(*texts) == [("Lenin", "lenin")] * 6
    assert asked(*texts) == ["Lenin"]


@pytest.mark.parametrize(
    "sentence",
    [
        "His wife, Lisa Zorin, poured the tea.",
        "Mrs. Zorin poured the tea.",
        "His sister Olga Zorin had come from Kharkov.",
        "Lisa Zorin came in from the kitchen.",
        "Vera Zorin, his daughter, was at school.",
        "There was also Peter Zorin, a brother.",
        "I never met his mother, Anna Zorin.",
        "Emma Zorin sent us bread.",
        "With him was Lisa Zorin; Lisa Zorin said nothing.",
        "The widow of a cousin, Maria Zorin, lived there.",
    ],
)
def test_a_relative_of_the_same_surname_does_not_make_every_place_a_question(sentence: str) -> None:
    before = "Zinoviev came with Zorin. Zorin asked me to sit. Zorin ran the committee, and Zorin smoked."
    after = ["A week passed.", "Nothing happened.", "It rained.", "Later Zorin spoke, and Zorin kept his word."]
    names = [name for name in linked(before, sentence, *after) if name[1] == "zorin"]
    assert names == [("Zorin", "zorin")] * 6


def test_a_namesake_met_first_and_named_in_full_once_may_own_the_bare_surname() -> None:
    texts = ("Sergei Kamenev came in uniform.", "Kamenev saluted. Kamenev spoke of the front.", "Kamenev left.")
    assert linked(*texts) == []
    assert asked(*texts) == ["Kamenev"] * 3


def test_right_after_a_namesake_the_bare_surname_is_asked_about() -> None:
    before = "Kamenev opened the meeting. Kamenev read. Kamenev was hoarse. We liked Kamenev."
    assert asked(before, "Then came Sergei Kamenev.", "Kamenev said nothing.", *["So."] * 4, "Kamenev slept.") == [
        "Kamenev"
    ]


@pytest.mark.parametrize(
    "texts",
    [
        ["The steamer went to Nikolayev.", "In Nikolayev the docks were empty; the garrison of Nikolayev slept."],
        ["We arrived at Nikolayev by night.", "The town of Nikolayev was dark."],
        ["The Greek priest read the litany to the Greek sailors.", "He had a Greek book."],
        ["The Little Grandmother of the Revolution came home."],
        ["They sang of the Grandmother of the Revolution."],
        ["Next came the Commander-in-Chief, Kamenev, in uniform."],
        ["A telegram from General Kamenev arrived."],
        ["The Preobrazhensky Guards marched past."],
        ["The verses of A. K. Tolstoy were read aloud.", "My cousin admired Tolstoy for a novel of the war."],
        ["His pupil, Serge Zagoskin, laughed."],
        ["The Chapayev column and the Lenin battalion fought there; the Trotsky train stood still."],
        ["In Lenin Street and by the Kirov Works it was quiet."],
        ["I looked for my brother Alexander.", "II", "We stayed two years."],
        ["I looked for my brother Alexander. II was the next number."],
        ["Mayakovsky Square was empty. He paid in Kerensky roubles."],
        ["Mrs. Zorin was out; Madame Trotsky was at home."],
    ],
)
def test_towns_nations_ranks_and_things_are_not_people(texts: list[str]) -> None:
    assert linked(*texts) == []
    assert asked(*texts) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They had lost faith in Lenin. In Lenin they saw a tyrant.", ["lenin", "lenin"]),
        ("We went to Trotsky. From Trotsky we came to Radek.", ["trotsky", "trotsky", "radek"]),
        ("Commander-in-Chief Krylenko signed.", ["krylenko"]),
        ("General Kornilov marched.", ["kornilov"]),
        ("The Secretary-General, Stalin, was silent.", ["stalin"]),
        ("Lev Davidovich Trotsky spoke. St. Exupéry did not.", ["trotsky"]),
        ("The Menshevik, Martov, rose.", ["martov"]),
        ("The Alexander II of the statue", ["alexander-ii"]),
    ],
)
def test_what_only_looks_like_these_is_linked(text: str, expected: list[str]) -> None:
    known = {figure.key for figure in study_pack().figures}
    assert [figure for _, figure in linked(text)] == [key for key in expected if key in known]
