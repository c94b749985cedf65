"""What the quiz looks like: before a round, a question, its outcome, the end. `QuizScreen` says what can be done."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.commands.app import EVERYWHERE
from serge_tui.core.study.quiz.questions import ROUND
from serge_tui.core.study.quiz.rounds import Given, Round
from serge_tui.modes.box_first import BoxFirst
from serge_tui.modes.quiz.widgets.quiz_face import QuizFace
from serge_tui.modes.quiz.widgets.round_end import round_page
from serge_tui.services.card_collection import Box, box_of
from serge_tui.services.confusions import LateFinder
from serge_tui.services.quiz_rounds import KIND_TITLES, kinds_allowed, make_questions
from serge_tui.services.review_session import chosen_deck
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.quiz.questions import QuestionKind
    from serge_tui.navigation import Mode

_KEYS: Final = {
    "before": ("quiz.go-on", "quiz.deck", "quiz.kind", "quiz.typed", "quiz.duel"),
    "question": ("quiz.unknown", "quiz.typed", "quiz.stop"),
    "typed": ("quiz.open",),
    "told": ("quiz.go-on", "quiz.open"),
    "end": ("quiz.again", "quiz.send", "quiz.deck", "quiz.kind"),
}
_WORDS: Final = {
    "before": {"quiz.go-on": "begin"},
    "typed": {"quiz.open": "answer, or don’t know"},
}
"""Words of the footer that differ from the usual ones."""
KEPT: Final = "quiz.round"
"""Setting: the round under way, so that a pause or a crash loses nothing."""
_BY_NAME: Final = frozenset({"who", "about", "to", "portrait"})
"""Kinds whose answer is one name, so that it can be typed."""


class QuizTable(BoxFirst):
    """The state of a round, and how it is shown."""

    MODE: ClassVar[Mode] = "quiz"
    CSS_PATH = "quiz.tcss"
    AUTO_FOCUS = ""

    def __init__(self) -> None:
        super().__init__()
        self.round: Round | None = None
        self.told: Given | None = None
        self.kind: QuestionKind | None = None
        self.players = 1
        self.typed = False
        self.name_typed = ""
        self.deck: Filter

    def compose_body(self) -> ComposeResult:
        """The question, a box to type in, the page of the end."""
        with Vertical(id="quiz"):
            yield QuizFace()
            yield Input(id="quiz-typed", placeholder="who? Enter alone if you do not know", select_on_focus=False)
            yield LinkedPage(id="quiz-end")

    @property
    def box(self) -> Box:
        """The cards the questions are made from."""
        return box_of(self.host.library)

    def kinds(self) -> tuple[QuestionKind, ...]:
        """Kinds that may be asked now."""
        return kinds_allowed(self.host.library, self.deck)

    def on_mount(self) -> None:
        """Show what a round would be."""
        self.deck = chosen_deck(self.host.library)
        self.typed = self.host.library.settings.get("quiz.typed", False)
        self._take_up()
        self.show_now()
        self.warm_up()

    def _take_up(self) -> None:
        """Go on with a round that was left in the middle."""
        try:
            kept = self.host.library.settings.get(KEPT, "")
            self.round = Round.from_json(kept) if kept else None
        except SergeError:
            return  # of another version
        if self.round is not None:
            self.players = self.round.players
            self.host.inform("The round goes on where you left it; z stops it.")

    def keep_round(self) -> None:
        """Remember the round as it stands, or that there is none."""
        text = self.round.to_json() if self.round is not None else ""
        if text or self.host.library.settings.get(KEPT, ""):
            self.host.watch_write(self.host.library.settings.set(KEPT, text))

    @work(thread=True, group="quiz-box")
    def warm_up(self) -> None:
        """Make the cards, and what knows the names, before they are needed."""
        _ = self.box
        _ = self.host.finder if self.typed else None

    # --- a round -----------------------------------------------------------------------------------------------------

    def begin(self, seed: int) -> None:
        """Make the questions of a round beside the event loop."""
        self.round = self.told = None
        self.query_one(QuizFace).show_text(Content("Choosing the questions…"))
        self._make(self.deck, self.kind, seed, self.players)

    @work(thread=True, exclusive=True, group="quiz")
    def _make(self, deck: Filter, kind: QuestionKind | None, seed: int, players: int) -> None:
        finder = LateFinder(lambda: self.host.finder)
        try:
            questions = make_questions(self.host.library, finder, deck=deck, kind=kind, seed=seed)
            _ = self.host.finder if self.typed else None
        except SergeError as error:
            self.app.call_from_thread(self.host.report_error, str(error))
            self.app.call_from_thread(self.show_now)
        else:
            if not get_current_worker().is_cancelled:
                self.app.call_from_thread(self._made, Round(questions, players, seed))

    def _made(self, made: Round) -> None:
        self.round = made
        if self.round.total < ROUND:
            self.host.inform(f"There are only {self.round.total} such questions in this deck.")
        self.keep_round()
        self.show_now()

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_now(self) -> None:
        """Show where the round is."""
        face, end, box = self.query_one(QuizFace), self.query_one(LinkedPage), self.query_one(Input)
        over = self.round is not None and self.round.current is None and self.told is None
        face.display, end.display, box.display = not over, over, False
        box.value = ""
        self.set_context(self.deck.name)
        if self.round is None:
            face.show_text(self._before())
            self._show_keys("before")
            self.set_status("")
        elif self.told is not None:
            face.tell(self.told, typed=self.name_typed)
            self._show_keys("told")
        elif (question := self.round.current) is not None:
            box.display = self.typed and question.kind in _BY_NAME
            face.ask(question, options=not box.display)
            self._show_keys("typed" if box.display else "question")
        else:
            names = {key: figure.name for key, figure in self.box.figures.items()}
            end.show(round_page(self.round, names))
            self.host.watch_write(self.host.library.settings.set(KEPT, ""))
            self._show_keys("end")
        self.set_focus(end if over else box if box.display else None)
        if self.round is not None:
            self.set_status(_standing(self.round, told=self.told is not None))

    def _before(self) -> Content:
        lines = [
            Content.styled("A round of ten questions", "bold $primary"),
            Content(f"Asked is {KIND_TITLES[self.kind]}, from “{sanitise_line(self.deck.name)}”."),
            Content("Two readers answer in turn." if self.players == 2 else "For one reader; p makes it a duel."),
            Content("Names are typed, in any spelling." if self.typed else "Choose by number; 0 is “I don’t know”."),
            Content.styled("Nothing here changes when your cards are due.", "$muted"),
        ]
        return Content("\n\n").join(lines)

    def _show_keys(self, phase: str) -> None:
        wanted = _KEYS[phase]
        words = _WORDS.get(phase, {})
        own = [
            replace(command, footer=words.get(command.id, command.footer))
            for command in self.COMMAND_SET
            if command.id in wanted
        ]
        shared = [command for command in EVERYWHERE if command.id == "app.help"]
        self.query_one(KeyLine).commands = (*own, *shared)


def _standing(played: Round, *, told: bool) -> str:
    """Question, score and streak in a few words."""
    number = len(played.given) + (0 if told else 1)
    if played.current is None and not told:
        return f"{played.score()} of {played.total} right" if played.players == 1 else _duel(played)
    if played.players == 2:
        return f"{number} of {played.total} · {_duel(played)} · {('first', 'second')[played.player]} reader’s turn"
    streak = played.streak()
    row = f" · {streak} in a row" if streak > 1 else ""
    return f"{number} of {played.total} · {played.score()} right{row}"


def _duel(played: Round) -> str:
    return f"{played.score(0)} : {played.score(1)}"
