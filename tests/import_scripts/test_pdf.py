from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from import_scripts.formats.book_file import read_book
from tests.import_scripts.making import blocks_of, styled
from tests.import_scripts.making_pdf import Set, column, make_pdf

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book

FULL = "Nobody in the city had been warm for as long as anybody could remember it,"
LINES = [FULL, FULL, FULL]


def texts(book: Book) -> list[str]:
    return [block.text for block in blocks_of(book)]


def labels(book: Book) -> list[str]:
    return [mark.label for block in blocks_of(book) for mark in block.pages]


def test_lines_are_joined_and_divided_words_put_together(tmp_path: Path) -> None:
    lines = [
        "He had come to the revolu-", "tion from the anarcho-syndi-", "calists of Barcelona; the anarcho-",
        "syndicalists, and the anarcho-syndicalists alone,", "  had taught him. A new one.",
    ]  # fmt: skip
    book = read_book(make_pdf(tmp_path / "book.pdf", [column(lines)], title="A Book"))
    assert book.title == "A Book"
    first, second = texts(book)
    assert first == (
        "He had come to the revolution from the anarcho-syndicalists of Barcelona; the anarcho-syndicalists, and the "
        "anarcho-syndicalists alone,"
    )
    assert second == "had taught him. A new one."


def test_paragraphs_are_told_by_indent_gap_and_short_lines(tmp_path: Path) -> None:
    page = [
        *column(["   One begins " + FULL[:50], FULL, "and ends.", "   Two begins " + FULL[:50], FULL]),
        *column([FULL, "short end.", FULL, FULL], top=400),
    ]
    book = read_book(make_pdf(tmp_path / "book.pdf", [page]))
    assert [text.split()[0] for text in texts(book)] == ["One", "Two", "Nobody", "Nobody"]


def test_a_paragraph_goes_on_over_the_page(tmp_path: Path) -> None:
    pages = [column([FULL, FULL, "and this went"]), column(["on over the page.", FULL])]
    first, _ = texts(read_book(make_pdf(tmp_path / "book.pdf", pages)))
    assert first.endswith("and this went on over the page.")


def test_running_heads_and_printed_numbers_become_page_marks(tmp_path: Path) -> None:
    pages = [
        [Set(50, 560, f"{number} THE YEARS OF RESISTANCE"), *column([f"Page {number} begins. {FULL[:40]}", FULL])]
        if number % 2
        else [
            Set(150, 560, "Memoirs"),
            Set(210, 30, str(number)),
            *column([f"Page {number} begins. {FULL[:40]}", FULL]),
        ]
        for number in range(283, 293)
    ]
    book = read_book(make_pdf(tmp_path / "book.pdf", pages))
    whole = " ".join(texts(book))
    assert "RESISTANCE" not in whole
    assert "Memoirs" not in whole
    assert labels(book) == [str(number) for number in range(283, 293)]
    for block in blocks_of(book):
        for mark in block.pages:
            assert block.text[mark.offset :].startswith(f"Page {mark.label} begins")


def test_page_labels_of_the_file_are_kept(tmp_path: Path) -> None:
    pages = [column([f"Text of page {number}. {FULL[:40]}", FULL]) for number in range(4)]
    book = read_book(make_pdf(tmp_path / "book.pdf", pages, labels="[0 << /S /r >> 2 << /S /D /St 1 >>]"))
    assert labels(book) == ["i", "ii", "1", "2"]


def test_labels_that_only_count_the_file_are_no_pages(tmp_path: Path) -> None:
    pages = [column([f"Text of page {number}. {FULL[:40]}", FULL]) for number in range(4)]
    assert labels(read_book(make_pdf(tmp_path / "book.pdf", pages, labels="[0 << /S /D >>]"))) == []


def test_two_columns_are_read_one_after_the_other(tmp_path: Path) -> None:
    left = [f"left {number} of the column" for number in range(8)]
    right = [f"right {number} of the column" for number in range(8)]
    page = [Set(120, 540, "A heading across both columns", 18), *column(left), *column(right, x=230)]
    book = read_book(make_pdf(tmp_path / "book.pdf", [page]))
    words = " ".join(texts(book)).split()
    assert texts(book)[0] == "A heading across both columns"
    order = [f"{words[index]} {words[index + 1]}" for index in range(len(words)) if words[index] in {"left", "right"}]
    assert order == [f"{side} {number}" for side in ("left", "right") for number in range(8)]


def test_bookmarks_make_chapters_and_large_type_headings(tmp_path: Path) -> None:
    pages = [
        [Set(100, 520, "One World", 18), *column(LINES, top=460)],
        column(LINES),
        [Set(100, 520, "Two Worlds", 18), *column(LINES, top=460)],
    ]
    book = read_book(make_pdf(tmp_path / "book.pdf", pages, outline=[("One World", 0), ("Two Worlds", 2)]))
    assert [(chapter.title, chapter.blocks[0].kind) for chapter in book.chapters] == [
        ("One World", "heading"),
        ("Two Worlds", "heading"),
    ]
    without = read_book(make_pdf(tmp_path / "other.pdf", pages))
    assert [chapter.title for chapter in without.chapters] == ["One World", "Two Worlds"]


