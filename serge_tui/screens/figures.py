"""Figures: type what you half remember, and the person is there."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.binding import Binding

from serge_tui.commands import Command
from serge_tui.figures.facets import spoken
from serge_tui.figures.filters import SORT_TITLES, SORTS
from serge_tui.figures.kept import KEYS, ONLY_KEYS, keep_filter, kept_filters, nothing_under
from serge_tui.screens.figure_actions import FigureActions
from serge_tui.screens.figure_listing import SAVED_FILTERS
from serge_tui.screens.prompt import Prompt
from serge_tui.widgets.facet_list import FacetList
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual import events
    from textual.binding import BindingType


TYPING: Final = (
    Command("figures.open", "enter", "Open", "open", "The person under the cursor.", footer="open", rank=1),
    Command("figures.into-list", "down", "Into the list", "into_list(1)", "There the letters are commands.",
            footer="list and commands", rank=2),
    Command("app.back", "escape", "Back", "app.go_back", "Back to exactly where you were.", footer="back", rank=3),
)  # fmt: skip
"""What matters while a name is typed."""
NARROWING: Final = (
    Command("facets.unfold", "enter", "Unfold", "focused.choose", footer="choose", rank=1),
    Command("facets.turn", "right", "Next value", "focused.turn(1)", footer="next", rank=3),
    Command("facets.clear", "backspace", "Take away", "focused.clear", footer="clear", rank=4),
    Command("facets.name", "e", "Give a kept filter a name", "focused.rename", footer="name", rank=5),
    Command("facets.close", "escape", "Back to the list", "focused.close", footer="list", rank=2),
)
"""What matters while facets are chosen."""
READING: Final = (
    Command("page.follow", "enter", "Follow", "focused.follow", footer="follow", rank=4),
    Command("figures.unseal", "full_stop", "Unseal or seal this fate", "unseal", footer="fate", rank=3),
    Command("figures.next-heading", "right_square_bracket", "Next heading", "heading(1)", footer="next part", rank=2),
    Command("figures.note", "a", "Write a note", "note", footer="note", rank=5),
    Command("figures.correct", "e", "Correct this figure", "correct", footer="correct", rank=6),
    Command("figures.compare", "equals_sign", "Compare", "compare", footer="compare", rank=7),
    Command("figures.random", "r", "Somebody at random", "random", footer="at random", rank=9),
    Command("app.back", "escape", "Back", "app.go_back", footer="back", rank=1),
    Command("app.help", "question_mark", "Keys", "app.help", footer="help", rank=8),
)
"""What matters on a figure's page."""


