"""The filters of a list that the reader saves under the number keys: use, save, name, choose, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.services.saved_filters import KEYS, SavedFilter, read_filters, with_filter

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from serge_tui.host import Host


class SavedFilters:
    """Controller: number keys bring a filter back, `m` and a number saves the present one.

    Args:
        host: The app.
        setting: Name of the setting that stores the filters; a format on readers' disks.
        built_in: Stored entries that apply until the reader saves others under their keys.
        present: Return the present filter as words; empty if nothing is narrowed.
        apply: Narrow the list by a filter written as words; empty words show everything.
        pressed: Return the character that was pressed last in a chord, for `m <any>`.
        describe: Write a filter as a person would say it.
        changed: Called after the saved filters have changed.
        announce: Whether to say which filter a number brought back, where the list itself does not show it.
    """

    def __init__(
        self,
        host: Host,
        setting: str,
        built_in: Sequence[str],
        *,
        present: Callable[[], str],
        apply: Callable[[str], object],
        pressed: Callable[[], str],
        describe: Callable[[str], str] = str,
        changed: Callable[[], object] = lambda: None,
        announce: bool = True,
    ) -> None:
        self._host = host
        self._setting = setting
        self._built_in = built_in
        self._present = present
        self._apply = apply
        self._pressed = pressed
        self._describe = describe
        self._changed = changed
        self._announce = announce

    @property
    def _entries(self) -> list[str]:
        return self._host.library.settings.get(self._setting, list[str]())

    @property
    def by_key(self) -> dict[str, SavedFilter]:
        """The saved filters by number key."""
        return read_filters(self._entries, self._built_in)

    # --- using -------------------------------------------------------------------------------------------------------

    def action_use(self, key: str) -> None:
        """Narrow the list by the filter under a number; 0 shows everything."""
        if key == "0":
            self._apply("")
        elif saved := self.by_key.get(key):
            self._apply(saved.words)
            if self._announce:
                self._host.inform(f"{key}: {self._title(saved)}")
        else:
            self._host.inform(f"No filter is saved under {key}. Press m {key} to save the present one.")

    def action_choose(self) -> None:
        """Choose one of the saved filters from a list."""
        self._host.start(self._choose())

    async def _choose(self) -> None:
        from serge_tui.dialogs.choice import Choice

        saved = self.by_key
        if not saved:
            self._host.inform("No filter is saved. Press m and a number to save the present one.")
            return
        titles = [(key, self._title(one)) for key, one in saved.items()]
        chosen = await self._host.ask(Choice("Saved filters", titles))
        if chosen is not None:
            self._apply([*saved.values()][chosen].words)

    def _title(self, saved: SavedFilter) -> str:
        return saved.name or self._describe(saved.words)

    # --- changing ----------------------------------------------------------------------------------------------------

    async def action_save(self) -> None:
        """Save the present filter under the number that was pressed; an empty filter clears it."""
        key, words = self._pressed(), self._present()
        if key not in KEYS:
            self._host.inform("Filters are saved under 1 to 9.")
        elif words:
            if await self._store(key, words):
                self._host.inform(f"{key}: {self._describe(words)}")
        elif key in self.by_key:
            await self.remove(key)
        else:
            self._host.inform("There is no filter to save. Narrow the list first.")

    async def remove(self, key: str) -> None:
        """Remove the filter under a number."""
        if await self._store(key, ""):
            self._host.inform(f"{key} is free again.")

    def rename(self, key: str) -> None:
        """Ask for a name for the filter under a number."""
        self._host.start(self._rename(key))

    async def _rename(self, key: str) -> None:
        from serge_tui.dialogs.prompt import Prompt

        if (saved := self.by_key.get(key)) is None:
            return
        name = await self._host.ask(Prompt(f"Name of {key} ", self._describe(saved.words), saved.name))
        if name is not None:
            await self._store(key, saved.words, name)

    async def _store(self, key: str, words: str, name: str = "") -> bool:
        entries = with_filter(self._entries, key, words, name)
        stored = await self._host.write_succeeded(self._host.library.settings.set(self._setting, entries))
        if stored:
            self._changed()
        return stored
