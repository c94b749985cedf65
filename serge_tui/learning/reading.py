"""How far the reader has come: what bounds the cards, so that nothing is asked before its passage was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.study.deck import Progress

if TYPE_CHECKING:
    from db.library import Library
    from db.models import Edition


def imported_editions(library: Library) -> list[Edition]:
    """The reader's own editions, the one read last first, then the newest."""
    position = library.texts.last_position()
    editions = [edition for edition in library.texts.editions() if not edition.is_guide]
    if position is not None:
        editions.sort(key=lambda edition: edition.key != position.place.edition)
    return editions


def edition_being_read(library: Library) -> Edition | None:
    """The imported edition read last, else the newest imported; None where only the guide is there."""
    return next(iter(imported_editions(library)), None)


def memoirs_being_read(library: Library) -> Edition | None:
    """The same, of the Memoirs themselves: an edition with chapters that were recognised, or quotations found.

    Another book, read beside, bounds no cards.
    """
    for edition in imported_editions(library):
        known = any(chapter.canonical is not None for chapter in library.texts.chapters(edition.key))
        if known or library.quotations.places(edition.key):
            return edition
    return None


def reading_progress(library: Library) -> Progress | None:
    """What has been met of the Memoirs in the edition being read; None without one, when nothing counts as unread."""
    edition = memoirs_being_read(library)
    if edition is None:
        return None
    located = library.quotations.places(edition.key)
    position = library.texts.position(edition.key)
    if position is None:
        return Progress(located=frozenset(place.quotation for place in located))
    place = position.place
    chapters = library.texts.chapters(edition.key)
    read = {
        chapter.canonical
        for chapter in chapters
        if chapter.canonical is not None and chapter.first_passage + chapter.passages <= place.passage + 1
    }
    years = [int(known.year_to) for known in library.chronicle.chapters() if known.number in read and known.year_to]
    last = max((c.first_passage + c.passages for c in chapters if c.canonical is not None), default=None)
    return Progress(
        quotations=frozenset(
            found.quotation for found in located if (found.end_passage, found.end) <= (place.passage, place.offset)
        ),
        located=frozenset(found.quotation for found in located),
        figures=frozenset(library.passages.people_met(place)),
        chapters=frozenset(read),
        year=max(years, default=None),
        finished=last is not None and place.passage + 1 >= last,
    )
