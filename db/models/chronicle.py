"""Events, the ten chapters, printed editions, and counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.dates import HistoricalDate


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, in Serge's life or in the history around it."""

    key: str
    date: HistoricalDate
    kind: str
    place: str
    text: str
    chapter: int | None
    doubt: str
    people: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class CanonicalChapter:
    """One of the ten chapters of the Memoirs, as the study pack knows it."""

    number: int
    title: str
    title_basis: str
    year_from: str
    year_to: str
    page_start: int | None
    page_start_basis: str
    page_end: int | None
    page_end_basis: str
    places: tuple[str, ...]
    titles: tuple[tuple[str, str, str], ...] = ()
    """Titles in other languages: language, title, how it is known."""

    @property
    def years(self) -> str:
        """Return the years covered, such as `1920–1921`, as far as known."""
        if not self.year_from and not self.year_to:
            return ""
        return self.year_from if self.year_from == self.year_to else f"{self.year_from}–{self.year_to}"


@dataclass(frozen=True, slots=True)
class Publication:
    """An edition of the Memoirs in print."""

    key: str
    year: str
    title: str
    language: str
    publisher: str
    place: str
    translator: str
    editor: str
    pages: str
    isbn: str
    cut_or_restored: str
    doubt: str


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts of everything, for Today and for `serge doctor`."""

    figures: int = 0
    quotations: int = 0
    events: int = 0
    chapters: int = 0
    editions: int = 0
    annotations: int = 0
    reviews: int = 0
    orphans: int = 0
    extra: dict[str, int] = field(default_factory=dict)
