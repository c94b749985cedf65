"""The list of people beside the page: in view, in the chapter, in the book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from textual.content import Content

from db.text import sanitise_line
from serge_tui.widgets.row_list import RowList

_NARROWEST_WITH_YEARS: Final = 20
Nearness: TypeAlias = Literal["view", "chapter", "book"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the list; `times` is how often they are named in that part of the text."""

    figure: str
    name: str
    years: str
    times: int


@dataclass(frozen=True, slots=True)
class PeopleView:
    """What the list shows; each person once, under the nearest heading."""

    in_view: tuple[Person, ...] = ()
    in_chapter: tuple[Person, ...] = ()
    in_book: tuple[Person, ...] = ()
    book_heading: str = "In the book"


class PeopleList(RowList):
    """Shows a `PeopleView`; `Chosen` carries the row, `person_at` returns who it is."""

    ONE_CLICK = True

    def __init__(self) -> None:
        super().__init__()
        self._view = PeopleView()
        self._rows: list[str | tuple[Person, Nearness]] = []

    def show(self, view: PeopleView) -> None:
        """Show other people; the cursor stays on the same person if they are still listed."""
        if view == self._view and self._rows:
            return
        chosen = self.person_at(self.cursor)
        self._view = view
        rows: list[str | tuple[Person, Nearness]] = ["In view"]
        rows += [(person, "view") for person in view.in_view]
        if view.in_chapter:
            rows += ["", f"In this chapter · {len(view.in_view) + len(view.in_chapter)}"]
            rows += [(person, "chapter") for person in view.in_chapter]
        if view.in_book:
            rows += ["", f"{view.book_heading} · {len(view.in_book)}"]
            rows += [(person, "book") for person in view.in_book]
        self._rows = rows
        same = (at for at in range(len(rows)) if chosen is not None and self.person_at(at) == chosen)
        self.rows_changed(next(same, 1 if view.in_view else 0), scroll=None if self.has_focus else 0)

    def person_at(self, index: int) -> str | None:
        """Return the key of the figure in a row; None for a heading."""
        if not 0 <= index < len(self._rows):
            return None
        row = self._rows[index]
        return None if isinstance(row, str) else row[0].figure

    @property
    def row_count(self) -> int:
        """Number of rows, headings included."""
        return len(self._rows)

    def draw_row(self, index: int, width: int) -> Content:
        """Draw a heading, or a person with their years."""
        row = self._rows[index]
        if isinstance(row, str):
            return Content.styled(row[:width], "$primary")
        person, nearness = row
        years = sanitise_line(person.years) if width >= _NARROWEST_WITH_YEARS else ""
        room = max(1, width - len(years) - 3)
        name = Content(sanitise_line(person.name)).truncate(room, ellipsis=True)
        mark = {"view": "● ", "chapter": "○ ", "book": "  "}[nearness]
        gap = " " * max(1, room - name.cell_length + 1)
        return Content(mark) + name + Content.styled(gap + years, "$muted")
