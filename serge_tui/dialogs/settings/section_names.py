"""The names of the sections of Settings, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events


class SectionNames(Widget):
    """The sections, the chosen one lit; a click on one goes there."""

    ALLOW_SELECT = False
    chosen: reactive[str] = reactive("")

    @dataclass
    class Clicked(Message):
        """The name of a section was clicked."""

        section: str

    def __init__(self, sections: Sequence[str]) -> None:
        super().__init__()
        self._sections = sections

    def render(self) -> Content:
        """Draw the line."""
        names = (
            Content.styled(one, "bold $primary" if one == self.chosen else "$muted").stylize(
                Style.from_meta({"section": one})
            )
            for one in self._sections
        )
        return Content.styled("Settings  ", "bold") + Content("  ").join(names)

    def on_click(self, event: events.Click) -> None:
        """Tell which section was clicked."""
        if section := event.style.meta.get("section"):
            self.post_message(self.Clicked(section))
