"""Words selected by keyboard or mouse: by character, word, sentence, paragraph, line."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from db.models import Place
from db.text import sanitise
from serge_tui.listeners import Listeners
from serge_tui.modes.reader.citation import citation
from serge_tui.modes.reader.motions import Motion, Text, Unit
from serge_tui.modes.reader.selection_range import SelectionRange
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import layer_of
from serge_tui.services.clipboard import copy_beside_the_terminal

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.frame import Frame
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView


class Selection:
    """Selects words, draws them, and copies them."""

    def __init__(self, page: PageView, text: OpenedText, frame: Frame, host: Host) -> None:
        self._page, self._text, self._frame, self._host = page, text, frame, host
        self._range: SelectionRange | None = None
        self._passages: Text | None = None
        self._column: int | None = None
        self.changed = Listeners[[]]()
        """Called when other words are selected than before, or none."""
        text.chapter_opened.add(self.chapter_opened)

    @property
    def is_active(self) -> bool:
        """Whether words are being selected."""
        return self._range is not None

    def chapter_opened(self, opened: OpenChapter) -> None:
        """Drop the selection: it does not go from chapter to chapter."""
        self._passages = Text(opened.passages)
        if self._range is not None:
            self._range = None
            self._draw()

    def selected(self) -> Stretch | None:
        """Return the stretch that is selected."""
        if self._range is None or self._passages is None:
            return None
        return self._range.stretch(self._passages, self._line)

    def described(self) -> str:
        """Return how much is selected and by what unit; empty if nothing is."""
        stretch = self.selected()
        if stretch is None or self._range is None:
            return ""
        count = len(self._page.words_of(stretch).split())
        return f"by {self._range.unit} · {'1 word' if count == 1 else f'{count} words'}"

    def selected_or_lit(self, unit: Unit) -> Stretch | None:
        """Return what is selected, else what is lit; if neither is, begin a selection by a unit and return None."""
        stretch = self.selected() or self._text.lit
        if stretch is None:
            self.action_begin(unit)
            self._host.inform("Select the words, then press that key again: w b ( ) j k move, v takes more.")
        return stretch

    # --- selecting ---------------------------------------------------------------------------------------------------

    def action_begin(self, unit: Unit) -> None:
        """Begin to select at what is lit, else at the first line shown; go on by another unit in a selection."""
        view, lit = self._page.view(), self._text.lit
        if self._passages is None or view is None:
            return
        if self._range is not None:
            self._set(SelectionRange(self._range.fixed, self._range.cursor, unit))
        elif lit is not None:
            begin, stop = lit.begin, (lit.end_passage, max(0, lit.end - 1))
            self._set(SelectionRange(begin, stop, unit))
        else:
            at = self._passages.tame(view.begin)
            self._set(SelectionRange(at, at, unit))

    def action_wider(self) -> None:
        """Select by the next larger unit."""
        if self._range is not None:
            self._set(self._range.wider())

    def action_other_end(self) -> None:
        """Move the other end from now on."""
        if self._range is not None:
            self._set(self._range.turned())

    def action_move(self, motion: Motion) -> None:
        """Move the end that moves."""
        if self._range is not None and self._passages is not None:
            self._set(self._range.to(self._passages.move(self._range.cursor, motion)))

    def action_lines(self, count: int) -> None:
        """Move it by lines, in its column."""
        if self._range is None or self._passages is None:
            return
        cursor = self._range.cursor
        column = self._column if self._column is not None else self._page.column_of(*cursor)
        self._set(self._range.to(self._passages.tame(self._page.beside(*cursor, count, column))))
        self._column = column

    def action_half_pages(self, count: int) -> None:
        """Move it by half pages."""
        self.action_lines(count * max(1, self._page.rows // 2))

    def action_line_end(self, last: bool) -> None:
        """Move it to the start or the end of its line."""
        if self._range is None or self._passages is None:
            return
        line = self._line(self._range.cursor)
        self._set(self._range.to(self._passages.tame((line.passage, line.end - 1 if last else line.start))))

    def action_end(self) -> None:
        """Select nothing."""
        if self._range is not None:
            self._range = None
            self._frame.clear_selection()
            self._draw()

    def select_to(self, place: tuple[int, int]) -> None:
        """Move the end that moves to a place: a hit of a search."""
        if self._range is not None and self._passages is not None:
            self._set(self._range.to(self._passages.tame(place)))

    def dragged(self, stretch: Stretch | None) -> None:
        """Take over what the mouse selected; the keyboard can go on from there."""
        if stretch is None:
            self.action_end()
            return
        self._range = SelectionRange(stretch.begin, (stretch.end_passage, max(0, stretch.end - 1)))
        self._draw()

    def action_copy(self) -> None:
        """Copy what is selected or lit, with where it comes from."""
        stretch, opened = self.selected_or_lit("sentence"), self._text.opened
        if stretch is None or opened is None:
            return
        page = self._host.library.texts.page_at(Place(opened.edition.key, *stretch.begin))
        words = self._page.words_of(stretch)
        source = citation(opened.edition, opened.chapter, page)
        text = sanitise(f"“{words}”\n— {source}")
        self._page.app.copy_to_clipboard(text)
        self.action_end()
        self._host.start(self._say_copied(text), opens=False)

    async def _say_copied(self, text: str) -> None:
        """Copy where the terminal may not have, and say which it was; the desktop's tool may take a moment."""
        fallback = self._host.library.path.with_name("copied.txt")
        self._host.inform(await asyncio.to_thread(copy_beside_the_terminal, text, fallback))

    # --- drawing -----------------------------------------------------------------------------------------------------

    def _line(self, place: tuple[int, int]) -> Stretch:
        line = self._page.line_of(*place)
        return Stretch(*place, *place) if line is None else Stretch(line.passage, line.start, line.passage, line.end)

    def _set(self, selected: SelectionRange) -> None:
        self._range = selected
        self._column = None
        self._page.scroll_into_view(*selected.cursor, margin=0)
        self._draw()

    def _draw(self) -> None:
        stretch = self.selected()
        self._page.light("d-selected", layer_of("page--selected", [stretch]) if stretch else None)
        cursor = None
        if self._range is not None:
            passage, offset = self._range.cursor
            cursor = layer_of("page--cursor", [Stretch(passage, offset, passage, offset + 1)])
        self._page.light("e-cursor", cursor)
        self._frame.show_commands()
        self.changed()
