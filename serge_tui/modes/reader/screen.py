"""Read: a chapter of the guide or of an edition, and the way from every name to who that is."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual.containers import Horizontal

from serge_tui.commands.reader import READER
from serge_tui.modes.reader.bookmarks import Bookmarks
from serge_tui.modes.reader.editions import Editions
from serge_tui.modes.reader.movement import Moving
from serge_tui.modes.reader.name_corrections import Naming
from serge_tui.modes.reader.note_peek import Peeking
from serge_tui.modes.reader.panel import Panel
from serge_tui.modes.reader.places import Going
from serge_tui.modes.reader.text_search import Searching
from serge_tui.modes.reader.widgets.contents import Contents
from serge_tui.modes.reader.widgets.figure_card import FigureCard
from serge_tui.modes.reader.widgets.page import SecondPage
from serge_tui.modes.reader.widgets.peek import Peek
from serge_tui.modes.reader.widgets.people_panel import PeoplePanel
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.timer import Timer

    from serge_tui.commands import Command


CHORD_PAUSE: Final = 0.6
"""Seconds after which `]` alone means the next chapter, and not the beginning of `]p`."""


class ReaderScreen(Peeking, Bookmarks, Naming, Editions, Searching, Going, Panel, Moving):
    """The reader."""

    AUTO_FOCUS = ""
    CSS_PATH = "reader.tcss"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = READER

    def __init__(self) -> None:
        super().__init__()
        self._pause: Timer | None = None

    def compose_body(self) -> ComposeResult:
        """The page, and what is opened beside it."""
        with Horizontal(id="reader"):
            yield Contents()
            yield self.make_page()
            yield SecondPage(self.page.settings)
            yield PeoplePanel()
            yield FigureCard()
            yield Peek()

    def on_mount(self) -> None:
        """Open what was read last."""
        self.open_last()

    async def on_key(self, event: events.Key) -> None:
        """Follow chords; a key that is both a chord's beginning and a command of its own is one after a pause."""
        if self.take_letter(event.character) or await self.take_selecting_key(event):
            event.stop()
            event.prevent_default()
            return
        await super().on_key(event)
        if self._pause is not None:
            self._pause.stop()
            self._pause = None
        if len(self.chords.pending) == 1:
            self._pause = self.set_timer(CHORD_PAUSE, self._chord_did_not_go_on)

    async def _chord_did_not_go_on(self) -> None:
        pending = self.chords.pending
        commands = (c for c in self.all_commands() if len(pending) == 1 and pending[0] in c.alternatives(self.keymap))
        if command := next(commands, None):
            self.chords.reset()
            self.query_one(KeyLine).wait("")
            await self.run_action(command.textual_action)

    def refresh_data(self) -> None:
        """Read the chapter again where one is."""
        self.forget_names()
        self.forget_search()
        self.read_again()

    def action_escape(self) -> None:
        """Close what lies over the page; else go back, and put out what was searched for."""
        if self.peek.has_class("-shown"):
            self.close_peek()
        elif self.card.has_class("-shown"):
            self.close_card()
        elif self.contents.display:
            self.close_contents()
        elif self.focused is not None:
            self.set_focus(None)
        else:
            self.put_out_hits()
            self.host.go_back()
