"""Cards: one card, one question, one fact."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.containers import Vertical
from textual.events import DescendantBlur, DescendantFocus
from textual.widgets import Static

from db.errors import SergeError
from serge_tui.commands.cards import CARDS
from serge_tui.handlers import on
from serge_tui.modes.cards.card_pages import CardPages
from serge_tui.modes.cards.card_status import CardStatus
from serge_tui.modes.cards.card_writing import CardWriting
from serge_tui.modes.cards.deck_choice import DeckChoice
from serge_tui.modes.cards.review import Review
from serge_tui.modes.cards.view import CardView
from serge_tui.modes.mode_screen import ModeScreen
from serge_tui.navigation import Destination, Mode, ShowDeck, ShowFigure
from serge_tui.services.card_passages import place_of_card
from serge_tui.services.decks import deck_named
from serge_tui.widgets.answer_box import AnswerBox
from serge_tui.widgets.card_face import CardFace
from serge_tui.widgets.grades import Grades

if TYPE_CHECKING:
    from textual.app import ComposeResult

    from serge_tui.commands import Command


class CardsScreen(ModeScreen):
    """A review session: Space turns the card, a number grades it, Enter opens its passage, Esc comes back."""

    ENTER_IN_FIELD: ClassVar[frozenset[str]] = frozenset({"cards.open"})
    MODE: ClassVar[Mode] = "cards"
    COMMAND_SET: ClassVar[tuple[Command, ...]] = CARDS
    CSS_PATH = "cards.tcss"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (40, "-high")]
    AUTO_FOCUS = ""  # the box has the focus only while it is shown: otherwise grades would be typed into it

    def __init__(self) -> None:
        super().__init__()
        self.view = CardView(self)
        self.review = Review(self, self.view)
        self.deck = DeckChoice(self.review)
        self.controllers = {
            "review": self.review,
            "status": CardStatus(self.review),
            "deck": self.deck,
            "writing": CardWriting(self.review),
            "pages": CardPages(self.review),
        }

    def compose_body(self) -> ComposeResult:
        """The card, a box to type in, the grades."""
        with Vertical(id="cards"):
            yield CardFace()
            yield Static("", id="card-message", markup=False)
            yield AnswerBox(id="card-typed", select_on_focus=False)
            yield Grades()

    def on_mount(self) -> None:
        """Read the session."""
        self.view.show_nothing("Reading the cards…")
        self.review.load()

    @property
    def keys_must_wait(self) -> bool:
        """Whether the session, or the deck chosen last, is still being read."""
        return self.review.is_reading

    @property
    def in_hand(self) -> object:
        """The key of the card that is asked, if one is."""
        session = self.review.session
        return session.card.key if session is not None and session.card is not None else None

    def settings_changed(self) -> None:
        """Read the session again: limits, the day or what rests may be others now."""
        if self.review.session is not None:
            self.review.reload()

    def on_screen_resume(self) -> None:
        """Go on with the card in hand."""
        self.review.resume()

    def refresh_data(self) -> None:
        """Read the session again after an import or an upgrade."""
        self.review.reload()

    def visit(self, destination: Destination) -> None:
        """Narrow the cards to a deck for now; the deck last chosen by the reader comes back at the next start."""
        if isinstance(destination, ShowDeck) and destination.deck:
            try:
                self.review.load(deck_named(self.host.library, destination.deck))
            except SergeError as error:
                self.host.report_error(str(error))

    # --- messages of the widgets -------------------------------------------------------------------------------------

    @on(DescendantFocus)
    @on(DescendantBlur)
    def _focus_moved(self) -> None:
        self.view.show_keys()

    @on(Grades.Given)
    def _grade_clicked(self, message: Grades.Given) -> None:
        self.review.action_grade(message.rating)

    @on(AnswerBox.Submitted, "#card-typed")
    def _typed(self, message: AnswerBox.Submitted) -> None:
        self.review.submit(message.value)

    # --- Esc, and ways to other modes --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave Esc to the app unless a practice can be ended."""
        if action == "end_practice":
            return self.review.practising
        return super().check_action(action, parameters)

    def action_end_practice(self) -> None:
        """End the practice."""
        self.deck.end_practice()

    def action_leave_field(self) -> None:
        """Leave the answer field, so that letters are keys of the screen."""
        self.set_focus(None)

    def action_open(self) -> None:
        """Open the passage; before the card is turned, turn it: the passage would give it away."""
        session = self.review.session
        if session is None or session.card is None:
            return
        if session.reviewer.phase == "question":
            if (box := self.view.answer_box).display:
                box.focus()
            else:
                self.review.action_turn()
            return
        place = place_of_card(self.host.library, session.card)
        if place is None:
            self.view.show_message("No text here has the passage of this card.")
        else:
            self.host.go_to(place)

    def action_person(self) -> None:
        """Open the person the answer names."""
        session = self.review.session
        if session is None or (card := session.card) is None or session.reviewer.phase != "answer":
            return
        figures = [key for key in (card.answer_figure, *card.figures) if key in session.collection.figures]
        if figures:
            self.host.go_to(ShowFigure(figures[0]))
        else:
            self.view.show_message("This card is about nobody in particular.")
