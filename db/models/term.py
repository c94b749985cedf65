"""A term of the book: an organisation, a word of the time, or a place; and who belonged where, and how to say names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import vocabulary

if TYPE_CHECKING:
    from db.dates import HistoricalDate
    from db.models.citation import Citation


@dataclass(frozen=True, slots=True)
class TermAlias:
    """Another way to write or call a term. `language` is a two-letter code; `shared` when somebody else has it too."""

    text: str
    language: str
    shared: bool = False


@dataclass(frozen=True, slots=True)
class TermMention:
    """Where a passage has a term: the passage by its ordinal, start and end in characters."""

    passage: int
    start: int
    end: int
    term: str


@dataclass(frozen=True, slots=True)
class Membership:
    """Who belonged to an organisation, from when to when. An unknown end is an unknown date."""

    figure: str
    term: str
    start: HistoricalDate
    end: HistoricalDate
    role: str
    doubt: str

    @property
    def is_unchecked(self) -> bool:
        """Whether it is from general knowledge: nobody opened a source for it."""
        return vocabulary.UNCHECKED in self.doubt

    @property
    def years(self) -> str:
        """The span as shown: "1923–1928", "from 1911", "until 1914", or nothing when neither end is known."""
        if not self.start.is_known:
            return f"until {self.end.short}" if self.end.is_known else ""
        if not self.end.is_known:
            return f"from {self.start.short}"
        return self.start.short if self.start.short == self.end.short else f"{self.start.short}–{self.end.short}"


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """How to say a figure's name: a plain respelling with the stressed syllable in capitals, and the name marked."""

    figure: str
    say: str
    stressed: str


@dataclass(frozen=True, slots=True)
class ContentPage:
    """A page of the study pack that belongs to no chapter, in Markdown."""

    key: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Term:
    """An organisation, a word or a place, whole. Texts are sanitised; an empty string is an unknown."""

    key: str
    kind: str
    name: str
    native_name: str
    one_line: str
    text: str
    start: HistoricalDate
    end: HistoricalDate
    doubt: str
    aliases: tuple[TermAlias, ...] = ()
    chapters: tuple[int, ...] = ()
    chapters_likely: tuple[int, ...] = ()
    members: tuple[Membership, ...] = ()
    citations: tuple[Citation, ...] = ()

    @property
    def years(self) -> str:
        """The years it existed, such as "1917–1922" or "1923", or nothing when they are not known."""
        if not self.start.is_known and not self.end.is_known:
            return ""
        if self.start.short == self.end.short:
            return self.start.short
        return f"{self.start.short}–{self.end.short if self.end.is_known else ''}"
