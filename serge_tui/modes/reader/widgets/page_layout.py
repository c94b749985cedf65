"""A chapter laid out on the screen: which line is on top, and what keeps it there."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from textual.geometry import Size
from textual.scroll_view import ScrollView

from db.passages import words_within
from serge_tui.core.typesetting import ChapterLayout, Settings, column_of, columns, offset_at, pages
from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.models import Passage
    from serge_tui.core.typesetting import Columns, Line, Page

SIGNS: Final = 2
"""Cells left of the text: a sign for what is marked there, and a space."""
LABELS: Final = 5
"""Cells right of the text, where there is room: the number of a printed page that begins there."""
END_AIR: Final = 3
"""Lines after the end of a chapter: an empty one, and two for what can be done there."""
CHAPTER_TOP: Final = -1
"""In place of a row: wherever the character is when the chapter is shown from its top."""


@dataclass(frozen=True, slots=True)
class Hold:
    """The character that stays on its row of the screen through every new layout."""

    passage: int
    offset: int
    row: int


class PageLayout(ScrollView, can_focus=False):
    """Lays out and scrolls; `PageView` draws."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._passages: Sequence[Passage] = ()
        self._layout: ChapterLayout | None = None
        self._columns: Columns | None = None
        self._cut: list[Page] | None = None
        self._laid_out_for = Size(0, 0)
        self._hold = Hold(0, 0, 0)
        self._placing = False
        self._left = 0
        self.paged = False

    def lay_out_anew(self, passages: Sequence[Passage], language: str) -> None:
        """Lay out another chapter, from its beginning."""
        self._passages = passages
        self._settings = replace(self._settings, language=language)
        self._layout = None
        self._hold = Hold(passages[0].ordinal if passages else 0, 0, CHAPTER_TOP)
        self.lay_out()

    def layout_changed(self) -> None:
        """Hook: the lines have changed."""

    def moved(self) -> None:
        """Hook: other lines are shown."""

    @property
    def settings(self) -> Settings:
        """How the text is set; the measure is the one asked for, even if there is less room."""
        return self._settings

    def set_settings(self, settings: Settings, *, paged: bool | None = None) -> None:
        """Set the text in another way; the place stays."""
        self._settings = settings
        self.paged = self.paged if paged is None else paged
        self._laid_out_for = Size(0, 0)
        self.lay_out()

    # --- layout ------------------------------------------------------------------------------------------------------

    @property
    def rows(self) -> int:
        """Lines of the screen."""
        return max(1, self._laid_out_for.height or self.size.height)

    @property
    def room(self) -> int:
        """Lines of text shown at the same time, in all columns together."""
        return self.rows * (self._columns.count if self._columns else 1)

    def lay_out(self) -> None:
        """Set the chapter for the present size, and stay at the place."""
        size = self.scrollable_content_region.size
        if not size.width or not size.height or not self._passages:
            return
        new = columns(size.width + 1, self._settings.measure)
        available = size.width - SIGNS * new.count - new.gutter * (new.count - 1) - 1
        self._columns = replace(new, measure=max(1, min(new.measure, available // new.count)))
        taken = new.count * (SIGNS + self._columns.measure) + (new.count - 1) * new.gutter
        self._left = max(0, (size.width - taken - SIGNS) // 2)
        wanted = replace(self._settings, measure=self._columns.measure)
        if self._layout is None:
            self._layout = ChapterLayout(self._passages, wanted)
        elif self._layout.settings != wanted:
            self._layout = self._layout.with_settings(wanted)
        self._cut = None
        self._laid_out_for = size
        self.layout_changed()
        self._place()

    def on_resize(self) -> None:
        """Set the text for the new size."""
        self.lay_out()

    def _place(self) -> None:
        """Bring the held character back to its row."""
        assert self._layout is not None
        hold, top = self._hold, 0
        if hold.row != CHAPTER_TOP:
            top = self._layout.index_of(hold.passage, hold.offset) - min(hold.row, self.rows - 1)
        self._placing = True
        self.virtual_size = Size(self.size.width, self.last_top + self.rows)
        self.scroll_to(y=max(0, min(top, self.last_top)), animate=False)
        self._placing = False
        if hold.row == CHAPTER_TOP:
            self._take_hold()
        self.refresh()
        self.moved()

    @property
    def cut(self) -> list[Page]:
        """The chapter's pages; in two columns each is a column."""
        if self._cut is None:
            assert self._layout is not None
            several = self._columns is not None and self._columns.count > 1
            self._cut = pages(self._layout, self.rows, 0 if several else 1)
        return self._cut

    def _page_at_top(self) -> int:
        """Return the position in `cut` of the page with the first line shown; if two pages share it, the later one."""
        return max(0, bisect_right(self.cut, self.top, key=lambda page: page.start) - 1)

    @property
    def last_top(self) -> int:
        """The last line that can be the first one shown."""
        if self._layout is None:
            return 0
        if self.paged:
            count = self._columns.count if self._columns else 1
            return self.cut[(len(self.cut) - 1) // count * count].start if self.cut else 0
        return max(0, len(self._layout) + END_AIR - self.room)

    @property
    def top(self) -> int:
        """Index of the first line shown."""
        return round(self.scroll_y)

    @property
    def hold(self) -> Hold:
        """The character the page holds: the place for the way back."""
        return self._hold

    # --- moving ------------------------------------------------------------------------------------------------------

    def go(self, passage: int, offset: int, row: int | None = None) -> None:
        """Show a character on a row of the screen; None is the first row, or the chapter's top at its beginning."""
        if row is None:
            first = bool(self._passages) and (passage, offset) <= (self._passages[0].ordinal, 0)
            row = CHAPTER_TOP if first else 0
        self._hold = Hold(passage, offset, row)
        if self._layout is not None and self._laid_out_for == self.scrollable_content_region.size:
            self._place()

    def scroll_lines(self, count: int) -> bool:
        """Move by lines; False when it could not move."""
        before = self.top
        self.scroll_to(y=max(0, min(before + count, self.last_top)), animate=False)
        return self.top != before

    def turn(self, count: int) -> bool:
        """Turn pages, keeping one line of context; False at the end."""
        if not self.paged or self._layout is None:
            return self.scroll_lines(count * max(1, self.room - 1))
        each = self._columns.count if self._columns else 1
        at = self._page_at_top() // each * each
        if count < 0 and self.cut[at].start < self.top:
            at += each
        to = at + count * each
        if to < 0 or to >= len(self.cut):
            return self.scroll_lines(-self.top) if to < 0 else False
        return self.scroll_lines(self.cut[to].start - self.top)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Hold the line the reader scrolled to; a clamp while sizes change does not count as scrolling."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) == round(new_value) or self._placing or self._layout is None:
            return
        if self._laid_out_for == self.scrollable_content_region.size:
            self._take_hold()
            self.moved()

    def _take_hold(self) -> None:
        """Hold the first character shown."""
        layout, top = self._layout, self.top
        assert layout is not None
        for index in range(top, min(len(layout), top + self.room)):
            line = layout.line(index)
            if line.passage >= 0:
                self._hold = Hold(line.passage, line.start, index - top)
                return

    # --- where is what -----------------------------------------------------------------------------------------------

    def view(self) -> Stretch | None:
        """Return the stretch of text on the screen."""
        shown = self._shown()
        return Stretch(shown[0].passage, shown[0].start, shown[-1].passage, shown[-1].end) if shown else None

    def _shown(self) -> list[Line]:
        if self._layout is None:
            return []
        lines = [line for begin, end in self.spans() for line in self._layout.lines(begin, end)]
        return [line for line in lines if line.passage >= 0]

    def spans(self) -> list[tuple[int, int]]:
        """Return the lines each column shows: the first, and the one after the last; a page may end early."""
        if self._layout is None or self._columns is None:
            return []
        top, whole, count = self.top, len(self._layout), self._columns.count
        if self.paged and top < self.last_top:
            at = self._page_at_top()
            if self.cut[at].start == top:
                columns = self.cut[at : at + count]
                return [(page.start, page.end) for page in columns] + [(whole, whole)] * (count - len(columns))
        firsts = range(top, top + count * self.rows, self.rows)
        return [(min(first, whole), min(first + self.rows, whole)) for first in firsts]

    def line_of(self, passage: int, offset: int) -> Line | None:
        """Return the line that shows a character."""
        return None if self._layout is None else self._layout.line(self._layout.index_of(passage, offset))

    def beside(self, passage: int, offset: int, lines: int, column: int | None = None) -> tuple[int, int]:
        """Return the place so many text lines below (or above) another, in a column of cells, up to the ends."""
        layout = self._layout
        if layout is None:
            return passage, offset
        index = layout.index_of(passage, offset)
        column = column_of(layout.line(index), offset) if column is None else column
        step, found = (1 if lines > 0 else -1), index
        for _ in range(abs(lines)):
            index += step
            while 0 <= index < len(layout) and layout.line(index).passage < 0:
                index += step
            if not 0 <= index < len(layout):
                break
            found = index
        line = layout.line(found)
        return line.passage, min(offset_at(line, column), max(line.start, line.end - 1))

    def column_of(self, passage: int, offset: int) -> int:
        """Return the cell of a character, from the left edge of the text."""
        line = self.line_of(passage, offset)
        return 0 if line is None else column_of(line, offset)

    def spot_of(self, passage: int, offset: int) -> tuple[int, int] | None:
        """Return the cell and row of the widget where a character is drawn; None if it is not in view."""
        if self._layout is None or self._columns is None:
            return None
        index = self._layout.index_of(passage, offset)
        for column, (begin, end) in enumerate(self.spans()):
            if begin <= index < end:
                left = self._left + column * (SIGNS + self._columns.measure + self._columns.gutter)
                return left + SIGNS + column_of(self._layout.line(index), offset), index - begin
        return None

    def scroll_into_view(self, passage: int, offset: int, margin: int = 2) -> None:
        """Move no further than is needed to show a character with some lines around it."""
        if self._layout is None:
            return
        index = self._layout.index_of(passage, offset)
        margin = min(margin, max(0, (self.room - 1) // 2))
        if index < self.top + margin:
            self.scroll_lines(index - margin - self.top)
        elif index >= self.top + self.room - margin:
            self.scroll_lines(index - self.room + 1 + margin - self.top)

    def words_of(self, stretch: Stretch) -> str:
        """Return the words of a stretch as they are shown and copied, one passage a line, without marks of notes."""
        return words_within(self._passages, stretch.begin, stretch.stop).unmarked

    def _place_of(self, index: int, at: int) -> tuple[int, int]:
        """Return the place of the character `at` of the text of a line."""
        layout = self._layout
        assert layout is not None
        while index > 0 and layout.line(min(index, len(layout) - 1)).passage < 0:
            index, at = index - 1, 1 << 20
        line = layout.line(max(0, min(index, len(layout) - 1)))
        if at >= len(line.text):
            return line.passage, line.end
        if line.offsets is None:
            return line.passage, line.start + max(0, at)
        origin = next((origin for origin in line.offsets[max(0, at) :] if origin >= 0), line.end)
        return line.passage, origin
