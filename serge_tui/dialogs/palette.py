"""The palette entries of our own commands: those of the app and of the screen that is open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import ModalScreen

from serge_tui.host import host_of

if TYPE_CHECKING:
    from serge_tui.commands import Command


class CommandProvider(Provider):
    """Offers every command by its title, with its keys and its sentence."""

    @property
    def _commands(self) -> list[Command]:
        if isinstance(self.screen, ModalScreen):
            return []  # a mode's commands would be run on the dialog
        return [command for command in host_of(self.screen).commands_here if command.palette]

    async def discover(self) -> Hits:
        """Everything that can be done here."""
        for command in self._commands:
            yield DiscoveryHit(
                command.title, partial(self.screen.run_action, command.textual_action), help=self._help(command)
            )

    async def search(self, query: str) -> Hits:
        """What matches the words typed."""
        matcher = self.matcher(query)
        for command in self._commands:
            if (score := matcher.match(command.title)) > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    partial(self.screen.run_action, command.textual_action),
                    help=self._help(command),
                )

    @staticmethod
    def _help(command: Command) -> str:
        return f"{command.help}  ({command.label()})" if command.keys else command.help
