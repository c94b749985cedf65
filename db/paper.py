"""Reading on paper: where a printed page is in the ten chapters, and who and what is near it.

Pages are those of the edition in print that the study pack counts by (New York Review Books, 2012).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.models import GUIDE_EDITION, Place
from db.quotations import Quotations

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from db.models import Quotation

PAPER_PAGE: Final = "paper_page"
"""Setting: the page the reader is on in print; 0 while they do not read on paper."""
NEAR: Final = 4
"""Pages before and after that count as near."""
_MOST_PEOPLE: Final = 12


@dataclass(frozen=True, slots=True)
class PaperPage:
    """A printed page of one of the ten chapters."""

    page: int
    chapter: int
    title: str
    first: int
    last: int
    """First and last page of the chapter."""


@dataclass(frozen=True, slots=True)
class NearPage:
    """What is near a printed page: quotations, and people by key, name and line, the nearest first."""

    quotations: tuple[Quotation, ...] = ()
    people: tuple[tuple[str, str, str], ...] = ()


class Paper:
    """Looks up printed pages."""

    def __init__(self, reader: Callable[[], sqlite3.Connection]) -> None:
        self._reader = reader

    def page(self, number: int) -> PaperPage | None:
        """Return a page; None outside the ten chapters."""
        row = (
            self._reader()
            .execute(
                "select number, title, page_start, page_end from canonical_chapter"
                " where ? between page_start and page_end order by number limit 1",
                [number],
            )
            .fetchone()
        )
        return PaperPage(number, *row) if row else None

    def range(self) -> tuple[int, int]:
        """Return the first and the last page of the ten chapters; 0 and 0 if the pack knows none."""
        row = self._reader().execute("select min(page_start), max(page_end) from canonical_chapter").fetchone()
        return int(row[0] or 0), int(row[1] or 0)

    def place(self, page: PaperPage, edition: str = GUIDE_EDITION) -> Place | None:
        """Return where a page is in an edition, by its share of the chapter's pages; None without that chapter."""
        chapter = (
            self._reader()
            .execute(
                "select first_passage, passages from chapter where edition = ? and canonical = ? order by ordinal",
                [edition, page.chapter],
            )
            .fetchone()
        )
        if chapter is None:
            return None
        first, passages = chapter
        lengths = [
            int(length)
            for (length,) in self._reader().execute(
                "select length(text) from passage where edition = ? and ordinal >= ? and ordinal < ? order by ordinal",
                [edition, first, first + passages],
            )
        ]
        left = sum(lengths) * (page.page - page.first) // max(1, page.last - page.first + 1)
        for number, length in enumerate(lengths):
            if left < length:
                return Place(edition, first + number, 0)
            left -= length
        return Place(edition, first, 0)

    def near(self, page: PaperPage) -> NearPage:
        """Return who and what is near a page: by the pages of quotations, then by the guide at that place."""
        number = "cast(q.page as integer)"
        keys = [
            str(key)
            for (key,) in self._reader().execute(
                f"select q.key from quotation q where q.page glob '[0-9]*' and {number} between ? and ?"
                f" order by abs({number} - ?), {number}, q.key",
                [page.page - NEAR, page.page + NEAR, page.page],
            )
        ]
        find = Quotations(self._reader)
        quotations = tuple(known for key in keys if (known := find.by_key(key)) is not None)
        wanted = [figure for known in quotations for figure in (*known.about, known.speaker, *known.to) if figure]
        if (place := self.place(page)) is not None:
            wanted += [
                str(figure)
                for (figure,) in self._reader().execute(
                    "select figure from mention where edition = ? and passage between ? and ?"
                    " group by figure order by min(abs(passage - ?)), min(passage), min(start)",
                    [place.edition, place.passage - 1, place.passage + 2, place.passage],
                )
            ]
        people = []
        for key in dict.fromkeys(figure for figure in wanted if figure != "serge"):
            row = self._reader().execute("select key, name, one_line from figure where key = ?", [key]).fetchone()
            if row is not None:
                people.append((str(row[0]), str(row[1]), str(row[2])))
        return NearPage(quotations, tuple(people[:_MOST_PEOPLE]))
