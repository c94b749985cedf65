"""The input that filters the years."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from serge_tui.commands import bindings
from serge_tui.commands.years import YEARS_SEARCH

if TYPE_CHECKING:
    from textual.binding import BindingType


class FilterInput(Input):
    """Input for the filter. Esc closes it; a second Esc leaves the screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(YEARS_SEARCH)
