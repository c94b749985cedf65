"""The dialog of an export: its form and its file."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from serge_tui.commands.notes import EXPORT
from serge_tui.core.export.forms import FORMS, ExportForm
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on
from serge_tui.widgets.key_hints import KeyHints
from serge_tui.widgets.option_rows import OptionRows

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command


class ExportDialog(Dialog[tuple[ExportForm, str] | None]):
    """Answers with a form and a file's name, or None. The file's ending follows the form."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = EXPORT
    CSS_PATH = ["../../dialogs/dialog.tcss", "export_dialog.tcss"]

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self.rows = OptionRows(*(Option(self._row(form)) for form in FORMS), one_click=False)
        self.box = Input(f"~/serge-notes.{FORMS[0].ending}", id="export-file", select_on_focus=False)
        self.controllers = {"rows": self.rows}

    def compose(self) -> ComposeResult:
        """The forms, the file, the keys."""
        with Vertical(classes="dialog"):
            yield Static(Content(self._title), classes="heading")
            yield self.rows
            yield Static("To the file", markup=False)
            yield self.box
            yield KeyHints("Enter write · Tab the file’s name · Esc cancel")

    @staticmethod
    def _row(form: ExportForm) -> Content:
        return Content(f"{form.title:<10}") + Content.styled(form.purpose, "$muted")

    def on_mount(self) -> None:
        """Begin in the list."""
        self.rows.highlighted = 0
        self.rows.focus()

    @property
    def form(self) -> ExportForm:
        """The form under the cursor."""
        return FORMS[self.rows.highlighted or 0]

    @on(OptionList.OptionHighlighted)
    def _form_changed(self) -> None:
        path = self.box.value.strip()
        if PurePath(path).suffix.removeprefix(".") in {form.ending for form in FORMS}:
            self.box.value = path[: path.rindex(".") + 1] + self.form.ending
            self.box.cursor_position = len(self.box.value)

    @on(OptionList.OptionSelected)
    @on(Input.Submitted)
    def _chosen(self) -> None:
        if name := self.box.value.strip():
            self.dismiss((self.form, name))
        else:
            self.box.focus()

    def action_other(self) -> None:
        """Go from the forms to the file's name, or back."""
        (self.rows if self.box.has_focus else self.box).focus()
