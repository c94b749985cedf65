"""Figures: type a name as you half remember it, and read who that is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static

from serge_tui.commands import bindings
from serge_tui.commands.figures import FIGURES, IN_FACETS, IN_PAGE, IN_TERM, NUMBERS, TYPING
from serge_tui.core.wording import counted
from serge_tui.handlers import on
from serge_tui.modes.figures.comparison import Comparison
from serge_tui.modes.figures.corrections import FigureCorrections
from serge_tui.modes.figures.facet_panel import FacetPanel
from serge_tui.modes.figures.facets import spoken
from serge_tui.modes.figures.listing import SAVED_FILTERS, FigureListing
from serge_tui.modes.figures.saved_filters import FIRST_SAVED
from serge_tui.modes.figures.shown_figure import ShownFigure
from serge_tui.modes.figures.widgets.facet_list import FacetList
from serge_tui.modes.figures.widgets.name_box import NameBox
from serge_tui.modes.figures.widgets.name_list import NameList
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.saved_filters import SavedFilters
from serge_tui.navigation import Destination, Mode, ShowFigure, Spot, term_of
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.commands import Command


class FiguresScreen(ModeScreen):
    """A box for a name, the list it narrows, and the page of a figure: beside the list, or in its place if narrow."""

    ENTER_IN_FIELD: ClassVar[frozenset[str]] = frozenset({"figures.open-chosen"})
    MODE: ClassVar[Mode] = "figures"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = FIGURES
    BINDINGS: ClassVar[list[BindingType]] = bindings(NUMBERS)
    CSS_PATH = "figures.tcss"
    HORIZONTAL_BREAKPOINTS = [(0, "-turns"), (100, "-side-by-side"), (150, "-roomy")]

    def __init__(self) -> None:
        super().__init__()
        self.box = NameBox(self._typed, placeholder="a name, in any spelling", id="figures-query")
        self.facets = FacetList(id="figures-facets")
        self.people = NameList(id="figures-list")
        self.page = LinkedPage(id="figures-page")
        self._choose_when_listed = False
        host = self.host
        self.listing = FigureListing(host, self.box, self.people, self.here)
        self.shown = ShownFigure(
            host, self.page, self.people, self.listing, set_context=self.set_context, close=self.close_page
        )
        self.filters = SavedFilters(
            host, SAVED_FILTERS, FIRST_SAVED,
            present=lambda: self.listing.words, apply=self.listing.use_words,
            pressed=lambda: self.chords.last_character, describe=spoken,
            changed=self._facets_outdated, announce=False,
        )  # fmt: skip
        self.panel = FacetPanel(host, self.facets, self.listing, self.filters)
        self.comparison = Comparison(host, self.listing, lambda: self.shown.key)
        self.corrections = FigureCorrections(host, lambda: self.shown.key, self.shown.is_end_hidden)
        self.listing.listed.add(self._listed)
        self.controllers = {
            "listing": self.listing, "shown": self.shown, "filters": self.filters, "comparison": self.comparison,
            "corrections": self.corrections,
        }  # fmt: skip

    # --- layout ------------------------------------------------------------------------------------------------------

    def compose_body(self) -> ComposeResult:
        """The box on top; under it facets, list and page, as many as there is room for."""
        with Horizontal(id="figures-top"):
            yield Static("Find", id="figures-label", markup=False)
            yield self.box
        yield Static("", id="figures-filter", markup=False)
        with Horizontal(id="figures-body"):
            yield self.facets
            yield self.people
            yield self.page

    @property
    def keys_must_wait(self) -> bool:
        """Whether the list is still being filled."""
        return self.listing.keys_must_wait

    def on_mount(self) -> None:
        """Read everybody, then show what was asked for."""
        self.box.focus()
        self.listing.read()

    def on_screen_resume(self) -> None:
        """Read again on coming back: a note may have been written, somebody met."""
        if self.listing.catalogue is not None:
            self.listing.read()

    def on_screen_suspend(self) -> None:
        """Leave the mode so that it begins in the box next time; the way back remembers the present place."""
        if self.app.current_mode != self.MODE:
            self.set_open(None)

    def on_unmount(self) -> None:
        """End the thread that finds names."""
        self.listing.close()

    def refresh_data(self) -> None:
        """Read everybody again, and stay at the present place."""
        self.listing.read()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the keys that matter for the widget that has the focus."""
        line = self.query_one(KeyLine)
        if event.widget is self.box:
            line.commands = TYPING
        elif event.widget is self.facets:
            line.commands = IN_FACETS
        else:
            on_term = self.shown.open_key is not None and term_of(self.shown.open_key) is not None
            in_page = IN_TERM if on_term else IN_PAGE
            line.commands = in_page if event.widget is self.page else self.all_commands()

    def show_status(self) -> None:
        """Show how many there are and what the list is narrowed to; nothing while the list is not displayed."""
        listing = self.listing
        if listing.catalogue is None:
            return
        if not self.people.display:
            self.set_status("")
            return
        met = sum(map(listing.catalogue.met.__contains__, listing.keys))
        terms = sum(map(listing.catalogue.terms.__contains__, listing.keys))
        parts = [counted(terms, "term")] if terms else []
        if not terms or terms < len(listing.keys):
            parts = [counted(len(listing.keys) - terms, "person", "people"), *parts, f"{met} met so far"]
        self.set_status(" · ".join(parts))
        line = self.query_one("#figures-filter", Static)
        narrowed = spoken(listing.effective_filter.words)
        if line.display != bool(narrowed):
            line.display = bool(narrowed)
        # A new layout for each key would cost a frame.
        line.update(Content.styled(narrowed, "$primary") + Content.styled("   0 shows all", "$muted"), layout=False)

    # --- the way to and from a place ---------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """Return the list as it is, or the page with its scroll and cursor."""
        return Spot(self.MODE, self.here())

    def here(self) -> ShowFigure:
        """Return the exact present place, also under a comparison."""
        chosen = self.people.chosen
        line = chosen.key if chosen else ""
        words = self.listing.words
        if self.shown.open_key:
            place = ShowFigure(self.shown.open_key, words, self.page.scrolled, line, self.page.link)
        else:
            in_list = self.focused is self.people
            place = ShowFigure(None, words, self.people.scroll_offset.y, line, in_list=in_list)
        return replace(place, beside=self.comparison.left_at)

    def visit(self, destination: Destination) -> None:
        """Show the list, a page or a comparison exactly as it was."""
        if not isinstance(destination, ShowFigure):
            return
        self.listing.coming = destination
        self.set_open(destination.key, in_list=destination.in_list)
        self.listing.use_words(destination.query)
        if destination.key:
            self.shown.show(destination.key, scroll=destination.scroll, link=destination.link)
        if destination.beside is not None:
            self.comparison.show(destination.beside)

    def set_open(self, key: str | None, *, in_list: bool = False) -> None:
        """Focus a figure's page, the search field, or the list."""
        self.shown.open_key = key
        self.set_class(key is not None, "-page")
        if key is None and not self.page.display:
            self.set_context("")
        (self.page if key else self.people if in_list else self.box).focus()
        self.show_status()

    def close_page(self) -> None:
        """Leave the page for the search field."""
        self.set_open(None)

    # --- the list ----------------------------------------------------------------------------------------------------

    def _typed(self, text: str) -> None:
        self.listing.typed(text)

    def _listed(self, _coming: ShowFigure | None) -> None:
        self.show_status()
        if self._choose_when_listed:
            self._choose_when_listed = False
            self._chosen()

    @on(RowList.Highlighted, "#figures-list")
    def _highlighted(self) -> None:
        if self.shown.previews and (chosen := self.people.chosen) is not None:
            self.call_after_refresh(self.shown.preview, chosen.key)

    @on(RowList.Chosen, "#figures-list")
    @on(Input.Submitted, "#figures-query")
    def _chosen(self) -> None:
        if self.listing.is_finding:
            # Enter came faster than the answer: it is meant for the name just typed, not for the list before.
            self._choose_when_listed = True
        elif (chosen := self.people.chosen) is not None:
            self.listing.open(chosen.key)

    @on(RowList.LeftAbove, "#figures-list")
    def _left_above(self) -> None:
        self.box.focus()

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        self.shown.follow(message.target)

    # --- facets ------------------------------------------------------------------------------------------------------

    def action_facets(self) -> None:
        """Open the facets, or go to them."""
        self.set_class(True, "-facets")
        self.panel.refresh()
        self.facets.focus()

    @on(FacetList.Closed)
    def _close_facets(self) -> None:
        self.set_class(False, "-facets")
        self.people.focus()

    @on(FacetList.CameUp)
    def _facets_outdated(self) -> None:
        self.panel.refresh()

    @on(FacetList.Changed)
    def _facet_changed(self, message: FacetList.Changed) -> None:
        self.panel.choose(message.name, message.value)

    @on(FacetList.Refused)
    def _facet_refused(self) -> None:
        self.panel.refuse()

    @on(FacetList.Dropped)
    async def _filter_dropped(self, message: FacetList.Dropped) -> None:
        await self.filters.remove(message.value)

    @on(FacetList.Renamed)
    def _filter_renamed(self, message: FacetList.Renamed) -> None:
        self.filters.rename(message.value)

    # --- moving ------------------------------------------------------------------------------------------------------

    def action_into_list(self, step: int) -> None:
        """Go from the search field into the list."""
        self.people.focus()
        if step:
            self.people.action_move(step)

    def chosen_again(self) -> None:
        """Go back to the search field if the key of the mode is pressed in the mode."""
        self.action_type()

    def action_type(self) -> None:
        """Go back to the search field."""
        if self.page.has_focus:
            self.set_open(None)
        self.box.focus()

    def action_top(self) -> None:
        """Go to the top of the page or the list."""
        if self.page.has_focus:
            self.page.action_top()
        else:
            self.people.action_first()
