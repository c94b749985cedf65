"""The cases beside the checkout (`shared/cases/README.md`), each imported with the program itself and compared.

The forgotten card of Anki is in `test_history.py`, the records that contradict their sources in `test_pack.py`.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

import pytest

from db.library import Library
from tests.serge_tui.cli.test_cli import run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.shared

CHAPTERS: Final = {
    "b.fb2": ["Глава 1: Название", "Глава 2"],
    "backslash.epub": ["One", "Two"],
    "before-anchor.epub": ["Title 1", "Title 2", "Title 3"],
    "broken-frag.epub": ["Chapter 1", "Chapter 2", "Chapter 3"],
    "drop.pdf": ["The Years of Captivity", "Looking Forward"],
    "fn-file.epub": ["One", "Two", "Notes"],
    "formfeed.txt": ["Chapter 1", "Chapter 2"],
    "html_parts_toc_backlinks.html": ["PART I: THE HOUSE", "I: THE DOOR", "II: THE STAIRS"],
    "nfd.epub": ["One", "Two"],
    "pct-literal.epub": ["One", "Two"],
    "plates.epub": ["Chapter One", "Chapter Two", "Chapter Three"],
    "ps-sep.txt": ["CHAPTER I: The Beginning", "CHAPTER II: The End"],
    "t.docx": ["Chapter One", "Chapter Two", "Chapter Three"],
    "txt_parts_roman.txt": [
        "A Small Book", "PART I: THE HOUSE", "I. THE DOOR", "II. THE STAIRS", "PART II: THE GARDEN", "I. THE GATE",
        "II. THE WELL",
    ],
    "two_columns_chapter_heading.pdf": [
        "Chapter 1: The First Chapter", "Chapter 2: Harbour: First Impressions", "Chapter 3: Meeting the Clock",
    ],
}  # fmt: skip
WORDS: Final = {
    "french_latin1_E_circumflex.txt": ["Êtes-vous déjà allé là-bas", "Être ou ne pas être"],
    "pl-latin2.txt": ["Łódź, zażółć gęślą jaźń, świt, pięć, mężczyzna"],
    "stray.epub": ["It was Lenin’s hat."],
    "css-hidden.epub": ["Seen text end."],
    "drop.pdf": ["The snow fell on Petrograd for three days"],
    "dropcap.epub": ["Serge wrote in the night"],
    "table-p.epub": ["Lenin    1870\nTrotsky  1879"],
    "softhyphen.epub": ["Zinoviev and Kamenev at the Kremlin and the Bolshevik."],
    "formfeed.txt": ["The Executive Committee met", "anti-fascist front", "well-known man"],
    "t.docx": ["moved: movedto", "BOXTEXT", "In nested sdt. inline sdt"],
    "backslash.epub": ["gamma 0", "delta 0"],
    "nfd.epub": ["gamma 0", "delta 0"],
    "pct-literal.epub": ["gamma 0", "delta 0"],
}
NOTES: Final = {
    "fn-hidden.epub": ["First note text.", "Second note text.", "Third note text."],
    "fn-file.epub": ["Note one of one.", "Note two of one.\nIts second paragraph.", "Note one of two."],
    "t.docx": ["Foot text.\nSecond para of it.", "End text."],
}
MEMOIRS: Final = {"en-none.epub": 10, "es-titleonly.epub": 10}
MENTIONS: Final = {
    "party_word_before_lenin.txt": {"lenin": 8},
    "party_word_control.txt": {"lenin": 8},
    "wife_of_same_surname.txt": {"zorin": 6, "zinoviev": 2},
    "town_and_language.txt": {},
    "alexander_then_heading_ii.txt": {},
    "index-is-not-a-meeting.html": {"zinoviev": 1},
    "glossary-and-index.html": {},
}
SEARCHES: Final = (
    "œuvre oeuvre sœur soeur cœur coeur Straße Strasse weiß weiss Æsop Aesop Йод йод Ещё еще зелёный зеленый final flag"
    " office Троцкий"
).split()


class Imported:
    """What the program made of a file."""

    def __init__(self, database: Path, file: Path, *options: str) -> None:
        result = run("import", *options, str(file), database=database)
        assert result.returncode == 0, result.stderr
        self.said = result.stdout + result.stderr
        self._database = database

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the database of what was imported."""
        with closing(sqlite3.connect(self._database)) as connection:
            return connection.execute(sql).fetchall()

    def column(self, sql: str) -> list[Any]:
        """The first column of the rows."""
        return [row[0] for row in self.rows(sql)]


