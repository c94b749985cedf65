"""Cards: one card, one question, one fact."""

from __future__ import annotations

from dataclasses import replace
from time import monotonic
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual import on
from textual.widgets import Input

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.commands.cards import CARDS
from serge_tui.core.study.grading import judge
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.modes.cards.card_writing import CardWriting
from serge_tui.modes.cards.keys import passing
from serge_tui.modes.cards.widgets.card_face import first_words
from serge_tui.modes.cards.widgets.grades import Grades
from serge_tui.navigation import ShowFigure
from serge_tui.services.card_passages import place_of_card
from serge_tui.services.learned_spellings import forget_spelling, own_spellings, remember_spelling

if TYPE_CHECKING:
    from db.models import CardState, Rating
    from serge_tui.commands import Command
    from serge_tui.core.study.deck import Filter

LONGEST_MS: Final = 120_000
"""Time spent on a card counts up to this: beyond it the reader was elsewhere."""
MORE: Final = 5


class CardsScreen(CardWriting):
    """A sitting with the cards: space turns, a number grades, Enter leads to the passage, Esc back to the card."""

    COMMAND_SET: ClassVar[tuple[Command, ...]] = CARDS

    # --- answering ---------------------------------------------------------------------------------------------------

    def action_turn(self) -> None:
        """Turn the card; once it is turned, give the suggested grade."""
        desk = self.desk
        if desk is None or desk.card is None:
            return
        if desk.session.phase == "question":
            desk.session.reveal()
            self.show_answer(desk, desk.card)
        else:
            self._grade(self.suggested(desk))

    def action_grade(self, rating: int) -> None:
        """Grade the card; on the question side the keys do nothing, so that no answer is given by mistake."""
        desk = self.desk
        if desk is None or desk.session.phase != "answer":
            return
        if desk.settings.two_grades:
            rating = 1 if rating == 1 else passing(desk)
        self._grade(rating)  # type: ignore[arg-type]

    def _grade(self, rating: Rating, word: str = "", taught: str = "") -> None:
        desk = self.desk
        assert desk is not None
        if desk.is_stale():
            self.host.inform("This card was answered in another window.")
            self.sit_down(desk.deck)
            return
        spent = min(LONGEST_MS, int((monotonic() - self.shown_at) * 1000))
        future = desk.grade(rating, spent, taught)
        if future is not None:
            self.host.watch_write(future)
        self.deal(word)

    @on(Grades.Given)
    def _grade_clicked(self, message: Grades.Given) -> None:
        self.action_grade(message.rating)

    @on(Input.Submitted, "#card-typed")
    def _typed(self, message: Input.Submitted) -> None:
        desk = self.desk
        if desk is None or desk.card is None or desk.session.phase != "question":
            return
        spellings = own_spellings(self.host.library)
        hints = len(desk.session.hints)
        verdict = judge(message.value, desk.card, self.host.finder, hints=hints, remembered=spellings)
        if verdict.outcome == "ambiguous" and message.value != self.asked_again:
            self.asked_again = message.value
            self.say(f"{verdict.message} Enter again shows the answer.")
            return
        self.verdict = verdict
        desk.session.reveal(message.value, verdict.rating)
        self.show_answer(desk, desk.card)

    def action_override(self) -> None:
        """Count what was typed as right; and from now on too, unless it is somebody else's name."""
        desk = self.desk
        if desk is None or desk.card is None or desk.session.phase != "answer" or not desk.session.given:
            return
        given, figure = sanitise_line(desk.session.given), desk.card.answer_figure
        strange = self.verdict is not None and self.verdict.outcome == "wrong" and not self.verdict.taken_for
        if not figure or not strange:
            self._grade(passing(desk), "Counted as right.")
            return
        try:
            self.host.watch_write(remember_spelling(self.host.library, given, figure))
        except SergeError as error:
            self.host.report_error(str(error))
            return
        self.host.names_changed()
        self._grade(passing(desk), f"“{given}” counts as {desk.card.answer} from now on; u takes it back.", given)

    def action_hint(self) -> None:
        """Show the next hint."""
        desk = self.desk
        if desk is None or desk.card is None or desk.session.phase != "question":
            return
        if desk.session.hint() is None:
            self.say("There are no more hints.")
            return
        self.show_question(desk, desk.card)
        self.show_keys()

    def action_toggle_typed(self) -> None:
        """Type the answers, or say them to yourself."""
        desk = self.desk
        typed = not self.host.library.settings.get("cards.typed", False)
        self.host.watch_write(self.host.library.settings.set("cards.typed", typed))
        if desk is None:
            return
        desk.settings = replace(desk.settings, typed=typed)
        if desk.session.phase == "question":
            self.lay()
        self.say("Answers are typed." if typed else "Answers are said to yourself.")

    # --- taking back and putting away --------------------------------------------------------------------------------

    def action_undo(self) -> None:
        """Take back the last thing done; the card concerned is in hand again."""
        if self.desk is None:
            return
        future = self.desk.undo()
        if future is None:
            self.say("There is nothing left to undo.")
            return
        self.host.watch_write(future)
        if (untaught := self.desk.untaught) is not None:
            self.host.watch_write(forget_spelling(self.host.library, *untaught))
            self.host.names_changed()
        if self.desk.session.phase == "answer":  # something besides an answer, on the card in hand
            self.lay()
        else:
            self.deal()
        self.say(f"Taken back: {self.desk.undone}.")

    def action_bury(self) -> None:
        """Put the card off until tomorrow."""
        self._put_away("bury", "Buried until tomorrow; u takes it back.")

    def action_suspend(self) -> None:
        """Ask the card no more."""
        self._put_away("suspend", "Suspended: asked no more, until u takes it back or b brings it back.")

    def _put_away(self, how: Literal["bury", "suspend"], word: str) -> None:
        desk = self.desk
        if desk is None or desk.card is None:
            return
        self.host.watch_write(desk.bury() if how == "bury" else desk.suspend())
        self.deal(word)

    def action_flag(self) -> None:
        """Mark the card, or take the mark off."""
        desk = self.desk
        if desk is None or desk.card is None:
            return
        self.host.watch_write(desk.flag())
        self.show_question(desk, desk.card)

    def action_bring_back(self) -> None:
        """Choose what is to be asked again of what was put away."""
        if (desk := self.desk) is None:
            return
        self.host.library.study.wait()
        away = desk.put_away()
        if not away:
            self.say("Nothing is buried or suspended.")
            return
        rows = [(first_words(card), _rests(state, desk.day.isoformat())) for card, state in away]

        def chosen(number: int | None) -> None:
            if number is not None:
                card, _ = away[number]
                self.host.watch_write(desk.bring_back(card.key))
                self.lay()
                self.say(f"Brought back: {first_words(card)}")

        self.app.push_screen(Choice("Bring back", rows), chosen)

    def action_through(self) -> None:
        """Go through the whole deck; another deck, or the same one chosen again, ends it."""
        if (desk := self.desk) is None:
            return
        if desk.go_through():
            self.deal("Every card once; nothing is written down. d and the deck again ends it.")
        else:
            self.say("This deck has no cards.")

    def action_more(self) -> None:
        """Allow five more new cards today."""
        if self.desk is not None and not self.desk.cramming:
            self.host.watch_write(self.desk.more(MORE))
            self.lay()

    # --- elsewhere ---------------------------------------------------------------------------------------------------

    def action_open(self) -> None:
        """Open the passage; before the card is turned, turn it: the passage would give it away."""
        desk = self.desk
        if desk is None or desk.card is None:
            return
        if desk.session.phase == "question":
            if (box := self.query_one(Input)).display:
                box.focus()
            else:
                self.action_turn()
            return
        place = place_of_card(self.host.library, desk.card)
        if place is None:
            self.say("No text here has the passage of this card.")
        else:
            self.host.go_to(place)

    def action_person(self) -> None:
        """Open the person the answer names."""
        desk = self.desk
        if desk is None or desk.card is None or desk.session.phase != "answer":
            return
        figures = [key for key in (desk.card.answer_figure, *desk.card.figures) if key in desk.box.figures]
        if figures:
            self.host.go_to(ShowFigure(figures[0]))
        else:
            self.say("This card is about nobody in particular.")

    def action_deck(self) -> None:
        """Choose what to be asked about."""
        desk = self.desk
        if desk is not None:
            self.app.push_screen(DeckChooser(self.host.library, desk.box, desk.day, desk.deck), self._deck_chosen)

    def _deck_chosen(self, deck: Filter | None) -> None:
        if deck is not None:
            self.choose(deck)


def _rests(state: CardState, today: str) -> str:
    """How long a card is put away."""
    if state.suspended:
        return "suspended"
    return "until tomorrow" if state.buried_until == today else f"to the end of {state.buried_until}"
