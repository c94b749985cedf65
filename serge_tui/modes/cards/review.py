"""Reviewing: reading a session, turning and grading cards, hints, typed answers, undo."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date
from time import monotonic
from typing import TYPE_CHECKING, Any, Literal

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.core.study.grading import GRADES, grade_typed
from serge_tui.dialogs.choice import Choice
from serge_tui.host import tell_errors
from serge_tui.modes.cards.keys import passing_grade
from serge_tui.services.confusions import LateFinder
from serge_tui.services.learned_spellings import forget_spelling, own_spellings, remember_spelling
from serge_tui.services.review_session import LONGEST_MS, ReviewSession
from serge_tui.services.study_plans import day_words
from serge_tui.services.study_settings import study_settings, today
from serge_tui.services.undo import UndoStack

if TYPE_CHECKING:
    from collections.abc import Coroutine
    from concurrent.futures import Future

    from db.models import Rating
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.deck import Filter
    from serge_tui.core.study.grading import Verdict
    from serge_tui.host import Host
    from serge_tui.modes.cards.view import CardView
    from serge_tui.modes.mode_screen import ModeScreen
    from serge_tui.services.undo import Change


class Review:
    """Holds the session, and does with the card in hand what the reader asks.

    It never waits for the database: writes are queued and watched, and if one fails the session is read again.
    """

    def __init__(self, page: ModeScreen, view: CardView) -> None:
        self._page = page
        self.view = view
        self.session: ReviewSession | None = None
        self.verdict: Verdict | None = None
        self.unclear_answer = ""
        """What was typed and may be more than one person, once the reader has been asked to write more."""
        self.shown_at = 0.0
        self._made = UndoStack(self._stored)
        """Cards of their own that the reader made here."""
        self._made_after: list[object] = []
        """What was the last thing done in the session when each of them was made."""
        self._undone: list[Literal["session", "made"]] = []
        """What each undo took back, the last at the end: something of the session, or a card made."""
        self._beyond_today = False
        """Whether the reader has said that answers of earlier days may be undone."""
        self._loads = self._awaited = 0
        self._submitted = 0

    @property
    def host(self) -> Host:
        """The app."""
        return self._page.host

    def run(self, work: Coroutine[Any, Any, None]) -> None:
        """Run something beside the screen: what reads much, or waits for a write."""
        self._page.run_worker(tell_errors(self.host, work), group="review")

    @property
    def practising(self) -> bool:
        """Whether the deck is being practised."""
        return self.session is not None and self.session.practising

    @property
    def card(self) -> Card | None:
        """The card in hand."""
        return self.session.card if self.session is not None else None

    @property
    def is_reading(self) -> bool:
        """Whether the first session, or that of a deck just chosen, is still being read."""
        return self._awaited > 0

    # --- reading a session -------------------------------------------------------------------------------------------

    def load(self, deck: Filter | None = None, message: str = "") -> None:
        """Read a session for a deck (None: the one chosen last) and show it, with a message.

        The present session can be used meanwhile.
        """
        self._loads += 1
        if self.session is None or (deck is not None and deck != self.session.deck):
            self._awaited = self._loads
        self.run(self._load_awaited(deck, self._loads, message))

    def reload(self, message: str = "") -> None:
        """Read the session again, with the same deck."""
        self.load(self.session.deck if self.session is not None else None, message)

    async def _load_awaited(self, deck: Filter | None, number: int, message: str) -> None:
        try:
            await self._load(deck, number, message)
        finally:
            if self._awaited == number:
                self._awaited = 0

    async def _load(self, deck: Filter | None, number: int, message: str) -> None:
        host = self.host
        while True:
            before = self.session
            if before is not None:
                await before.stored()
            changes = before.changes if before is not None else 0
            try:
                session = await asyncio.to_thread(self._read, host, deck)
            except SergeError as error:
                host.report_error(str(error))
                return
            if number != self._loads:  # another deck was chosen meanwhile
                return
            if before is self.session and (before is None or before.changes == changes):
                break  # else something was answered meanwhile: what was read is old already
        if before is not None:
            session.take_over(before)
        held, self.session = before.card if before is not None else None, session
        same = held is not None and session.card is not None and held.key == session.card.key
        if same and session.reviewer.phase == "answer":
            self.show_again(message)
        else:
            self.show_card(message)

    @staticmethod
    def _read(host: Host, deck: Filter | None) -> ReviewSession:
        session = ReviewSession(host.library, deck, LateFinder(lambda: host.finder))
        if session.settings.typed:
            _ = host.finder
        return session

    def resume(self) -> None:
        """Go on with the card in hand; read the session again if a new day has begun or the card was changed."""
        self.shown_at = monotonic()
        if self.session is None:
            return
        if (
            self.session.day != today(self.host.library)
            or self.session.is_outdated
            or self._settings_changed(self.session)
        ):
            self.reload()
        else:
            self.run(self._reload_if_stale(self.session))

    def _settings_changed(self, session: ReviewSession) -> bool:
        """Return whether the study settings are others now; the deck chosen last is none of them."""
        return study_settings(self.host.library) != replace(
            session.settings, deck=study_settings(self.host.library).deck
        )

    async def _reload_if_stale(self, session: ReviewSession) -> None:
        if await session.is_stale() and session is self.session:
            self.reload()

    def watch(self, future: Future[Any]) -> None:
        """Watch a write of the session. If it fails, show a message and read the session again."""
        self.run(self._watch(future))

    async def _stored(self, future: Future[Any]) -> bool:
        return await self.host.write_succeeded(future)

    async def _watch(self, future: Future[Any]) -> None:
        if not await self.host.write_succeeded(future):
            self.reload()

    # --- showing -----------------------------------------------------------------------------------------------------

    def show_card(self, message: str = "", *, in_field: bool = True) -> None:
        """Show the card that is in hand now, or the end; `message` says what became of the one before.

        Without `in_field` the field for an answer waits for Enter, so that the next key is a command and no letter.
        """
        if self.session is None:
            return
        self.verdict = None
        self.unclear_answer = ""
        self.shown_at = monotonic()
        self.view.answer_box.value = ""
        self.view.show(self.session, in_field=in_field)
        if message:
            self.view.show_message(message)

    def show_again(self, message: str = "") -> None:
        """Show the card in hand as it is, turned or not, after a change to it."""
        if self.session is not None:
            self.view.show(self.session, self.verdict)
            if message:
                self.view.show_message(message)

    # --- answering ---------------------------------------------------------------------------------------------------

    def action_turn(self) -> None:
        """Turn the card; once it is turned, give the suggested grade."""
        session = self.session
        if session is None or session.card is None:
            return
        if session.reviewer.phase == "question":
            session.reviewer.reveal()
            self.view.show(session)
        elif not self.host.is_blind_key:
            self._grade(session, self.view.suggested)

    def action_grade(self, rating: Rating) -> None:
        """Grade the card; before it is turned the keys do nothing, so that no answer is given by mistake."""
        session = self.session
        if session is None or session.reviewer.phase != "answer":
            return
        if session.settings.two_grades:
            rating = 1 if rating == 1 else passing_grade(session)
        self._grade(session, rating)

    def _grade(self, session: ReviewSession, rating: Rating, message: str = "", learned: str = "") -> None:
        spent = min(LONGEST_MS, int((monotonic() - self.shown_at) * 1000))
        future = session.grade(rating, spent, learned)
        if future is not None:
            self.watch(future)
        self._beyond_today = False
        self.show_card(message)

    def submit(self, typed: str) -> None:
        """Grade a typed answer, and turn the card unless the answer is unclear."""
        session, card = self.session, self.card
        if session is None or card is None or session.reviewer.phase != "question":
            return
        self._submitted += 1
        self.run(self._grade_typed(session, card, typed, self._submitted))

    async def _grade_typed(self, session: ReviewSession, card: Card, typed: str, number: int) -> None:
        """Grade in a thread: the name finder may have to be made first."""
        host, hints = self.host, len(session.reviewer.hints)

        def grade() -> Verdict:
            return grade_typed(typed, card, host.finder, hints=hints, remembered=own_spellings(host.library))

        verdict = await asyncio.to_thread(grade)
        is_waiting = session is self.session and card is self.card and session.reviewer.phase == "question"
        if number != self._submitted or not is_waiting:  # something else was typed or done meanwhile
            return
        if verdict.outcome == "ambiguous" and typed != self.unclear_answer:
            self.unclear_answer = typed
            self.view.show_message(f"{verdict.message} Enter again shows the answer.")
            return
        self.verdict = verdict
        session.reviewer.reveal(typed, verdict.rating)
        self.view.show(session, verdict)

    def action_override(self) -> None:
        """Count the typed answer as right, in future too unless it is somebody else's name."""
        session, card = self.session, self.card
        if session is None or card is None or session.reviewer.phase != "answer" or not session.reviewer.given:
            return
        given, figure = sanitise_line(session.reviewer.given), card.answer_figure
        unknown = self.verdict is not None and self.verdict.outcome == "wrong" and not self.verdict.taken_for
        if not figure or not unknown:
            self._grade(session, passing_grade(session), "Counted as right.")
            return
        try:
            self.host.watch_write(remember_spelling(self.host.library, given, figure))
        except SergeError as error:
            self.host.report_error(str(error))
            return
        self._renew_finder()
        message = f"“{given}” counts as {card.answer} from now on; u undoes it."
        self._grade(session, passing_grade(session), message, given)

    def _renew_finder(self) -> None:
        """Have the name finder made anew, in a thread, before the next answer is typed."""
        host = self.host
        host.names_changed()
        if self.session is not None and self.session.settings.typed:
            self.run(_make_finder(host))

    def action_hint(self) -> None:
        """Show the next hint."""
        session, card = self.session, self.card
        if session is None or card is None or session.reviewer.phase != "question":
            return
        if session.reviewer.hint() is None:
            self.view.show_message("There are no more hints.")
            return
        self.view.show_question(session, card)
        self.view.show_keys()

    def action_toggle_typed(self) -> None:
        """Type the answers, or say them to yourself."""
        library, session = self.host.library, self.session
        typed = not library.settings.get("cards.typed", False)
        self.host.watch_write(library.settings.set("cards.typed", typed))
        if session is None:
            return
        session.settings = replace(session.settings, typed=typed)
        if session.reviewer.phase == "question":
            self.view.show(session)
        self.view.show_message("Answers are typed." if typed else "Answers are said to yourself.")

    # --- undo --------------------------------------------------------------------------------------------------------

    def card_made(self, change: Change) -> None:
        """Remember that a card of the reader's own was made after what was done in the session so far."""
        self._made.push(change)
        self._made_after.append(self.session.reviewer.last_done if self.session is not None else None)

    def action_undo(self) -> None:
        """Undo the last thing done; its card is in hand again."""
        session = self.session
        if session is None:
            return
        if self._made_after and self._made_after[-1] is session.reviewer.last_done:
            self.run(self._unmake())
        elif self._asks_first(session):
            self.host.start(self._ask_to_undo(session))
        elif not self._undo(session):
            self.run(self._undo_older(session))

    def _asks_first(self, session: ReviewSession) -> bool:
        """Return whether an answer of an earlier day would be undone, and the reader has not yet said yes to that."""
        review = session.reviewer.next_undone
        return review is not None and review.study_day < session.day.isoformat() and not self._beyond_today

    async def _ask_to_undo(self, session: ReviewSession) -> None:
        """Ask once, with the day, before answers of earlier days are undone."""
        review = session.reviewer.next_undone
        if review is None:
            return
        day = day_words(date.fromisoformat(review.study_day))
        grade = GRADES[review.rating] if review.rating is not None else ""
        rows = [("Undo it", f"{grade}, {day}"), ("Leave it", "")]
        chosen = await self.host.ask(Choice(f"The last answer is from {day}. Undo it?", rows, chosen=1))
        if chosen == 0 and session is self.session:
            self._beyond_today = True
            self._undo(session)

    def action_redo(self) -> None:
        """Do again what was undone last."""
        session = self.session
        if session is None:
            return
        while self._undone and (kind := self._undone.pop()):
            if kind == "made":
                self.run(self._make_again())
                return
            if session.reviewer.can_redo:
                self._redo(session)
                return
        self.view.show_message("There is nothing to redo.")

    def _redo(self, session: ReviewSession) -> None:
        future = session.redo()
        if future is None:
            return
        self.watch(future)
        if session.learned_spelling is not None:
            self.host.watch_write(remember_spelling(self.host.library, *session.learned_spelling))
            self._renew_finder()
        self.show_card(f"Done again: {session.undone}.", in_field=False)

    async def _make_again(self) -> None:
        """Bring back the card of the reader's own whose making was undone."""
        if change := await self._made.redo():
            self._made_after.append(self.session.reviewer.last_done if self.session is not None else None)
            self.reload(f"Done again: {change.said}.")

    async def _unmake(self) -> None:
        """Take back the card made last."""
        after = self._made_after.pop()
        if change := await self._made.undo():
            self._undone.append("made")
            self.reload(f"Undone: {change.said}.")
        else:
            self._made_after.append(after)

    def _undo(self, session: ReviewSession) -> bool:
        """Undo what is at hand; return whether there was anything."""
        try:
            future = session.undo()
        except SergeError as error:
            self.host.report_error(str(error))
            return True
        if future is None:
            return False
        self.watch(future)
        self._undone.append("session")
        if session.forgotten_spelling is not None:
            self.host.watch_write(forget_spelling(self.host.library, *session.forgotten_spelling))
            self._renew_finder()
        message = f"Undone: {session.undone}."
        if session.reviewer.phase == "answer":  # something besides an answer, on the card in hand
            self.show_again(message)
        else:
            self.show_card(message, in_field=False)
        return True

    async def _undo_older(self, session: ReviewSession) -> None:
        found = await session.read_older()
        if session is not self.session:
            return
        if found and self._asks_first(session):
            self.host.start(self._ask_to_undo(session))
            return
        if found and self._undo(session):
            return
        if self._made_after:
            await self._unmake()
        else:
            self.view.show_message("There is nothing left to undo.")


async def _make_finder(host: Host) -> None:
    await asyncio.to_thread(lambda: host.finder)
