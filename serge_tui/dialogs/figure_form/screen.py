"""The form in which a reader corrects a figure, or adds one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static, TextArea

from db.corrections import check
from db.errors import SergeError
from db.text import sanitise, sanitise_line
from serge_tui.commands import bindings
from serge_tui.commands.lists import FIGURE_FORM
from serge_tui.dialogs.figure_form.fields import ALSO, FormField, changes
from serge_tui.dialogs.figure_form.ties import TIES
from serge_tui.dialogs.kept_draft import RESUMED
from serge_tui.handlers import Careful
from serge_tui.services.draft_journal import INTERVAL
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from db.corrections import Correction
    from serge_tui.dialogs.figure_form.ties import Ties
    from serge_tui.dialogs.kept_draft import KeptDraft


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """What the reader wants stored, and which of their corrections taken back."""

    stored: dict[str, str]
    back: tuple[str, ...]


class FigureForm(Careful, ModalScreen[FormAnswer | None]):
    """The form of a figure: one line a field; emptying a field restores what the study pack says."""

    DEFAULT_CSS = """
    FigureForm { align: center middle; }
    FigureForm > Vertical { width: 84; max-width: 96%; height: 92%; background: $panel; padding: 1 2; }
    FigureForm VerticalScroll { height: 1fr; }
    FigureForm Horizontal { height: auto; }
    FigureForm .form-label { width: 20; color: $muted; }
    FigureForm .form-own { color: $primary; }
    FigureForm Input { width: 1fr; background: $surface; }
    FigureForm TextArea { width: 1fr; height: 4; border: none; background: $surface; padding: 0 1; }
    FigureForm #form-title { color: $accent; text-style: bold; margin-bottom: 1; }
    FigureForm #form-hint { margin-top: 1; }
    FigureForm #form-hint.-wrong { color: $error; }
    """
    BINDINGS: ClassVar[list[BindingType]] = bindings(FIGURE_FORM)
    HINT = "Ctrl+S save · Esc cancel · empty a field to restore the pack's text"

    def __init__(
        self,
        title: str,
        record: str,
        fields: list[FormField],
        corrections: Mapping[str, Correction],
        ties: Ties | None = None,
        kept: KeptDraft | None = None,
    ) -> None:
        """Make the form. What is typed is kept in `kept`; whoever stores the answer ends it."""
        super().__init__()
        self._title = title
        self._record = record
        self._fields = fields
        self._corrections = corrections
        self._ties = ties
        self._kept = kept
        self._asked = False

    def compose(self) -> ComposeResult:
        """A line for each field, with what a crash interrupted."""
        texts = self._kept.texts if self._kept is not None else {}
        with Vertical():
            yield Static(Content(sanitise_line(self._title)), id="form-title")
            with VerticalScroll(can_focus=False):
                for field in self._fields:
                    with Horizontal():
                        label = f"{field.label}{' · yours' if field.own else ''}"
                        yield Static(label, classes="form-label form-own" if field.own else "form-label", markup=False)
                        if field.long:
                            yield TextArea(
                                sanitise(texts.get(field.name, field.value)), id=f"field-{field.name}",
                                soft_wrap=True, tab_behavior="focus", placeholder=field.hint,
                            )  # fmt: skip
                        else:
                            yield Input(
                                sanitise_line(texts.get(field.name, field.value)), placeholder=field.hint,
                                id=f"field-{field.name}", compact=True,
                            )  # fmt: skip
            yield KeyHints(f"{RESUMED if texts else ''}{self.HINT}", id="form-hint")

    def on_mount(self) -> None:
        """Begin with the first field, and keep what is written from now on."""
        if (kept := self._kept) is not None:
            kept.begin(self._typed)
            self.set_interval(INTERVAL, lambda: kept.keep(self._typed))
        self.query_one(f"#field-{self._fields[0].name}").focus()

    def action_step(self, step: int) -> None:
        """Go to the next field or the one before."""
        if step > 0:
            self.focus_next()
        else:
            self.focus_previous()

    @property
    def _typed(self) -> dict[str, str]:
        typed = {}
        for field in self._fields:
            if field.long:
                typed[field.name] = self.query_one(f"#field-{field.name}", TextArea).text
            else:
                typed[field.name] = self.query_one(f"#field-{field.name}", Input).value
        return typed

    def action_save(self) -> None:
        """Save what was changed, if it can be understood."""
        try:
            stored, back = changes(self._fields, self._typed, self._corrections, self._ties)
        except SergeError as error:
            self._refuse(TIES, str(error))
            return
        for name, value in stored.items():
            try:
                check(self._record, name, value)
            except SergeError as error:
                self._refuse(name, str(error))
                return
        if self._kept is not None:
            self._kept.keep(self._typed)
        self.dismiss(FormAnswer(stored, tuple(back)))

    def _refuse(self, name: str, sentence: str) -> None:
        hint = self.query_one("#form-hint", KeyHints)
        hint.update(Content(sanitise_line(sentence)))
        hint.add_class("-wrong")
        field = ALSO if name.startswith("alias:") else TIES if name.startswith("tie:") else name
        self.query_one(f"#field-{field}").focus()

    def _is_changed(self) -> bool:
        try:
            return any(changes(self._fields, self._typed, self._corrections, self._ties))
        except SergeError:
            return True

    def action_cancel(self) -> None:
        """Leave; ask once if something would be lost."""
        if self._is_changed() and not self._asked:
            self._asked = True
            self.query_one("#form-hint", KeyHints).update("Esc again leaves without saving · Ctrl+S save")
            return
        if self._kept is not None:
            self._kept.discard()
        self.dismiss(None)
