"""Showing a review session: the card in hand, its answer, the end, and the keys that can be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.content import Content
from textual.widgets import Static

from db.text import sanitise
from serge_tui.commands.app import EVERYWHERE
from serge_tui.commands.cards import CARDS
from serge_tui.commands.study import LEAVE_ANSWER
from serge_tui.core.study.cards.registry import KINDS_OF_DEATH
from serge_tui.core.study.deck import ALL
from serge_tui.core.wording import TEXT_GONE
from serge_tui.modes.cards.keys import OfferedKey, keys_at_the_end, keys_of_answer, keys_of_question, passing_grade
from serge_tui.modes.cards.widgets.session_end import end_content, nothing_content
from serge_tui.services.card_answers import teaching
from serge_tui.services.card_passages import is_text_gone, place_of_card
from serge_tui.widgets.answer_box import AnswerBox
from serge_tui.widgets.card_face import CardFace, answer_content
from serge_tui.widgets.grades import NAMES, Grades
from serge_tui.widgets.key_line import KeyLine

if TYPE_CHECKING:
    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Verdict
    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.services.review_session import ReviewSession


class CardView:
    """Draws a session on the page. It changes nothing."""

    def __init__(self, page: ModeScreen) -> None:
        self._page = page
        self._session: ReviewSession | None = None
        self._verdict: Verdict | None = None

    @property
    def answer_box(self) -> AnswerBox:
        """The box to type an answer in."""
        return self._page.query_one(AnswerBox)

    @property
    def suggested(self) -> Rating:
        """The grade that Space gives to the card in hand."""
        if self._verdict is not None:
            return self._verdict.rating or 1
        return passing_grade(self._session) if self._session is not None else 3

    def show_message(self, sentence: str) -> None:
        """Show a sentence above the grades; an empty one removes it."""
        message = self._page.query_one("#card-message", Static)
        message.update(Content.styled(sanitise(sentence), "$secondary"))
        message.display = bool(sentence)

    def show_nothing(self, sentence: str) -> None:
        """Show a sentence instead of a card."""
        self._session = None
        self._clear(sentence)

    def show(self, session: ReviewSession, verdict: Verdict | None = None, *, in_field: bool = True) -> None:
        """Show the card in hand, turned or not, or the end of the session.

        The field for an answer, if there is one, gets the keys unless `in_field` is False.
        """
        self._session, self._verdict = session, verdict
        name = session.deck.name
        self._page.set_context(f"{name} · practice" if session.practising else name)
        self._show_remaining(session)
        card = session.card
        if card is None:
            self._show_end(session)
            return
        self._page.query_one(Grades).display = False
        self.show_question(session, card)
        if session.reviewer.phase == "answer":
            self._show_answer(session, card)
            return
        box = self.answer_box
        box.display = session.settings.typed and card.can_be_typed
        if box.display:
            box.placeholder = f"{'who?' if card.answer_figure else 'your answer'}   (Enter alone shows the answer)"
        if box.display and in_field:
            box.focus()
        else:
            self._page.set_focus(None)
        self.show_message(session.introduction())
        self.show_keys()

    def show_question(self, session: ReviewSession, card: Card) -> None:
        """Show the question with the hints so far."""
        reviewer = session.reviewer
        turned, flagged = reviewer.phase == "answer", bool(reviewer.state.flag)
        face = self._page.query_one(CardFace)
        face.show_question(card, reviewer.stimulus, reviewer.hints_beside, flagged=flagged, turned=turned)

    def _show_answer(self, session: ReviewSession, card: Card) -> None:
        """Show the answer, and each grade with its interval."""
        self.show_message(TEXT_GONE if is_text_gone(self._page.host.library, card) else "")
        verdict, figure = self._verdict, session.collection.figures.get(card.answer_figure)
        hidden = card.kind not in KINDS_OF_DEATH and self._page.host.ends.of(card.answer_figure)
        self.answer_box.display = False
        self._page.set_focus(None)
        self._page.query_one(CardFace).show_answer(
            answer_content(
                card,
                stimulus=session.reviewer.stimulus,
                years=figure.years(hidden=hidden) if figure else "",
                verdict=verdict.message if verdict else "",
                right=verdict is not None and verdict.outcome == "right",
                advice=session.advice(),
                teaching=teaching(
                    self._page.host.library,
                    card,
                    session.collection.figures,
                    self._page.host.ends,
                    verdict.taken_for if verdict is not None else "",
                ),
            )
        )
        suggested = self.suggested
        intervals = dict.fromkeys(NAMES, 0) if session.practising else session.reviewer.intervals()
        if session.settings.two_grades:
            intervals = {1: intervals[1], 3: intervals[passing_grade(session)]}
            suggested = 1 if suggested == 1 else 3
        grades = self._page.query_one(Grades)
        grades.two = session.settings.two_grades
        grades.intervals = intervals
        grades.suggested = suggested
        grades.display = True
        self.show_keys()

    def _show_end(self, session: ReviewSession) -> None:
        self._clear("")
        following, waiting = session.next_due(), session.reviewer.new_waiting
        more = session.reviewer.has_new_waiting
        answers, deck = session.reviewer.answers, "" if session.deck == ALL else session.deck.name
        head, body = (
            end_content(
                answers, following, session.day, deck=deck, waiting=waiting, more=more, exam=session.exam_words()
            )
            if answers
            else nothing_content(session.deck.name, following, session.day, waiting=waiting, more=more)
        )
        if session.practising:
            head = f"Practice finished: {sanitise(session.deck.name)}. Nothing was recorded."
        self._page.query_one(CardFace).show_text(head, body)
        self.show_keys()

    def _clear(self, sentence: str) -> None:
        self._page.query_one(CardFace).show_text(sentence, Content(""))
        self.answer_box.display = False
        self._page.query_one(Grades).display = False
        self.show_message("")
        self._page.set_focus(None)
        self.show_keys()

    def _show_remaining(self, session: ReviewSession) -> None:
        """Show at the bottom how much is still to come today."""
        left = session.reviewer.remaining
        parts = [f"{left.due} to go"] if session.practising else [f"{left.due} due", f"{left.new} new"]
        parts += [f"{left.failed} again"] if left.failed else []
        if session.card is None:
            parts = ["practice finished" if session.practising else "done for today"]
        elif not left.total:
            parts = ["the last one"]
        self._page.set_status(" · ".join(parts))

    # --- the keys that can be used now -------------------------------------------------------------------------------

    def show_keys(self) -> None:
        """Show in the bottom line only the keys that can be used now."""
        known = {command.id: command for command in CARDS}
        typing = self.answer_box.is_in_use
        shown = [
            replace(known[name], footer=word or known[name].footer, keys=keys or known[name].keys)
            for name, word, keys in (self._offered(self._session, typing=typing) if self._session is not None else [])
        ]
        if typing:
            shown.append(LEAVE_ANSWER)
        else:  # how to leave the field is more important than the help
            shown += [replace(command, rank=4) for command in EVERYWHERE if command.id == "app.help"]
        self._page.query_one(KeyLine).commands = tuple(shown)

    def _offered(self, session: ReviewSession, *, typing: bool) -> list[OfferedKey]:
        card = session.card
        if card is None:
            return keys_at_the_end(session)
        if session.reviewer.phase == "question":
            return keys_of_question(session, has_box=bool(self.answer_box.display), typing=typing)
        has_place = place_of_card(self._page.host.library, card) is not None
        suggested = self._page.query_one(Grades).suggested
        return keys_of_answer(session, card, suggested, self._verdict, has_place=has_place)