def test_chapter_words_make_chapters_where_type_does_not(tmp_path: Path) -> None:
    pages = [
        [*column([f"CHAPTER {number}"], top=520), *column([*LINES, FULL.replace(",", ".")] * 3, top=480)]
        for number in ("I", "II", "III")
    ]
    book = read_book(make_pdf(tmp_path / "book.pdf", pages))
    assert [chapter.title for chapter in book.chapters] == ["CHAPTER I", "CHAPTER II", "CHAPTER III"]


def test_emphasis_and_footnotes(tmp_path: Path) -> None:
    page = [
        Set(50, 500, "He read"),
        Set(86, 500, "Pravda", font=1),
        Set(117, 500, "and left"),
        Set(150, 504, "1", 6),
        *column(LINES, top=488),
        *column(["1. The paper of the", "Bolsheviks."], top=80, leading=9, size=7.5),
    ]
    book = read_book(make_pdf(tmp_path / "book.pdf", [page]))
    first = blocks_of(book)[0]
    assert styled(first)[:2] == [("em", "Pravda", ""), ("note", "1", "n1")]
    assert [(note.label, note.text) for note in book.notes] == [("1", "The paper of the Bolsheviks.")]
    assert "Bolsheviks" not in " ".join(texts(book))


def test_a_scan_without_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"has no text layer.*\(OCR\)"):
        read_book(make_pdf(tmp_path / "book.pdf", [[], []]))


def test_pages_without_text_are_told(tmp_path: Path) -> None:
    book = read_book(make_pdf(tmp_path / "book.pdf", [column(LINES), [], [], []]))
    assert book.report == ["3 of 4 pages have no text; they are pictures or blank."]


def test_a_cut_off_pdf_is_read_as_far_as_it_goes_or_refused(tmp_path: Path) -> None:
    path = make_pdf(tmp_path / "book.pdf", [column(LINES) for _ in range(5)])
    path.write_bytes(path.read_bytes()[:-900])
    try:
        book = read_book(path)
    except SergeError as error:
        assert "damaged or cut off" in str(error)  # noqa: PT017  # it may also be read
    else:
        assert texts(book)


def test_what_only_begins_like_a_pdf_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"nothing " * 100)
    with pytest.raises(SergeError, match="damaged or cut off"):
        read_book(path)


def test_progress_rises(tmp_path: Path) -> None:
    seen: list[float] = []
    read_book(make_pdf(tmp_path / "book.pdf", [column(LINES) for _ in range(25)]), progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


def test_a_drop_cap_opens_its_first_line(tmp_path: Path) -> None:
    lines = ["he snow fell on the town for three days and", "nobody cleared it from the quays; the printer"]
    rest = [
        "rode by in a sledge with two horses before him on the",
        "way to the meeting, and the bread was gone by then.",
    ]
    page = [
        Set(50, 479, "T", size=34), Set(74, 492, lines[0]), Set(74, 480, lines[1]), Set(50, 468, rest[0]),
        Set(50, 456, rest[1]),
    ]  # fmt: skip
    (block,) = blocks_of(read_book(make_pdf(tmp_path / "a.pdf", [page])))
    assert block.text == " ".join([f"T{lines[0]}", lines[1], *rest])


def test_a_heading_in_one_of_two_columns_is_no_line_with_the_other(tmp_path: Path) -> None:
    left = [f"left column line {number} of the page" for number in range(20)]
    right = [f"right column line {number} of it here" for number in range(24)]
    page = [Set(50, 506, "Chapter 2", size=16), *column(left, top=480), *column(right, x=225, top=512)]
    first = column([f"An opening line {number} that is long enough to fill" for number in range(20)])
    book = read_book(make_pdf(tmp_path / "a.pdf", [[Set(50, 530, "Chapter 1", size=16), *first], page]))
    assert [chapter.title for chapter in book.chapters] == ["Chapter 1", "Chapter 2"]
    whole = " ".join(block.text for block in book.chapters[1].blocks)
    assert whole.index("left column line 19") < whole.index("right column line 0") < whole.index("right column line 23")


def test_running_heads_of_a_short_file(tmp_path: Path) -> None:
    body = column([f"Line {number} of a page goes on to the end of the measure" for number in range(30)], top=480)
    pages = [
        [Set(150, 520, "The Years of Captivity", size=18), *body], [Set(120, 570, "MEMOIRS OF SOMEBODY"), *body],
        [Set(120, 570, "THE YEARS OF CAPTIVITY"), *body], [Set(120, 570, "MEMOIRS OF SOMEBODY"), *body],
    ]  # fmt: skip
    whole = " ".join(block.text for block in blocks_of(read_book(make_pdf(tmp_path / "a.pdf", pages))))
    assert "MEMOIRS OF SOMEBODY" not in whole
    assert "THE YEARS OF CAPTIVITY" not in whole
    assert "The Years of Captivity" in whole


def test_a_hyphen_at_a_lines_end_is_kept_where_the_book_has_it(tmp_path: Path) -> None:
    lines = [
        "The street was semi-",
        "dark, and the Commit-",
        "tee met in the semi-dark hall of the anti-",
        "fascist union.",
    ]
    (block,) = blocks_of(read_book(make_pdf(tmp_path / "a.pdf", [column(lines)])))
    assert "semi-dark, and the Committee met" in block.text
