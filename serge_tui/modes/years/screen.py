"""Years: Serge's life, the history around it, and which of the people met were still alive."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.widgets import Input

from serge_tui.commands.years import YEARS
from serge_tui.handlers import on
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.years.listing import YearsListing
from serge_tui.modes.years.widgets.filter_input import FilterInput
from serge_tui.modes.years.widgets.lives_strip import LivesStrip
from serge_tui.modes.years.widgets.year_list import YearList
from serge_tui.navigation import Destination, Mode, ReadAt, ShowEvent, ShowFigure, Spot
from serge_tui.widgets.linked_page import LinkedPage
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command


class YearsScreen(ModeScreen):
    """A chronology; beside it the event under the cursor, its people, and who was alive."""

    MODE: ClassVar[Mode] = "years"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = YEARS
    CSS_PATH = "years.tcss"
    AUTO_FOCUS = "#years-list"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (30, "-high")]

    def __init__(self) -> None:
        super().__init__()
        self.filter = FilterInput(placeholder="a person, a party, a place, a word", id="years-filter", compact=True)
        self.list = YearList(id="years-list")
        self.strip = LivesStrip(id="years-lives")
        self.page = LinkedPage(measure=60, id="years-page")
        self.listing = YearsListing(
            self.host, self.list, self.strip, self.page, set_status=self.set_status, set_context=self.set_context
        )
        self.controllers = {"chronology": self.listing}

    def compose_body(self) -> ComposeResult:
        """Compose the filter, the lives, the chronology and the page."""
        yield self.filter
        yield self.strip
        with Horizontal(id="years-body"):
            yield self.list
            yield self.page

    def on_mount(self) -> None:
        """Read the events and show them."""
        self.listing.read()
        self.listing.begin()

    def on_screen_resume(self) -> None:
        """Read again who was met: the reader may have read on meanwhile."""
        self.listing.read_met()

    def refresh_data(self) -> None:
        """Read everything again; the cursor stays."""
        here = self.listing.place()
        self.listing.read()
        self.listing.visit(here)

    # --- going to a place --------------------------------------------------------------------------------------------

    def spot(self) -> Spot:
        """Return the event or year under the cursor."""
        return Spot(self.MODE, self.listing.place())

    def visit(self, destination: Destination) -> None:
        """Go to an event or a year."""
        if isinstance(destination, ShowEvent):
            self.listing.visit(destination)

    # --- the list and the page ---------------------------------------------------------------------------------------

    @on(RowList.Highlighted)
    def _row_changed(self) -> None:
        self.listing.show_page()

    @on(RowList.Chosen)
    def _row_chosen(self) -> None:
        if not self.listing.open_row():
            self.page.focus()

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, ShowFigure | ReadAt):
            self.host.go_to(message.target)

    def action_into_page(self) -> None:
        """Move the keys to the page."""
        self.page.focus()

    def action_into_list(self) -> None:
        """Move the keys to the list of years."""
        self.list.focus()

    # --- the filter --------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Open the filter."""
        self.filter.add_class("-open")
        self.filter.value = self.listing.person_name or self.listing.narrowing.text
        self.filter.focus()

    def action_leave_field(self) -> None:
        """Close the filter; the list stays filtered."""
        self.filter.remove_class("-open")
        self.list.focus()

    @on(Input.Changed, "#years-filter")
    def _typed(self, message: Input.Changed) -> None:
        if message.input.has_focus:
            self.listing.narrow_to_words(message.value.strip())

    @on(Input.Submitted, "#years-filter")
    def _submitted(self, message: Input.Submitted) -> None:
        self.action_leave_field()
        if message.value.strip():
            self.listing.identify(message.value.strip())
