"""An annotation together with what a reader needs to know about its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.models import Place

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from db.models import Annotation, Chapter, Edition
    from serge_tui.core.export.citations import Citation


@dataclass(frozen=True, slots=True)
class Described:
    """An annotation, and the names of where it hangs.

    `chapter_number` is 1 to 10 where a chapter of the Memoirs was recognised; `chapter_ordinal` counts from 0 in the
    edition, -1 for what hangs on no passage. `citation` says where the words come from, in the style asked for.
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


def describe_all(library: Library) -> list[Described]:
    """Every annotation that is not in the bin, in book order, described."""
    return describe(library, library.annotations.all(newest_first=False))


def describe(library: Library, annotations: Iterable[Annotation]) -> list[Described]:
    """Describe annotations, in their order. An edition and its chapters are asked for once."""
    editions: dict[str, tuple[Edition | None, list[Chapter]]] = {}

    def text_of(key: str) -> tuple[Edition | None, list[Chapter]]:
        if key not in editions:
            editions[key] = (library.texts.edition(key), library.texts.chapters(key))
        return editions[key]

    described = []
    for annotation in annotations:
        anchor = annotation.anchor
        if anchor is None:
            name = target_name(library, annotation.target)
            number = annotation.target.removeprefix("chapter:")
            described.append(
                Described(annotation, target_name=name, chapter_number=int(number) if number.isdecimal() else None)
            )
            continue
        edition, chapters = text_of(anchor.edition)
        chapter = _chapter_of(chapters, anchor.passage)
        described.append(
            Described(
                annotation,
                edition.title if edition else anchor.edition,
                edition.author if edition else "",
                chapter.title if chapter else "",
                library.texts.page_at(Place(anchor.edition, anchor.passage, anchor.start)) if edition else "",
                chapter_number=chapter.canonical if chapter else None,
                chapter_ordinal=chapter.ordinal if chapter else -1,
            )
        )
    return described


def target_name(library: Library, target: str) -> str:
    """Name what a stable key means, as one speaks of it; the key itself where nothing is known of it."""
    kind, _, key = target.partition(":")
    match kind:
        case "figure":
            return library.figures.name_of(key)
        case "quote":
            quotation = library.quotations.by_key(key)
            return f"“{quotation.text}”" if quotation else target
        case "event":
            event = library.chronicle.event(key)
            return f"{event.date.text}: {event.text}" if event else target
        case "chapter":
            titles = {str(chapter.number): chapter.title for chapter in library.chronicle.chapters()}
            return f"Chapter {key}: {titles[key]}" if key in titles else target
        case _:
            return target


def _chapter_of(chapters: list[Chapter], passage: int) -> Chapter | None:
    """The chapter a passage stands in: the last that begins at or before it."""
    return next((chapter for chapter in reversed(chapters) if chapter.first_passage <= passage), None)
