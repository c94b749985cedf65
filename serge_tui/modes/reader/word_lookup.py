"""Selected words, looked up with the program that the reader has set."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from serge_tui.paths import programs_file
from serge_tui.services.lookup_command import look_up, stored_command

if TYPE_CHECKING:
    from serge_tui.host import Host
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.selection import Selection
    from serge_tui.modes.reader.widgets.page import PageView


class WordLookup:
    """Looks up what is selected or highlighted, else words that it asks for."""

    def __init__(self, page: PageView, text: OpenedText, selection: Selection, host: Host) -> None:
        self._page, self._text, self._selection, self._host = page, text, selection, host

    def action_look_up(self) -> None:
        """Look the words up, and show over the page what the program prints."""
        stretch = self._selection.selected() or self._text.lit
        words = self._page.words_of(stretch) if stretch is not None else ""
        self._selection.action_end()
        self._host.start(self._show(words))

    async def _show(self, words: str) -> None:
        from serge_tui.dialogs.program_output import ProgramOutput
        from serge_tui.dialogs.prompt import Prompt

        command = stored_command(programs_file())  # read each time: the reader may just have set it
        if not command:
            self._host.inform('No program is set to look words up: serge config set lookup_command "dict {}"')
            return
        if not words:
            typed = await self._host.ask(Prompt("Look up", "a word, or several"))
            words = typed or ""
        if words.strip():
            await self._host.ask(ProgramOutput(words, command[0], partial(look_up, command, words)))
