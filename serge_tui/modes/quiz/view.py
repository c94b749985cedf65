"""Showing the quiz: before a round, a question, its outcome, the end, and the keys that can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from textual.content import Content

from db.text import sanitise_line
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.quiz import QUIZ
from serge_tui.commands.study import LEAVE_ANSWER
from serge_tui.core.study.quiz.registry import is_by_name
from serge_tui.modes.quiz.widgets.quiz_face import QuizFace
from serge_tui.modes.quiz.widgets.round_end import round_page
from serge_tui.services.quiz_rounds import kind_title
from serge_tui.widgets.answer_box import AnswerBox
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from serge_tui.core.study.quiz.rounds import Given, Round
    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.modes.quiz.plan import RoundPlan

Phase: TypeAlias = Literal["before", "question", "by-number", "typed", "beside-box", "outcome", "end"]
_KEYS: Final[dict[Phase, tuple[str, ...]]] = {
    "before": ("quiz.go-on", "quiz.deck", "quiz.kind", "quiz.typed", "quiz.duel"),
    "question": ("quiz.unknown", "quiz.typed", "quiz.stop"),
    "by-number": ("quiz.unknown", "quiz.stop"),
    "typed": ("quiz.open",),
    "beside-box": ("quiz.open", "quiz.unknown", "quiz.typed", "quiz.stop"),
    "outcome": ("quiz.go-on", "quiz.open"),
    "end": ("quiz.again", "quiz.send", "quiz.deck", "quiz.kind"),
}
_FOOTERS: Final[dict[Phase, dict[str, str]]] = {
    "before": {"quiz.go-on": "begin"},
    "typed": {"quiz.open": "answer, or don’t know"},
    "beside-box": {"quiz.open": "type", "quiz.typed": "choose"},
}
"""Words of the footer that differ from the usual ones."""


class QuizView:
    """Draws the quiz on the page. It changes nothing."""

    def __init__(self, page: ModeScreen) -> None:
        self._page = page

    @property
    def answer_box(self) -> AnswerBox:
        """The box to type a name in."""
        return self._page.query_one(AnswerBox)

    def show_text(self, text: str) -> None:
        """Show a sentence instead of a question."""
        self._page.query_one(QuizFace).show_text(Content(text))

    def show(self, plan: RoundPlan, played: Round | None, outcome: Given | None, name_typed: str) -> None:
        """Show the question, the outcome of the last answer, the end of the round, or what the next round asks."""
        face, end, box = self._page.query_one(QuizFace), self._page.query_one(LinkedPage), self.answer_box
        over = played is not None and played.current is None and outcome is None
        face.display, end.display, box.display = not over, over, False
        box.value = ""
        self._page.set_context(plan.deck.name)
        if played is None:
            face.show_text(_plan_content(plan))
            self._show_keys("before")
            self._page.set_status("")
        elif outcome is not None:
            face.show_outcome(outcome, typed=name_typed)
            self._show_keys("outcome")
        elif (question := played.current) is not None:
            box.display = plan.typed and is_by_name(question.kind)
            face.ask(question, options=not box.display)
            self._show_keys("typed" if box.display else "question" if is_by_name(question.kind) else "by-number")
        else:
            end.show(round_page(played, plan.names))
            self._show_keys("end")
        self._page.set_focus(end if over else box if box.display else None)
        if played is not None:
            self._page.set_status(_score(played, answered=outcome is not None))

    def focus_moved(self) -> None:
        """Show other keys once the box for a name is left, or entered again."""
        if self.answer_box.display:
            self._show_keys("typed" if self.answer_box.has_focus else "beside-box")

    def _show_keys(self, phase: Phase) -> None:
        footers = _FOOTERS.get(phase, {})
        shown = [
            replace(command, footer=footers.get(command.id, command.footer))
            for command in QUIZ
            if command.id in _KEYS[phase]
        ]
        shared = [command for command in EVERYWHERE if command.id == "app.help"]
        box = [LEAVE_ANSWER] if phase == "typed" else []
        self._page.query_one(KeyLine).commands = (*shown, *box, *shared)


def _plan_content(plan: RoundPlan) -> Content:
    lines = [
        Content.styled("A round of ten questions", "bold $primary"),
        Content(f"Questions: {kind_title(plan.kind)}, from “{sanitise_line(plan.deck.name)}”."),
        Content("Two readers answer in turn." if plan.players == 2 else "For one reader; p makes it a duel."),
        Content("Names are typed, in any spelling." if plan.typed else "Choose by number; 0 is “I don’t know”."),
        Content.styled("Nothing here changes when your cards are due.", "$muted"),
    ]
    return Content("\n\n").join(lines)


def _score(played: Round, *, answered: bool) -> str:
    """Return the number of the question, the score and the streak in a few words."""
    number = len(played.given) + (0 if answered else 1)
    if played.current is None and not answered:
        return f"{played.score()} of {played.total} right" if played.players == 1 else _duel(played)
    if played.players == 2:
        return f"{number} of {played.total} · {_duel(played)} · {('first', 'second')[played.player]} reader’s turn"
    streak = played.streak()
    row = f" · {streak} in a row" if streak > 1 else ""
    return f"{number} of {played.total} · {played.score()} right{row}"


def _duel(played: Round) -> str:
    return f"{played.score(0)} : {played.score(1)}"
