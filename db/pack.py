"""The study pack as records, as `import_scripts.pack` reads them from the content files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.book import Book
    from db.models import (
        CanonicalChapter,
        ContentPage,
        Event,
        Figure,
        Membership,
        Pronunciation,
        Publication,
        Quotation,
        Term,
    )


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography."""

    key: str
    author: str
    title: str
    publisher: str
    year: str
    kind: str
    trust: str
    note: str
    url: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """A citation: record, field, source, and locator in the source."""

    record: str
    field: str
    source: str
    locator: str


@dataclass(frozen=True, slots=True)
class Work:
    """One of Serge's own books."""

    key: str
    title: str
    title_original: str
    language: str
    written: str
    published: str
    kind: str
    text: str
    doubt: str


@dataclass(frozen=True, slots=True)
class ReceptionPoint:
    """A point that reviewers praise, criticise or dispute."""

    key: str
    stance: str
    topic: str
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A piece of front or back matter of the 2012 edition."""

    key: str
    title: str
    by: str
    place: str
    pages: str
    note: str


@dataclass(slots=True)
class Pack:
    """The whole study pack, read and checked. `stamp` identifies the state of its files."""

    stamp: str
    sources: list[Source] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    memberships: list[Membership] = field(default_factory=list)
    pronunciations: list[Pronunciation] = field(default_factory=list)
    pages: list[ContentPage] = field(default_factory=list)
    quotations: list[Quotation] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    chapters: list[CanonicalChapter] = field(default_factory=list)
    publications: list[Publication] = field(default_factory=list)
    works: list[Work] = field(default_factory=list)
    reception: list[ReceptionPoint] = field(default_factory=list)
    matter: list[Matter] = field(default_factory=list)
    ratings: list[tuple[str, str]] = field(default_factory=list)
    pointers: list[Pointer] = field(default_factory=list)
    guide: Book | None = None
