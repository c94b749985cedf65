"""The command palette: the commands of the open screen and of the app."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.screen import ModalScreen

from serge_tui.dialogs.dialog import Dialog
from serge_tui.host import host_of

if TYPE_CHECKING:
    from textual.fuzzy import Matcher

    from serge_tui.commands import Command


class CommandProvider(Provider):
    """Offers every command by its title, with its keys and its sentence."""

    @property
    def _commands(self) -> list[Command]:
        if isinstance(self.screen, Dialog):
            return list(self.screen.COMMAND_SET)
        if isinstance(self.screen, ModalScreen):
            return []  # the mode's commands would run on the dialog
        return [command for command in host_of(self.screen).commands_here if command.palette]

    async def discover(self) -> Hits:
        """List every command of this screen."""
        for command in self._commands:
            yield DiscoveryHit(
                command.title, partial(self.screen.run_action, command.textual_action), help=self._help(command)
            )

    async def search(self, query: str) -> Hits:
        """List the commands whose titles match the words typed."""
        matcher = self.matcher(query)
        for command in self._commands:
            score = matcher.match(command.title) or _synonym_score(matcher, command)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.title),
                    partial(self.screen.run_action, command.textual_action),
                    help=self._help(command),
                )

    @staticmethod
    def _help(command: Command) -> str:
        return f"{command.help}  ({command.label()})" if command.keys else command.help


def _synonym_score(matcher: Matcher, command: Command) -> float:
    """Return how well the best synonym of a command matches; always less than a title that matches as well."""
    return max((matcher.match(word) * 0.9 for word in command.synonyms.split()), default=0.0)
