"""Playing a round: beginning and stopping it, answering, and what follows from a miss."""

from __future__ import annotations

import asyncio
from random import randrange
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.quiz.quizmaster import ROUND
from serge_tui.core.study.quiz.registry import is_by_name
from serge_tui.core.study.quiz.rounds import Given, Round
from serge_tui.host import tell_errors
from serge_tui.navigation import ShowEvent
from serge_tui.services.card_passages import find_words
from serge_tui.services.confusions import LateFinder
from serge_tui.services.quiz_rounds import make_questions, record_mix_up, send_to_cards
from serge_tui.services.study_settings import study_settings

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from typing import Any

    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.quiz.question import Question, QuestionKind
    from serge_tui.host import Host
    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.modes.quiz.plan import RoundPlan
    from serge_tui.modes.quiz.view import QuizView

SEEDS: Final = 100_000
SAVED_ROUND: Final = "quiz.round"
"""Setting: the round under way, so that a pause or a crash loses nothing."""


class RoundPlay:
    """Holds the round, and saves it after each answer. It never changes when a card is due."""

    def __init__(self, page: ModeScreen, plan: RoundPlan, view: QuizView) -> None:
        self._page = page
        self._plan = plan
        self._view = view
        self.round: Round | None = None
        self.outcome: Given | None = None
        """The answer just given, while its outcome is shown."""
        self.name_typed = ""
        self.is_restored = False
        """Whether the round was left in the middle and the reader has not been told yet that it goes on."""
        self._begun = self._choosing = 0

    @property
    def host(self) -> Host:
        """The app."""
        return self._page.host

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the screen: what reads much, or waits for a write."""
        self._page.run_worker(tell_errors(self.host, work), group="quiz")

    @property
    def is_under_way(self) -> bool:
        """Whether a round has begun and has not ended."""
        return self.round is not None and (self.round.current is not None or self.outcome is not None)

    @property
    def is_choosing(self) -> bool:
        """Whether the questions of a round that was begun are still being chosen."""
        return 0 < self._choosing == self._begun

    @property
    def is_by_number(self) -> bool:
        """Whether the question asked now has no name for an answer."""
        asked = self.round.current if self.round is not None and self.outcome is None else None
        return asked is not None and not is_by_name(asked.kind)

    @property
    def _how_to_stop(self) -> str:
        return "Esc, then z, stops it." if self._view.answer_box.display else "z stops it."

    def refuses(self) -> bool:
        """Return whether a round is under way that a change would lose, and say so."""
        if self.is_under_way:
            self.host.inform(f"A round is under way; {self._how_to_stop}")
        return self.is_under_way

    def show(self) -> None:
        """Show where the round is."""
        self._view.show(self._plan, self.round, self.outcome, self.name_typed)
        if self.is_restored:
            self.is_restored = False
            self.host.inform(f"The round goes on where you left it; {self._how_to_stop}")
        if self.round is not None and not self.is_under_way:
            self.host.watch_write(self.host.library.settings.set(SAVED_ROUND, ""))

    # --- a round -----------------------------------------------------------------------------------------------------

    def restore(self) -> None:
        """Go on with a round that was left in the middle."""
        try:
            saved = self.host.library.settings.get(SAVED_ROUND, "")
            self.round = Round.from_json(saved) if saved else None
        except SergeError:
            return  # of another version
        if self.round is not None:
            self._plan.players = self.round.players
            self.is_restored = True

    def _save(self) -> None:
        """Save the present round, or that there is none."""
        settings = self.host.library.settings
        text = self.round.to_json() if self.round is not None else ""
        if text or settings.get(SAVED_ROUND, ""):
            self.host.watch_write(settings.set(SAVED_ROUND, text))

    def begin(self, seed: int) -> None:
        """Begin a round; its questions are made in a thread."""
        self.round = self.outcome = None
        self._begun += 1
        self._choosing = self._begun
        self._view.show_text("Choosing the questions…")
        plan = self._plan
        self.run(self._begin(self._begun, plan.deck, plan.kind, seed, plan.players))

    async def _begin(self, number: int, deck: Filter, kind: QuestionKind | None, seed: int, players: int) -> None:
        host, typed = self.host, self._plan.typed

        def make() -> list[Question]:
            questions = make_questions(host.library, LateFinder(lambda: host.finder), deck=deck, kind=kind, seed=seed)
            _ = host.finder if typed else None
            return questions

        try:
            questions = await asyncio.to_thread(make)
        except SergeError as error:
            host.report_error(str(error))
            self.show()
            return
        finally:
            if self._choosing == number:
                self._choosing = 0
        if number != self._begun:  # another round was begun, or this one stopped
            return
        self.round = Round(questions, players, seed)
        if self.round.total < ROUND:
            host.inform(f"There are only {self.round.total} such questions in this deck.")
        self._save()
        self.show()

    def action_go_on(self) -> None:
        """Begin, or go on to the next question."""
        if self.round is None:
            self.action_again()
        elif self.outcome is not None:
            self.outcome = None
            self.show()

    def action_again(self) -> None:
        """Begin a round, unless one is under way."""
        if not self.is_under_way:
            self.begin(randrange(SEEDS))  # noqa: S311  a quiz, not a secret

    def action_stop(self) -> None:
        """Stop the round."""
        self._begun += 1
        self.round = self.outcome = None
        self._save()
        self.show()

    # --- answering ---------------------------------------------------------------------------------------------------

    def action_choose(self, number: int) -> None:
        """Answer with an option; -1 for "I don't know"."""
        if self.round is None or self.outcome is not None or (question := self.round.current) is None:
            return
        if number >= 0 and self._view.answer_box.display:
            self.host.inform("Type the name, or i to choose from a list.")
        elif number < len(question.options):
            self._answered(self.round.answer(number if number >= 0 else None))

    def submit(self, typed: str) -> None:
        """Answer with a typed name; nothing typed is "I don't know"."""
        if self.round is None or self.outcome is not None or self.round.current is None:
            return
        if not typed.strip():
            self.action_choose(-1)
            return
        self.run(self._find_typed(self.round, self.round.current, typed))

    async def _find_typed(self, of: Round, question: Question, typed: str) -> None:
        """Find the person typed, in a thread: the name finder may have to be made first."""
        host = self.host
        found = await asyncio.to_thread(lambda: host.finder.identify(typed))
        if self.round is not of or self.outcome is not None or of.current is not question:
            return  # something else was done meanwhile
        if not found.accepted or found.best is None:
            self.host.inform(f"{found.reason} Type more of the name.")
            return
        self._answered(of.answer_figure(found.best.figure), typed=typed.strip())

    def _answered(self, given: Given, typed: str = "") -> None:
        self.outcome, self.name_typed = given, typed
        self._save()
        library = self.host.library
        if (stored := record_mix_up(library, given)) is not None:
            self.host.watch_write(stored)
        if not given.right and study_settings(library).quiz_brings_forward:
            self.run(self._bring_forward(given.question))
        self.show()

    # --- after an answer ---------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the passage of the question just answered."""
        if self.outcome is not None:
            self.open_passage(self.outcome.question)
        elif (box := self._view.answer_box).display:
            box.focus()
        elif self.round is None:
            self.action_go_on()

    def open_passage(self, question: Question) -> None:
        """Open the passage of a question, or its event in Years."""
        if question.event:
            self.host.go_to(ShowEvent(question.event))
            return
        figures = question.keys[question.right : question.right + 1]
        quotation = self.host.library.quotations.by_key(question.quotation)
        chapter = quotation.chapter if quotation is not None else None
        place = find_words(self.host.library, question.quotation, figures, chapter)
        if place is None:
            self.host.inform("No text here has this passage.")
        else:
            self.host.go_to(place)

    def action_send(self) -> None:
        """Send the misses of this round to the cards."""
        if self.round is None or not self.round.misses:
            self.host.inform("Nothing was missed in this round.")
        else:
            self.run(self._send_misses([given.question for given in self.round.misses]))

    async def _send_misses(self, questions: list[Question]) -> None:
        number = await self._send(questions)
        if number:
            self.host.inform(f"{number} come up first in Cards." if number > 1 else "It comes up first in Cards.")
        else:
            self.host.inform("No card asks what was missed.")

    async def _bring_forward(self, question: Question) -> None:
        await self._send([question])

    async def _send(self, questions: list[Question]) -> int:
        number, futures = await asyncio.to_thread(send_to_cards, self.host.library, questions)
        for future in futures:
            self.host.watch_write(future)
        return number
