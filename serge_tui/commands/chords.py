"""Keys pressed one after another: `g t`, `] p`, `m a`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from serge_tui.commands.command import Command


class Chords:
    """Follows what has been pressed so far. `ANY` as the last key of a chord matches any one character."""

    ANY = "<any>"

    def __init__(self, chords: Mapping[tuple[str, ...], Command]) -> None:
        self._chords = dict(chords)
        self._prefixes = {keys[:length] for keys in chords for length in range(1, len(keys))}
        self.pending: tuple[str, ...] = ()

    def press(self, key: str, character: str | None = None) -> Command | str | None:
        """Handle a key. Returns a Command if it completes a chord, the keys so far as text if it begins one, else None.

        For a chord that ends in `ANY`, `last_character` holds the typed character. An unknown continuation returns an
        empty string: the key belongs to an unknown chord, and nothing should happen.
        """
        keys = (*self.pending, key)
        if command := self._chords.get(keys):
            self.pending = ()
            return command
        if self.pending and character and (command := self._chords.get((*self.pending, self.ANY))):
            self.pending = ()
            self.last_character = character
            return command
        if keys in self._prefixes:
            self.pending = keys
            return " ".join(keys)
        if self.pending:
            self.pending = ()
            return ""
        return None

    @property
    def single(self) -> frozenset[str]:
        """Single keys that are commands here: those of the reader's own for commands without a binding."""
        return frozenset(keys[0] for keys in self._chords if len(keys) == 1)

    last_character: str = ""

    def continuations(self) -> list[tuple[str, Command]]:
        """Return what may follow the keys pressed so far."""
        depth = len(self.pending)
        return [
            (" ".join(keys[depth:]), command) for keys, command in self._chords.items() if keys[:depth] == self.pending
        ]

    def reset(self) -> None:
        """Forget what has been pressed."""
        self.pending = ()
