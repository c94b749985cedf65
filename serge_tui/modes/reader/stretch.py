"""A stretch of an edition's text: from a place to a place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.models import Anchor, Mention

T = TypeVar("T")


class Stretch(NamedTuple):
    """From a passage and character offset up to, not including, another; compares in order of the text."""

    passage: int
    start: int
    end_passage: int
    end: int

    @classmethod
    def of(cls, mention: Mention) -> Stretch:
        """Return the stretch of a mention."""
        return cls(mention.passage, mention.start, mention.passage, mention.end)

    @classmethod
    def of_anchor(cls, anchor: Anchor) -> Stretch:
        """Return the stretch of an annotation's anchor."""
        return cls(anchor.passage, anchor.start, anchor.end_passage, anchor.end)

    @classmethod
    def between(cls, one: tuple[int, int], other: tuple[int, int]) -> Stretch:
        """Return the stretch between two places given in any order."""
        first, last = sorted((one, other))
        return cls(*first, *last)

    @property
    def begin(self) -> tuple[int, int]:
        """Passage and offset where it begins."""
        return self.passage, self.start

    @property
    def stop(self) -> tuple[int, int]:
        """Passage and offset just after its last character."""
        return self.end_passage, self.end

    def within(self, passage: int, length: int) -> tuple[int, int] | None:
        """Return the offsets it covers of a passage of so many characters; None if it does not touch it."""
        if not self.passage <= passage <= self.end_passage:
            return None
        return (
            self.start if passage == self.passage else 0,
            self.end if passage == self.end_passage else length,
        )

    def overlaps(self, other: Stretch) -> bool:
        """Return whether the two have a character in common."""
        return self.begin < other.stop and other.begin < self.stop

    def holds(self, place: tuple[int, int]) -> bool:
        """Return whether the character at a place is in it."""
        return self.begin <= place < self.stop


def neighbour(items: Iterable[tuple[Stretch, T]], view: Stretch, lit: Stretch | None, *, forward: bool) -> T | None:
    """Return the item after or before the highlighted stretch; if nothing is highlighted, the first or last in view.

    `items` are in order of the text.
    """
    begin, stop = view.begin, view.stop
    if forward:
        return next((item for at, item in items if (at.begin > lit.begin if lit else at.begin >= begin)), None)
    return next((item for at, item in reversed(list(items)) if at.begin < (lit.begin if lit else stop)), None)
