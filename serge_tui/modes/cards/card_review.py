"""The table the cards lie on: sitting down, showing a card, its answer, the end."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.containers import Vertical
from textual.content import Content
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from db.errors import SergeError
from db.text import sanitise
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.cards import LEAVE_BOX
from serge_tui.core.study.deck import ALL
from serge_tui.modes.box_first import BoxFirst
from serge_tui.modes.cards.keys import OfferedKey, keys_at_the_end, keys_of_answer, keys_of_question, passing
from serge_tui.modes.cards.widgets.card_face import CardFace, answer_content
from serge_tui.modes.cards.widgets.grades import NAMES, Grades
from serge_tui.modes.cards.widgets.session_end import end_content, nothing_content
from serge_tui.navigation import Destination, Mode, ShowDeck
from serge_tui.services.card_passages import place_of_card
from serge_tui.services.confusions import LateFinder
from serge_tui.services.decks import deck_named
from serge_tui.services.review_session import Desk
from serge_tui.services.study_settings import today
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.grading import Verdict


class CardTable(BoxFirst):
    """What the cards look like; `CardsScreen` says what can be done with them."""

    MODE: ClassVar[Mode] = "cards"
    CSS_PATH = "cards.tcss"
    AUTO_FOCUS = ""  # the box to type in has the focus only while it is shown: else it would take the grades

    def __init__(self) -> None:
        super().__init__()
        self.desk: Desk | None = None
        self.shown_at = 0.0
        self.verdict: Verdict | None = None
        self.asked_again = ""
        """What was typed and may be more than one person, once the reader has been asked to say more."""

    def compose_body(self) -> ComposeResult:
        """The card, a box to type in, the grades."""
        with Vertical(id="cards"):
            yield CardFace()
            yield Static("", id="card-word", markup=False)
            yield Input(id="card-typed", select_on_focus=False)
            yield Grades()

    def on_mount(self) -> None:
        """Lay out the cards."""
        self._clear("Laying out the cards…")
        if self.desk is None:
            self.sit_down(None)

    def on_screen_resume(self) -> None:
        """Go on with the card in hand; begin anew when another study day has come meanwhile."""
        self.shown_at = monotonic()
        if self.desk is not None and (self.desk.day != today(self.host.library) or self.desk.is_stale()):
            self.sit_down(self.desk.deck)

    def refresh_data(self) -> None:
        """Sit down anew after an import or an upgrade."""
        self.sit_down(self.desk.deck if self.desk else None)

    def visit(self, destination: Destination) -> None:
        """Narrow the cards to a deck for now; the deck chosen in the chooser is kept for the next start."""
        if isinstance(destination, ShowDeck) and destination.deck:
            try:
                self.sit_down(deck_named(self.host.library, destination.deck))
            except SergeError as error:
                self.host.report_error(str(error))

    # --- sitting down ------------------------------------------------------------------------------------------------

    @work(thread=True, exclusive=True, group="desk")
    def sit_down(self, deck: Filter | None) -> None:
        """Build the sitting beside the event loop: making the cards takes longer than a frame."""
        try:
            desk = Desk(self.host.library, deck, LateFinder(lambda: self.host.finder))
            if desk.settings.typed:
                _ = self.host.finder
        except SergeError as error:
            self.app.call_from_thread(self.host.report_error, str(error))
        else:
            if not get_current_worker().is_cancelled:  # another deck was chosen meanwhile
                self.app.call_from_thread(self._seated, desk)

    def _seated(self, desk: Desk) -> None:
        before, self.desk = self.desk, desk
        if before is not None and before.library is desk.library:
            desk.go_on_from(before)
        held, card = before.card if before is not None else None, desk.card
        if held is not None and card is not None and held.key == card.key and desk.session.phase == "answer":
            self.lay()
        else:
            self.deal()

    def choose(self, deck: Filter) -> None:
        """Go on with another deck, and remember it."""
        self.host.watch_write(self.host.library.settings.set("cards.deck", deck.to_json()))
        self.sit_down(deck)

    # --- showing -----------------------------------------------------------------------------------------------------

    def deal(self, word: str = "") -> None:
        """Show the card that is in hand now, or the end; `word` says what became of the one before."""
        self.verdict = None
        self.asked_again = ""
        self.shown_at = monotonic()
        self.query_one(Input).value = ""
        self.lay()
        self.say(word)

    def lay(self) -> None:
        """Show the card in hand as it lies: its question, or turned."""
        desk = self.desk
        if desk is None:
            return
        self.set_context(f"{desk.deck.name} · nothing is written down" if desk.cramming else desk.deck.name)
        self.show_left(desk)
        card = desk.card
        if card is None:
            self._show_end(desk)
            return
        self.query_one(Grades).display = False
        self.show_question(desk, card)
        if desk.session.phase == "answer":
            self.show_answer(desk, card)
            return
        box = self.query_one(Input)
        box.display = desk.settings.typed and card.can_be_typed
        if box.display:
            box.placeholder = f"{'who?' if card.answer_figure else 'your answer'}   (Enter alone shows the answer)"
            box.focus()
        else:
            self.set_focus(None)
        self.show_keys()

    def show_question(self, desk: Desk, card: Card) -> None:
        """Show the question with the hints so far."""
        session = desk.session
        turned, flagged = session.phase == "answer", bool(session.state.flag)
        face = self.query_one(CardFace)
        face.show_question(card, session.stimulus, session.hints_beside, flagged=flagged, turned=turned)

    def show_answer(self, desk: Desk, card: Card) -> None:
        """Turn the card: its answer, and the grades with what each will bring."""
        self.say("")
        self.show_question(desk, card)
        figure = desk.box.figures.get(card.answer_figure)
        self.query_one(Input).display = False
        self.set_focus(None)
        self.query_one(CardFace).show_answer(
            answer_content(
                card,
                stimulus=desk.session.stimulus,
                years=figure.years(sealed=self.host.fates_hidden and card.kind != "alive") if figure else "",
                verdict=self.verdict.message if self.verdict else "",
                right=self.verdict is not None and self.verdict.outcome == "right",
                advice=desk.advice(),
            )
        )
        grades, suggested = self.query_one(Grades), self.suggested(desk)
        intervals = dict.fromkeys(NAMES, 0) if desk.cramming else desk.session.intervals()
        if desk.settings.two_grades:
            intervals = {1: intervals[1], 3: intervals[passing(desk)]}
            suggested = 1 if suggested == 1 else 3
        grades.two = desk.settings.two_grades
        grades.intervals = intervals
        grades.suggested = suggested
        grades.display = True
        self.show_keys()

    def suggested(self, desk: Desk) -> Rating:
        """The grade that Space gives."""
        if self.verdict is not None:
            return self.verdict.rating or 1
        return passing(desk)

    def say(self, sentence: str) -> None:
        """A word above the grades, where it covers nothing; empty takes it away."""
        word = self.query_one("#card-word", Static)
        word.update(Content.styled(sanitise(sentence), "$secondary"))
        word.display = bool(sentence)

    def _show_end(self, desk: Desk) -> None:
        self._clear("")
        following, waiting = desk.next_due(), desk.session.new_waiting
        answers, deck = desk.session.answers, "" if desk.deck == ALL else desk.deck.name
        head, body = (
            end_content(answers, following, desk.day, deck=deck, waiting=waiting, exam=desk.exam_words())
            if answers
            else nothing_content(desk.deck.name, following, desk.day, waiting=waiting)
        )
        if desk.cramming:
            head = f"Gone through: {sanitise(desk.deck.name)}. Nothing was written down."
        self.query_one(CardFace).show_text(head, body)
        self.show_keys()

    def _clear(self, word: str) -> None:
        self.query_one(CardFace).show_text(word, Content(""))
        self.query_one(Input).display = False
        self.query_one(Grades).display = False
        self.say("")
        self.set_focus(None)
        self.show_keys()

    def show_left(self, desk: Desk) -> None:
        """Say how much is still to come today."""
        left = desk.session.remaining
        parts = [f"{left.due} to go"] if desk.cramming else [f"{left.due} due", f"{left.new} new"]
        parts += [f"{left.failed} again"] if left.failed else []
        if desk.card is None:
            parts = ["gone through" if desk.cramming else "done for today"]
        elif not left.total:
            parts = ["the last one"]
        self.set_status(" · ".join(parts))

    # --- the keys that do something now ------------------------------------------------------------------------------

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _focus_moved(self) -> None:
        self.show_keys()

    def action_leave_typing(self) -> None:
        """Give the keys back to the screen."""
        self.set_focus(None)

    def show_keys(self) -> None:
        """Only the keys that do something now stand in the line at the bottom."""
        own = {command.id: command for command in self.COMMAND_SET}
        shown = [
            replace(own[name], footer=word or own[name].footer, keys=keys or own[name].keys)
            for name, word, keys in (self._keys_now(self.desk) if self.desk is not None else [])
        ]
        if self._is_typing:
            shown.append(LEAVE_BOX)
        if not self._is_typing:  # the way back is worth more room than the help
            shown += [replace(command, rank=4) for command in EVERYWHERE if command.id == "app.help"]
        self.query_one(KeyLine).commands = tuple(shown)

    @property
    def _is_typing(self) -> bool:
        box = self.query_one(Input)
        return box.display and box.has_focus

    def _keys_now(self, desk: Desk) -> list[OfferedKey]:
        card = desk.card
        if card is None:
            return keys_at_the_end(desk)
        if desk.session.phase == "question":
            return keys_of_question(desk, has_box=self.query_one(Input).display, typing=self._is_typing)
        has_place = place_of_card(self.host.library, card) is not None
        return keys_of_answer(desk, card, self.query_one(Grades).suggested, self.verdict, has_place=has_place)
