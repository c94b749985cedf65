"""Choosing words by keyboard or mouse: character, word, sentence, paragraph, line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on

from serge_tui.commands import Chords, Command
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.reader import WHILE_SELECTING
from serge_tui.modes.reader.motions import Motion, Text, Unit
from serge_tui.modes.reader.open_text import OpenText
from serge_tui.modes.reader.selecting import Selecting
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page import PageView
from serge_tui.modes.reader.widgets.page_styling import layer_of
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events

    from serge_tui.modes.reader.chapter import OpenChapter


class Selection(OpenText):
    """Selecting words."""

    def __init__(self) -> None:
        super().__init__()
        self.selecting: Selecting | None = None
        self._text: Text | None = None
        self._column: int | None = None
        self._select_chords: Chords | None = None

    def chapter_opened(self, opened: OpenChapter) -> None:
        """A selection does not go from chapter to chapter."""
        self.selecting = None
        self._text = Text(opened.passages)
        super().chapter_opened(opened)

    def while_selecting(self) -> tuple[Command, ...]:
        """Commands that take the place of the others while words are being selected."""
        return WHILE_SELECTING

    def all_commands(self) -> tuple[Command, ...]:
        """While words are being selected their commands come first."""
        if self.selecting is None:
            return super().all_commands()
        return (*self.while_selecting(), *EVERYWHERE)

    async def take_selecting_key(self, event: events.Key) -> bool:
        """Run what a key means while words are selected; False when it means nothing then."""
        if self.selecting is None:
            return False
        if self._select_chords is None:
            self._select_chords = Chords(_by_keys(self.while_selecting(), self.keymap))
        result = self._select_chords.press(event.key, event.character)
        pending = result if isinstance(result, str) else ""
        self.query_one(KeyLine).wait(pending, self.following(self._select_chords))
        if isinstance(result, Command):
            await self.run_action(result.action)
        return result is not None

    # --- selecting ---------------------------------------------------------------------------------------------------

    def action_select(self, unit: Unit) -> None:
        """Begin to select at what is lit, else at the first line shown."""
        view = self.page.view()
        if self._text is None or view is None:
            return
        if self.selecting is not None:
            self._set(Selecting(self.selecting.fixed, self.selecting.cursor, unit))
        elif self.lit is not None:
            begin, stop = self.lit.begin, (self.lit.end_passage, max(0, self.lit.end - 1))
            self._set(Selecting(begin, stop, unit))
        else:
            at = self._text.tame(view.begin)
            self._set(Selecting(at, at, unit))

    def action_wider(self) -> None:
        """Take larger pieces."""
        if self.selecting is not None:
            self._set(self.selecting.wider())

    def action_other_end(self) -> None:
        """Move the other end from now on."""
        if self.selecting is not None:
            self._set(self.selecting.turned())

    def action_motion(self, motion: Motion) -> None:
        """Move the end that moves."""
        if self.selecting is not None and self._text is not None:
            self._set(self.selecting.to(self._text.move(self.selecting.cursor, motion)))

    def action_select_lines(self, count: int) -> None:
        """Move it by lines, in its column."""
        if self.selecting is None or self._text is None:
            return
        cursor = self.selecting.cursor
        column = self._column if self._column is not None else self.page.column_of(*cursor)
        self._set(self.selecting.to(self._text.tame(self.page.beside(*cursor, count, column))))
        self._column = column

    def action_select_page(self, count: int) -> None:
        """Move it by half a page."""
        self.action_select_lines(count * max(1, self.page.rows // 2))

    def action_line_end(self, last: bool) -> None:
        """Move it to the start or the end of its line."""
        if self.selecting is None or self._text is None:
            return
        line = self._line(self.selecting.cursor)
        self._set(self.selecting.to(self._text.tame((line.passage, line.end - 1 if last else line.start))))

    def action_stop_selecting(self) -> None:
        """Choose nothing."""
        if self.selecting is not None:
            self.selecting = None
            self.clear_selection()
            self._draw_selection()

    def select_to(self, place: tuple[int, int]) -> None:
        """Move the end that moves to a place: a hit of a search."""
        if self.selecting is not None and self._text is not None:
            self._set(self.selecting.to(self._text.tame(place)))

    def selected(self) -> Stretch | None:
        """The stretch that is selected."""
        if self.selecting is None or self._text is None:
            return None
        return self.selecting.stretch(self._text, self._line)

    @on(PageView.Dragged)
    def _dragged(self, message: PageView.Dragged) -> None:
        """Take over what the mouse selected; the keyboard can go on from there."""
        if message.stretch is None:
            self.action_stop_selecting()
            return
        begin, stop = message.stretch.begin, message.stretch.stop
        self.selecting = Selecting(begin, (stop[0], max(0, stop[1] - 1)))
        self._draw_selection()

    def _line(self, place: tuple[int, int]) -> Stretch:
        line = self.page.line_of(*place)
        return Stretch(*place, *place) if line is None else Stretch(line.passage, line.start, line.passage, line.end)

    def _set(self, selecting: Selecting) -> None:
        self.selecting = selecting
        self._column = None
        self.page.scroll_into_view(*selecting.cursor, margin=0)
        self._draw_selection()

    def _draw_selection(self) -> None:
        stretch, selecting = self.selected(), self.selecting
        self.page.light("d-selected", layer_of("page--selected", [stretch]) if stretch else None)
        cursor = None
        if selecting is not None:
            passage, offset = selecting.cursor
            cursor = layer_of("page--cursor", [Stretch(passage, offset, passage, offset + 1)])
        self.page.light("e-cursor", cursor)
        self.commands_changed()
        self.show_where()

    def show_where(self) -> None:
        """While selecting, how much is selected and by what."""
        stretch = self.selected()
        if stretch is None or self.selecting is None:
            super().show_where()
            return
        count = len(self.page.words_of(stretch).split())
        words = "1 word" if count == 1 else f"{count} words"
        self.set_status(f"by {self.selecting.unit} · {words}")


def _by_keys(commands: Iterable[Command], keymap: Mapping[str, str]) -> dict[tuple[str, ...], Command]:
    return {tuple(keys.split(" ")): command for command in commands for keys in command.alternatives(keymap)}
