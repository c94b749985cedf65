"""An annotation together with what a reader needs to know about its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.models import Place

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Annotation


@dataclass(frozen=True, slots=True)
class Described:
    """An annotation, and the names of where it hangs."""

    annotation: Annotation
    edition_title: str = ""
    author: str = ""
    chapter: str = ""
    page: str = ""
    target_name: str = ""


def describe_all(library: Library) -> list[Described]:
    """Every annotation that is not in the bin, in book order, described."""
    return [_describe(library, annotation) for annotation in library.annotations.all(newest_first=False)]


def _describe(library: Library, annotation: Annotation) -> Described:
    anchor = annotation.anchor
    if anchor is None:
        kind, _, key = annotation.target.partition(":")
        return Described(
            annotation, target_name=library.figures.name_of(key) if kind == "figure" else annotation.target
        )
    edition = library.texts.edition(anchor.edition)
    chapter = library.texts.chapter_of(anchor.edition, anchor.passage)
    return Described(
        annotation,
        edition.title if edition else anchor.edition,
        edition.author if edition else "",
        chapter.title if chapter else "",
        library.texts.page_at(Place(anchor.edition, anchor.passage, anchor.start)),
    )
