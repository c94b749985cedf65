"""Choose a theme: each is shown while one moves, and Esc brings back the one before."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from serge_tui.commands.settings import THEMES
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on
from serge_tui.services.setting_rows import theme_words
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from serge_tui.commands import Command


class ThemeChooser(Dialog[str | None]):
    """Answers with the name of the theme chosen; None, with the theme as it was, on Esc."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = THEMES
    CSS_PATH = ["../dialog.tcss", "settings.tcss"]

    def __init__(self, themes: Sequence[str], present: str) -> None:
        super().__init__()
        self.rows = OptionRows(*(Option(theme_words(name)) for name in themes))
        self.controllers = {"rows": self.rows}
        self._themes = themes
        self._before = present

    def compose(self) -> ComposeResult:
        """A title and the list."""
        with Vertical(classes="dialog"):
            yield Static("Themes", classes="heading", markup=False)
            yield self.rows
            yield KeyHints("Enter choose · Esc as before")

    def on_mount(self) -> None:
        """Put the cursor on the present theme."""
        options = self.query_one(OptionList)
        options.highlighted = self._themes.index(self._before) if self._before in self._themes else 0
        options.focus()

    def action_cancel(self) -> None:
        """Bring back the theme that was there before."""
        self.host.show_theme(self._before)
        self.dismiss(None)

    @on(OptionList.OptionHighlighted)
    def _show(self, message: OptionList.OptionHighlighted) -> None:
        self.host.show_theme(self._themes[message.option_index])

    @on(OptionList.OptionSelected)
    def _choose(self, message: OptionList.OptionSelected) -> None:
        self.dismiss(self._themes[message.option_index])
