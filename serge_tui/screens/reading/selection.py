"""Choosing words by keyboard or mouse: character, word, sentence, paragraph, line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from textual import on

from serge_tui.commands import Chords, Command
from serge_tui.reading.motions import Motion, Text, Unit
from serge_tui.reading.selecting import Selecting
from serge_tui.reading.stretch import Stretch
from serge_tui.screens.reading.open_text import OpenText
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.page import PageView
from serge_tui.widgets.page_ink import layer_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from textual import events

    from serge_tui.reading.opened import OpenChapter

SELECTION: Final = (
    Command("reader.select", "v", "Select", "select('character')",
            "Choose words; v again takes whole words, sentences, paragraphs.", "Marking", footer="select", rank=5),
    Command("reader.select-lines", "V", "Select lines", "select('line')", "Choose whole lines.", "Marking"),
)  # fmt: skip
WHILE_SELECTING: Final = (
    Command("select.wider", "v", "By word, sentence, paragraph", "wider", "Take larger pieces.", "Selecting",
            footer="word, sentence…", rank=2),
    Command("select.lines", "V", "By line", "select('line')", "Take whole lines.", "Selecting"),
    Command("select.left", "h,left", "Left", "motion('left')", "A character left.", "Selecting"),
    Command("select.right", "l,right,space", "Right", "motion('right')", "A character right.", "Selecting"),
    Command("select.down", "j,down", "Down", "select_lines(1)", "A line down.", "Selecting"),
    Command("select.up", "k,up", "Up", "select_lines(-1)", "A line up.", "Selecting"),
    Command("select.word", "w", "Next word", "motion('word')", "The next word.", "Selecting"),
    Command("select.back", "b", "Word before", "motion('back')", "The word before.", "Selecting"),
    Command("select.word-end", "e", "End of the word", "motion('word-end')", "The end of the word.", "Selecting"),
    Command("select.line-start", "0,home", "Start of the line", "line_end(False)", "The line's start.", "Selecting"),
    Command("select.line-end", "dollar_sign,end", "End of the line", "line_end(True)", "The line's end.", "Selecting"),
    Command("select.sentence", "right_parenthesis", "Next sentence", "motion('sentence')", "The next sentence.",
            "Selecting"),
    Command("select.sentence-back", "left_parenthesis", "Sentence before", "motion('sentence-back')",
            "The sentence before.", "Selecting"),
    Command("select.paragraph", "right_curly_bracket", "Next paragraph", "motion('paragraph')", "The next paragraph.",
            "Selecting"),
    Command("select.paragraph-back", "left_curly_bracket", "Paragraph before", "motion('paragraph-back')",
            "The paragraph before.", "Selecting"),
    Command("select.first", "g g", "Beginning", "motion('first')", "The chapter's beginning.", "Selecting"),
    Command("select.last", "G", "End", "motion('last')", "The chapter's end.", "Selecting"),
    Command("select.page-down", "ctrl+f,pagedown,ctrl+d", "Half a page down", "select_page(1)", "Half a page down.",
            "Selecting"),
    Command("select.page-up", "ctrl+b,pageup,ctrl+u", "Half a page up", "select_page(-1)", "Half a page up.",
            "Selecting"),
    Command("select.turn", "o", "Other end", "other_end", "Move the other end.", "Selecting"),
    Command("select.note", "a", "Note", "note", "A note on these words.", "Selecting", footer="note", rank=1),
    Command("select.menu", "enter", "What to do", "menu", "Colours, note, copy, find.", "Selecting",
            footer="menu", rank=0),
    Command("select.copy", "y", "Copy", "copy", "Copy with author, chapter and page.", "Selecting",
            footer="copy", rank=1),
    Command("select.close", "escape", "Done", "stop_selecting", "Choose nothing.", "Selecting", footer="done", rank=1,
            palette=False),
)  # fmt: skip


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
        return (*self.while_selecting(), *self.serge.COMMAND_SET)

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
