"""A short quotation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from db.models.citation import Citation


@dataclass(frozen=True, slots=True)
class Quotation:
    """A short quotation with its speaker, subject, addressee and place."""

    key: str
    text: str
    kind: str
    speaker: str | None
    speaker_text: str
    topic: str
    to_text: str
    page: str
    page_1963: str
    chapter: int | None
    chapter_basis: str
    omitted_1963: bool
    wording: str
    year: str
    portrait_of: str | None
    portrait_order: int | None
    doubt: str
    about: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    citations: tuple[Citation, ...] = ()
    work: str = ""
    own_translation: bool = False
    work_title: str = ""

    def name_of(self, figure: str) -> str:
        """Return the name of a figure this quotation is about, by key."""
        return dict(self.names).get(figure, figure)

    @property
    def spoken_by(self) -> str:
        """Return the speaker, as shown."""
        return self.name_of(self.speaker) if self.speaker else self.speaker_text

    @property
    def reference(self) -> str:
        """Return the reference shown: `p. 323 · chapter 7`; an inferred chapter is marked.

        A line from another of Serge's works has that work's title; a translation of our own is marked.
        """
        parts = [self.work_title] if self.work_title else []
        if self.page:
            parts.append(f"p. {self.page}" if self.page.isdigit() else f"pp. {self.page}")
        if self.chapter is not None:
            mark = "" if self.chapter_basis == "seen" else "probably "
            parts.append(f"{mark}chapter {self.chapter}")
        if self.own_translation:
            parts.append("our translation")
        return " · ".join(parts)
