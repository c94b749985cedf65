"""A stored edition is searched: in its own passages, going on where it stopped, and told where it cannot be."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter
from db.errors import SergeError
from db.models import GUIDE_EDITION
from db.store import EditionFindings, replace_edition
from import_scripts.found_search import is_searched, search_edition

if TYPE_CHECKING:
    from db.library import Library

TROTSKY = "Trotsky was a tall, proud man with a pale, sharp face, piercing eyes and thick black hair."
MARKOV = "Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs."
CHAPTERS = (
    [Block("I. The Hall", "heading"), Block("Snow fell on the town and nobody came."), Block(TROTSKY)],
    [Block(f"The room was cold. {MARKOV}"), Block("“We shall see about that tomorrow morning,” said Ivan Markov.")],
)
FILLER = "The train stood for two days in the snow, and it was said that there was no wood to be had in the place."


def bring(library: Library, *, language: str = "en", filler: str = FILLER) -> None:
    book = Book("A book", [BookChapter(str(n), [*blocks, Block(filler)]) for n, blocks in enumerate(CHAPTERS)])
    book.language = language
    start = TROTSKY.find("Trotsky")
    findings = EditionFindings([(2, start, start + 7, "trotsky", 1.0)])
    library.writer.run(lambda c: replace_edition(c, "book", book, filler, findings))


def quiet(_done: int, _chapters: int) -> None:
    """Report to nobody."""


def test_what_is_found_stands_in_its_own_passage_with_its_person(library: Library) -> None:
    bring(library)
    search = search_edition(library, "book", quiet)
    assert (search.state, search.chapters_done, search.language) == ("done", 2, "en")
    texts = library.passages.texts("book")
    portraits = {one.figure or one.name: one for one in library.found.of_edition("book", "portrait")}
    assert {"trotsky", "Ivan Markov"} <= portraits.keys()
    for one in portraits.values():
        assert texts[one.passage][one.start : one.end] == one.text
        assert one.text in one.sentence
    assert portraits["Ivan Markov"].chapter == 1
    (saying,) = library.found.of_edition("book", "saying")
    assert (saying.name, saying.passage, saying.is_card) == ("Ivan Markov", 5, True)
    assert texts[5][saying.start : saying.end].startswith("We shall see")
    assert "Ivan Markov" in {person.name for person in library.found.people("book")}


def test_a_search_that_was_stopped_goes_on_with_the_next_chapter(library: Library) -> None:
    bring(library)

    def stop(done: int, _chapters: int) -> None:
        if done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        search_edition(library, "book", stop)
    assert not is_searched(library, "book")
    told: list[int] = []
    search_edition(library, "book", lambda done, _: told.append(done))
    assert told == [1, 2]
    assert is_searched(library, "book")
    whole = library.found.of_edition("book")
    told.clear()
    search_edition(library, "book", lambda done, _: told.append(done))
    assert told == [2]
    search_edition(library, "book", quiet, again=True)
    assert library.found.of_edition("book") == whole


def test_a_text_imported_again_is_to_be_searched_again_and_a_search_under_way_stops(library: Library) -> None:
    bring(library)
    search_edition(library, "book", quiet)
    bring(library, filler=FILLER + " Nobody knew why.")
    assert not is_searched(library, "book")
    with pytest.raises(SergeError, match="while it was searched"):
        search_edition(library, "book", lambda _done, _chapters: bring(library))


def test_a_language_without_word_lists_and_a_book_without_people_give_a_clear_end(library: Library) -> None:
    french = "Il y avait de la neige sur la ville, et personne ne savait pourquoi le train était dans la gare. " * 30
    bring(library, language="fr", filler=french)
    assert search_edition(library, "book", quiet).state == "no language"
    assert library.found.of_edition("book") == []
    assert is_searched(library, "book")
    empty = Book("Empty", [BookChapter("1", [Block(FILLER)]), BookChapter("2", [])], language="en")
    library.writer.run(lambda c: replace_edition(c, "empty", empty, "", EditionFindings()))
    assert search_edition(library, "empty", quiet).state == "done"
    assert library.found.of_edition("empty") == []


def test_the_guide_and_a_text_that_is_not_there_are_refused(library: Library) -> None:
    for key in (GUIDE_EDITION, "nowhere"):
        with pytest.raises(SergeError, match="no text of yours"):
            search_edition(library, key, quiet)
