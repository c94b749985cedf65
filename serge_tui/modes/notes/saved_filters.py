"""Filters of notes kept under the number keys."""

from __future__ import annotations

from typing import Final

from textual.widgets import Input

from serge_tui.modes.notes.orphans import Orphans
from serge_tui.services.saved_filters import KEYS, SavedFilter, read_filters, with_filter

SETTING: Final = "note_filters"
FIRST_SAVED: Final = ("1 kind:note", "2 kind:highlight", "3 is:journal", "4 is:orphan")
"""Filters under the first keys until the reader keeps others there."""


class Keeping(Orphans):
    """A number brings a filter back; on an orphan with suggestions it takes one of these."""

    @property
    def kept(self) -> dict[str, SavedFilter]:
        """Filters by their keys."""
        return read_filters(self._saved, FIRST_SAVED)

    @property
    def _saved(self) -> list[str]:
        return self.host.library.settings.get(SETTING, list[str]())

    async def action_use_kept(self, key: str) -> None:
        """Use the filter under a number; 0 shows everything."""
        if key != "0" and await self.take(int(key)):
            return
        if key == "0":
            self._use("")
        elif kept := self.kept.get(key):
            self._use(kept.words)
            self.host.inform(f"{key}: {kept.words}")
        else:
            self.host.inform(f"No filter is saved under {key}. Press m {key} to save the present one.")

    async def action_keep_filter(self) -> None:
        """Keep what the box says under the number that was typed."""
        key, words = self.chords.last_character, " ".join(self.query_one("#notes-filter", Input).value.split())
        if key not in KEYS:
            self.host.inform("Filters are saved under 1 to 9.")
        elif not words and key not in self.kept:
            self.host.inform("Everything is shown: there is nothing to keep. Narrow the list first.")
        elif await self.host.write_succeeded(
            self.host.library.settings.set(SETTING, with_filter(self._saved, key, words))
        ):
            self.host.inform(f"{key}: {words}" if words else f"{key} is free again.")

    def action_kept(self) -> None:
        """Choose of the filters that are kept."""
        from serge_tui.dialogs.choice import Choice

        kept = self.kept
        if not kept:
            self.host.inform("No filter is kept; m and a number keeps what the list shows.")
            return

        def chosen(index: int | None) -> None:
            if index is not None:
                self._use([*kept.values()][index].words)

        self.app.push_screen(Choice("Kept filters", [(key, one.words) for key, one in kept.items()]), chosen)

    def _use(self, words: str) -> None:
        self.query_one("#notes-filter", Input).value = words
        self.rows.focus()
