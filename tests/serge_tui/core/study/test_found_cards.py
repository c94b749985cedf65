"""Cards on words found in the reader's copy: none shows its answer, few at first, each with its place."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from db.found_store import found_key
from db.models.found_text import FoundDecision
from db.text import fold
from import_scripts.found.door import find
from serge_tui.core.study.card import GAP
from serge_tui.core.study.cards.found import KeptWords, found_cards
from serge_tui.core.study.deck import Progress, is_met
from tests.serge_tui.core.study.making import figure

if TYPE_CHECKING:
    from db.models import Figure
    from db.models.found_text import FoundKind

BOOKS = sorted(
    folder for folder in (Path(__file__).parents[3] / "import_scripts/found/labels/text").iterdir() if folder.is_dir()
)
PETROV = figure("petrov", "Ivan Petrov", one_line="Mayor of the town.")


def kept(
    text: str, name: str, *, kind: FoundKind = "portrait", person: str = "", addressee: str = "", run: str = ""
) -> KeptWords:
    key = found_key(kind, text)
    decision = FoundDecision(key, kind, "kept", key, text, text, "", "", "en", person, name, addressee, "book", "now")
    return KeptWords(decision, run, "Chapter 4 · A book", 4)


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w[\w'-]*", fold(text)) if len(word) > 2}


@pytest.mark.parametrize("book", BOOKS, ids=lambda folder: folder.name)
def test_no_card_of_the_sample_books_shows_its_answer(book: Path, figures: dict[str, Figure]) -> None:
    texts = {file.stem: file.read_text("utf-8") for file in sorted(book.glob("*.txt"))}
    found = find(list(texts.items()))
    all_kept = [
        kept(texts[one["chapter"]][one["start"] : one["end"]], one["person"], person=one["figure"] or "")
        for one in found["portraits"]
    ] + [
        kept(
            " ".join(texts[one["chapter"]][part["start"] : part["end"]] for part in one["parts"]), one["speaker"],
            kind="saying", person=one["figure"] or "", addressee=one["addressee"] or "",
        )
        for one in found["utterances"] if one["card"]
    ]  # fmt: skip
    cards = found_cards(all_kept, figures)
    assert len(cards) > len(all_kept) / 2
    for card in cards:
        shown = "\n".join((card.shown, *card.clauses, *card.hints[:-1]))
        assert words(card.answer).isdisjoint(words(shown)), (card.answer, shown)
        assert (card.found, card.note != "", card.reference) == (card.siblings[0][6:], True, "Chapter 4 · A book")
    assert len({card.key for card in cards}) == len({(card.found, card.kind) for card in cards})


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("The Mayor, Petrov, majestic with a white beard, spoke.", f"{GAP}, majestic with a white beard, spoke."),
        ("Comrade Petrov was a tall, gloomy man with heavy hands.", f"{GAP} was a tall, gloomy man with heavy hands."),
        ("Petrov’s hands were heavy, his voice gloomy.", f"{GAP}’s hands were heavy, his voice gloomy."),
        ("He was tall, gloomy and slow to speak.", "He was tall, gloomy and slow to speak."),
    ],
)  # fmt: skip
@pytest.mark.parametrize("person", ["", "petrov"])
def test_names_titles_and_an_office_beside_the_name_are_taken_out(text: str, asked: str, person: str) -> None:
    (card,) = found_cards([kept(text, "Ivan Petrov", person=person, run=f"{text} Nobody laughed.")], {"petrov": PETROV})
    assert card.stimulus == asked
    assert (card.kind, card.answer, card.answer_figure) == ("portrait", "Ivan Petrov", person)
    assert card.note == f"{text} Nobody laughed."
    assert card.can_be_typed


def test_what_is_too_little_or_shows_the_name_makes_no_card() -> None:
    few = kept("Petrov spoke.", "Ivan Petrov")
    shows = kept("She was a tall, gloomy woman with stern eyes", "Rosa Tall")
    author = kept("I shall never forget that day, never", "I", kind="saying")
    assert found_cards([few, shows, author], {}) == []


def test_a_saying_asks_who_and_to_whom() -> None:
    who, to = found_cards(
        [kept("Listen, Orlov, the town is lost", "Ivan Petrov", kind="saying", addressee="Orlov")], {}
    )
    assert (who.kind, who.answer, who.stimulus) == ("who", "Ivan Petrov", "Listen, Orlov, the town is lost …")
    assert (to.kind, to.answer, to.stimulus) == ("to", "Orlov", f"Listen, {GAP}, the town is lost …")
    assert to.question == "Ivan Petrov says this: to whom?"


def test_a_third_portrait_of_a_person_waits_for_the_first() -> None:
    texts = [f"Petrov was a tall, gloomy man with {what} hands and a stern mouth." for what in ("red", "big", "old")]
    cards = found_cards([kept(text, "Ivan Petrov") for text in texts], {})
    assert [card.requires for card in cards] == ["", "", cards[0].key]
    # Nor are two of them asked on one day: the run around one may hold another.
    assert set(cards[0].siblings) & set(cards[1].siblings)


def test_what_the_reader_keeps_is_met_whatever_was_read() -> None:
    (card,) = found_cards([kept("He was tall, gloomy and slow to speak.", "Ivan Petrov")], {})
    assert is_met(card, Progress())


def test_cards_of_one_person_in_two_languages_are_siblings(figures: dict[str, Figure]) -> None:
    english = kept("A tall, proud man with a pale face and keen eyes.", "Leon Trotsky", person="trotsky")
    french = kept("Un homme grand et fier, au visage pâle, au regard perçant.", "Léon Trotski", person="trotsky")
    french = replace(french, decision=replace(french.decision, language="fr", edition="autre"))
    one, other = found_cards([english, french], figures)
    assert one.key != other.key
    assert set(one.siblings) & set(other.siblings), "they are not asked on one day"
