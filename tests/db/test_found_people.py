"""People in no glossary: listed with mentions, named, merged, told to be nobody; kept through another import."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.found_people import told_up_to
from db.found_store import ChapterFindings, begin_search, found_key, store_chapter
from db.models.found_text import Found, FoundMention
from db.store import EditionFindings, replace_edition

if TYPE_CHECKING:
    from db.found_people import PersonOfText
    from db.library import Library

TEXTS = ("Ivan Markov was a lean old printer.", "Markov laughed.", "Orlov wept. Riga froze.")


def bring(library: Library) -> None:
    """Store a text with Ivan Markov, Markov, Orlov and the town of Riga taken for a person."""
    book = Book("A book", [BookChapter("One", [Block(text) for text in TEXTS])], language="en")
    library.writer.run(lambda c: replace_edition(c, "book", book, "", EditionFindings()))
    stroke = Found(
        "book", "portrait", 0, 0, 0, len(TEXTS[0]), (0, 0, 0, len(TEXTS[0])), 0, found_key("portrait", TEXTS[0]),
        TEXTS[0], TEXTS[0], "", "Ivan Markov", "", "full", 0.8, True, False,
    )  # fmt: skip
    mentions = [
        FoundMention("book", passage, TEXTS[passage].index(name), TEXTS[passage].index(name) + len(name), name)
        for passage, name in ((0, "Ivan Markov"), (1, "Markov"), (2, "Orlov"), (2, "Riga"))
    ]
    library.writer.run(lambda c: begin_search(c, "book", "en", "v1", 1, again=True))
    library.writer.run(lambda c: store_chapter(c, "book", "v1", 0, ChapterFindings([stroke], mentions)))


def person(library: Library, name: str) -> PersonOfText:
    return next(one for one in library.found_people.all("book") if one.name == name)


def names(library: Library) -> list[tuple[str, int]]:
    return [(one.name, one.mentions) for one in library.found_people.all("book")]


def test_everybody_is_listed_with_what_the_text_tells(library: Library) -> None:
    bring(library)
    assert names(library) == [("Ivan Markov", 1), ("Markov", 1), ("Orlov", 1), ("Riga", 1)]
    told = library.found_people.told(person(library, "Ivan Markov"))
    assert [one.text for one in told.found] == [TEXTS[0]]
    assert told.mentions == ((0, 0, 11),)
    assert (told.person.portraits, told.person.sayings) == (1, 0)
    assert told_up_to(told, (0, 50)) == told
    assert (told_up_to(told, (-1, 0)).found, told_up_to(told, (-1, 0)).mentions) == ((), ())


def test_what_the_reader_says_survives_another_import_and_is_undone_in_one_go(library: Library) -> None:
    bring(library)
    people = library.found_people
    before = people.say(person(library, "Markov"), called="Ivan Markov").result()
    people.say(person(library, "Riga"), nobody=True).result()
    people.say(person(library, "Orlov"), figure="trotsky").result()
    assert names(library) == [("Ivan Markov", 2)]
    assert people.names_of_figure("trotsky", "book") == ["Orlov"]
    assert person(library, "Ivan Markov").names == ("Ivan Markov", "Markov")
    renamed = people.say(person(library, "Ivan Markov"), called="Old Markov\x1b").result()
    assert names(library)[0][1] == 2
    assert "\x1b" not in names(library)[0][0]
    bring(library)
    assert [mentions for _, mentions in names(library)] == [2]
    people.restore("book", renamed).result()
    assert names(library) == [("Ivan Markov", 2)]
    assert people.told(person(library, "Ivan Markov")).mentions == ((0, 0, 11), (1, 0, 6))
    people.restore("book", before).result()
    assert names(library) == [("Ivan Markov", 1), ("Markov", 1)]
