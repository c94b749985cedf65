"""Mentions of people in a text."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of a passage that names a figure; `confidence` is 0 to 1."""

    edition: str
    passage: int
    start: int
    end: int
    figure: str
    confidence: float


@dataclass(frozen=True, slots=True)
class MentionInContext:
    """A mention with the words around it, the chapter's title and the canonical chapter where recognised."""

    mention: Mention
    before: str
    surface: str
    after: str
    chapter_title: str
    canonical: int | None


@dataclass(frozen=True, slots=True)
class QuotationPlace:
    """The place of a quotation in an edition, from start to end, with a score (0 to 100)."""

    quotation: str
    edition: str
    passage: int
    start: int
    end_passage: int
    end: int
    score: float
    margin: float
