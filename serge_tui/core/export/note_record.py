"""An annotation with the names of its place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from serge_tui.core.export.citations import Citation, cite

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from db.models import Annotation
    from serge_tui.core.export.citations import CiteStyle, Work


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """An annotation, and the names of its place.

    `chapter_number` is 1 to 10 if a chapter of the Memoirs was recognised; `chapter_ordinal` counts from 0 in the
    edition, -1 for a note without a passage. `citation` gives the source of the words, in the style asked for.
    """

    annotation: Annotation
    edition_title: str = ""
    author: str = ""
    chapter: str = ""
    page: str = ""
    target_name: str = ""
    chapter_number: int | None = None
    chapter_ordinal: int = -1
    citation: Citation | None = None
    is_text_gone: bool = False
    """Whether its words are from a text that is no longer in the library."""
    unmarked: str | None = None
    """Its words without the marks of the book's notes, if there are any in them."""

    @property
    def words(self) -> str:
        """The words it is on, as they are shown and exported; empty if it is on none."""
        if self.unmarked is not None:
            return self.unmarked
        return self.annotation.anchor.exact if self.annotation.anchor else ""


def heading_for(records: Iterable[NoteRecord]) -> str:
    """Return the heading of an export: it names the book if all notes with a place are on one."""
    titles = {record.edition_title for record in records if record.edition_title}
    return f"Notes on {titles.pop()}" if len(titles) == 1 else "Notes"


def with_citations(records: Iterable[NoteRecord], by_edition: Mapping[str, Work], style: CiteStyle) -> list[NoteRecord]:
    """Add a citation to every annotation that has words from an edition. `by_edition` gives the works by edition."""
    cited = []
    for record in records:
        anchor = record.annotation.anchor
        work = by_edition.get(anchor.edition) if anchor else None
        cited.append(
            replace(record, citation=cite(work, record.chapter_number, record.page, style)) if work else record
        )
    return cited
