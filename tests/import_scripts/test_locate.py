"""Quotations are found where they stand, across passages and gaps, and lookalikes are refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.models import Quotation
from import_scripts.formats.book_file import read_book
from import_scripts.locating.quotations import MARGIN, MINIMUM_SCORE, locate_quotations, locate_text
from import_scripts.locating.recall import Rarity, Recalled, locate_words
from import_scripts.locating.words import WordIndex, plain_words
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from pathlib import Path

FILLER = [
    "The tram ran along the quay in the rain, and nobody spoke until the bridge was behind us and the lamps were lit.",
    "All that week there was no bread; the queues began before dawn and went round the corner of the canal.",
    "He had been a printer, and he still looked at every page as if it might have a wrong letter in it somewhere.",
]


def quotation(text: str, key: str = "one", chapter: int | None = None) -> Quotation:
    return Quotation(key, text, "said", None, "", "", "", "", "", chapter, "", False, "", "", None, None, "")


def places(
    text: str, *texts: str, chapters: list[tuple[int, int | None]] | None = None, chapter: int | None = None
) -> list[str]:
    """The words that are found for a quotation; a passage's end is a bar."""
    found = []
    for _, passage, start, end_passage, end, score, margin in locate_quotations(
        [quotation(text, chapter=chapter)], texts, "en", chapters or []
    ):
        assert MINIMUM_SCORE <= score <= 100
        assert MARGIN <= margin <= 100
        if passage == end_passage:
            found.append(texts[passage][start:end])
        else:
            found.append(
                "|".join([texts[passage][start:], *texts[passage + 1 : end_passage], texts[end_passage][:end]])
            )
    return found


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("clean-shaven, pale, his face a little puffy", "He was “clean\u2010shaven, pale, his face a little puffy”.",
         "clean\u2010shaven, pale, his face a little puffy"),
        ("All right, I can see the broken eggs.", "—All right — I can see\u00a0the broken eggs!",
         "All right — I can see\u00a0the broken eggs"),
        ("you don't see it", "I said you don’t see it.", "you don’t see it"),
        ("the café was full of them", "THE CAFE\u0301 WAS FULL OF THEM.", "THE CAFE\u0301 WAS FULL OF THEM"),
        ("a revolution of workers", "It was a revo\u00adlution of\nworkers.", "a revo\u00adlution of\nworkers"),
    ],
)  # fmt: skip
def test_quotes_dashes_spaces_and_case_do_not_count(wanted: str, text: str, found: str) -> None:
    assert places(wanted, FILLER[0], text, FILLER[1]) == [found]


def test_a_quotation_runs_across_passages_and_gaps() -> None:
    texts = [
        FILLER[0],
        "His hair stood nearly white on his head.",
        "He exhaled a fierce, caged energy, and we were silent.",
    ]
    assert places("nearly white on his head. He exhaled a fierce", *texts) == [
        "nearly white on his head.|He exhaled a fierce"
    ]
    assert places("His hair stood […] a fierce, caged energy", *texts) == [
        "His hair stood nearly white on his head.|He exhaled a fierce, caged energy"
    ]
    assert places("His hair ... stood white [sic] on his head", *texts) == ["His hair stood nearly white on his head"]


def test_a_gap_is_not_endless() -> None:
    assert (
        places("the first words … the very last words", "the first words.", *FILLER * 12, "the very last words.") == []
    )


def test_small_differences_are_forgiven() -> None:
    text = "We revolutionaries, who aimed to create a new society, had unwittingly constructed a terrifying machine."
    changed = "We, revolutionists who aimed to create a new society, had unwittingly built a terrifying machine."
    assert places(text, *FILLER, changed) == [changed.rstrip(".")]


@pytest.mark.parametrize(
    "lookalike",
    [
        "There was a revolution, and its workers aimed at a new machine that nobody could create in that society.",
        "A machine aimed to create society had been constructed.",
        "We who aimed to create had unwittingly a society of machine revolutionaries constructed terrifying new.",
    ],
)
def test_lookalikes_are_refused(lookalike: str) -> None:
    text = "We revolutionaries, who aimed to create a new society, had unwittingly constructed a terrifying machine."
    assert places(text, *FILLER, lookalike) == []


def test_of_two_equal_places_only_the_chapter_can_choose() -> None:
    text = "a good-natured cynicism that was all his own"
    texts = [f"He had {text}.", FILLER[0], f"She had {text}."]
    assert places(text, *texts) == []
    assert places(text, *texts, chapters=[(0, 4), (2, 5)], chapter=5) == [text]
    assert places(text, *texts, chapters=[(0, 4), (2, 5)], chapter=7) == []


def test_two_places_nearly_equal_are_refused() -> None:
    text = "the manner in which he spoke of others savoured of a good-natured cynicism"
    near = ["the manner in which he talked of others savoured of good-natured cynicism",
            "the manner in which he spoke of them savoured of a good-natured cynicism"]  # fmt: skip
    assert places(text, near[0], FILLER[0], near[1]) == []
    assert places(text, near[0], FILLER[0]) == [near[0]]


