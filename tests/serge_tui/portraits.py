"""A small text with four portraits in it, as a search would have stored them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter
from db.found_store import ChapterFindings, begin_search, found_key, store_chapter
from db.models.found_text import Found
from db.store import EditionFindings, replace_edition

if TYPE_CHECKING:
    from db.library import Library

TEXTS = (
    ("Ivan Markov", "", "Ivan Markov, the old printer, squinted at the lamp with tired, gentle eyes.", 0.7),
    ("Leon Trotsky", "trotsky", "Trotsky was the tall, proud man with a pale face and keen eyes.", 0.95),
    ("Peter Orlov", "", "Orlov, stout and jovial, sat on a tiger skin and laughed at the world.", 0.8),
    ("Leon Trotsky", "trotsky", "Trotsky died as he had lived, the proud face calm, his eyes open.", 0.6),
)


def drawn_people(library: Library) -> str:
    """Store the text, two paragraphs a chapter, with its portraits; return its key."""
    key = "drawn"
    chapters = [
        BookChapter("The first chapter", [Block(text) for _, _, text, _ in TEXTS[:2]]),
        BookChapter("The second chapter", [Block(text) for _, _, text, _ in TEXTS[2:]]),
    ]
    book = Book("Drawn people", chapters, language="en")
    library.writer.run(lambda c: replace_edition(c, key, book, "", EditionFindings()))
    found = [
        Found(
            key, "portrait", at, 0, at, len(text), (at, 0, at, len(text)), at // 2, found_key("portrait", text), text,
            text, figure, name, "", "full", score, True, False,
        )
        for at, (name, figure, text, score) in enumerate(TEXTS)
    ]  # fmt: skip
    library.writer.run(lambda c: begin_search(c, key, "en", "v1", 2))
    for number in (0, 1):
        part = ChapterFindings([one for one in found if one.chapter == number])
        library.writer.run(lambda c, n=number, p=part: store_chapter(c, key, "v1", n, p))  # type: ignore[misc]
    return key
