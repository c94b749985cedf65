"""A search result."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.models.keys import SearchKind
    from db.models.place import Place


@dataclass(frozen=True, slots=True)
class SearchHit:
    """A search result: its kind, its stable key or place, and its text with the matched stretches."""

    kind: SearchKind
    key: str
    title: str
    text: str
    matches: tuple[tuple[int, int], ...] = ()
    place: Place | None = None
    score: float = 0.0
