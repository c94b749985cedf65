from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.numerals import number_of
from import_scripts.formats.book_file import read_book
from import_scripts.formats.headings import CHAPTER, PART, SECTION, chapter_number, find_headings, without_number
from import_scripts.formats.text import chunks_of, read_text
from tests.import_scripts.making import blocks_of, styled

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book

PROSE = "It was the autumn of the year and nobody in the city had been warm for as long as anybody could remember it.\n"
PARAGRAPH = PROSE * 3


def read_string(tmp_path: Path, text: str, encoding: str = "utf-8") -> Book:
    path = tmp_path / "book.txt"
    path.write_bytes(text.encode(encoding))
    return read_text(path)


def ranks(text: str, *known: str) -> list[tuple[str, int]]:
    found = find_headings(chunks_of(text.split("\n")), known)
    return [(heading.title, heading.rank) for heading in found.values()]


# --- numbers and headings --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "number"),
    [("4", 4), ("IV.", 4), ("xliv", 44), ("four", 4), ("Quatrième", 4), ("Четвёртая", 4), ("zwölf", 12), ("IIII", None),
     ("", None), ("i.e.", None), ("12345", None), ("vivid", None)],
)  # fmt: skip
def test_numbers_in_digits_roman_and_words(text: str, number: int | None) -> None:
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("title", "number", "rest"),
    [
        ("CHAPTER IV", 4, ""),
        ("Chapter Four: Danger from Within", 4, "danger from within"),
        ("4. Danger from Within", 4, "Danger from Within"),
        ("IV — Le péril est en nous", 4, "Le péril est en nous"),
        ("Chapitre premier", 1, ""),
        ("Viertes Kapitel", 4, ""),
        ("Глава четвёртая. Опасность", 4, "опасность"),
        ("Capítulo 10", 10, ""),
        ("IV", 4, ""),
        ("Danger from Within", None, "Danger from Within"),
        ("Part Two", None, ""),
        ("1905 and after", None, "1905 and after"),
    ],
)
def test_number_and_title_of_a_heading(title: str, number: int | None, rest: str) -> None:
    assert chapter_number(title) == number
    assert without_number(title) == rest


def test_chapter_words_with_numbers_and_titles() -> None:
    text = f"PART ONE\n\n\nChapter I\n\nBackground\n\n\n{PARAGRAPH}\n\nChapter II.\nThe Storm\n\n{PARAGRAPH}\n"
    assert ranks(text) == [("PART ONE", PART), ("Chapter I: Background", CHAPTER), ("Chapter II. The Storm", CHAPTER)]


@pytest.mark.parametrize(
    "line",
    [
        "Chapter four of the party's history was written that year by men who",
        "Part of the army went over.",
        "First letter from my father, in which he said",
        "Second letter arrived today.",
        "Book two was never finished,",
        "I. said nothing.",
    ],
)
def test_sentences_that_begin_like_a_heading_are_none(line: str) -> None:
    assert ranks(f"{PARAGRAPH}\n{line}\n\n{PARAGRAPH}") == []


def test_a_list_of_contents_is_not_taken_for_chapters() -> None:
    contents = "CONTENTS\n\nChapter 1. One\n\nChapter 2. Two\n\n\n"
    text = f"{contents}Chapter 1. One\n\n{PARAGRAPH}\n\nChapter 2. Two\n\n{PARAGRAPH}"
    assert [title for title, _ in ranks(text)] == ["CONTENTS", "Chapter 1. One", "Chapter 2. Two"]


def test_numbers_that_count_up_are_chapters_and_a_short_list_is_not() -> None:
    chapters = "".join(f"{numeral}\n\n{PARAGRAPH}\n\n" for numeral in ("I", "II", "III"))
    assert ranks(chapters) == [("I", CHAPTER), ("II", CHAPTER), ("III", CHAPTER)]
    titled = "".join(f"{number}. Title {number}\n\n{PARAGRAPH}\n\n" for number in (1, 2, 3))
    assert [title for title, _ in ranks(titled)] == ["1. Title 1", "2. Title 2", "3. Title 3"]
    assert ranks(f"{PARAGRAPH}\n1. One thing\n\n2. Another\n\n{PARAGRAPH}") == []