class FiguresScreen(FigureActions):
    """A box, the list it narrows, and the figure under the cursor: beside it, or in its turn where there is no room."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = (
        Command("figures.unseal", "full_stop", "Unseal or seal this fate", "unseal",
                "Show how this life went on and ended, here only.", "Figures"),
        Command("figures.unseal-all", "greater_than_sign", "Unseal all fates, or seal them again", "unseal_all",
                "For good: everywhere, until you seal them again.", "Figures"),
        Command("figures.type", "i,backspace", "Type a name", "type", "Back to the box.", "Figures",
                footer="type", rank=2),
        Command("figures.open-chosen", "enter", "Open", "open", "The person under the cursor.", "The list",
                footer="open", rank=1, palette=False),
        Command("figures.next-heading", "right_square_bracket", "Next heading", "heading(1)",
                "Down to the next part of the page.", "Figures"),
        Command("figures.last-heading", "left_square_bracket", "Heading before", "heading(-1)",
                "Up to the part before.", "Figures"),
        Command("figures.top", "g g", "To the top", "top", "First line of the page or the list.", "Figures"),
        Command("figures.note", "a", "Write a note", "note", "A note of yours on this person.", "Figures",
                footer="note", rank=7),
        Command("figures.correct", "e", "Correct this figure", "correct",
                "A name, a date, a spelling: yours, kept through every upgrade.", "Figures"),
        Command("figures.add", "A", "Add somebody", "add", "Somebody the study pack does not have.", "Figures"),
        Command("figures.pack-again", "", "Take my corrections of this figure back", "pack_again",
                "The study pack's word is back.", "Figures"),
        Command("figures.undo", "u", "Undo my last correction", "undo",
                "What was corrected, added or taken back last is as it was before.", "Figures"),
        Command("figures.write-patch", "W", "Write my corrections as a patch", "write_patch",
                "For whoever keeps the study pack; git apply takes it.", "Figures"),
        Command("figures.compare", "equals_sign", "Compare", "compare",
                "= on one, = on another: the two side by side.", "Figures", footer="compare", rank=7),
        Command("figures.random", "r", "Somebody at random", "random", "Of those in the list.", "Figures"),
        Command("figures.table", "T", "A table", "table", "Of those in the list; CSV, JSON, Markdown.", "The list",
                footer="table", rank=7),
        Command("figures.facets", "f,ctrl+l", "Narrow the list", "facets",
                "By movement, nationality, chapter, whether met, drawn, noted; Esc closes.", "The list",
                footer="facets", rank=3),
        Command("figures.sort", "s", "Another order", "sort",
                "By name, mentions, birth, death, order of appearance.", "The list", footer="order", rank=6),
        Command("figures.all", "0", "Show everybody", "use_kept('0')", "Takes all facets away.", "The list"),
        Command("figures.kept", "1", "Filters kept under 1 to 9", "use_kept('1')",
                "Each number brings back the filter kept under it.", "The list", palette=False),
        Command("figures.keep", "m <any>", "Keep this filter under a number", "keep_filter",
                "m and a number: that number brings back what the list shows now.", "The list"),
    )  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "into_list(1)", "Into the list", show=False),
        Binding("up", "into_list(0)", "Into the list", show=False),
        *(Binding(key, f"use_kept('{key}')", f"Filter {key}", show=False) for key in "23456789"),
    ]
    CSS_PATH = "../styles/figures.tcss"
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
        sealed = not self.serge.fates_sealed
        self.serge.keep(self.serge.library.settings.set("fates_sealed", sealed)).add_done_callback(
            lambda _: self.app.call_later(self._seals_changed)
        )

    def _seals_changed(self) -> None:
        self._unsealed.clear()
        sealed = self.serge.fates_sealed
        self.serge.tell("Fates are sealed again." if sealed else "Fates are open everywhere; > seals them again.")
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
        self.serge.tell("Fates are sealed; > opens them everywhere.")

    def action_sort(self) -> None:
        """Sort in the next order."""
        orders = [sort for sort in SORTS if not (sort == "death" and self.serge.fates_sealed)]
        at = orders.index(self.chosen_filter.sort) if self.chosen_filter.sort in orders else -1
        following = orders[(at + 1) % len(orders)]
        self.narrow(self.chosen_filter.with_word("sort", following))
        title = SORT_TITLES[following]
        self.serge.tell(f"{title.capitalize()}{', once no name is typed' if self.box.value.strip() else ''}.")

    def action_use_kept(self, key: str) -> None:
        """Use the filter under a number; 0 shows everybody."""
        if key == "0":
            self.use_words("")
        elif kept := kept_filters(self.saved_filters).get(key):
            self.use_words(kept.words)
        else:
            self.serge.tell(nothing_under(key))

    async def action_keep_filter(self) -> None:
        """Keep what the list shows under the number that was typed."""
        key = self.chords.last_character
        if key not in KEYS:
            self.serge.tell(ONLY_KEYS)
        elif not self.words:
            self.serge.tell("Everybody is shown: there is nothing to keep. Narrow the list or type something first.")
        elif await self._keep(key, self.words):
            self.serge.tell(f"{key}: {spoken(self.words)}")

    async def _keep(self, key: str, words: str, name: str = "") -> bool:
        entries = keep_filter(self.saved_filters, key, words, name)
        kept = await self.serge.done(self.serge.library.settings.set(SAVED_FILTERS, entries))
        self.show_facets()
        return kept

    @on(FacetList.Dropped)
    async def _dropped(self, message: FacetList.Dropped) -> None:
        if await self._keep(message.value, ""):
            self.serge.tell(f"{message.value} is free again.")

    @on(FacetList.Renamed)
    def _renamed(self, message: FacetList.Renamed) -> None:
        if (kept := kept_filters(self.saved_filters).get(message.value)) is None:
            return

        async def named(name: str | None) -> None:
            if name is not None:
                await self._keep(message.value, kept.words, name)

        self.app.push_screen(Prompt(f"Name of {message.value} ", spoken(kept.words), kept.name), named)
