"""Small books to store."""

from __future__ import annotations

from db.book import Block, Book, BookChapter


def book(*chapters: list[str], title: str = "A small book") -> Book:
    """A book of chapters of paragraphs."""
    return Book(
        title,
        [BookChapter(f"Chapter {number}", [Block(text) for text in texts]) for number, texts in enumerate(chapters, 1)],
        language="en",
        format="text",
        source_name="small.txt",
    )
