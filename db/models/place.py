"""A place in a text, and the reader's place."""

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
    """The reader's place in an edition; `exact` are the words there, to find it again after a re-import."""

    place: Place
    exact: str
    updated_at: str
