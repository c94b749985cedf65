from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from db.errors import SergeError
from db.text import sanitise
from import_scripts.formats.book_file import read_book
from tests.import_scripts.corpus import CASES
from tests.import_scripts.corpus.cases import EITHER, Case
from tests.import_scripts.making import blocks_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.book import Book


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_hostile_files(tmp_path: Path, case: Case) -> None:
    path = tmp_path / (case.name if "." in case.name else f"{case.name}.epub")
    case.make(path)
    try:
        book = read_book(path)
    except SergeError as error:
        sentence = str(error)
        assert case.refused, sentence
        assert re.search(case.refused, sentence)
        assert_is_a_sentence(sentence)
        return
    assert case.refused in {"", EITHER}, "it should have been refused"
    assert_is_sound(book)
    whole = "\n".join(block.text for block in blocks_of(book))
    assert case.text in whole
    if case.absent:
        assert case.absent not in whole
    if case.told:
        assert any(re.search(case.told, line) for line in book.report), book.report


def assert_is_a_sentence(sentence: str) -> None:
    assert sentence.endswith(".")
    assert sentence == sanitise(sentence)
    assert "\n" not in sentence
    assert len(sentence) < 400


def assert_is_sound(book: Book) -> None:
    """Whatever was read keeps every promise of `db.book`."""
    blocks = blocks_of(book)
    keys = {note.key for note in book.notes}
    assert len(keys) == len(book.notes)
    assert book.title == sanitise(book.title)
    assert len(book.report) <= 41
    for line in book.report:
        assert_is_a_sentence(line)
    for chapter in book.chapters:
        assert chapter.blocks
        assert chapter.title == sanitise(chapter.title)
    for block in blocks:
        assert block.text.strip()
        assert block.text == sanitise(block.text)
        for span in block.spans:
            assert 0 <= span.start < span.end <= len(block.text)
            if span.style == "note":
                assert span.target in keys
            elif span.target.startswith("#"):
                passage, offset = map(int, span.target[1:].split(":"))
                assert 0 <= offset <= len(blocks[passage].text)
            else:
                assert not span.target or span.target.startswith(("http://", "https://", "mailto:"))
        for mark in block.pages:
            assert 0 <= mark.offset <= len(block.text)
            assert mark.label == sanitise(mark.label)


def test_what_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(SergeError, match=r"There is no file .*; check the name"):
        read_book(tmp_path / "no.epub")
    with pytest.raises(SergeError, match="is a folder; give a book file"):
        read_book(tmp_path)
