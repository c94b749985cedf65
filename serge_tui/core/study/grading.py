"""Grading typed answers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias

from db.text import fold, sanitise_line
from serge_tui.core.study.scheduling import AGAIN, GOOD, HARD

if TYPE_CHECKING:
    from collections.abc import Mapping

    from db.models import Rating
    from serge_tui.core.name_finder.match import Identification
    from serge_tui.core.study.card import Card

Outcome: TypeAlias = Literal["right", "close", "ambiguous", "wrong", "nothing"]

RIGHT: Final = "Right."
GRADES: Final[dict[Rating, str]] = {1: "Again", 2: "Hard", 3: "Good", 4: "Easy"}
"""Names of the grades."""


class Identifier(Protocol):
    """Decides who is meant by a name; `serge_tui.core.name_finder.names.NameFinder` is one."""

    def identify(self, query: str) -> Identification:
        """Return who is meant by a whole answer."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grading of a typed answer. `rating` is a proposal, None if the reader should write more; `taken_for` is
    the figure that was named instead of the right one; `message` is a sentence to show.
    """

    outcome: Outcome
    rating: Rating | None
    message: str = ""
    taken_for: str = ""


def grade_typed(
    typed: str,
    card: Card,
    finder: Identifier,
    *,
    hints: int = 0,
    remembered: Mapping[str, str] | None = None,
) -> Verdict:
    """Grade a typed answer: right or close is Good, with a hint Hard, anything else Again.

    `remembered` are the reader's own spellings: folded text to the key of the figure meant.
    """
    typed = _hearer(sanitise_line(typed), card) if card.kind == "to" else sanitise_line(typed)
    if not fold(typed):
        return Verdict("nothing", AGAIN)
    passed: Rating = HARD if hints else GOOD
    if not card.answer_figure:
        return _judge_words(typed, card, passed)
    if remembered and remembered.get(fold(typed)) == card.answer_figure:
        return Verdict("right", passed, RIGHT)
    if fold(typed) == fold(card.answer):  # with what a parenthesis adds to a name
        return Verdict("right", passed, RIGHT)
    found = finder.identify(typed)
    if found.verdict == "accepted" and found.best is not None:
        if found.best.figure != card.answer_figure:
            if set(_tokens(typed)) <= set(_tokens(card.answer)):
                return Verdict("ambiguous", None, _which(typed))
            return Verdict("wrong", AGAIN, f"You typed “{typed}”: that is {found.best.name}.", found.best.figure)
        if found.best.reason == "other spelling" or set(_tokens(typed)) <= set(_tokens(found.best.alias)):
            return Verdict("right", passed, RIGHT)
        return Verdict("close", passed, _close(typed))
    if found.verdict == "ambiguous" and found.best is not None:
        if card.answer_figure in {match.figure for match in (found.best, *found.alternatives)}:
            return Verdict("ambiguous", None, _which(typed))
        return Verdict("wrong", AGAIN, _wrong(typed), found.best.figure)
    return Verdict("wrong", AGAIN, _wrong(typed))


def _hearer(typed: str, card: Card) -> str:
    """The person in an answer to *to whom, and when?*: *to Trotsky, in 1927* without *to* and the right year."""
    year = rf"[\s,]*(?:\bin\s+)?\b{card.year}" if card.year else "(?!)"
    return re.sub(rf"^to\s+|{year}\s*$", "", typed, flags=re.IGNORECASE)


def _judge_words(typed: str, card: Card, passed: Rating) -> Verdict:
    """Grade an answer that is no name: equal except for case, accents and a few letters."""
    from rapidfuzz.distance import OSA

    given = " ".join(_tokens(typed))
    best: int | None = None
    for accepted in (card.answer, *card.accepted):
        right = " ".join(_tokens(accepted))
        if given == right:
            return Verdict("right", passed, RIGHT)
        distance = OSA.distance(given, right)
        if distance <= allowed_distance(len(right)) and (best is None or distance < best):
            best = distance
    if best is not None:
        return Verdict("close", passed, _close(typed))
    return Verdict("wrong", AGAIN, _wrong(typed))


def _which(typed: str) -> str:
    return f"“{typed}” may be more than one person: write the name more fully."


def _close(typed: str) -> str:
    return f"Close: you typed “{typed}”."


def _wrong(typed: str) -> str:
    return f"You typed “{typed}”."


def allowed_distance(length: int) -> int:
    """Return how many slips (optimal string alignment) a word of this length may have: 0, 1, 2 or 3."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 10 else 3


def _tokens(text: str) -> list[str]:
    return "".join(char if char.isalnum() else " " for char in fold(text).replace("'", "")).split()