def test_known_titles_are_found_without_any_number() -> None:
    text = f"{PARAGRAPH}\nLe péril est en nous\n\n{PARAGRAPH}"
    assert ranks(text) == []
    assert ranks(text, "Le Peril est en nous") == [("Le péril est en nous", CHAPTER)]


def test_lines_that_stand_apart_are_chapters_and_smaller_gaps_sections() -> None:
    text = f"{PARAGRAPH}\n\n\n\nTHE TRADE UNIONS\n\n{PARAGRAPH}\n\nSources\n\n{PARAGRAPH}\n{PARAGRAPH}"
    assert ranks(text) == [("THE TRADE UNIONS", CHAPTER), ("Sources", SECTION)]


# --- the text --------------------------------------------------------------------------------------------------------


def test_wrapped_lines_are_joined_and_emphasis_becomes_spans(tmp_path: Path) -> None:
    (block,) = blocks_of(
        read_string(tmp_path, "He read _Novaya\nZhizn_ and a_name_here in =bold= type,\r\nand left.\n")
    )
    assert block.text == "He read Novaya Zhizn and a_name_here in bold type, and left."
    assert styled(block) == [("em", "Novaya Zhizn", ""), ("strong", "bold", "")]


@pytest.mark.parametrize("text", ["an _odd number of marks", "fill in: ______ here", "a=b and c=d", "x _ y _ z"])
def test_signs_that_mark_nothing_stay(tmp_path: Path, text: str) -> None:
    (block,) = blocks_of(read_string(tmp_path, text))
    assert (block.text, block.spans) == (text, [])


def test_verse_figures_breaks_and_tables(tmp_path: Path) -> None:
    text = (
        f"{PARAGRAPH}\n    You fell in the fight\n      for liberty\n\n*   *   *\n\n[Illustration: A barricade]\n\n"
        f"1917     2\n1918     3\n\n{PARAGRAPH}"
    )
    book = read_string(tmp_path, text)
    assert [(block.kind, block.text) for block in blocks_of(book)[1:-1]] == [
        ("verse", "You fell in the fight\n  for liberty"),
        ("break", "* * *"),
        ("figure", "A barricade"),
        ("table", "1917     2\n1918     3"),
    ]


def test_signatures_stand_apart_and_drawn_tables_are_tables(tmp_path: Path) -> None:
    signed = PROSE * 3 + " " * 40 + "V. ULIANOV (LENIN)."
    drawn = "  +------+-----+\n  | Year | Dead|\n  +------+-----+\n  | 1918 | many|"
    blocks = blocks_of(read_string(tmp_path, f"{PARAGRAPH}\n{signed}\n\n{drawn}\n\n{PARAGRAPH}"))
    assert [block.kind for block in blocks] == ["paragraph", "paragraph", "paragraph", "table", "paragraph"]
    assert blocks[2].text == "V. ULIANOV (LENIN)."
    assert blocks[3].text.startswith("+------+-----+\n| Year | Dead|\n")


def test_notes_are_tied_to_their_place(tmp_path: Path) -> None:
    text = f"One[1] and two[2].\n\n[1] First.\n\n[2] Second, with\nmore.\n\n{PARAGRAPH}\nAgain[1].\n\n[1] Third.\n"
    book = read_string(tmp_path, text)
    assert [(note.label, note.text) for note in book.notes] == [
        ("1", "First."),
        ("2", "Second, with more."),
        ("1", "Third."),
    ]
    blocks = blocks_of(book)
    assert styled(blocks[0]) == [("note", "[1]", "n1"), ("note", "[2]", "n2")]
    assert styled(blocks[-1]) == [("note", "[1]", "n3")]
    assert len(blocks) == 3


def test_page_numbers_in_brackets_become_marks(tmp_path: Path) -> None:
    book = read_string(tmp_path, "One [Pg 3] two.\n\n[Pg 4]\nThree.\n\nFour {5} five.\n")
    assert [block.text for block in blocks_of(book)] == ["One two.", "Three.", "Four five."]
    assert [mark.label for block in blocks_of(book) for mark in block.pages] == ["3", "4", "5"]


