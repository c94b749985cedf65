"""The contents of Today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.models.place import Place
    from db.models.quotation import Quotation


@dataclass(frozen=True, slots=True)
class Glance:
    """The last place read (titles of edition and chapter), an edition never opened (key and title), the number of cards
    due, the last note (key and words), and a portrait.
    """

    place: Place | None
    edition: str
    chapter: str
    unread: tuple[str, str] | None
    due: int
    note: tuple[str, str] | None
    portrait: Quotation | None
    progress: float = 0.0
    """Share of the edition being read that has been read, 0 to 1."""
    minutes: int = 0
    """Minutes the due cards will take at the reader's pace; 0 if that is not known."""
    met: tuple[str, str, str] | None = None
    """The person named last before the reader's place: key, name, line."""
    highlight: tuple[str, str] | None = None
    """A highlight of the reader's: key and words."""
    week: tuple[int, int] = (0, 0)
    """Answers of the last seven study days, and days of them with any."""
    used: bool = False
    """Whether anything has been read, answered, written or imported."""
