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
