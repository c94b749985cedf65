"""The editor for both sides of a card."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static, TextArea

from db.text import sanitise
from serge_tui.commands import bindings
from serge_tui.commands.cards import CARD_EDITOR
from serge_tui.dialogs.kept_draft import RESUMED
from serge_tui.handlers import Careful
from serge_tui.services.draft_journal import INTERVAL
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from serge_tui.dialogs.kept_draft import KeptDraft


@dataclass(frozen=True, slots=True)
class TwoSides:
    """Question and answer as written; `reset` asks for the original wording of the study pack."""

    question: str
    answer: str
    reset: bool = False


class CardEditor(Careful, ModalScreen[TwoSides | None]):
    """Both sides of a card. Ctrl+S saves; Esc cancels, and asks first if something would be lost."""

    DEFAULT_CSS = """
    CardEditor TextArea { height: 6; border: none; background: $surface; padding: 0 1; margin-bottom: 1; }
    CardEditor TextArea:focus { border: none; }
    """
    CSS_PATH = "dialog.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(CARD_EDITOR)

    def __init__(
        self,
        title: str,
        question: str,
        answer: str,
        *,
        kept: KeptDraft,
        gaps: bool = False,
        resettable: bool = False,
    ) -> None:
        """With `gaps`, `{{words}}` in the question make a gap and the answer may stay empty; with `resettable`, the
        original wording can be restored. What is typed is kept in `kept`; whoever stores the card ends it.
        """
        super().__init__()
        self._title = title
        self._before = TwoSides(sanitise(question).strip(), sanitise(answer).strip())
        self._kept = kept
        self._gaps = gaps
        self._resettable = resettable
        self._asked = False

    def compose(self) -> ComposeResult:
        """Two boxes and the keys."""
        hint = RESUMED if self._kept.texts else ""
        hint += "Ctrl+S save · Esc cancel · Tab other side"
        if self._resettable:
            hint += " · Ctrl+R original wording"
        if self._gaps:
            hint += "\n{{words}} in the question make a gap; then the answer may stay empty."
        texts = self._kept.texts
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="heading", markup=False)
            yield Static("Question", classes="muted", markup=False)
            yield TextArea(
                sanitise(texts.get("question", self._before.question)),
                id="card-front",
                soft_wrap=True,
                tab_behavior="focus",
            )
            yield Static("Answer", classes="muted", markup=False)
            yield TextArea(
                sanitise(texts.get("answer", self._before.answer)), id="card-back", soft_wrap=True, tab_behavior="focus"
            )
            yield KeyHints(hint, id="card-hint")

    def on_mount(self) -> None:
        """Focus the question, and keep what is written from now on."""
        self._kept.begin(self._texts())
        self.set_interval(INTERVAL, lambda: self._kept.keep(self._texts()))
        self.query_one("#card-front", TextArea).focus()

    @property
    def sides(self) -> TwoSides:
        """What is written now."""
        front, back = (self.query_one(f"#{name}", TextArea).text for name in ("card-front", "card-back"))
        return TwoSides(sanitise(front).strip(), sanitise(back).strip())

    def _texts(self) -> dict[str, str]:
        return {"question": self.sides.question, "answer": self.sides.answer}

    def action_save(self) -> None:
        """Return both sides, unless one is missing."""
        sides = self.sides
        gap = self._gaps and "{{" in sides.question and "}}" in sides.question
        if not sides.question or not (sides.answer or gap):
            self._say("A card needs both a question and an answer.")
        else:
            self._kept.keep(self._texts())
            self.dismiss(sides)

    def action_reset(self) -> None:
        """Ask for the original wording."""
        if self._resettable:
            self._kept.discard()
            self.dismiss(TwoSides("", "", reset=True))

    def action_cancel(self) -> None:
        """Close the editor; if something was changed, only at the second Esc."""
        if self.sides == self._before or self._asked:
            self._kept.discard()
            self.dismiss(None)
        else:
            self._asked = True
            self._say("Not saved yet: Ctrl+S saves, Esc again discards your changes.")

    def _say(self, sentence: str) -> None:
        self.query_one("#card-hint", KeyHints).update(sentence)
