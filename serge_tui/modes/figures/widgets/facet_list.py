"""Facets: what a list can be narrowed by, each with its values folded under it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message

from db.text import sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.figures import FACETS
from serge_tui.widgets.row_list import RowList

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value a facet can have; `count` is how many it would leave, None where that says nothing."""

    value: str
    title: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class FacetView:
    """A facet as shown. `chosen` is the value it has; a `hidden` one cannot be unfolded."""

    name: str
    title: str
    values: tuple[FacetValue, ...]
    chosen: str = ""
    hidden: bool = False
    always: bool = False
    """Whether it has some value at any time, as an order has."""
    nothing: str = "all"
    """What is shown while nothing is chosen."""
    own: bool = False
    """Whether its values are the reader's own: they can be given a name, and dropped."""


class FacetList(RowList):
    """Enter unfolds a facet and chooses a value, left and right go through the values, Backspace takes one away.

    Values of the reader's own are dropped by Backspace and given a name by e.
    """

    BINDINGS: ClassVar[list[BindingType]] = bindings(FACETS)

    @dataclass
    class Changed(Message):
        """A value was chosen, or with an empty value taken away."""

        facets: FacetList
        name: str
        value: str

    @dataclass
    class Refused(Message):
        """Somebody wanted to unfold a hidden facet."""

        facets: FacetList
        name: str

    @dataclass
    class Dropped(Message):
        """One of the reader's own values was dropped."""

        facets: FacetList
        name: str
        value: str

    @dataclass
    class Renamed(Message):
        """The reader wants to give one of their own values a name."""

        facets: FacetList
        name: str
        value: str

    @dataclass
    class CameUp(Message):
        """There is room for the facets now: what they say may be from before."""

        facets: FacetList

    @dataclass
    class Closed(Message):
        """Esc: back to the list."""

        facets: FacetList

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002  # Textual's own name for it
        super().__init__(id=id)
        self._facets: Sequence[FacetView] = ()
        self._rows: list[tuple[FacetView, FacetValue | None]] = []
        self._open = ""

    def on_show(self) -> None:
        """Have the facets brought up to date: while they are not seen, nobody does."""
        self.post_message(self.CameUp(self))

    def show(self, facets: Sequence[FacetView]) -> None:
        """Show facets; what was unfolded stays so, and the cursor stays on its row."""
        self._facets = facets
        here = self._identity(self.cursor)
        self._lay_out()
        at = next((n for n in range(len(self._rows)) if self._identity(n) == here), 0)
        self.rows_changed(at)

    def _identity(self, index: int) -> tuple[str, str | None]:
        if not 0 <= index < len(self._rows):
            return "", None
        facet, value = self._rows[index]
        return facet.name, value.value if value else None

    def _lay_out(self) -> None:
        self._rows = []
        for facet in self._facets:
            self._rows.append((facet, None))
            if facet.name == self._open and not facet.hidden:
                self._rows += [(facet, value) for value in facet.values]

    @property
    def row_count(self) -> int:
        """Facets, and the values of the one that is unfolded."""
        return len(self._rows)

    def draw_row(self, index: int, width: int) -> Content:
        """A facet with its value, or a value with its count."""
        facet, value = self._rows[index]
        pointer = "▸" if index == self.cursor and self.has_focus else " "
        if value is not None:
            mark = "●" if value.value == facet.chosen else "○"
            count = "" if value.count is None else f"{value.count:>5} "
            title = Content(sanitise_line(value.title))
            title = title.truncate(max(4, width - 5 - len(count)), ellipsis=True, pad=True)
            return Content(f"{pointer}  {mark} ") + title + Content.styled(count, "$muted")
        title = Content.styled(f"{facet.title:<12}", "$muted")
        if facet.hidden:
            return Content(pointer + " ") + title + Content.styled("▒▒▒▒", "$hidden-end")
        chosen = next((known.title for known in facet.values if known.value == facet.chosen), facet.chosen)
        shown = Content.styled(sanitise_line(chosen), "bold $primary") if facet.chosen else Content(facet.nothing)
        return (Content(pointer + " ") + title + shown).truncate(width, ellipsis=True)

    # --- choosing ----------------------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """Unfold or fold a facet, or choose a value; choosing the chosen one takes it away."""
        if not 0 <= self.cursor < len(self._rows):
            return
        facet, value = self._rows[self.cursor]
        if value is not None:
            again = value.value == facet.chosen and not facet.always
            self._fold("", facet.name)
            self.post_message(self.Changed(self, facet.name, "" if again else value.value))
        elif facet.hidden:
            self.post_message(self.Refused(self, facet.name))
        else:
            self._fold("" if self._open == facet.name else facet.name, facet.name)

    def _fold(self, unfolded: str, at: str) -> None:
        self._open = unfolded
        self._lay_out()
        self.rows_changed(next(n for n, (facet, _) in enumerate(self._rows) if facet.name == at))

    def action_turn(self, step: int) -> None:
        """Go through the values of the facet under the cursor without unfolding it."""
        if not 0 <= self.cursor < len(self._rows):
            return
        facet, _ = self._rows[self.cursor]
        if facet.hidden:
            self.post_message(self.Refused(self, facet.name))
            return
        values = [*([] if facet.always else [""]), *(known.value for known in facet.values)]
        if values:
            at = values.index(facet.chosen) if facet.chosen in values else 0
            self.post_message(self.Changed(self, facet.name, values[(at + step) % len(values)]))

    def action_clear(self) -> None:
        """Take away the value of the facet under the cursor, or drop one of the reader's own."""
        if not 0 <= self.cursor < len(self._rows):
            return
        facet, value = self._rows[self.cursor]
        if facet.own:
            if value is not None:
                self.post_message(self.Dropped(self, facet.name, value.value))
        elif not facet.always:
            self.post_message(self.Changed(self, facet.name, ""))

    def action_rename(self) -> None:
        """Give one of the reader's own values a name."""
        if 0 <= self.cursor < len(self._rows):
            facet, value = self._rows[self.cursor]
            if facet.own and value is not None:
                self.post_message(self.Renamed(self, facet.name, value.value))

    def action_close(self) -> None:
        """Go back to the list."""
        self.post_message(self.Closed(self))
