"""Two figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Static

from serge_tui.commands import bindings
from serge_tui.commands.figures import COMPARE
from serge_tui.handlers import Careful, on
from serge_tui.modes.figures.comparison import comparison_head
from serge_tui.modes.figures.page_content import figure_page
from serge_tui.navigation import Destination, SideBySide
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.modes.figures.dossier import Dossier
    from serge_tui.services.hidden_ends import HiddenEnds


class CompareScreen(Careful, ModalScreen[Destination | None]):
    """Left and right change the side, headings are reached on both at once, Enter follows, Esc goes back."""

    CSS_PATH = "compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(COMPARE)

    def __init__(self, one: Dossier, other: Dossier, view: SideBySide, *, ends: HiddenEnds) -> None:
        super().__init__()
        self._both = (one, other)
        self._view = self.left_at = view
        """How the two were looked at to begin with, and when a line was followed."""
        self._ends = ends
        self._opened = view.opened

    def compose(self) -> ComposeResult:
        """What they share, then both pages."""
        yield Static("", id="compare-head", markup=False)
        with Horizontal():
            yield LinkedPage(id="compare-0")
            yield LinkedPage(id="compare-1")
        hint = "← → side · ] [ part · . ends · Enter follow · Esc back"
        yield KeyHints(hint, id="compare-hint")

    def on_mount(self) -> None:
        """Fill both sides."""
        self._fill(self._view)
        self._side(self._view.side).focus()

    def _fill(self, view: SideBySide) -> None:
        shown = [dossier.figure.key for dossier in self._both] if self._opened else []
        ends = self._ends.without(shown)
        self.query_one("#compare-head", Static).update(comparison_head(*self._both, ends))
        for number, dossier in enumerate(self._both):
            link = view.link if number == view.side else None
            self._side(number).show(figure_page(dossier, ends), scroll=view.scrolls[number], link=link)

    @property
    def view(self) -> SideBySide:
        """How the two are looked at now, to come back to."""
        side = self._here
        scrolls = (self._side(0).scrolled, self._side(1).scrolled)
        one, other = (dossier.figure.key for dossier in self._both)
        return SideBySide(one, other, side, scrolls, self._side(side).link, self._opened)

    def _side(self, number: int) -> LinkedPage:
        return self.query_one(f"#compare-{number}", LinkedPage)

    @property
    def _here(self) -> int:
        return 1 if self.focused is self._side(1) else 0

    def action_side(self, number: int) -> None:
        """Focus one side."""
        self._side(number).focus()

    def action_other_side(self) -> None:
        """Focus the other side."""
        self._side(1 - self._here).focus()

    def action_heading(self, step: int) -> None:
        """Go to the next heading on the side with the focus, and to the same one on the other."""
        heading = self._side(self._here).jump_heading(step)
        self._side(1 - self._here).show_heading(heading)

    def action_toggle_ends(self) -> None:
        """Show or hide both ends here."""
        self._opened = not self._opened
        self._fill(self.view)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, Destination):
            self.left_at = self.view
            self.dismiss(message.target)
