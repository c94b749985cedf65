"""A page of the study pack that belongs to no chapter, over any mode."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical, VerticalScroll
from textual.widgets import Markdown

from serge_tui.commands.dialogs import HELP_SCREEN
from serge_tui.dialogs.dialog import Dialog
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.models import ContentPage
    from serge_tui.commands import Command


class PackPage(Dialog[None]):
    """Shows a page; its links are only text, because nothing here goes online."""

    DEFAULT_CSS = """
    PackPage { align: center middle; }
    PackPage > Vertical {
        width: 84; max-width: 96%; height: 92%; background: $panel; padding: 1 2;
    }
    PackPage VerticalScroll { height: 1fr; }
    PackPage KeyHints { margin-top: 1; }
    PackPage Markdown { background: $panel; }
    """
    COMMAND_SET: ClassVar[tuple[Command, ...]] = tuple(one for one in HELP_SCREEN if one.id != "help.search")

    def __init__(self, page: ContentPage) -> None:
        super().__init__()
        self._page = page

    def compose(self) -> ComposeResult:
        """One scrolling page."""
        with Vertical():
            with VerticalScroll():
                yield Markdown(f"# {self._page.title}\n\n{self._page.text}", open_links=False)
            yield KeyHints("Space page down · Esc close")

    def action_close(self) -> None:
        """Close the page."""
        self.dismiss(None)

    def action_scroll_text(self, how: str) -> None:
        """Scroll the text; `how` is a method of Textual's containers."""
        getattr(self.query_one(VerticalScroll), how)(animate=False)
