"""Both sides of a card, to be written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from db.text import sanitise

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


@dataclass(frozen=True, slots=True)
class TwoSides:
    """What was written; `reset` asks for the pack's own words again."""

    question: str
    answer: str
    reset: bool = False


class CardEditor(ModalScreen[TwoSides | None]):
    """Ctrl+S keeps both sides; Esc leaves, and asks first if something would be lost."""

    DEFAULT_CSS = """
    CardEditor TextArea { height: 6; border: none; background: $surface; padding: 0 1; margin-bottom: 1; }
    CardEditor TextArea:focus { border: none; }
    CardEditor #card-hint { color: $muted; height: auto; }
    """
    CSS_PATH = "../../dialogs/dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s", "keep", "Keep", tooltip="Keep both sides."),
        Binding("ctrl+r", "reset", "As it was", tooltip="Take the pack's own words again."),
        Binding("escape", "leave", "Leave", tooltip="Leave; asks first if something would be lost."),
    ]

    def __init__(self, title: str, question: str, answer: str, *, gaps: bool = False, resettable: bool = False) -> None:
        """`gaps` lets `{{words}}` in the question be a gap, with no answer; `resettable` offers the pack's words."""
        super().__init__()
        self._title = title
        self._before = TwoSides(sanitise(question).strip(), sanitise(answer).strip())
        self._gaps = gaps
        self._resettable = resettable
        self._asked = False

    def compose(self) -> ComposeResult:
        """Two boxes and the keys."""
        hint = "Ctrl+S keeps · Esc leaves · Tab to the other side"
        if self._resettable:
            hint += " · Ctrl+R the pack’s own words"
        if self._gaps:
            hint += "\n{{words}} in the question make a gap; the answer can then stay empty."
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="heading", markup=False)
            yield Static("Question", classes="muted", markup=False)
            yield TextArea(self._before.question, id="card-front", soft_wrap=True, tab_behavior="focus")
            yield Static("Answer", classes="muted", markup=False)
            yield TextArea(self._before.answer, id="card-back", soft_wrap=True, tab_behavior="focus")
            yield Static(hint, id="card-hint", markup=False)

    def on_mount(self) -> None:
        """Write at once."""
        self.query_one("#card-front", TextArea).focus()

    @property
    def sides(self) -> TwoSides:
        """What stands in the boxes now."""
        front, back = (self.query_one(f"#{name}", TextArea).text for name in ("card-front", "card-back"))
        return TwoSides(sanitise(front).strip(), sanitise(back).strip())

    def action_keep(self) -> None:
        """Give both sides back, unless one is missing."""
        sides = self.sides
        gap = self._gaps and "{{" in sides.question and "}}" in sides.question
        if not sides.question or not (sides.answer or gap):
            self._say("A card needs both a question and an answer.")
        else:
            self.dismiss(sides)

    def action_reset(self) -> None:
        """Ask for the pack's own words."""
        if self._resettable:
            self.dismiss(TwoSides("", "", reset=True))

    def action_leave(self) -> None:
        """Leave; a second Esc throws away what was changed."""
        if self.sides == self._before or self._asked:
            self.dismiss(None)
        else:
            self._asked = True
            self._say("This is not kept yet: Ctrl+S keeps it, Esc again throws it away.")

    def _say(self, sentence: str) -> None:
        self.query_one("#card-hint", Static).update(sentence)
