"""Progress: what has been read, what is still known, what is coming."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.content import Content
from textual.worker import get_current_worker

from serge_tui.commands.progress import PROGRESS
from serge_tui.core.study.card import Card
from serge_tui.handlers import on, work
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.navigation import ShowDeck, ShowFigure, ShowMode
from serge_tui.services.confusions import LateFinder
from serge_tui.widgets.linked_page import LinkedPage, Paragraph

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

    from serge_tui.commands import Command
    from serge_tui.modes.progress.report import Gathered
    from serge_tui.navigation import Mode


class ProgressScreen(ModeScreen):
    """One page of figures and bars; Enter on a chapter or a person reviews just those cards."""

    MODE: ClassVar[Mode] = "progress"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = PROGRESS
    CSS_PATH = "progress.tcss"

    def __init__(self) -> None:
        super().__init__()
        self._gathered: Gathered | None = None
        self.page = LinkedPage(id="progress")
        self.side = LinkedPage(id="progress-side")

    def compose_body(self) -> ComposeResult:
        """Compose the page, and a page beside it for wide windows."""
        with Horizontal(id="progress-body"):
            yield self.page
            yield self.side

    def on_mount(self) -> None:
        """Show that data are being gathered; resuming the screen gathers them."""
        self.page.show([Paragraph(Content.styled("Counting…", "$muted"))])
        self.page.focus()

    def on_screen_resume(self) -> None:
        """Count anew on every visit: cards may have been answered meanwhile."""
        self._gather()

    @property
    def keys_must_wait(self) -> bool:
        """Whether the first count is still to come."""
        return self._gathered is None

    def refresh_data(self) -> None:
        """Count anew."""
        self._gather()

    @work(thread=True, exclusive=True, group="progress")
    def _gather(self) -> None:
        from serge_tui.modes.progress.report import gather

        found = gather(self.host.library, LateFinder(lambda: self.host.finder))
        if not get_current_worker().is_cancelled:
            self.app.call_from_thread(self._show, found)

    def _show(self, gathered: Gathered) -> None:
        from serge_tui.modes.progress.page_content import progress_page

        self._gathered = gathered
        wide = self.has_class("-wide") or self.has_class("-very-wide")
        # The page's width before it shares the window, if the page beside is not shown yet.
        width = self.size.width // 2 - 6 if wide else self.page.scrollable_content_region.width
        page, side = progress_page(gathered, width, beside=wide)
        self.side.set_class(bool(side), "-shown")
        if not side and self.side.has_focus:
            self.page.focus()
        self.page.show(page, scroll=self.page.scrolled)
        self.side.show(side, scroll=self.side.scrolled)
        counts = gathered.learning.counts
        self.set_status(f"{counts['due']} due · {gathered.reading.share:.0%} read")

    def on_resize(self, event: events.Resize) -> None:  # noqa: ARG002  # Textual gives it
        """Draw the bars for the new width."""
        if self._gathered is not None:
            self.call_after_refresh(self._show, self._gathered)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        from serge_tui.services.card_passages import place_of_card

        match message.target:
            case ShowDeck() | ShowFigure() | ShowMode() as destination:
                self.host.go_to(destination)
            case Card() as card:
                if place := place_of_card(self.host.library, card):
                    self.host.go_to(place)
                else:
                    self.host.inform("No text here has the passage of this card.")

    def action_heading(self, step: int) -> None:
        """Go to another part."""
        self._focused_page.jump_heading(step)

    def action_top(self) -> None:
        """Go to the top."""
        self._focused_page.action_top()

    def action_side(self) -> None:
        """Move the keys to the page beside."""
        if self.side.has_class("-shown"):
            self.side.focus()

    def action_main(self) -> None:
        """Move the keys to the first page."""
        self.page.focus()

    @property
    def _focused_page(self) -> LinkedPage:
        return self.side if self.side.has_focus else self.page
