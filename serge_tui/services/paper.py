"""Reading on paper: the reader says which page they are on, and everything follows that page.

Pages are those of the edition in print that the study pack counts by (New York Review Books, 2012).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.paper import PAPER_PAGE
from serge_tui.core.study.deck import Progress

if TYPE_CHECKING:
    from concurrent.futures import Future

    from db.library import Library
    from db.paper import PaperPage

_NUMBER: Final = re.compile(r"\d+")


def page_on_paper(library: Library) -> int | None:
    """Return the page the reader is on in print; None if they do not read on paper."""
    return library.settings.get(PAPER_PAGE, 0) or None


def page_in_chapters(library: Library, number: int) -> PaperPage:
    """Return a printed page. Raises SergeError if it is not in the ten chapters."""
    page = library.paper.page(number)
    if page is None:
        first, last = library.paper.range()
        raise SergeError(f"the Memoirs go from page {first} to page {last}; there is no page {number}.")
    return page


def read_on_paper(library: Library, number: int) -> Future[None]:
    """Remember the page the reader is on in print; 0 when they no longer read on paper."""
    return library.settings.set(PAPER_PAGE, number)


def first_page(pages: str) -> int | None:
    """Return the first of some printed pages ("272-273" is 272); None if there is no number."""
    found = _NUMBER.search(pages)
    return int(found[0]) if found else None


def progress_on_paper(library: Library, page: int) -> Progress:
    """Return what has been met by the end of a printed page.

    A quotation without a page counts with its chapter, and people with their chapters and quotations.
    """
    chapters = library.chronicle.chapters()
    ends = [chapter.page_end for chapter in chapters if chapter.page_end is not None]
    finished = bool(ends) and page >= max(ends)
    read = {chapter.number for chapter in chapters if chapter.page_end is not None and chapter.page_end < page}
    if finished:
        read = {chapter.number for chapter in chapters}
    placed = {known.key: number for known in library.quotations.all() if (number := first_page(known.page)) is not None}
    met = {
        quotation.key: quotation
        for quotation in library.quotations.all()
        if (placed[quotation.key] <= page if quotation.key in placed else quotation.chapter in read)
    }
    figures = {key for key, traits in library.figures.traits().items() if not read.isdisjoint(traits.chapters)}
    for quotation in met.values():
        figures.update((*quotation.about, *quotation.to, *filter(None, (quotation.speaker, quotation.portrait_of))))
    years = [int(chapter.year_to) for chapter in chapters if chapter.number in read and chapter.year_to.isdigit()]
    return Progress(
        quotations=frozenset(key for key in met if key in placed),
        located=frozenset(placed),
        figures=frozenset(figures),
        chapters=frozenset(read),
        year=max(years, default=None),
        finished=finished,
    )
