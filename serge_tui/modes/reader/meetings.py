"""Meetings: passages that name several people, alone or with their neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Mention


@dataclass(frozen=True, slots=True, order=True)
class Meeting:
    """Passages from `first` to `last` (ordinals) that name all of them; one mention of each, in order."""

    first: int
    last: int
    mentions: tuple[tuple[int, int, int], ...]
    """Passage, start and end of each mention."""


def meetings(people: Sequence[Sequence[Mention]], within: int = 2) -> list[Meeting]:
    """Return the passages that name everybody, from each person's mentions in order of the text.

    If no passage does, return runs of at most `within` passages more that do not overlap.
    """
    if not people or not all(people):
        return []
    for reach in (0, within):
        found: list[Meeting] = []
        for start in sorted({mention.passage for mentions in people for mention in mentions}):
            if found and start <= found[-1].last:
                continue
            first_of_each = [
                next((mention for mention in mentions if start <= mention.passage <= start + reach), None)
                for mentions in people
            ]
            present = [mention for mention in first_of_each if mention is not None]
            if len(present) == len(people):
                places = sorted((mention.passage, mention.start, mention.end) for mention in present)
                found.append(Meeting(start, places[-1][0], tuple(places)))
        if found:
            return found
    return []