def test_too_few_words_are_no_quotation() -> None:
    assert places("and so on", "and so on and so forth") == []
    assert places("ghastly fratricide", "It was a ghastly fratricide.", FILLER[0]) == ["ghastly fratricide"]


def test_an_edition_in_another_language_is_not_searched() -> None:
    text = "a good-natured cynicism that was all his own"
    assert locate_quotations([quotation(text)], [text], "fr") == []
    french = "Nous étions là, et le tram passait le long du quai dans la pluie, sans que personne ne parle. " * 20
    assert locate_quotations([quotation(text)], [french, text]) == []
    assert locate_quotations([quotation(text)], [text], "en-GB") != []


def test_every_quotation_of_the_pack_is_found_where_it_was_put() -> None:
    quotations = study_pack().quotations
    texts = [FILLER[number % 3] + f" {number} " + quote.text for number, quote in enumerate(quotations)]
    found = {key: passage for key, passage, *_ in locate_quotations(quotations, texts, "en")}
    right = sum(found.get(quote.key) == number for number, quote in enumerate(quotations))
    wrong = [quote.key for number, quote in enumerate(quotations) if found.get(quote.key, number) != number]
    assert wrong == []
    assert right >= 0.97 * len(quotations)  # the rest stand within one another, and so in two places


@pytest.mark.shared
def test_nothing_of_the_memoirs_is_found_in_another_book(samples: Path) -> None:
    book = read_book(samples / "books/john-reed_ten-days-that-shook-the-world.epub")
    assert locate_quotations(study_pack().quotations, book.texts, book.language) == []


@given(st.lists(st.text(max_size=40), min_size=1, max_size=5))
def test_the_way_back_from_words_to_the_text_is_exact(texts: list[str]) -> None:
    index = WordIndex(texts)
    for at, word in enumerate(index.words):
        passage, start, end_passage, end = index.place(at, at)
        assert passage == end_passage
        assert word in "".join(plain_words(texts[passage][start:end])) or not texts[passage][start:end].isascii()


def test_words_that_fold_to_several_keep_their_places() -> None:
    index = WordIndex(["He ate ½ a loaf and the ﬁrst ﬁsh."])
    at = index.words.index("first")
    assert index.texts[0][slice(*index.place(at, at)[1::2])] == "ﬁrst"


def test_a_highlight_is_located_or_refused() -> None:
    index = WordIndex([*FILLER, "And then shall I come to you, a boundless drop to a boundless ocean."])
    found = locate_text("And then shall I come to you, a boundless drop", index)
    assert found is not None
    assert index.place(found.first, found.last)[0] == 3
    assert locate_text("There is nothing like this anywhere in the whole of it", index) is None


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("nobody spoke until the bridge was behind us", "nobody spoke until the bridge was behind us"),
        ("nobody talked till the bridge lay behind", "nobody spoke until the bridge was behind"),
        ("queus began befor dawn", "queues began before dawn"),
        (
            "wrong letter printer page",
            "He had been a printer, and he still looked at every page as if it might have a wrong letter",
        ),
    ],
)
def test_half_remembered_words_are_found(words: str, first: str) -> None:
    found = locate_words(words, FILLER)
    assert found[0].surface == first
    assert found[0].exact == (words == first)
    assert [place.score for place in found] == sorted((place.score for place in found), reverse=True)


def best_in(words: str, *editions: list[str]) -> list[Recalled]:
    """The best place in each edition, the words weighed in all of them."""
    rarity = Rarity(words)
    for texts in editions:
        rarity.add(WordIndex(texts))
    return [locate_words(words, texts, rarity=rarity)[0] for texts in editions]


def test_the_same_sentence_has_the_same_score_in_a_short_edition_and_in_a_long_one() -> None:
    short, long = best_in(
        "lamps were all lit behind the bridge", FILLER, [*FILLER, *(f"Page {n}." for n in range(900))]
    )
    assert short.score == long.score
    assert short.surface == long.surface


@pytest.mark.parametrize(("word", "instead"), [("printer", "man"), ("letter", "thing"), ("page", "one")])
def test_a_word_that_an_edition_lacks_costs_it(word: str, instead: str) -> None:
    lacking = [text.replace(word, instead) for text in FILLER]
    with_it, without = best_in("looked for wrong letter page printer", FILLER, lacking)
    assert without.score < with_it.score - 8


@pytest.mark.parametrize(
    ("text", "words", "surface"),
    [
        ("It rained. He had been a printer of books.", "printer of books he was", "He had been a printer of books"),
        ("“Enough!” The sailors had voted against it.", "sailors voted against", "The sailors had voted against"),
        ("We sat down. Then Mr. J. Radek laughed aloud.", "aloud laughed Radek", "Then Mr. J. Radek laughed aloud"),
        ("In the long grey winter of that year the trams stood still.", "trams still stood", "trams stood still"),
    ],
)
def test_a_place_begins_where_its_sentence_does_if_that_is_near(text: str, words: str, surface: str) -> None:
    assert locate_words(words, [*FILLER, text])[0].surface == surface


def test_words_that_are_not_there_find_nothing() -> None:
    assert locate_words("xylophone zeppelin", FILLER) == []
    assert locate_words(" … ", FILLER) == []
    assert locate_words("the tram", []) == []
