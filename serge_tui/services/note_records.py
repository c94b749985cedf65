"""Annotations described for lists and exports: edition, chapter, page, and the name of what a note is about."""

from __future__ import annotations

from bisect import bisect_right
from functools import cache, partial
from typing import TYPE_CHECKING

from serge_tui.core.export.citations import work_of
from serge_tui.core.export.note_record import NoteRecord

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from db.models import Anchor, Annotation, Chapter, Edition, PageLabel
    from serge_tui.core.export.citations import Work


def all_note_records(library: Library) -> list[NoteRecord]:
    """Describe every annotation outside the bin, in book order."""
    return note_records(library, library.annotations.all(newest_first=False))


def note_records(library: Library, annotations: Iterable[Annotation]) -> list[NoteRecord]:
    """Describe annotations, in their order. Each edition and its chapters are read once."""
    editions: dict[str, tuple[Edition | None, list[Chapter]]] = {}

    def text_of(key: str) -> tuple[Edition | None, list[Chapter]]:
        if key not in editions:
            editions[key] = (library.texts.edition(key), library.texts.chapters(key))
        return editions[key]

    marked: dict[str, frozenset[int]] = {}

    def unmarked(anchor: Anchor) -> str | None:
        if anchor.edition not in marked:
            marked[anchor.edition] = library.passages.with_note_marks(anchor.edition)
        within = range(anchor.passage, anchor.end_passage + 1)
        if not any(number in marked[anchor.edition] for number in within):
            return None
        return library.passages.words_of(anchor)

    removed: dict[str, str] = {}

    def removed_title(key: str) -> str:
        if not removed:
            removed.update({key: key}, **{one.key: one.title for one in library.removed_texts.all()})
        return removed.get(key, key)

    name_of = cache(partial(target_name, library))
    pages: dict[str, list[PageLabel]] = {}

    def page_of(anchor: Anchor) -> str:
        """Return the label of the printed page; the marks of an edition are read once, not for every note."""
        if anchor.edition not in pages:
            pages[anchor.edition] = library.texts.pages(anchor.edition, 0, 2**31)
        marks = pages[anchor.edition]
        number = bisect_right(marks, (anchor.passage, anchor.start), key=lambda mark: (mark.passage, mark.offset))
        return marks[number - 1].label if number else ""

    records = []
    for annotation in annotations:
        anchor = annotation.anchor
        if anchor is None:
            name = name_of(annotation.target)
            number = annotation.target.removeprefix("chapter:")
            records.append(
                NoteRecord(annotation, target_name=name, chapter_number=int(number) if number.isdecimal() else None)
            )
            continue
        edition, chapters = text_of(anchor.edition)
        chapter = _chapter_of(chapters, anchor.passage)
        records.append(
            NoteRecord(
                annotation,
                edition.title if edition else removed_title(anchor.edition),
                edition.author if edition else "",
                chapter.title if chapter else "",
                page_of(anchor) if edition else "",
                chapter_number=chapter.canonical if chapter else None,
                chapter_ordinal=chapter.ordinal if chapter else -1,
                is_text_gone=edition is None,
                unmarked=unmarked(anchor) if edition and annotation.state != "orphan" else None,
            )
        )
    return records


def target_name(library: Library, target: str) -> str:
    """Return the name people use for a stable key (`figure:trotsky`), or the key itself if it is unknown."""
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
        case "phrase":
            return f"“{key}”"
        case "chapter":
            titles = {str(chapter.number): chapter.title for chapter in library.chronicle.chapters()}
            return f"Chapter {key}: {titles[key]}" if key in titles else target
        case _:
            return target


def works(library: Library) -> dict[str, Work]:
    """Return every edition as a work to cite, by the edition's key.

    Publisher and translator come from the book in print whose ISBN the file names.
    """
    printed = {_digits(publication.isbn): publication for publication in library.chronicle.publications()}
    printed.pop("", None)
    found = {}
    for edition in library.texts.editions():
        identifier = _digits(library.texts.identifier(edition.key))
        found[edition.key] = work_of(edition, next((p for isbn, p in printed.items() if isbn in identifier), None))
    return found


def _chapter_of(chapters: list[Chapter], passage: int) -> Chapter | None:
    """Return the chapter that holds a passage: the last one that begins at or before it."""
    return next((chapter for chapter in reversed(chapters) if chapter.first_passage <= passage), None)


def _digits(isbn: str) -> str:
    return "".join(char for char in isbn if char.isdigit())
