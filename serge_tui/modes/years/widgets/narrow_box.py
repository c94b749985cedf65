"""The box that the years are narrowed with."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.widgets import Input

from serge_tui.commands import bindings
from serge_tui.commands.years import YEARS_BOX

if TYPE_CHECKING:
    from textual.binding import BindingType


class NarrowBox(Input):
    """An input that Esc leaves before it leaves the screen."""

    BINDINGS: ClassVar[list[BindingType]] = bindings(YEARS_BOX)
