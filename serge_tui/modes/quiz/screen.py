"""Quiz: who said it, to whom, about whom; rounds of ten, alone or as a duel. It never changes the schedule."""

from __future__ import annotations

from random import randrange
from typing import TYPE_CHECKING, ClassVar, Final

from textual import on
from textual.widgets import Input

from db.errors import SergeError
from serge_tui.commands.quiz import QUIZ
from serge_tui.core.study.confusions import FIGURE
from serge_tui.core.study.quiz.questions import QUESTION_KINDS, Question
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.modes.quiz.round import QuizTable
from serge_tui.modes.quiz.widgets.quiz_face import QuizFace
from serge_tui.navigation import BeginRound, ShowEvent
from serge_tui.services.card_passages import find_words
from serge_tui.services.decks import deck_named
from serge_tui.services.quiz_rounds import send_to_cards
from serge_tui.services.study_settings import study_settings, today
from serge_tui.widgets.linked_page import LinkedPage

if TYPE_CHECKING:
    from serge_tui.commands import Command
    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.quiz.rounds import Given
    from serge_tui.navigation import Destination

SEEDS: Final = 100_000


class QuizScreen(QuizTable):
    """Questions by number keys; afterwards the passage; at the end the misses."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = QUIZ

    def visit(self, destination: Destination) -> None:
        """Set the table as the command line asks; a round under way is not thrown away."""
        if not isinstance(destination, BeginRound) or self._under_way():
            return
        try:
            self.deck = deck_named(self.host.library, destination.deck) if destination.deck else self.deck
        except SergeError as error:
            self.host.report_error(str(error))
            return
        self.kind = next(
            (kind for kind in QUESTION_KINDS if kind == destination.kind), None
        )  # sealed or not: asked for
        if destination.seed is not None:
            self.begin(destination.seed)
        else:
            self.action_stop()

    # --- before a round ----------------------------------------------------------------------------------------------

    def action_go_on(self) -> None:
        """Begin, or go on."""
        if self.round is None:
            self.action_again()
        elif self.told is not None:
            self.told = None
            self.show_now()

    def action_again(self) -> None:
        """Begin a round, unless one is under way."""
        if self.round is None or (self.round.current is None and self.told is None):
            self.begin(randrange(SEEDS))  # noqa: S311  a quiz, not a secret

    def action_stop(self) -> None:
        """Give up the round."""
        self.round = self.told = None
        self.keep_round()
        self.show_now()

    def _under_way(self) -> bool:
        """Whether a round would be lost; says so."""
        if self.round is None or (self.round.current is None and self.told is None):
            return False
        self.host.inform("A round is under way; z stops it.")
        return True

    def action_deck(self) -> None:
        """Choose what is asked about."""
        if self._under_way():
            return
        chooser = DeckChooser(self.host.library, self.box, today(self.host.library), self.deck)
        self.app.push_screen(chooser, self._deck_chosen)

    def _deck_chosen(self, deck: Filter | None) -> None:
        if deck is not None:
            self.deck = deck
            if self.kind not in self.kinds():
                self.kind = None
            self.action_stop()

    def action_kind(self) -> None:
        """Go to the next kind of question."""
        if self._under_way():
            return
        kinds = [None, *self.kinds()]
        at = kinds.index(self.kind) if self.kind in kinds else 0
        self.kind = kinds[(at + 1) % len(kinds)]
        self.action_stop()

    def action_typed(self) -> None:
        """Type names, or choose them."""
        typed = not self.typed
        self.host.watch_write(self.host.library.settings.set("quiz.typed", typed))
        self.typed = typed
        self.warm_up()
        if self.told is None:
            self.show_now()

    def action_duel(self) -> None:
        """Play alone, or two in turn."""
        if self._under_way():
            return
        self.players = 3 - self.players
        self.action_stop()

    # --- answering ---------------------------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Answer with an option; -1 for "I don't know"."""
        if self.round is None or self.told is not None or (question := self.round.current) is None:
            return
        if number >= 0 and not self.query_one("#quiz-options").display:
            self.host.inform("Type the name, or i to choose from a list.")
        elif number < len(question.options):
            self._answered(self.round.answer(number if number >= 0 else None))

    @on(QuizFace.Chosen)
    def _option_clicked(self, message: QuizFace.Chosen) -> None:
        self.action_choose(-1 if message.option is None else message.option)

    @on(Input.Submitted, "#quiz-typed")
    def _name_typed(self, message: Input.Submitted) -> None:
        if self.round is None or self.told is not None or self.round.current is None:
            return
        if not message.value.strip():
            self.action_choose(-1)
            return
        found = self.host.finder.identify(message.value)
        if not found.accepted or found.best is None:
            self.host.inform(f"{found.reason} Type more of the name.")
            return
        self._answered(self.round.answer_figure(found.best.figure), typed=message.value.strip())

    def _answered(self, given: Given, typed: str = "") -> None:
        self.told, self.name_typed = given, typed
        self.keep_round()
        taken_for = given.taken_for
        library = self.host.library
        if taken_for and given.question.card:
            day = today(library).isoformat()
            self.host.watch_write(library.study.record_choice(given.question.card, f"{FIGURE}{taken_for}", day))
        if not given.right and study_settings(library).quiz_brings_forward:
            self._send([given.question])
        self.show_now()

    # --- afterwards --------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the passage of the question just answered."""
        if self.told is not None:
            self._open(self.told.question)
        elif (box := self.query_one(Input)).display:
            box.focus()
        elif self.round is None:
            self.action_go_on()

    @on(LinkedPage.Followed)
    def _miss_followed(self, message: LinkedPage.Followed) -> None:
        if isinstance(message.target, Question):
            self._open(message.target)

    def _open(self, question: Question) -> None:
        if question.event:
            self.host.go_to(ShowEvent(question.event))
            return
        place = find_words(
            self.host.library, question.quotation, question.keys[question.right : question.right + 1], None
        )
        if place is None:
            self.host.inform("No text here has this passage.")
        else:
            self.host.go_to(place)

    def action_send(self) -> None:
        """Send the misses of this round to the cards."""
        if self.round is None or not self.round.misses:
            self.host.inform("Nothing was missed in this round.")
            return
        number = self._send([given.question for given in self.round.misses])
        if number:
            self.host.inform(f"{number} come up first in Cards." if number > 1 else "It comes up first in Cards.")
        else:
            self.host.inform("No card asks what was missed.")

    def _send(self, questions: list[Question]) -> int:
        number, futures = send_to_cards(self.host.library, questions)
        for future in futures:
            self.host.watch_write(future)
        return number