@pytest.fixture
def cases(shared: Path) -> Path:
    return shared / "cases"


@pytest.mark.parametrize("name", sorted({*CHAPTERS, *WORDS, *NOTES, *MEMOIRS}))
def test_a_text_is_read_as_it_is(name: str, cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "import" / name)
    chapters = imported.rows("select title, canonical from chapter where edition <> 'guide' order by ordinal")
    if name in CHAPTERS:
        assert [title for title, _ in chapters] == CHAPTERS[name]
    text = "\n".join(imported.column("select text from passage where edition <> 'guide' order by ordinal"))
    for words in WORDS.get(name, []):
        assert words in text
    assert "\ufffd" not in text
    assert "\u00ad" not in text
    if name in NOTES:
        assert imported.column("select text from note where edition <> 'guide' order by position") == NOTES[name]
    if name in MEMOIRS:
        assert [number for _, number in chapters if number] == list(range(1, MEMOIRS[name] + 1))
        assert "chapters of the Memoirs" in imported.said


def test_the_columns_are_read_in_order(cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "import/two_columns_chapter_heading.pdf")
    words = [
        tuple(int(part) for part in word[1:].replace("p", " ").replace("w", " ").split())
        for text in imported.column("select text from passage where edition <> 'guide' order by ordinal")
        for word in text.lower().split()
        if word[0] == "c" and word[1:2].isdigit()
    ]
    assert len(words) > 1_000
    assert all(one < other for one, other in pairwise(words))


def test_every_spelling_is_found(cases: Path, database: Path) -> None:
    Imported(database, cases / "import/ru.epub")
    with Library.open(database) as library:
        for words in SEARCHES:
            answer = library.search.forgiving(f"{words} ")
            assert answer.instead == ""
            assert any(hit.key.startswith("ru-epub") for hit in answer.hits), words


@pytest.mark.parametrize("name", sorted(MENTIONS))
def test_who_is_named(name: str, cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "linking" / name)
    found = imported.rows("select figure, count(*) from mention where edition <> 'guide' group by figure")
    assert dict(found) == MENTIONS[name]
    if name == "glossary-and-index.html":
        names = imported.column("select name from name_suggestion where edition <> 'guide' order by name")
        assert names == ["Ivan Petrovich Belov", "Taras Karpenko"]


def test_one_title_and_two_texts_are_two_editions(cases: Path, database: Path) -> None:
    for name in ("ed1963.epub", "ed2012.epub"):
        assert "replaced" not in Imported(database, cases / "editions" / name).said
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from edition where key <> 'guide'").fetchone()[0] == 2


HIGHLIGHTS: Final = {
    "My Clippings glued.txt": (3, 0),
    "My Clippings same words.txt": (2, 0),
    "My Clippings substring note.txt": (1, 1),
    "hypothesis.json": (4, 3),
    "old-long.lua": (5, 1),
    "readwise_two_notes.csv": (2, 2),
}
"""Annotations, and how many of them have a note."""


@pytest.mark.parametrize("name", sorted(HIGHLIGHTS))
def test_highlights_are_told_by_their_content(name: str, cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "highlights" / name)
    bodies = imported.column("select body from annotation")
    assert (len(bodies), sum(bool(body) for body in bodies)) == HIGHLIGHTS[name]
    assert imported.column("select key from edition where key <> 'guide'") == []


def test_moments_are_those_written_in_the_entries(cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "highlights/My Clippings lang.txt")
    moments = dict(imported.rows("select substr(exact, 1, instr(exact || ' ', ' ') - 1), created_at from annotation"))
    times = {name: moment[11:19] for name, moment in moments.items()}
    assert times | {
        "A1": "01:11:28", "A3": "00:05:00", "A6": "02:32:06", "A7": "21:15:03", "A8": "10:25:27", "A10": "00:07:22",
    } == times  # fmt: skip
    assert "A4" not in moments  # a note in Traditional Chinese, on the words of A5
    assert "A5" in moments


REVIEWS: Final = {
    "review_footnoted_pages.html": ["84", "163"],
    "review_single_quotes.txt": ["84", "119-120", "163", "447"],
}


@pytest.mark.parametrize("name", sorted(REVIEWS))
def test_quotations_of_a_review_have_their_pages(name: str, cases: Path, database: Path) -> None:
    imported = Imported(database, cases / "reviews" / name, "--as", "review")
    assert imported.column("select pages from candidate order by position") == REVIEWS[name]
