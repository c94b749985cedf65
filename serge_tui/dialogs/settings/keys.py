"""Keys in Settings: a row for each command, and the box that takes a new key by its being pressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from serge_tui.commands import Chords, key_label
from serge_tui.commands.key_checks import faults_of
from serge_tui.commands.keymap import load_keymap
from serge_tui.commands.keymap_file import text_of, with_keys, write_keys, written_keys
from serge_tui.commands.registry import commands_by_id, commands_by_place
from serge_tui.dialogs.dialog import Dialog
from serge_tui.services.setting_rows import SettingRow
from serge_tui.services.undo import Change
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from collections.abc import Mapping
    from concurrent.futures import Executor
    from pathlib import Path

    from textual import events
    from textual.app import ComposeResult

    from serge_tui.commands import Command

PREFIX: Final = "key:"
"""What the names of these rows begin with; the command's id follows."""
MOST_KEYS: Final = 2


def key_rows() -> tuple[SettingRow, ...]:
    """Return a row for each command, by the first place where its keys work."""
    rows: dict[str, SettingRow] = {}
    for place, commands in commands_by_place().items():
        for command in commands:
            where = f"{command.help.rstrip('.')}: {place}."
            rows.setdefault(
                command.id,
                SettingRow("Keys", f"{PREFIX}{command.id}", command.title, where, act="key",
                           synonyms=f"{command.group} {command.synonyms} {command.id} shortcut"),
            )  # fmt: skip
    return tuple(rows.values())


def command_of(row: SettingRow) -> Command:
    """Return the command of a row of keys."""
    return commands_by_id()[row.name.removeprefix(PREFIX)]


def new_faults(keymap: Mapping[str, str], command: Command, keys: str) -> list[str]:
    """Return a sentence for each conflict that new keys of a command would bring; what was wrong before is left out."""
    known = set(faults_of(keymap))
    found = [fault for fault in faults_of({**keymap, command.id: keys}) if fault not in known]
    return [_with_titles(fault.removeprefix("keys.toml: ")) for fault in found]


def _with_titles(fault: str) -> str:
    """Return a sentence with the titles of commands in the place of their ids."""
    known = commands_by_id()
    return re.sub(
        r"[a-z-]+\.[a-z0-9-]+", lambda found: f"“{known[found[0]].title}”" if found[0] in known else found[0], fault
    )


def change_keys(path: Path, command: Command, keys: str | None, threads: Executor) -> Change:
    """Return the change of a command's keys in the key map's file; None gives it the built-in ones again.

    Raises:
        SergeError: The file cannot be read or changed.
    """
    before = text_of(path)
    after = with_keys(before or "", command.id, keys)
    return Change(
        f"keys of {command.title}",
        lambda: threads.submit(write_keys, path, before),
        lambda: threads.submit(write_keys, path, after or None),
        frozenset({f"{PREFIX}{command.id}"}),
    )


def keys_of_file(path: Path) -> dict[str, str]:
    """Return the reader's own keys as they are in the file now."""
    return load_keymap(path)[0]


class KeyCapture(Dialog[str | None]):
    """Takes one key, or two pressed one after another; Enter keeps them, Esc cancels. Conflicts are told at once."""

    CSS_PATH = "../dialog.tcss"

    def __init__(self, command: Command) -> None:
        super().__init__()
        self._command = command
        self._pressed: list[str] = []
        self._faults: list[str] = []

    def compose(self) -> ComposeResult:
        """What is asked, what was pressed, what it conflicts with."""
        with Vertical(classes="dialog"):
            yield Static(Content(f"New key: {self._command.title}"), classes="heading")
            yield Static("Press the key, or two keys one after another.", id="captured", markup=False)
            yield Static("", id="conflicts", markup=False)
            yield KeyHints("Enter keep · Esc cancel (these two cannot be given)")

    def on_key(self, event: events.Key) -> None:
        """Take the key; Enter and Esc end it."""
        event.stop()
        event.prevent_default()
        if event.key == "escape":
            self.dismiss(None)
        elif event.key == "enter":
            if self._pressed and not self._faults:
                self.dismiss(self.keys)
        else:
            self._pressed = [*(self._pressed if len(self._pressed) < MOST_KEYS else []), event.key]
            pressed = " ".join([*self._pressed, *self._any_character])
            self._faults = new_faults(self.host.reader_keymap, self._command, pressed)
            self._show()

    @property
    def _any_character(self) -> list[str]:
        return [Chords.ANY] if self._command.keys.endswith(Chords.ANY) else []

    @property
    def keys(self) -> str:
        """The keys pressed, as the file has them."""
        return " ".join([written_keys(self._pressed), *self._any_character])

    def _show(self) -> None:
        self.query_one("#captured", Static).update(Content(" then ".join(map(key_label, self._pressed))))
        self.query_one("#conflicts", Static).update(
            Content("\n".join([*self._faults, "Press another key."])) if self._faults else Content("It is free.")
        )
