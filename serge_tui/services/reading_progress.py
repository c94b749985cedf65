"""How far the reader has read: no card is asked before its passage was read."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from serge_tui.core.study.deck import Progress
from serge_tui.services.locators import preferred_editions

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Edition, QuotationPlace


def imported_editions(library: Library) -> list[Edition]:
    """Return the imported editions, in the order of `preferred_editions`."""
    known = {edition.key: edition for edition in library.texts.editions() if not edition.is_guide}
    return [known[key] for key in preferred_editions(library) if key in known]


def edition_being_read(library: Library) -> Edition | None:
    """Return the imported edition read last, else the newest; None if only the guide is there."""
    return next(iter(imported_editions(library)), None)


def memoirs_being_read(library: Library) -> Edition | None:
    """Return the same for the Memoirs alone: an edition with recognised chapters, or with quotations found.

    Another book does not limit the cards.
    """
    for edition in imported_editions(library):
        known = any(chapter.canonical is not None for chapter in library.texts.chapters(edition.key))
        if known or library.quotations.places(edition.key):
            return edition
    return None


def reading_progress(library: Library) -> Progress | None:
    """Return what was read of the Memoirs; None without an edition, when nothing counts as unread.

    Each chapter counts as far as it was read, wherever the reader is now.
    """
    edition = memoirs_being_read(library)
    if edition is None:
        return None
    located = library.quotations.places(edition.key)
    reading = library.reading.chapters(edition.key)
    chapters = library.texts.chapters(edition.key)
    reach = {chapter.first_passage: reading.get(chapter.ordinal) for chapter in chapters}
    begins = sorted(reach)

    def is_met(place: QuotationPlace) -> bool:
        known = reach[begins[bisect_right(begins, place.passage) - 1]]
        return known is not None and known.holds(place.end_passage, place.end)

    memoirs = [chapter for chapter in chapters if chapter.canonical is not None]
    read_whole = {ordinal for ordinal, known in reading.items() if known.is_read}
    unread = {chapter.canonical for chapter in memoirs if chapter.ordinal not in read_whole}
    read = {chapter.canonical for chapter in memoirs if chapter.canonical is not None} - unread
    years = [int(known.year_to) for known in library.chronicle.chapters() if known.number in read and known.year_to]
    return Progress(
        quotations=frozenset(place.quotation for place in located if is_met(place)),
        located=frozenset(place.quotation for place in located),
        figures=frozenset(library.reading.people_met(edition.key)),
        chapters=frozenset(read),
        year=max(years, default=None),
        finished=bool(memoirs) and not unread,
    )
