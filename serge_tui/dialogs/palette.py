"""The command palette: everything that can be done or gone to, from anywhere."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

from textual.command import Hit, Hits, Provider
from textual.content import Content
from textual.screen import ModalScreen

from db.text import sanitise_line
from serge_tui.dialogs.dialog import Dialog
from serge_tui.dialogs.palette_entries import (
    CommandIn,
    PaletteEntry,
    SettingAt,
    command_entries,
    library_entries,
    lit,
    people_entries,
    person_entry,
    recent,
    remember,
    runs_everywhere,
    runs_here,
    score,
)
from serge_tui.host import host_of

if TYPE_CHECKING:
    from serge_tui.host import Host

MOST_PEOPLE = 8
FIGURE = "figure:"


class CommandProvider(Provider):
    """Offers commands of every mode, settings, chapters, people, editions, decks; over a dialog, its own commands."""

    _entries: list[PaletteEntry]

    @property
    def _host(self) -> Host:
        return host_of(self.screen)

    @property
    def _is_over_dialog(self) -> bool:
        return isinstance(self.screen, ModalScreen)

    async def startup(self) -> None:
        """Gather what can be offered; what is read from the database is read in a thread."""
        host, screen = self._host, self.screen
        if isinstance(screen, Dialog):
            own = [command for command in screen.COMMAND_SET if command.id != "dialog.help"]
            keymap = dict(host.reader_keymap)
            self._entries = [
                PaletteEntry(f"command:{command.id}", command.title, "", command.help, CommandIn(command), "",
                             command.label(keymap))
                for command in own
            ]  # fmt: skip
        elif self._is_over_dialog:
            self._entries = []  # the mode's commands would run on the dialog
        else:
            self._entries = command_entries(host.commands_here, host.current_mode_name, dict(host.reader_keymap))
            self._entries += await asyncio.to_thread(library_entries, host.library)

    async def discover(self) -> Hits:
        """List what was run last, then what can be done everywhere, then every other command of this screen."""
        shown: list[PaletteEntry] = []
        if not self._is_over_dialog:
            known = {entry.id: entry for entry in self._entries}
            for name in recent(self._host.library):
                entry = known.get(name) or self._person(name)
                if entry is not None:
                    shown.append(entry)
        first = {entry.id for entry in shown}
        here = [entry for entry in self._entries if entry.id not in first and runs_here(entry)]
        shown += sorted(here, key=lambda entry: not runs_everywhere(entry))
        for at, entry in enumerate(shown):
            # Not a DiscoveryHit: these are put into the order of the alphabet.
            yield Hit(1 - at / len(shown), self._drawn(entry, ""), partial(self._run, entry), text=entry.title)

    def _person(self, name: str) -> PaletteEntry | None:
        if not name.startswith(FIGURE):
            return None
        figure = self._host.library.figures.by_key(name.removeprefix(FIGURE))
        return None if figure is None else person_entry(figure.key, figure.name, figure.one_line)

    async def search(self, query: str) -> Hits:
        """List what answers to the words typed."""
        found = [(points, entry) for entry in self._entries if (points := score(entry, query))]
        if not self._is_over_dialog:
            found += await asyncio.to_thread(self._people, query)
        for points, entry in found:
            yield Hit(min(points, 1.0), self._drawn(entry, query), partial(self._run, entry), text=entry.title)

    def _people(self, query: str) -> list[tuple[float, PaletteEntry]]:
        host = self._host
        matches = host.finder.find(query, limit=MOST_PEOPLE)
        return people_entries(matches, host.library.figures.one_lines(match.figure for match in matches))

    @staticmethod
    def _drawn(entry: PaletteEntry, query: str) -> Content:
        title = Content(sanitise_line(entry.title))
        for start, end in lit(title.plain, query):
            title = title.stylize("bold $primary", start, end)
        detail = sanitise_line(entry.detail)
        return title + Content.styled(f"\n{detail}", "$muted") if detail else title

    async def _run(self, entry: PaletteEntry) -> None:
        """Do what an entry stands for, and remember it."""
        host = self._host
        if not self._is_over_dialog:
            host.watch_write(remember(host.library, entry))
        match entry.target:
            case CommandIn(command, None):
                await self.screen.run_action(command.textual_action)
            case CommandIn(command, mode) if mode is not None:
                host.run_in_mode(command, mode)
            case SettingAt(row):
                host.open_settings(row)
            case CommandIn():
                pass
            case destination:
                host.go_to(destination)
