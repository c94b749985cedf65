"""Uncertain names, and the reader's decisions on them."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class UncertainMention:
    """A stretch of a passage that may name somebody: the candidates with their confidence (0 to 1), the best first.

    `surface` is the name as written; `reason` says in a few words why it is uncertain.
    """

    edition: str
    passage: int
    start: int
    end: int
    surface: str
    candidates: tuple[tuple[str, float], ...]
    reason: str
    before: str
    after: str
    chapter_title: str


@dataclass(frozen=True, slots=True)
class NameSuggestion:
    """A name that looks like a person's, occurs often and is in no glossary, with its first place.

    `name` is its fullest form (*N. Krylenko*), `surface` the folded word (*krylenko*) that occurs so often.
    """

    edition: str
    surface: str
    name: str
    occurrences: int
    passage: int
    start: int
    end: int


@dataclass(slots=True)
class LinkDecisions:
    """The reader's decisions on names in one edition. Surfaces are folded (`db.links.fold_surface`)."""

    always: dict[str, str] = field(default_factory=dict)
    """Surface: the figure it always means."""
    never: dict[str, frozenset[str]] = field(default_factory=dict)
    """Surface: figures it never means; `*` is everybody."""
    here: dict[tuple[str, str], str] = field(default_factory=dict)
    """Surface and digest of its surroundings: the figure it means there; empty is nobody."""

    def forbids(self, surface: str, figure: str) -> bool:
        """Return whether the reader decided that a name never means a figure."""
        figures = self.never.get(surface, frozenset())
        return figure in figures or "*" in figures
