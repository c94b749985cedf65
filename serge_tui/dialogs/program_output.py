"""What a program of the reader's prints about some words, over any mode."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.commands.dialogs import HELP_SCREEN
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import work

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult

    from serge_tui.commands import Command


class ProgramOutput(Dialog[None]):
    """Runs a program in a thread and shows its output as plain text; Esc closes it at any time.

    Args:
        words: What is looked up.
        program: The program, named while it runs.
        run: Returns the output; raises SergeError. It must have a time limit of its own.
    """

    DEFAULT_CSS = """
    ProgramOutput { align: center middle; }
    ProgramOutput > VerticalScroll {
        width: 84; max-width: 96%; height: auto; max-height: 92%; background: $panel; padding: 1 2;
    }
    ProgramOutput Static { background: $panel; height: auto; }
    #output-words { color: $primary; text-style: bold; margin-bottom: 1; }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = tuple(one for one in HELP_SCREEN if one.id != "help.search")

    def __init__(self, words: str, program: str, run: Callable[[], str]) -> None:
        super().__init__()
        self._words = " ".join(sanitise_line(words).split())
        self._program = sanitise_line(Path(program).name)
        self._run = run

    def compose(self) -> ComposeResult:
        """The words, and below them what the program prints."""
        with VerticalScroll():
            yield Static(Content(self._words), id="output-words")
            yield Static(Content(f"{self._program} is running…"), id="output")

    def on_mount(self) -> None:
        """Run the program."""
        self.query_one(VerticalScroll).focus()
        self._look_up()

    @work(thread=True, group="program-output")
    def _look_up(self) -> None:
        try:
            printed = self._run()
        except SergeError as error:
            printed = str(error)
        self.app.call_from_thread(self._show, printed)

    def _show(self, printed: str) -> None:
        if self.is_attached:
            self.query_one("#output", Static).update(Content(sanitise(printed)))

    def action_close(self) -> None:
        """Close it; a program still running is ended at its limit."""
        self.dismiss(None)

    def action_scroll_text(self, how: str) -> None:
        """Scroll the text; `how` is a method of Textual's containers."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)
