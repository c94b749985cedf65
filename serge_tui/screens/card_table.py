"""The table the cards lie on: sitting down, showing a card, its answer, the end."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final

from textual import work
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input
from textual.worker import get_current_worker

from db.errors import SergeError
from serge_tui.learning.confusions import LateFinder
from serge_tui.learning.decks import deck_named
from serge_tui.learning.desk import Desk
from serge_tui.learning.settings import today
from serge_tui.navigation import Destination, Mode, ShowDeck
from serge_tui.screens.box_first import BoxFirst
from serge_tui.widgets.card_face import CardFace
from serge_tui.widgets.grades import Grades
from serge_tui.widgets.key_line import KeyLine
from serge_tui.widgets.sitting import end_content, nothing_content

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.models import Rating
    from serge_tui.study.card import Card
    from serge_tui.study.deck import Filter
    from serge_tui.study.grading import Verdict

_KEYS: Final = {
    "question": frozenset({"cards.turn", "cards.hint", "cards.undo", "cards.deck"}),
    "answer": frozenset({"cards.turn", "cards.open", "cards.person", "cards.undo"}),
    "end": frozenset({"cards.more", "cards.undo", "cards.deck"}),
}
"""Commands that stand in the line at the bottom, by where we are."""


class CardTable(BoxFirst):
    """What the cards look like; `CardsScreen` says what can be done with them."""

    MODE: ClassVar[Mode] = "cards"
    CSS_PATH = "../styles/cards.tcss"
    AUTO_FOCUS = ""  # the box to type in has the focus only while it is shown: else it would take the grades

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.shown_at = 0.0
        self.verdict: Verdict | None = None

    def compose_body(self) -> ComposeResult:
        """The card, a box to type in, the grades."""
        with Vertical(id="cards"):
            yield CardFace()
            yield Input(id="card-typed", placeholder="who?", select_on_focus=False)
            yield Grades()

    def on_mount(self) -> None:
        """Lay out the cards."""
        self._clear("Laying out the cards…")
        if self.desk is None:
            self.sit_down(None)

    def on_screen_resume(self) -> None:
        """Go on with the card in hand; begin anew when another study day has come meanwhile."""
        self.shown_at = monotonic()
        if self.desk is not None and (self.desk.day != today(self.serge.library) or self.desk.is_stale()):
            self.sit_down(self.desk.deck)

    def refresh_data(self) -> None:
        """Sit down anew after an import or an upgrade."""
        self.sit_down(self.desk.deck if self.desk else None)

    def visit(self, destination: Destination) -> None:
        """Narrow the cards to a deck for now; the deck chosen in the chooser is kept for the next start."""
        if isinstance(destination, ShowDeck) and destination.deck:
            try:
                self.sit_down(deck_named(self.serge.library, destination.deck))
            except SergeError as error:
                self.serge.complain(str(error))

    # --- sitting down ------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="desk")
    def sit_down(self, deck: Filter | None) -> None:
        """Build the sitting beside the event loop: making the cards takes longer than a frame."""
        try:
            desk = Desk(self.serge.library, deck, LateFinder(lambda: self.serge.finder))
            if desk.settings.typed:
                _ = self.serge.finder
        except SergeError as error:
            self.app.call_from_thread(self.serge.complain, str(error))
        else:
            if not get_current_worker().is_cancelled:  # another deck was chosen meanwhile
                self.app.call_from_thread(self._seated, desk)

    def _seated(self, desk: Desk) -> None:
        self.desk = desk
        self.deal()

    def choose(self, deck: Filter) -> None:
        """Go on with another deck, and remember it."""
        self.serge.keep(self.serge.library.settings.set("cards.deck", deck.to_json()))
        self.sit_down(deck)

    # --- showing -----------------------------------------------------------------------------------------------------

    def deal(self) -> None:
        """Show the card in hand from its question side, or the end."""
        desk = self.desk
        if desk is None:
            return
        self.verdict = None
        self.shown_at = monotonic()
        self.set_context(desk.deck.name)
        card = desk.card
        if card is None:
            self._show_end(desk)
            return
        self._show_keys("question")
        self.query_one(Grades).display = False
        self.query_one(CardFace).show_question(
            card, desk.session.stimulus, desk.session.hints, flagged=bool(desk.session.state.flag)
        )
        box = self.query_one(Input)
        box.display = desk.settings.typed and card.can_be_typed
        box.value = ""
        if box.display:
            box.placeholder = "who?" if card.answer_figure else "your answer"
            box.focus()
        else:
            self.set_focus(None)
        self.show_left(desk)

    def show_answer(self, desk: Desk, card: Card) -> None:
        """Turn the card: its answer, and the grades with what each will bring."""
        figure = desk.box.figures.get(card.answer_figure)
        years = figure.years(sealed=self.serge.fates_sealed and card.kind != "alive") if figure else ""
        message = self.verdict.message if self.verdict else ""
        self.query_one(Input).display = False
        self.set_focus(None)
        face = self.query_one(CardFace)
        face.show_answer(card, years=years, verdict=message, advice=desk.advice())
        grades = self.query_one(Grades)
        grades.two = desk.settings.two_grades
        grades.intervals = desk.session.intervals()
        grades.suggested = self.suggested(desk) or 0
        grades.display = True
        self._show_keys("answer")

    def suggested(self, desk: Desk) -> Rating | None:
        """The grade that Space gives; None where the reader has to say more."""
        if self.verdict is not None:
            return self.verdict.rating
        return 2 if desk.session.hints else 3

    def _show_end(self, desk: Desk) -> None:
        self._clear("")
        answers = desk.session.answers
        head, body = (
            end_content(answers, desk.next_due(), desk.day)
            if answers
            else nothing_content(desk.deck.name, desk.next_due(), desk.day)
        )
        self.query_one(CardFace).show_text(head, body)
        self._show_keys("end")
        self.show_left(desk)

    def _clear(self, word: str) -> None:
        self.query_one(CardFace).show_text(word, Content(""))
        self.query_one(Input).display = False
        self.query_one(Grades).display = False
        self.set_focus(None)

    def show_left(self, desk: Desk) -> None:
        """Say how much is still to come today."""
        left = desk.session.remaining
        parts = [f"{left.due} due", f"{left.new} new"] + ([f"{left.failed} again"] if left.failed else [])
        done = desk.card is None or not left.total
        self.set_status("done for today" if done else " · ".join(parts))

    def _show_keys(self, phase: str) -> None:
        """Only the keys that do something now stand in the line at the bottom."""
        wanted = _KEYS[phase]
        grade = {"cards.turn": "as marked"} if phase == "answer" else {}
        own = [
            replace(command, footer=grade.get(command.id, command.footer))
            for command in self.COMMAND_SET
            if command.id in wanted
        ]
        shared = [command for command in self.serge.COMMAND_SET if command.id == "app.help"]
        self.query_one(KeyLine).commands = (*own, *shared)
