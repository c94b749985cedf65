"""Texts: editions, chapters, passages, notes and printed pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.book import IMPORTER_VERSION
from db.models.keys import GUIDE_EDITION

if TYPE_CHECKING:
    from db.book import PassageKind, Span


@dataclass(frozen=True, slots=True)
class Edition:
    """A text that can be read: the guide, or an imported book."""

    key: str
    title: str
    author: str
    language: str
    format: str
    source_name: str
    imported_at: str
    words: int
    report: tuple[str, ...]
    importer: int = IMPORTER_VERSION
    """Version of the importer that read the file."""

    @property
    def is_from_older_importer(self) -> bool:
        """Return whether the file would be read otherwise, and better, today."""
        return not self.is_guide and self.importer < IMPORTER_VERSION

    @property
    def is_guide(self) -> bool:
        """Return whether this is the guide of the study pack."""
        return self.key == GUIDE_EDITION


@dataclass(frozen=True, slots=True)
class TextSummary:
    """A text in the library: how many of its chapters are ones of the Memoirs, how much was read, how many notes."""

    edition: Edition
    recognised: int
    share_read: float
    annotations: int


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter of an edition. `ordinal` counts from 0 within the edition; `canonical` is 1 to 10 where recognised."""

    edition: str
    ordinal: int
    title: str
    level: int
    canonical: int | None
    first_passage: int
    passages: int
    words: int
    characters: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph, heading or stanza; its `ordinal`, from 0 within the edition, and an offset make a place."""

    edition: str
    ordinal: int
    chapter: int
    kind: PassageKind
    level: int
    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote or endnote of an edition."""

    edition: str
    key: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class PageLabel:
    """The beginning of a printed page in an edition."""

    passage: int
    offset: int
    label: str
