"""From a chapter or page number ("4", "page 218") to a place in an edition, and the order of editions to look in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import SergeError
from db.models import GUIDE_EDITION, Place
from serge_tui.core.chapter_numbers import chapter_called

if TYPE_CHECKING:
    from db.library import Library


def preferred_editions(library: Library, edition: str | None = None) -> list[str]:
    """Return the keys of editions to look in, best first: the last one read, imported ones, the guide.

    An edition asked for is the only one.
    """
    if edition is not None:
        return [edition]
    position = library.texts.last_position()
    keys = [position.place.edition] if position else []
    keys += [known.key for known in library.texts.editions()]
    return list(dict.fromkeys(keys))


def find_chapter(library: Library, number: str, edition: str | None = None) -> Place:
    """Return the start of a chapter: of the Memoirs if an edition has it recognised, else the one the book calls so.

    Raises SergeError if there is no such chapter.
    """
    if not number.isdecimal():
        raise SergeError(f'"{number}" is not a chapter; give a number, such as 4.')
    wanted = int(number)
    for key in preferred_editions(library, edition):
        if chapter := library.texts.canonical(key, wanted):
            return Place(key, chapter.first_passage, 0)
        chapters = library.texts.chapters(key)
        if key == GUIDE_EDITION or any(chapter.canonical for chapter in chapters):
            continue
        at = chapter_called([chapter.title for chapter in chapters], wanted)
        if at is not None:
            return Place(key, chapters[at].first_passage, 0)
    raise SergeError(f"there is no chapter {wanted} in what can be read here; `serge import` adds a book.")


def beginning(library: Library, edition: str) -> Place:
    """Return where to begin reading an edition: its first chapter, else its first words."""
    try:
        return find_chapter(library, "1", edition)
    except SergeError:
        return Place(edition, 0, 0)


def where_left(library: Library, edition: str) -> Place:
    """Return where an edition was left, or where it begins."""
    position = library.texts.position(edition)
    return position.place if position is not None else beginning(library, edition)


def find_page(library: Library, label: str, edition: str | None = None) -> Place:
    """Return the start of a printed page: by its mark, else by its share of its chapter's pages in print.

    Raises SergeError if there is no such page.
    """
    keys = preferred_editions(library, edition)
    for key in keys:
        if place := library.texts.place_of_page(key, label):
            return place
    if not label.isdecimal():
        raise SergeError(f"no edition here has a mark for page {label}; not every file carries the pages of the print.")
    from serge_tui.services.paper import page_in_chapters  # here: the reader opens without the cards' modules

    page = page_in_chapters(library, int(label))
    for key in keys:
        if place := library.paper.place(page, key):
            return place
    raise SergeError(f"page {label} is in chapter {page.chapter}, which is not recognised in this edition.")


def is_on_paper(library: Library, place: Place) -> bool:
    """Return whether a page found at this place is read on paper: it is in the guide, and nobody has a text here."""
    from serge_tui.services.reading_progress import memoirs_being_read

    return place.edition == GUIDE_EDITION and memoirs_being_read(library) is None
