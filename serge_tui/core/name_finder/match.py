"""What the finder answers with: a match and why it matched, and the decision of who is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Reason: TypeAlias = Literal["name", "alias", "other spelling", "spelling close", "sounds like", "description"]
"""Why a figure was found, in words that can be shown."""

Verdict: TypeAlias = Literal["accepted", "ambiguous", "nobody"]
Closeness: TypeAlias = Literal["right", "close", "wrong"]


@dataclass(frozen=True, slots=True)
class Match:
    """A figure that answers a query, and what of it answered.

    `score` is 0 to 100 and comparable only within one answer. `alias` is the written form that matched, as
    the pack has it (the name itself where that matched; for a description, a stretch of the text).
    `positions` are the offsets in `alias` of the letters to be lit, ascending.
    """

    figure: str
    name: str
    score: float
    alias: str
    positions: tuple[int, ...]
    reason: Reason


@dataclass(frozen=True, slots=True)
class Identification:
    """Who is meant by a query, or who might be.

    `accepted`: `best` is the one, and nobody else is near. `ambiguous`: `best` and `alternatives` are the
    choice to be offered. `nobody`: no name of the book is near enough; `best` is None, and `alternatives` may
    hold what was nearest. `reason` is one sentence for a person.
    """

    query: str
    verdict: Verdict
    best: Match | None
    alternatives: tuple[Match, ...]
    reason: str

    @property
    def accepted(self) -> bool:
        """Whether `best` may be taken without asking."""
        return self.verdict == "accepted"


@dataclass(frozen=True, slots=True)
class Judgement:
    """How a typed answer stands to the one that is right.

    `match` tells what of the right figure it came near to, if anything; `meant` whom it names instead, if anybody.
    """

    grade: Closeness
    match: Match | None
    meant: Match | None