def test_a_paragraph_a_line_and_indented_paragraphs(tmp_path: Path) -> None:
    long = PROSE.strip() * 2
    assert len(blocks_of(read_string(tmp_path, f"{long}\n{long}\n{long}\n"))) == 3
    indented = "".join("    " + PROSE + PROSE for _ in range(30))
    assert len(blocks_of(read_string(tmp_path, indented))) == 30


def test_the_wrapper_of_a_library_is_taken_off(tmp_path: Path) -> None:
    text = (
        "The Project Gutenberg EBook of X\n\nTitle: The Year One\n\nAuthor: Somebody\n\nLanguage: French\n\n"
        "*** START OF THIS PROJECT GUTENBERG EBOOK X ***\n\nProduced by A and\nB\n\n\nThe text.\n\n"
        "End of Project Gutenberg's X\n\n*** END OF THIS PROJECT GUTENBERG EBOOK X ***\n\nlicence\n"
    )
    book = read_string(tmp_path, text)
    assert (book.title, book.author, book.language) == ("The Year One", "Somebody", "fr")
    assert [block.text for block in blocks_of(book)] == ["The text."]


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        (
            "Les années de résistance, dit-il, « déjà » perdues. ",
            ["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le"],
        ),
        ("Воспоминания революционера: годы сопротивления и борьбы. ", ["utf-8", "cp1251", "koi8-r", "utf-16", "cp866"]),
        ("Los años de resistencia; él volvió mañana a España. ", ["utf-8", "cp1252", "utf-16-be"]),
        ("Die Jahre des Widerstands; er fühlte sich müde, größer. ", ["cp1252", "utf-32"]),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, text: str, encodings: list[str]) -> None:
    for encoding in encodings:
        (block,) = blocks_of(read_string(tmp_path, text * 40 + "\n", encoding))
        assert block.text.startswith(text.strip()), encoding


def test_a_few_stray_bytes_do_not_change_the_encoding(tmp_path: Path) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes("Les années de résistance. ".encode() * 50 + b"\xff\xe9 fin.\n")
    book = read_text(path)
    assert blocks_of(book)[0].text.startswith("Les années")
    assert blocks_of(book)[0].text.endswith("ÿé fin.")
    assert book.report == ["book.txt is UTF-8; 2 stray bytes were read as Windows-1252."]


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500, b"\x7fELF\x02\x01" + bytes(600)])
def test_what_is_no_text_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "book.txt"
    path.write_bytes(data)
    with pytest.raises(SergeError, match=r"book\.txt"):
        read_book(path)


def test_text_of_blanks_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"contains no .*text"):
        read_string(tmp_path, " \n\n \t\n")


@pytest.mark.shared
@pytest.mark.parametrize("encoding", ["ascii", "latin1", "utf8"])
def test_a_real_book_in_three_encodings(samples: Path, encoding: str) -> None:
    book = read_text(samples / "books" / f"reed_ten_days_{encoding}.txt")
    assert (book.title, book.author, book.language) == ("Ten Days That Shook the World", "John Reed", "en")
    titles = [chapter.title for chapter in book.chapters]
    assert titles[2:5] == ["Preface", "Notes and Explanations", "Chapter I: Background"]
    assert titles[-13] == (
        "Chapter XII: The Peasants’ Congress" if encoding == "utf8" else "Chapter XII: The Peasants' Congress"
    )
    assert len(titles) == 28
    assert len(book.notes) == 17
    assert sum(1 for block in blocks_of(book) if block.kind == "figure") == 17
    assert len(book.report) == (encoding == "latin1")  # which names the encoding


@pytest.mark.shared
def test_a_real_book_without_chapter_numbers(samples: Path) -> None:
    book = read_text(samples / "books" / "ransome_crisis_in_russia.txt")
    titles = [chapter.title for chapter in book.chapters]
    assert (titles[1], titles[3], titles[-1]) == ("INTRODUCTION", "THE SHORTAGE OF THINGS", "POSSIBILITIES")
    assert len(titles) == 15
    assert len(book.notes) == 4
