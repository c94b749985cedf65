"""Rebuild the neutral book of a stored edition, to link it against a new study pack."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from db.book import Block, Book, BookChapter, Span

if TYPE_CHECKING:
    import sqlite3


def book_of(connection: sqlite3.Connection, key: str) -> Book:
    """Return an edition's chapters with their passages, without notes and page marks.

    Raises LookupError if there is no such edition.
    """
    row = connection.execute("select title, author, language, format from edition where key = ?", [key]).fetchone()
    if row is None:
        raise LookupError(key)
    book = Book(row["title"], [], row["author"], row["language"], row["format"])
    for chapter in connection.execute(
        "select title, level, canonical from chapter where edition = ? order by ordinal", [key]
    ):
        book.chapters.append(BookChapter(chapter["title"], [], chapter["level"], chapter["canonical"]))
    for passage in connection.execute(
        "select chapter, kind, level, text, spans from passage where edition = ? order by ordinal", [key]
    ):
        spans = [Span(*span) for span in json.loads(passage["spans"])]
        block = Block(passage["text"], passage["kind"], spans, level=passage["level"])
        book.chapters[passage["chapter"]].blocks.append(block)
    return book
