"""The top bar: the modes, and what is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from db.text import sanitise_line

if TYPE_CHECKING:
    from textual import events


MENU: Final = " ≡ "


class ModeBar(Widget):
    """Names of the modes at the left, a line of context and a menu at the right; a click on a name goes there."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ModeBar { height: 1; dock: top; background: $surface; color: $muted; }
    """
    current: reactive[str] = reactive("")
    context: reactive[str] = reactive("")

    @dataclass
    class Chosen(Message):
        """A mode's name was clicked."""

        mode: str

    class ContextClicked(Message):
        """The line of context was clicked."""

    class MenuOpened(Message):
        """The sign of the menu was clicked."""

    def __init__(self, modes: list[tuple[str, str]]) -> None:
        super().__init__()
        self._modes = modes
        self._ends: list[tuple[int, str]] = []

    def render(self) -> Content:
        """Draw the bar; in a narrow window the context is cut first, then the names of modes that are not open."""
        parts: list[Content] = []
        self._ends = []
        wide = self.size.width >= sum(len(title) + 2 for _, title in self._modes) + 1
        for mode, title in self._modes:
            shown = title if wide or mode == self.current else title[:2]
            style = Style.parse("bold $primary") if mode == self.current else Style.parse("$muted")
            label = Content.styled(f" {shown} ", style)
            self._ends.append((sum(part.cell_length for part in parts) + label.cell_length, mode))
            parts.append(label)
        left = Content("").join(parts)
        room = self.size.width - left.cell_length - len(MENU) - 2
        context = (
            Content(sanitise_line(self.context)).truncate(max(0, room), ellipsis=True) if room > 8 else Content("")
        )
        gap = self.size.width - left.cell_length - context.cell_length - len(MENU)
        line = left + Content(" " * max(1, gap)) + context.stylize("$muted")
        return line + Content.styled(MENU, "bold $primary") if gap > 0 else line

    def on_click(self, event: events.Click) -> None:
        """Post which mode was clicked, or that the menu was."""
        if event.x >= self.size.width - len(MENU):
            self.post_message(self.MenuOpened())
            return
        for end, mode in self._ends:
            if event.x < end:
                self.post_message(self.Chosen(mode))
                return
        if self.context:
            self.post_message(self.ContextClicked())
