"""A place in a text, and where the reader was."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A place in an edition: a passage and a character offset in it."""

    edition: str
    passage: int
    offset: int


@dataclass(frozen=True, slots=True)
class ReadingPosition:
    """Where the reader is in an edition; `exact` are the words there, to find the place again after a re-import."""

    place: Place
    exact: str
    updated_at: str
