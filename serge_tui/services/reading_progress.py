"""How far the reader has read, in an imported edition or on paper: no card is asked before its passage was read."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

from db.models import GUIDE_EDITION
from serge_tui.core.study.deck import Progress
from serge_tui.services.paper import page_on_paper, progress_on_paper

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Edition, QuotationPlace


def imported_editions(library: Library) -> list[Edition]:
    """Return the imported editions, the one read last first, then the newest."""
    position = library.texts.last_position()
    editions = [edition for edition in library.texts.editions() if not edition.is_guide]
    if position is not None:
        editions.sort(key=lambda edition: edition.key != position.place.edition)
    return editions


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
    """Return what was read of the Memoirs, in an edition and on paper together.

    None without an edition and without a page on paper: then nothing counts as unread. Each chapter counts as far as
    it was read, wherever the reader is now.
    """
    edition = memoirs_being_read(library)
    page = page_on_paper(library)
    if edition is None:
        return progress_on_paper(library, page) if page is not None else None
    read = _progress_in(library, edition)
    return read | progress_on_paper(library, page) if page is not None else read


def told_so_far(library: Library) -> Progress:
    """Return what may have been told by reading: in an edition of the Memoirs, in the guide, on paper."""
    progress = reading_progress(library) or Progress()
    guide = library.texts.edition(GUIDE_EDITION)
    if guide is None:
        return progress
    in_guide = _progress_in(library, guide)
    # Whoever has read the guide alone knows what it tells, but has not met the words of the book.
    return progress | Progress(figures=in_guide.figures, chapters=in_guide.chapters, year=in_guide.year)


def people_met(library: Library) -> set[str]:
    """Return the figures met so far: named in what was read of any text, or on the pages read on paper."""
    page = page_on_paper(library)
    met = library.reading.people_met()
    return met if page is None else met | progress_on_paper(library, page).figures


def _progress_in(library: Library, edition: Edition) -> Progress:
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
