"""Questions on a chapter, asked over its page: a few cards never answered before, each once."""

from __future__ import annotations

import asyncio
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.widgets import Static

from serge_tui.commands.questions import QUESTIONS
from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.dialogs.dialog import Dialog
from serge_tui.handlers import on, work
from serge_tui.services.card_answers import teaching
from serge_tui.services.review_session import LONGEST_MS, ReviewSession
from serge_tui.widgets.card_face import CardFace, answer_content
from serge_tui.widgets.grades import NAMES, TWO_NAMES, Grades
from serge_tui.widgets.key_hints import KeyHints

if TYPE_CHECKING:
    from concurrent.futures import Future
    from typing import Any

    from textual.app import ComposeResult

    from db.models import Rating
    from serge_tui.commands import Command
    from serge_tui.core.study.teaching import Teaching

TITLE = "Questions on what you have just read"
TITLE_BEFORE = "Questions before you read; nothing is recorded"


class ChapterQuestions(Dialog[None]):
    """Asks the cards of a session once each, and closes after the last."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = QUESTIONS
    CSS_PATH = ["dialog.tcss", "chapter_questions.tcss"]

    def __init__(self, session: ReviewSession, keys: list[str]) -> None:
        super().__init__()
        self._session, self._keys = session, keys
        self._shown_at = monotonic()
        self._reading = False

    @property
    def keys_must_wait(self) -> bool:
        """Whether what the answer teaches is still being read."""
        return self._reading

    def compose(self) -> ComposeResult:
        """Compose the heading, the card, the grades and the keys."""
        with Vertical(classes="dialog"):
            yield Static("", classes="heading", markup=False)
            yield CardFace()
            yield Grades()
            yield KeyHints()

    def on_mount(self) -> None:
        """Show the first question."""
        self._show_question()

    @property
    def _asked(self) -> int:
        """How many of the questions were answered."""
        answered = {review.card for review in self._session.reviewer.answers}
        return len(answered.intersection(self._keys))

    def _show_question(self) -> None:
        session, card = self._session, self._session.card
        if card is None or self._asked >= len(self._keys):
            self.dismiss(None)
            return
        self._shown_at = monotonic()
        number = f" · {self._asked + 1} of {len(self._keys)}" if len(self._keys) > 1 else ""
        self.query_one(".heading", Static).update(f"{TITLE_BEFORE if session.practising else TITLE}{number}")
        self.query_one(CardFace).show_question(card, session.reviewer.stimulus)
        self.query_one(CardFace).scroll_home(animate=False)
        self.query_one(Grades).display = False
        self._show_keys("Space answer")

    def _show_keys(self, first: str) -> None:
        undo = " · u undo" if self._asked else ""
        self.query_one(KeyHints).update(f"{first}{undo} · Esc back to the page")

    def action_turn(self) -> None:
        """Show the answer; once it is shown, give the suggested grade."""
        if self._session.reviewer.phase == "question":
            self._session.reviewer.reveal()
            self._reading = True
            self._read_answer()
        elif not self.host.is_blind_key:
            self._grade(3)

    @work(exclusive=True, group="answer")
    async def _read_answer(self) -> None:
        """Read what the answer teaches, and show it."""
        session, card, host = self._session, self._session.card, self.host
        if card is None:
            return
        ends = host.ends

        def read() -> Teaching:
            return teaching(host.library, card, session.collection.figures, ends)

        try:
            taught = await asyncio.to_thread(read)
        finally:
            self._reading = False
        figure = session.collection.figures.get(card.answer_figure)
        hidden = card.kind not in KINDS_OF_DEATH and bool(ends.of(card.answer_figure))
        face, stimulus = self.query_one(CardFace), session.reviewer.stimulus
        face.show_question(card, stimulus, turned=True)
        years = figure.years(hidden=hidden) if figure else ""
        face.show_answer(answer_content(card, stimulus=stimulus, years=years, teaching=taught))
        grades, intervals = self.query_one(Grades), session.reviewer.intervals()
        if session.practising:
            intervals = dict.fromkeys(intervals, 0)
        grades.two = session.settings.two_grades
        grades.intervals = {1: intervals[1], 3: intervals[3]} if grades.two else intervals
        grades.suggested = 3
        grades.display = True
        self._show_keys(f"Space {(TWO_NAMES if grades.two else NAMES)[3]}")

    def action_grade(self, rating: Rating) -> None:
        """Grade the card; before the answer is shown the keys do nothing."""
        if self._session.reviewer.phase == "answer":
            self._grade((1 if rating == 1 else 3) if self._session.settings.two_grades else rating)

    @on(Grades.Given)
    def _grade_clicked(self, message: Grades.Given) -> None:
        self.action_grade(message.rating)

    def _grade(self, rating: Rating) -> None:
        spent = min(LONGEST_MS, int((monotonic() - self._shown_at) * 1000))
        future = self._session.grade(rating, spent)
        if future is not None:
            self._watch(future)
        self._show_question()

    def action_undo(self) -> None:
        """Undo the last answer given here; its question is asked again."""
        if self._asked and (future := self._session.undo()) is not None:
            self._watch(future)
            self._show_question()

    def _watch(self, future: Future[Any]) -> None:
        """Tell the reader if a write fails; states held elsewhere are read again."""
        self._session.library.study.bulk_changes += 1
        self.host.watch_write(future)
