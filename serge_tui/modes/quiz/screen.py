"""Quiz: who said it, to whom, about whom; rounds of ten, alone or as a duel. It never changes the schedule."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus

from db.errors import SergeError
from serge_tui.commands.quiz import QUIZ
from serge_tui.core.study.quiz.question import Question
from serge_tui.core.study.quiz.registry import QUESTION_KINDS
from serge_tui.handlers import on
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.modes.quiz.plan import PlanChoice, RoundPlan
from serge_tui.modes.quiz.play import RoundPlay
from serge_tui.modes.quiz.view import QuizView
from serge_tui.modes.quiz.widgets.quiz_face import QuizFace
from serge_tui.navigation import BeginRound
from serge_tui.services.decks import chosen_deck, deck_named
from serge_tui.widgets.answer_box import AnswerBox
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command
    from serge_tui.navigation import Destination, Mode


class QuizScreen(ModeScreen):
    """Questions answered by number keys or by typing; after each the passage; at the end the misses."""

    ENTER_IN_FIELD: ClassVar[frozenset[str]] = frozenset({"quiz.open"})
    MODE: ClassVar[Mode] = "quiz"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = QUIZ
    CSS_PATH = "quiz.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-high")]
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.plan = RoundPlan()
        self.view = QuizView(self)
        self.play = RoundPlay(self, self.plan, self.view)
        self.choice = PlanChoice(self, self.plan, self.play)
        self.controllers = {"play": self.play, "plan": self.choice}

    def compose_body(self) -> ComposeResult:
        """The question, a box to type in, the page of the end."""
        with Vertical(id="quiz"):
            yield QuizFace()
            yield AnswerBox(id="quiz-typed", placeholder="who? Enter alone if you do not know", select_on_focus=False)
            yield LinkedPage(id="quiz-end")

    def on_mount(self) -> None:
        """Show what a round would ask, or the round that was left in the middle."""
        self.plan.deck = chosen_deck(self.host.library)
        self.plan.typed = self.host.library.settings.get("quiz.typed", False)
        self.play.restore()
        self.play.show()
        self.play.run(self.choice.read_names())

    @property
    def keys_must_wait(self) -> bool:
        """Whether the questions of a round are being chosen."""
        return self.play.is_choosing

    @property
    def in_hand(self) -> object:
        """The question that is asked, if one is."""
        play = self.play
        return None if play.round is None else (id(play.round), len(play.round.given), play.outcome is None)

    def visit(self, destination: Destination) -> None:
        """Begin or prepare a round as the command line asks; a round under way is not thrown away."""
        if not isinstance(destination, BeginRound) or self.play.refuses():
            return
        try:
            if destination.deck:
                self.plan.deck = deck_named(self.host.library, destination.deck)
        except SergeError as error:
            self.host.report_error(str(error))
            return
        # Ends hidden or not: the kind was asked for.
        self.plan.kind = next((kind for kind in QUESTION_KINDS if kind == destination.kind), None)
        if destination.seed is not None:
            self.play.begin(destination.seed)
        else:
            self.play.action_stop()

    def action_leave_field(self) -> None:
        """Leave the answer field, so that letters are keys of the screen."""
        self.set_focus(None)

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _focus_moved(self) -> None:
        self.view.focus_moved()

    @on(QuizFace.Chosen)
    def _option_clicked(self, message: QuizFace.Chosen) -> None:
        self.play.action_choose(-1 if message.option is None else message.option)

    @on(AnswerBox.Submitted, "#quiz-typed")
    def _name_typed(self, message: AnswerBox.Submitted) -> None:
        self.play.submit(message.value)

    @on(LinkedPage.Followed)
    def _miss_followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, Question):
            self.play.open_passage(message.target)
