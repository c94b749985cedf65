"""The bin: shown, taken out of, emptied."""

from __future__ import annotations

from dataclasses import replace

from serge_tui.dialogs.choice import Choice
from serge_tui.modes.notes.changes import Changing


class Binned(Changing):
    """Nothing leaves the bin for good without being asked for."""

    def action_bin(self) -> None:
        """Show the bin, or the notes again."""
        self.in_bin = not self.in_bin
        self.rows.marked.clear()
        self.read()

    async def action_delete(self) -> None:
        """Put into the bin; in the bin, delete for good."""
        if not self.in_bin:
            await super().action_delete()
        elif chosen := self.chosen():
            self._ask({one.key for one in chosen})

    async def action_restore(self) -> None:
        """Take out of the bin."""
        if self.in_bin:
            await self.change_chosen(lambda one: replace(one, deleted_at=""), "In the notes again")
            self.rows.marked.clear()
            self.tell_status()

    def action_empty(self) -> None:
        """Empty the bin."""
        if keys := {one.key for one in self.host.library.annotations.bin()}:
            self._ask(keys)
        else:
            self.host.inform("The bin is empty.")

    def _ask(self, keys: set[str]) -> None:
        async def chosen(index: int | None) -> None:
            if index == 1 and await self.host.write_succeeded(self.host.library.annotations.purge(keys)):
                self.forget(keys)
                self.host.inform("Deleted for good.")
                self.read()

        number = "one note" if len(keys) == 1 else f"{len(keys)} notes"
        rows = [("Keep", ""), ("Delete for good", "this cannot be taken back")]
        self.app.push_screen(Choice(f"Delete {number} for good?", rows), chosen)
