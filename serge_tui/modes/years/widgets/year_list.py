"""The chronology: years, and under each its events, as whole sentences where there is room."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.geometry import Size

from db.chronicle import HIDDEN_EVENT
from db.text import sanitise_line
from serge_tui.modes.years.chronology import MARKS, WORDS, EventRow, GapRow, Row, day_in_year
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

_DATE_CELLS: Final = 9
_WORDS_FROM: Final = 56
"""Width in cells from which an event is marked `● life` and not only `●`."""
_SENTENCES_FROM: Final = 20
"""Height in lines from which events are whole sentences; below, one line each (the page beside shows the rest)."""


class YearList(RowList):
    """Rows of years, of gaps between them, and of events."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self.rows: Sequence[Row] = ()
        self._starts: list[int] = [0]
        self._laid_out_for = (0, False)
        self._top: int | None = None
        self._broken: dict[tuple[str, bool], list[Content]] = {}

    @property
    def row_count(self) -> int:
        """The number of rows."""
        return len(self.rows)

    @property
    def chosen(self) -> Row | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if 0 <= self.cursor < len(self.rows) else None

    def show(self, rows: Sequence[Row], cursor: int = 0, *, scroll: int | None = None, top: int | None = None) -> None:
        """Show other rows.

        Args:
            rows: The rows.
            cursor: The row to choose.
            scroll: The first line to be seen, as far as possible.
            top: The first row to be seen, as far as possible; also if the list has no size yet.
        """
        self.rows = rows
        # A wish that could not be met yet, since nothing was laid out, stays.
        self._top = self._top if top is None else top
        self._lay_out()
        self.rows_changed(cursor, scroll=scroll)
        if self._top is not None:
            self.call_after_refresh(self._scroll_to_top)

    # --- lines -------------------------------------------------------------------------------------------------------

    @property
    def line_count(self) -> int:
        """The number of lines of all rows."""
        return self._starts[-1]

    def line_of(self, index: int) -> int:
        """Return the first line of a row."""
        return self._starts[index]

    def row_at(self, line: int) -> int:
        """Return the row to which a line belongs."""
        return bisect_right(self._starts, line) - 1

    def lines_in_view(self, index: int) -> tuple[int, int]:
        """Return the lines of a row; of a year, with as many of its events as fit."""
        first, end = super().lines_in_view(index)
        if isinstance(self.rows[index], EventRow):
            return first, end
        most = first + self.scrollable_content_region.height
        for following in range(index + 1, len(self.rows)):
            after = self.line_of(following + 1)
            if not isinstance(self.rows[following], EventRow) or after > most:
                break
            end = after
        return first, end

    def on_resize(self) -> None:
        """Break the sentences again for the new width."""
        if self._laid_out_for != self._room():
            # The same row stays at the top.
            if self._top is None and self.rows:
                self._top = self.row_at(self.scroll_offset.y)
            self._lay_out()
            self.virtual_size = Size(0, self.line_count)
            self.refresh()
            self.call_after_refresh(self._scroll_to_top)
        super().on_resize()

    def _scroll_to_top(self) -> None:
        """Bring the wanted first row to the top; how far one can scroll is known once the rows have been laid out."""
        if self._top is not None and self._room()[0] > 0:
            top, self._top = self._top, None
            if top < len(self.rows):
                self.scroll_to(y=self.line_of(top), animate=False)

    def _room(self) -> tuple[int, bool]:
        region = self.scrollable_content_region
        return region.width, region.height >= _SENTENCES_FROM

    def _lay_out(self) -> None:
        """Find the first line of each row."""
        if self._laid_out_for != self._room():
            self._broken.clear()
        self._laid_out_for = width, _ = self._room()
        starts = [0]
        for row in self.rows:
            lines = len(self._sentence(row, width)) if isinstance(row, EventRow) else 1
            starts.append(starts[-1] + lines)
        self._starts = starts

    # --- drawing -----------------------------------------------------------------------------------------------------

    def draw_row(self, index: int, width: int) -> Content:
        """Return the first line of a row."""
        return self.draw_line(index, 0, width)

    def draw_line(self, index: int, line: int, width: int) -> Content:
        """Return one line of a year with a rule, of years folded into a rule, or of an event."""
        row = self.rows[index]
        pointer = "▸" if index == self.cursor and line == 0 else " "
        if isinstance(row, EventRow):
            return self._event(row, pointer, line, width)
        if isinstance(row, GapRow):
            head = Content.styled(f"{pointer}{row.year}–{row.last} ", "$muted")  # a dash between years
            return head + Content.styled("┄" * max(0, width - head.cell_length - 1), "$rule")
        head = Content.styled(f"{pointer}{row.year} ", "bold $primary" if row.events else "$muted")
        age = f" Serge {row.age} " if row.age else ""
        rule = "─" * max(0, width - head.cell_length - len(age) - 1)
        return (head + Content.styled(rule, "$rule") + Content.styled(age, "$muted")).truncate(width)

    def _event(self, row: EventRow, pointer: str, line: int, width: int) -> Content:
        mark = _mark(row, width)
        if line == 0:
            head = Content(f"{pointer} {day_in_year(row.event.date):>{_DATE_CELLS}}  ")
            head += Content.styled(mark, "bold" if row.event.kind == "life" else "$muted")
        else:
            head = Content(" " * _indent(row, width))
        sentence = self._sentence(row, width)
        return (head + (sentence[line] if line < len(sentence) else Content(""))).truncate(width)

    def _sentence(self, row: EventRow, width: int) -> list[Content]:
        """Return the lines of an event's words: one if there is no room for sentences."""
        known = self._broken.get((row.event.key, row.hidden))
        if known is not None and width == self._laid_out_for[0]:
            return known
        words = Content.styled(HIDDEN_EVENT, "$faint") if row.hidden else Content(sanitise_line(row.event.text))
        room = max(4, width - _indent(row, width) - 1)
        broken = words.wrap(room) if self._laid_out_for[1] else [words.truncate(room, ellipsis=True)]
        self._broken[row.event.key, row.hidden] = broken
        return broken


def _mark(row: EventRow, width: int) -> str:
    return (
        f"{MARKS[row.event.kind]} {WORDS[row.event.kind]:<5} " if width >= _WORDS_FROM else MARKS[row.event.kind] + " "
    )


def _indent(row: EventRow, width: int) -> int:
    return 2 + _DATE_CELLS + 2 + len(_mark(row, width))
