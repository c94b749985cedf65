"""Two figures side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding
from textual.containers import Horizontal
from textual.screen import ModalScreen
from textual.widgets import Static

from serge_tui.figures.comparison import comparison_head
from serge_tui.figures.page import figure_page
from serge_tui.navigation import Destination
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.figures.dossier import Dossier


class CompareScreen(ModalScreen[Destination | None]):
    """Left and right change the side, headings are reached on both at once, Enter follows, Esc goes back."""

    CSS_PATH = "../styles/compare.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,equals_sign", "dismiss", "Back"),
        Binding("left,h", "side(0)", "Left"),
        Binding("right,l,tab", "side(1)", "Right"),
        Binding("right_square_bracket", "heading(1)", "Next heading"),
        Binding("left_square_bracket", "heading(-1)", "Heading before"),
    ]

    def __init__(self, one: Dossier, other: Dossier, *, sealed: bool) -> None:
        super().__init__()
        self._both = (one, other)
        self._sealed = sealed

    def compose(self) -> ComposeResult:
        """What they share, then both pages."""
        yield Static(comparison_head(*self._both, sealed=self._sealed), id="compare-head")
        with Horizontal():
            yield LinkedPage(id="compare-0")
            yield LinkedPage(id="compare-1")
        yield Static("← → side · ] [ heading · Enter follow · Esc back", id="compare-hint", markup=False)

    def on_mount(self) -> None:
        """Fill both sides."""
        for number, dossier in enumerate(self._both):
            self._side(number).show(figure_page(dossier, sealed=self._sealed))
        self._side(0).focus()

    def _side(self, number: int) -> LinkedPage:
        return self.query_one(f"#compare-{number}", LinkedPage)

    def action_side(self, number: int) -> None:
        """Give the keys to one side."""
        self._side(number).focus()

    def action_heading(self, step: int) -> None:
        """Go to the next heading of the side that has the keys, and to the same one on the other."""
        here = next((side for side in (0, 1) if self._side(side).has_focus), 0)
        heading = self._side(here).jump_heading(step)
        self._side(1 - here).show_heading(heading)

    @on(LinkedPage.Followed)
    def _followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, Destination):
            self.dismiss(message.target)
