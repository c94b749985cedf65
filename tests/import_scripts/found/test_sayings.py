"""Who says what: each kind of sentence that finders stumble over, in made-up paragraphs."""

from __future__ import annotations

import pytest

from import_scripts.found.book import read_book
from import_scripts.found.sayings import Saying, find_sayings, in_deck, is_card

PEOPLE = ("Zorin", "Lvov", "Petrov", "Orlov", "Belov", "Ivin", "Markov", "Roshal")


def sayings(text: str) -> list[Saying]:
    """Return the sayings of a text in the order they stand in it."""
    return sorted(find_sayings(read_book([("one", text)], given=PEOPLE)), key=lambda one: one.start)


def words(text: str, saying: Saying) -> list[str]:
    return [text[start:end] for start, end in saying.parts]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("“We shall hold the town until spring,” said Lvov.", "Lvov"),
        ("Lvov looked up and answered: “We shall hold the town until spring.”", "Lvov"),
        ("“We shall hold the town,” Zorin, the old economist, said. “Nobody else will do it.”", "Zorin"),
        ("Lvov lit a cigar and continued: “We shall hold the town until spring.”", "Lvov"),
        ("“We shall hold the town until spring,” Lvov asserted.", "Lvov"),
        ("“Yes, my friends,” Petrov spoke again, as if he remembered an unfinished speech.", "Petrov"),
        ("“You are late again, all of you,” Orlov broke in.", "Orlov"),
        ("“It is a great blow to us all,” B⸺, the well-known economist, said.", "B⸺"),
        ("Petrov asked for an hour, whereupon Lvov called his men and addressed them: “We march tonight.”", "Lvov"),
    ],
)
def test_a_named_speaker_makes_a_card(text: str, speaker: str) -> None:
    one = sayings(text)[0]
    assert one.speaker == speaker
    assert is_card(one, text)


def test_a_role_speaks_not_whoever_was_named_before() -> None:
    text = (
        "Zorin had spoken for an hour.\n\n"
        "The chairman came in late. He rubbed his hands. “We shall see about it,” he said."
    )
    one = sayings(text)[-1]
    assert one.speaker != "Zorin"
    assert not is_card(one, text)


def test_words_inside_the_authors_sentence_are_a_fragment() -> None:
    text = "Lvov came to see us. He asked me “how soon it could be expected”."
    assert [is_card(one, text) for one in sayings(text)] == [False]


def test_a_group_makes_no_card() -> None:
    text = "Lvov asked the sailors whether they would give in.\n\n“There has been no congress!” they yelled at him."
    assert not any(is_card(one, text) for one in sayings(text))


def test_a_tag_in_the_middle_makes_one_saying_with_apostrophes_inside() -> None:
    text = "‘I know,’ said Lvov, ‘that it isn’t so.’\n\n‘Then we’ll go,’ said Orlov."
    first, second = sayings(text)
    assert (first.speaker, words(text, first)) == ("Lvov", ["I know,", "that it isn’t so."])
    assert (second.speaker, words(text, second)) == ("Orlov", ["Then we’ll go,"])


def test_a_placard_is_nobodys_saying() -> None:
    text = "Lvov stood below. “Long live the union of all workers!” floated over them on a red flag."
    assert not any(is_card(one, text) for one in sayings(text))


def test_who_is_told_something_does_not_say_it() -> None:
    text = "Lvov waited. “If we arrest you once more,” he was told, “we shall send you to the mines.”"
    assert not any(is_card(one, text) for one in sayings(text))


def test_he_after_him_may_be_either() -> None:
    text = "Petrov reminded him with dignity that the vote was free. “Yes, but that was long ago,” he answered."
    assert not any(is_card(one, text) for one in sayings(text))


def test_the_author_speaks_as_i() -> None:
    text = "Lvov waited. “I cannot go with you today,” I said."
    assert [(one.speaker, is_card(one, text)) for one in sayings(text)] == [("I", False)]


@pytest.mark.parametrize(
    ("text", "addressee"),
    [
        ("“Who gave you the order?” Lvov asked me.", "I"),
        ("“Who gave you the order?” said Lvov to Orlov.", "Orlov"),
        ("“Who gave you the order?” asked Lvov.", None),
    ],
)
def test_to_whom_it_is_said(text: str, addressee: str | None) -> None:
    assert [one.addressee for one in sayings(text + " Orlov was silent. Lvov smiled.")] == [addressee]


def test_only_a_name_in_the_tag_goes_in_unasked() -> None:
    text = "“We shall hold the town,” said Lvov.\n\nLvov sat down. “Nobody else will ever do it,” he added."
    named, pronoun = sayings(text)
    assert in_deck(named, text)
    assert not in_deck(pronoun, text)


def test_a_sentence_after_a_full_stop_is_no_tag() -> None:
    text = "Orlov came in. “The town belongs to us.” Lvov, on the same evening, replied to all of them at length."
    assert [one.speaker for one in sayings(text)] != ["Lvov"]


def test_who_is_asked_about_does_not_answer() -> None:
    text = "I asked if Lvov had damaged the mines. He replied, “Not at all, they are in good order.”"
    assert not any(is_card(one, text) for one in sayings(text))


def test_a_dialogue_of_two_is_filled_by_whom_the_words_address() -> None:
    text = (
        "I met Lvov in the yard.\n\n“You have come too late, I fear.”\n\n“I know it, Lvov,” I said.\n\n"
        "“Then stay with us until the spring.”\n\n“May I really do so, Lvov?”\n\n“Nobody here will send you away.”"
    )
    said = sayings(text)
    assert [one.speaker for one in said] == ["Lvov", "I", "Lvov", "I", "Lvov"]
    assert [is_card(one, text) for one in said] == [True, False, True, False, True]


def test_a_third_voice_leaves_the_gaps_of_a_dialogue_open() -> None:
    text = (
        "“We shall go there today,” said Lvov.\n\n“We shall not go there,” said Orlov.\n\n“But it is already late.”\n\n"
        "“That is what I always say,” said Ivin.\n\n“You always say it too late.”"
    )
    assert not is_card(sayings(text)[-1], text)


def test_a_paragraph_that_ends_with_a_colon_tells_who_speaks_next() -> None:
    text = "Lvov leaned over to the door and whispered very low:\n\n“There is a way out of here.”"
    assert sayings(text)[0].speaker == "Lvov"


def test_who_was_saying_something_speaks() -> None:
    text = "Lvov sat there.\n\n“We have had our orders in the shop,” he was saying to his wife."
    assert sayings(text)[0].speaker == "Lvov"


def test_who_is_spoken_of_does_not_speak() -> None:
    text = (
        "Lvov sat in his chair. He had once heard Orlov. Orlov, he said, was a good man among fools. "
        "He asked whether Orlov was well, and when I said that he was, he added, “Then we shall hear of him again.”\n\n"
        "Nobody answered. He asked about Petrov, “Had they really been as friendly as that?”"
    )
    said = sayings(text)
    assert said[0].speaker != "Orlov" or not is_card(said[0], text)
    assert said[1].speaker != "Petrov"


def test_question_and_answer_in_one_paragraph_are_two_sayings() -> None:
    text = "Lvov asked, “Has he been as friendly as he made out?” I said, “Yes, if only as a sportsman, I believe.”"
    assert [one.speaker for one in sayings(text)] == ["Lvov", "I"]
