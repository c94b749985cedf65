"""The neutral form of a text: every importer returns it and the database stores it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

PassageKind: TypeAlias = Literal["paragraph", "heading", "quote", "verse", "letter", "list", "table", "figure", "break"]
SpanStyle: TypeAlias = Literal["em", "strong", "smallcaps", "super", "sub", "link", "note"]


IMPORTER_VERSION: Final = 1
"""Version of the importers, stored with each text: raised when a file is cut into passages or chapters otherwise than
before, so that the library offers to import texts again that an older one read."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage, in character offsets: its style, or its link.

    `target` is empty for a style, a note's key for `note`, and for `link` either a stable key (`figure:trotsky`), a
    place inside the book (`#12:340`, passage and offset) or an address, which is shown but never opened.
    """

    start: int
    end: int
    style: SpanStyle
    target: str = ""


@dataclass(frozen=True, slots=True)
class PageMark:
    """The beginning of a printed page, as a character offset in its passage."""

    offset: int
    label: str


@dataclass(slots=True)
class Block:
    """One passage: a paragraph, a heading, a stanza. `text` is sanitised; a verse keeps its line ends."""

    text: str
    kind: PassageKind = "paragraph"
    spans: list[Span] = field(default_factory=list)
    pages: list[PageMark] = field(default_factory=list)
    level: int = 0
    pictures: list[str] = field(default_factory=list)
    """The names in `Book.pictures` of what it describes or is the caption of; some may not be there."""


@dataclass(slots=True)
class BookNote:
    """A footnote or endnote; spans of style `note` point to its key."""

    key: str
    label: str
    text: str


@dataclass(slots=True)
class BookChapter:
    """A chapter in reading order. `canonical` is the chapter of the Memoirs it was recognised as, 1 to 10."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    level: int = 1
    canonical: int | None = None


@dataclass(slots=True)
class Book:
    """A whole text, ready to be stored.

    `source_name` is the file's name without its folder; `report` has a sentence for everything that could not be read.
    """

    title: str
    chapters: list[BookChapter]
    author: str = ""
    language: str = ""
    format: str = ""
    source_name: str = ""
    identifier: str = ""
    notes: list[BookNote] = field(default_factory=list)
    report: list[str] = field(default_factory=list)
    pictures: dict[str, bytes] = field(default_factory=dict)
    """Pictures of its passages, by their names in the file."""

    @property
    def words(self) -> int:
        """Count the words, without notes."""
        return sum(len(block.text.split()) for chapter in self.chapters for block in chapter.blocks)

    @property
    def texts(self) -> list[str]:
        """Return the text of every passage; its index in the list is its ordinal."""
        return [block.text for chapter in self.chapters for block in chapter.blocks]

    @property
    def chapter_starts(self) -> list[tuple[int, int | None]]:
        """Return the first passage of each chapter, with the chapter of the Memoirs it was recognised as."""
        starts, first = [], 0
        for chapter in self.chapters:
            starts.append((first, chapter.canonical))
            first += len(chapter.blocks)
        return starts
