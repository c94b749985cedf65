"""A person of the book."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.dates import HistoricalDate
    from db.models.citation import Citation


@dataclass(frozen=True, slots=True)
class Alias:
    """Another way to write or call a figure."""

    text: str
    kind: str
    shared: bool


@dataclass(frozen=True, slots=True)
class FigureName:
    """What the finder and the lists need of a figure, all of them at once: names, years, how often named."""

    key: str
    name: str
    sort_name: str
    native_name: str
    one_line: str
    born: HistoricalDate
    died: HistoricalDate
    aliases: tuple[Alias, ...]
    mentions: int = 0

    def years(self, *, sealed: bool) -> str:
        """Life span as shown in lists; `sealed` hides the end."""
        if not sealed and not self.born.is_known and not self.died.is_known:
            return "?"
        return f"{self.born.short}–{'▒▒▒▒' if sealed else self.died.short}"


@dataclass(frozen=True, slots=True)
class FigureTraits:
    """What lists narrow figures by; `chapters` holds the likely ones too."""

    movements: tuple[str, ...]
    nationalities: tuple[str, ...]
    fate: str
    chapters: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """How one figure is related to another: `other` is this figure's `kind`."""

    other: str
    other_name: str
    kind: str
    note: str


@dataclass(frozen=True)
class Figure:
    """A person of the book, whole. Texts are sanitised; an empty string is an unknown."""

    key: str
    name: str
    sort_name: str
    native_name: str
    sex: str
    one_line: str
    life: str
    serge: str
    doubt: str
    in_memoirs: str
    confidence: str
    born: HistoricalDate
    born_place: str
    born_doubt: str
    died: HistoricalDate
    died_place: str
    died_doubt: str
    fate: str
    fate_text: str
    roles: tuple[str, ...] = ()
    nationalities: tuple[str, ...] = ()
    movements: tuple[str, ...] = ()
    chapters: tuple[int, ...] = ()
    chapters_likely: tuple[int, ...] = ()
    aliases: tuple[Alias, ...] = ()
    ties: tuple[Tie, ...] = ()
    citations: tuple[Citation, ...] = ()

    @cached_property
    def surname(self) -> str:
        """What a text most often calls them: the part of the sorted name before the comma."""
        return self.sort_name.partition(",")[0]

    def years(self, *, sealed: bool) -> str:
        """Life span as shown on a card; `sealed` hides the end."""
        if not sealed and not self.born.is_known and not self.died.is_known:
            return "?"
        return f"{self.born.short}–{'▒▒▒▒' if sealed else self.died.short}"
