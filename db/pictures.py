"""The pictures of imported texts: kept as they are in the file, shown by the reader's own viewer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from db.book import Book

_SIGNATURES: Final = (
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("jpg", 0, b"\xff\xd8\xff"),
    ("gif", 0, b"GIF87a"),
    ("gif", 0, b"GIF89a"),
    ("webp", 8, b"WEBP"),
)
_RIFF: Final = b"RIFF"


def raster_suffix(data: bytes) -> str:
    """Return the suffix for a picture made of dots, told by its first bytes; empty for anything else.

    Drawings of lines (SVG) are programs of a kind: they are never kept or shown.
    """
    for suffix, offset, signature in _SIGNATURES:
        if data.startswith(signature, offset) and (not offset or data.startswith(_RIFF)):
            return suffix
    return ""


class Pictures:
    """Pictures of passages."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def passages(self, edition: str, first: int, last: int) -> list[int]:
        """Return which passages from `first` to `last` inclusive have pictures, in order."""
        rows = self._reader().execute(
            "select distinct passage from picture_place where edition = ? and passage between ? and ? order by passage",
            [edition, first, last],
        )
        return [int(passage) for (passage,) in rows]

    def of_passage(self, edition: str, passage: int) -> list[bytes]:
        """Return the pictures of a passage, in order."""
        rows = self._reader().execute(
            "select p.data from picture_place at join picture p on p.edition = at.edition and p.number = at.picture"
            " where at.edition = ? and at.passage = ? order by at.position",
            [edition, passage],
        )
        return [bytes(data) for (data,) in rows]


def insert_pictures(connection: sqlite3.Connection, key: str, book: Book) -> None:
    """Store the pictures of a book's passages with an edition."""
    numbers: dict[str, int] = {}
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    for ordinal, block in enumerate(blocks):
        for position, name in enumerate(name for name in block.pictures if name in book.pictures):
            if name not in numbers:
                numbers[name] = len(numbers)
                connection.execute("insert into picture values (?, ?, ?)", [key, numbers[name], book.pictures[name]])
            connection.execute("insert into picture_place values (?, ?, ?, ?)", [key, ordinal, position, numbers[name]])
