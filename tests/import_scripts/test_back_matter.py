"""A book's own index and glossary: no meetings, but the best evidence who is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter
from import_scripts.linking.back_matter import Entry, find_back_matter
from import_scripts.linking.linker import Linked, NameLinker
from import_scripts.pipeline import import_book
from tests.study_pack import study_pack

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

_LINKER = NameLinker(study_pack().figures)
_STORY = ("In the port I met Zinoviev. He was pale.", "The water was high and nobody crossed it that week.")


def book(*back: tuple[str, list[str]], story: tuple[str, ...] = _STORY) -> Book:
    """A short memoir with chapters of back matter behind it."""
    chapters = [BookChapter("I: The Port", [Block(text) for text in story])]
    chapters += [BookChapter(title, [Block(line) for line in lines]) for title, lines in back]
    return Book("A Memoir", chapters, language="en")


def linked(made: Book) -> list[tuple[str, str]]:
    return [
        (made.texts[passage][start:end], figure) for passage, start, end, figure, _ in _LINKER.link_book(made).mentions
    ]


def asked(found: Linked) -> list[str]:
    return [question[3] for question in found.questions]


_INDEX = ["Bukharin, Nikolai, 1", "Lenin, V. I., 1, 2, 7-9", "Trotsky, Leon, 2", "Zinoviev, Grigory, 1n3"]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Index", _INDEX),
        ("INDEX OF NAMES", [f"{line}." for line in _INDEX]),
        ("Index", ["\n".join(_INDEX), "Bread, 4\nCold, 5, 12", "Party, Communist, 3; and Lenin, 4; purges of, 9"]),
        ("Index", [" ".join(_INDEX), "Radek, Karl, 3 Reed, John, 3", "Serge, Victor, 4"]),
        ("Index des noms", ["Boukharine, Nicolas, 12", "Lénine, 3, 7", "Trotski, Léon, 12-15, 40"]),
        ("Índice onomástico", ["Bujarin, Nikolai, 12", "Lenin, V. I., 3", "Trotsky, León, 40"]),
        ("Personenregister", ["Bucharin, Nikolai 12, 14f.", "Lenin, Wladimir I. 3", "Trotzki, Leo 40ff."]),
        ("Именной указатель", ["Бухарин, Н. И., 12", "Ленин, В. И., 3, 5", "Троцкий, Л. Д., 40"]),
        ("Glossary", ["LENIN, Vladimir Ilyich (1870-1924): Bolshevik.", "Bukharin, Nikolai (1888–1938). Wrote much.",
                      "Cheka. Extraordinary Commission, 1917–1922."]),
        ("Glossary of Names", ["Leon Trotsky (1879–1940), who led the Red Army.", "Karl Radek (1885–1939), wit.",
                               "John Reed (1887–1920): journalist."]),
        ("Who's Who", ["Trotsky, Leon (b. 1879). Led the army.", "Radek, Karl (1885–?). Wit.",
                       "de Boe, Jean. Printer."]),
        ("Conclusion", [f"{line}, {page}" for page, line in enumerate(_INDEX * 6, 20)]),
    ],
)  # fmt: skip
def test_back_matter_is_no_meeting(title: str, lines: list[str]) -> None:
    made = book((title, lines))
    assert linked(made) == [("Zinoviev", "zinoviev")]
    assert asked(_LINKER.link_book(made)) == []
    assert find_back_matter(made).passages == frozenset(range(2, 2 + len(lines)))


def test_a_title_inside_the_last_chapter_begins_the_back_matter() -> None:
    made = book(story=(*_STORY, "Index", *_INDEX))
    assert linked(made) == [("Zinoviev", "zinoviev")]


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Index", ["Lenin said that the book was on the Index.", "We laughed, and Trotsky too.", "Then it rained."]),
        ("Register", ["In 1919 Lenin signed the register.", "Trotsky was late in 1920.", "Nobody came in 1921."]),
        ("1919", ["In October Lenin spoke.", "Trotsky, in a fur cap, came in 1919", "We were hungry until 1921"]),
        ("Glossary", ["Lenin spoke about words.", "Trotsky answered him. It was late.", "They parted as friends."]),
        ("Index", []),
    ],
)
def test_a_title_alone_makes_no_back_matter(title: str, lines: list[str]) -> None:
    made = book((title, lines))
    assert find_back_matter(made).passages == frozenset()
    assert len(linked(made)) == 1 + sum(line.count("Lenin") + line.count("Trotsky") for line in lines)


def test_entries_tell_people_from_terms() -> None:
    lines = [
        "Belov, Ivan Petrovich (1880–1937). Docker, later delegate; shot in 1937.",
        "Karpenko, Taras (1891–?). Sailor.",
        "Sovkom. Council of the port, 1918–1921.",
        "Vesenkha (1917–1932). Council of the economy.",
    ]
    index = ["Army, Red, 4", "Belov, Ivan, 1, 2", "Karpenko, Taras, 2", "Kronstadt, 3", "Sovkom, 1, 2"]
    matter = find_back_matter(book(("Glossary", lines), ("Index", index)))
    assert matter.entries[0] == Entry(
        2, "Belov", "Ivan Petrovich", "person", "", "1880–1937", "Docker, later delegate; shot in 1937."
    )
    assert {key: entry.name for key, entry in matter.people().items()} == {
        "belov": "Ivan Petrovich Belov", "karpenko": "Taras Karpenko",
    }  # fmt: skip
    assert matter.terms() == {"sovkom", "vesenkha", "army red", "kronstadt"}
    assert [(entry.name, entry.pages) for entry in matter.entries if entry.pages and entry.sort == "person"] == [
        ("Ivan Belov", "1, 2"), ("Taras Karpenko", "2"),
    ]  # fmt: skip


def test_people_of_the_book_are_suggested_and_its_terms_are_not() -> None:
    story = (
        "In the port I met Belov. Belov said nothing. The Sovkom had its seat there.",
        "Then Karpenko came. Sovkom said no; Sovkom said yes; Sovkom was silent.",
    )
    back = ["Belov, Ivan Petrovich (1880–1937). Docker.", "Karpenko, Taras (1891–?). Sailor.", "Sovkom. Council."]
    found = _LINKER.link_book(book(("Glossary", back), story=story)).suggestions
    assert [(name, count, passage) for _, name, count, passage, _, _ in found] == [
        ("Ivan Petrovich Belov", 2, 0), ("Taras Karpenko", 1, 1),
    ]  # fmt: skip


def test_an_index_says_whose_a_bare_surname_is() -> None:
    story = ("Then Kamenev rose. Kamenev spoke of the front.",)
    assert linked(book(story=story)) == [("Kamenev", "kamenev")] * 2
    his = ["Kamenev, Lev, 3", *_INDEX]
    assert linked(book(("Index", his), story=story)) == [("Kamenev", "kamenev")] * 2
    anothers = ["Kamenev, Sergei, 3", *_INDEX]
    assert linked(book(("Index", anothers), story=story)) == []
    both = ["Kamenev, Lev, 3", "Kamenev, Sergei, 3", *_INDEX]
    assert linked(book(("Index", both), story=story)) == [("Kamenev", "kamenev")] * 2
    smirnov = ("Then Smirnov rose.",)
    assert linked(book(story=smirnov)) == []
    assert linked(book(("Index", ["Smirnov, Vladimir, 7", *_INDEX]), story=smirnov)) == [
        ("Smirnov", "vladimir-smirnov")
    ]


def test_an_imported_book_has_one_mention_and_no_terms_of_its_index(library: Library, tmp_path: Path) -> None:
    filler = "<p>" + "The water was high and nobody crossed it that week. " * 40 + "</p>"
    glossary = "".join(f"<p>{line}</p>" for line in ("Cheka. The Commission.", "Lenin, Vladimir (1870–1924). Leader.",
                                                       "GPU. Its heir."))  # fmt: skip
    index = "".join(f"<p>{line}</p>" for line in _INDEX)
    path = tmp_path / "memoir.html"
    path.write_text(
        f"<html><head><title>A Memoir</title></head><body><h1>A Memoir</h1><h2>I: Port</h2><p>{_STORY[0]}</p>{filler}"
        f"<h2>II: Road</h2>{filler}<h2>Glossary</h2>{glossary}<h2>Index</h2>{index}</body></html>",
        "utf-8",
    )
    imported = import_book(library, path)
    assert imported.mentions == 1
    rows = library.reader().execute("select term from term_mention where edition = ?", [imported.edition.key])
    assert rows.fetchall() == []
