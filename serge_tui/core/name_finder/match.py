"""Answers of the finder: a match with its reason, and the decision who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["name", "alias", "other spelling", "spelling close", "sounds like", "description"]
"""Why a figure was found, in words that can be shown."""

Verdict: TypeAlias = Literal["accepted", "ambiguous", "nobody"]
Closeness: TypeAlias = Literal["right", "close", "wrong"]


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that matches a query, and which part of it matched.

    `score` is 0 to 100 and comparable only within one answer. `alias` is the spelling that matched, as in
    the pack (the name itself, an alias, or for a description part of the text). `positions` are the offsets in `alias`
    of the letters to highlight, ascending.
    """

    figure: str
    name: str
    score: float
    alias: str
    positions: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Identification:
    """Who is meant by a query, or who may be.

    `accepted`: `best` is meant and nobody else is near. `ambiguous`: offer `best` and `alternatives`. `nobody`: no
    name in the book is near enough; `best` is None, and `alternatives` may hold the nearest. `reason` is one sentence
    for the reader.
    """

    query: str
    verdict: Verdict
    best: Match | None
    alternatives: tuple[Match, ...]
    reason: str

    @property
    def accepted(self) -> bool:
        """Whether `best` may be accepted without asking."""
        return self.verdict == "accepted"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a typed answer compares with the right one.

    `match` is the part of the right figure it came near to, if any; `meant` the figure it names instead, if any.
    """

    grade: Closeness
    match: Match | None
    meant: Match | None
