"""Words highlighted in a colour, and the menu for the selected words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.commands.reader import HIGHLIGHT_ID, SELECTION_COMMANDS
from serge_tui.modes.reader.chapter_marks import colour_names

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from serge_tui.commands import Command
    from serge_tui.host import Host
    from serge_tui.modes.reader.annotations import Annotations
    from serge_tui.modes.reader.note_peek import NotePeek
    from serge_tui.modes.reader.selection import Selection

_MENU: tuple[str, ...] = ("select.note", "select.note-everywhere", "select.look-up", "select.copy")
"""Ids of what the menu offers after the colours."""


class Highlights:
    """Highlights the selected words, and changes the colour of the annotation that is looked at.

    `run` runs a command of the screen: what is chosen in the menu.
    """

    def __init__(
        self,
        selection: Selection,
        annotations: Annotations,
        peek: NotePeek,
        run: Callable[[Command], Awaitable[object]],
        host: Host,
    ) -> None:
        self._selection, self._annotations, self._peek, self._run, self._host = selection, annotations, peek, run, host

    async def action_colour(self, colour: str) -> None:
        """Highlight what is selected, or change the colour of the annotation looked at."""
        if self._peek.annotation is not None and not self._selection.is_active:
            await self._peek.change_colour(colour)
            return
        stretch = self._selection.selected_or_lit("word")
        if stretch is not None:
            self._selection.action_end()
            await self._annotations.save(self._annotations.new("highlight", stretch, colour), None, "the highlight")

    def action_menu(self) -> None:
        """Choose what to do with the selected words."""
        self._host.start(self._ask_menu())

    async def _ask_menu(self) -> None:
        from serge_tui.dialogs.choice import Choice

        colours = [command for command in SELECTION_COMMANDS if command.id.startswith(HIGHLIGHT_ID)]
        commands = [*colours, *(command for command in SELECTION_COMMANDS if command.id in _MENU)]
        rows = [(self._title(command), command.label(self._host.reader_keymap)) for command in commands]
        chosen = await self._host.ask(Choice("These words", rows))
        if chosen is not None:
            await self._run(commands[chosen])

    def _title(self, command: Command) -> str:
        name = colour_names(self._host.library).get(command.id.removeprefix(HIGHLIGHT_ID), "")
        return f"{command.title} · {name}" if name else command.title

    def word_for(self, command: Command) -> str | None:
        """Return the reader's name for a highlight command's colour; None for any other command."""
        if not command.id.startswith(HIGHLIGHT_ID):
            return None
        colour = command.id.removeprefix(HIGHLIGHT_ID)
        return colour_names(self._host.library).get(colour, colour)
