"""Figures: type what you half remember, and the person is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding

from serge_tui.commands.figures import FIGURES, NARROWING, READING, TYPING
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.figures.actions import FigureActions
from serge_tui.modes.figures.facets import spoken
from serge_tui.modes.figures.filters import SORT_TITLES, SORTS
from serge_tui.modes.figures.listing import SAVED_FILTERS
from serge_tui.modes.figures.saved_filters import saved_filters
from serge_tui.modes.figures.widgets.facet_list import FacetList
from serge_tui.services.saved_filters import KEYS, with_filter
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType

    from serge_tui.commands import Command


class FiguresScreen(FigureActions):
    """A box, the list it narrows, and the figure under the cursor: beside it, or in its turn where there is no room."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = FIGURES
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "into_list(1)", "Into the list", show=False),
        Binding("up", "into_list(0)", "Into the list", show=False),
        *(Binding(key, f"use_kept('{key}')", f"Filter {key}", show=False) for key in "23456789"),
    ]
    CSS_PATH = "figures.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-turns"), (100, "-side-by-side"), (150, "-roomy")]

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that matter where the keys go now."""
        line = self.query_one(KeyLine)
        if event.widget is self.box:
            line.commands = TYPING
        elif event.widget is self.facets:
            line.commands = NARROWING
        else:
            line.commands = READING if event.widget is self.page else self.all_commands()

    def action_open(self) -> None:
        """Open the person under the cursor."""
        self.people.action_choose()

    # --- fates -------------------------------------------------------------------------------------------------------

    def action_unseal(self) -> None:
        """Unseal or seal the fate of the figure shown."""
        if (key := self.shown_key) is not None:
            self._unsealed ^= {key}
            self.show_again()

    def action_unseal_all(self) -> None:
        """Unseal or seal all fates for good."""
        sealed = not self.host.fates_hidden
        self.host.watch_write(self.host.library.settings.set("fates_sealed", sealed)).add_done_callback(
            lambda _: self.app.call_later(self._seals_changed)
        )

    def _seals_changed(self) -> None:
        self._unsealed.clear()
        sealed = self.host.fates_hidden
        self.host.inform("Fates are sealed again." if sealed else "Fates are open everywhere; > seals them again.")
        self.refresh_data()

    # --- moving ------------------------------------------------------------------------------------------------------

    def action_heading(self, step: int) -> None:
        """Jump among the headings of the page."""
        self.page.jump_heading(step)

    def action_into_list(self, step: int) -> None:
        """From the box into the list."""
        self.people.focus()
        if step:
            self.people.action_move(step)

    def chosen_again(self) -> None:
        """Have a name typed."""
        self.action_type()

    def action_type(self) -> None:
        """Go back to the box."""
        if self.page.has_focus:
            self.set_open(None)
        self.box.focus()

    def action_top(self) -> None:
        """Go to the top of what has the keys."""
        if self.page.has_focus:
            self.page.action_top()
        else:
            self.people.action_first()

    # --- facets ------------------------------------------------------------------------------------------------------

    def action_facets(self) -> None:
        """Open the facets, or go to them."""
        self.set_class(True, "-facets")
        self.show_facets()
        self.facets.focus()

    @on(FacetList.Closed)
    def _close_facets(self) -> None:
        self.set_class(False, "-facets")
        self.people.focus()

    @on(FacetList.Refused)
    def _refused(self) -> None:
        self.host.inform("Fates are sealed; > opens them everywhere.")

    def action_sort(self) -> None:
        """Sort in the next order."""
        orders = [sort for sort in SORTS if not (sort == "death" and self.host.fates_hidden)]
        at = orders.index(self.chosen_filter.sort) if self.chosen_filter.sort in orders else -1
        following = orders[(at + 1) % len(orders)]
        self.narrow(self.chosen_filter.with_word("sort", following))
        title = SORT_TITLES[following]
        self.host.inform(f"{title.capitalize()}{', once no name is typed' if self.box.value.strip() else ''}.")

    def action_use_kept(self, key: str) -> None:
        """Use the filter under a number; 0 shows everybody."""
        if key == "0":
            self.use_words("")
        elif kept := saved_filters(self.saved_filters).get(key):
            self.use_words(kept.words)
        else:
            self.host.inform(f"No filter is saved under {key}. Press m {key} to save the present one.")

    async def action_keep_filter(self) -> None:
        """Keep what the list shows under the number that was typed."""
        key = self.chords.last_character
        if key not in KEYS:
            self.host.inform("Filters are saved under 1 to 9.")
        elif not self.words:
            self.host.inform("Everybody is shown: there is nothing to keep. Narrow the list or type something first.")
        elif await self._keep(key, self.words):
            self.host.inform(f"{key}: {spoken(self.words)}")

    async def _keep(self, key: str, words: str, name: str = "") -> bool:
        entries = with_filter(self.saved_filters, key, words, name)
        kept = await self.host.write_succeeded(self.host.library.settings.set(SAVED_FILTERS, entries))
        self.show_facets()
        return kept

    @on(FacetList.Dropped)
    async def _dropped(self, message: FacetList.Dropped) -> None:
        if await self._keep(message.value, ""):
            self.host.inform(f"{message.value} is free again.")

    @on(FacetList.Renamed)
    def _renamed(self, message: FacetList.Renamed) -> None:
        if (kept := saved_filters(self.saved_filters).get(message.value)) is None:
            return

        async def named(name: str | None) -> None:
            if name is not None:
                await self._keep(message.value, kept.words, name)

        self.app.push_screen(Prompt(f"Name of {message.value} ", spoken(kept.words), kept.name), named)
