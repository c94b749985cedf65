"""The contents of Today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.models.place import Place
    from db.models.quotation import Quotation


@dataclass(frozen=True, slots=True)
class NoteGlance:
    """An annotation in a few words: what was written or highlighted, and the chapter it is in."""

    key: str
    words: str
    chapter: str = ""


@dataclass(frozen=True, slots=True)
class ChapterGlance:
    """How far a chapter of the edition being read has been read, 0 to 1; `number` is 1 to 10 in the Memoirs."""

    title: str
    number: int | None
    share: float
    words: int


@dataclass(frozen=True, slots=True)
class Glance:
    """The last place read (titles of edition and chapter), an edition never opened (key and title), the number of cards
    due, the last note, and a portrait.
    """

    place: Place | None
    edition: str
    chapter: str
    unread: tuple[str, str] | None
    due: int
    note: NoteGlance | None
    portrait: Quotation | None
    chapters: tuple[ChapterGlance, ...] = ()
    """Chapters of the edition being read, in order."""
    minutes: int = 0
    """Minutes the due cards will take; at a usual pace until the reader's own is known."""
    met: tuple[tuple[str, str, str], ...] = ()
    """The people named last before the reader's place, the last first: key, name, line."""
    highlight: NoteGlance | None = None
    """A highlight of the reader's, another each day."""
    week: tuple[int, ...] = (0,) * 7
    """Answers on each of the last seven study days, the oldest first."""
    coming: tuple[int, ...] = (0,) * 7
    """Cards due on each of the seven study days after this one."""
    used: bool = False
    """Whether anything has been read, answered, written or imported."""

    @property
    def progress(self) -> float:
        """Share of the edition being read that has been read, 0 to 1, weighted by words as in Progress."""
        words = sum(chapter.words for chapter in self.chapters)
        return sum(chapter.share * chapter.words for chapter in self.chapters) / words if words else 0.0
