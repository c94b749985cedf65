"""The page as it looks: one made-up book, so that no correction of the study pack changes a picture."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

from db.book import Block, Book, BookChapter, BookNote, PageMark, Span
from db.models import Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.library import Library

SNOW = (
    "Snow fell on the city for three days and nobody swept it. On the second evening Zinoviev spoke in the old "
    "circus, and those who had come for the warmth stayed for the words; the stoves were cold by nine."
)


def book(title: str, language: str, more: int = 0) -> Book:
    """A chapter with everything that can stand in one."""
    blocks = [
        Block("The Winter", "heading", level=1),
        *(Block(f"A paragraph that only this edition has, number {number}.") for number in range(more)),
        Block(SNOW, spans=[Span(0, 9, "em"), Span(66, 74, "strong")], pages=[PageMark(40, "118")]),
        Block("Who would have thought it?1", "quote", spans=[Span(26, 27, "note", "n1")]),
        Block("The river is frozen,\n    the bridges are drawn", "verse"),
        Block("***", "break"),
        *(Block(f"{SNOW} It was the day number {number}.") for number in range(2, 9)),
    ]
    return Book(title, [BookChapter("The Winter", blocks)], "A. Writer", language, notes=[BookNote("n1", "1", "He.")])


@pytest.fixture
def two_books(library: Library) -> Library:
    for key, more in (("one", 0), ("two", 2)):
        made = book(f"Book {key}", "en", more)
        at = 1 + more
        start = SNOW.index("Zinoviev")
        findings = EditionFindings(mentions=[(at, start, start + 8, "zinoviev", 1.0)])
        library.writer.run(partial(replace_edition, key=key, book=made, digest="", findings=findings))
    return library


@pytest.mark.parametrize(
    ("theme", "size", "keys"),
    [
        ("petrograd", (80, 24), ["v", "v", "v", "H", "g", "right_square_bracket", "l", "enter"]),
        ("samizdat", (160, 20), ["right_square_bracket", "p"]),
        ("petrograd", (120, 24), ["E", "enter"]),
    ],
    ids=["highlight-and-note", "two-columns", "side-by-side"],
)
def test_pictures(
    two_books: Library, snap_compare: Callable[..., bool], theme: str, size: tuple[int, int], keys: list[str]
) -> None:
    two_books.settings.set("theme", theme).result()
    app = SergeApp(two_books, start=ReadAt(Place("one", 1, 0)))
    assert snap_compare(app, press=keys, terminal_size=size)
