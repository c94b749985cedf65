"""A review session in memory. It decides what is asked next and returns what to store; it stores nothing itself.

The next card depends only on the states, the day and the day's answers, so a session built again after a crash
continues where the log ends.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal, TypeAlias

from db.errors import SergeError
from db.models import CardState, Rating, Review
from serge_tui.core.study.changes import Answered, Edited, Limits, Remaining, StateSet, StudyChange, Undone
from serge_tui.core.study.queue import Queue
from serge_tui.core.study.scheduling import (
    DEFAULT,
    Scheduling,
    answer,
    preview,
    replay,
    standing,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from serge_tui.core.study.card import Card

Phase: TypeAlias = Literal["question", "answer", "done"]


@dataclass(slots=True)
class _Entry:
    review: Review
    serial: int
    before: CardState | None
    hints: int = 0


@dataclass(slots=True)
class _Change:
    """A change other than an answer that can be undone: the earlier state, or the earlier wording."""

    card: str
    state: CardState | None = None
    wording: Card | None = None


@dataclass(slots=True)
class _Redoable:
    """What an undo took back: an answer with the hints before it, a state, or a wording."""

    answer: _Entry | None = None
    state: CardState | None = None
    wording: Card | None = None


class Reviewer:
    """The state machine of a review session: question -> (hints, typing) -> answer -> grade -> next question."""

    def __init__(
        self,
        cards: Sequence[Card],
        states: Mapping[str, CardState],
        log: Sequence[Review] = (),
        *,
        day: date,
        limits: Limits | None = None,
        scheduling: Scheduling = DEFAULT,
        others: Iterable[Card] = (),
        history: Callable[[str], Sequence[Review]] | None = None,
        retentions: Mapping[str, float] | None = None,
        pyramid: bool = False,
        cram: bool = False,
    ) -> None:
        """Begin a session, or continue one after a pause or a crash.

        Args:
            cards: The deck; new cards in the order they are to be asked.
            states: State of each card, by key.
            log: Answers, at least today's; all of them can be undone.
            day: The study day.
            limits: Limits of the day.
            scheduling: Target retention and easy weekdays.
            others: All other cards, so that siblings answered in another deck are known.
            history: Returns the whole log of a card, for undoing answers older than `log`.
            retentions: Target retention of the cards that have one of their own.
            pyramid: Show portraits clause by clause.
            cram: Ask every card of the deck once, whatever its state, and store nothing.
        """
        self._cards = {card.key: card for card in cards}
        self._known = {card.key: card for card in others} | self._cards
        self._day, self._today = day, day.isoformat()
        self._scheduling, self._retentions = scheduling, retentions or {}
        self._queue = Queue(
            self._cards, self._known, states, day=day, limits=limits or Limits(), cram=cram, decay=scheduling.decay
        )
        self._history, self._pyramid, self._cram = history, pyramid, cram
        self._log = [] if cram else [_Entry(review, -1, None) for review in standing(log)]
        self._before_today = sum(1 for entry in self._log if entry.review.study_day != self._today)
        self._changes: list[_Change | None] = [None] * len(self._log)
        self._undone: list[_Redoable] = []
        self._serial = 0
        self._current: str | None = None
        self._revealed, self._hints, self._given = False, 0, ""
        self._suggestion: Rating | None = None
        self._advance()

    # --- what to show ------------------------------------------------------------------------------------------------

    @property
    def phase(self) -> Phase:
        """What is shown: a question, its answer, or the end."""
        return "done" if self._current is None else "answer" if self._revealed else "question"

    @property
    def current(self) -> Card | None:
        """The current card; None at the end."""
        return self._card(self._current) if self._current is not None else None

    @property
    def deck(self) -> Sequence[str]:
        """Keys of the cards of the deck, in the order of new ones."""
        return list(self._cards)

    @property
    def state(self) -> CardState:
        """State of the current card, before it is graded."""
        return self._queue.state(self._require())

    @property
    def given(self) -> str:
        """The answer typed for the current card."""
        return self._given

    @property
    def suggestion(self) -> Rating | None:
        """The grade proposed for a typed answer; the reader may give another."""
        return self._suggestion

    @property
    def hints(self) -> tuple[str, ...]:
        """Hints shown so far for the current card."""
        return self._all_hints()[: self._hints]

    @property
    def hints_beside(self) -> tuple[str, ...]:
        """Hints shown so far, without the clauses of a portrait, which are part of the stimulus."""
        card = self.current
        return self.hints[len(card.clauses) - 1 :] if card is not None and self._builds_up(card) else self.hints

    @property
    def has_hint(self) -> bool:
        """Whether there is another hint."""
        return self._hints < len(self._all_hints())

    @property
    def stimulus(self) -> str:
        """The words to show: all, or the clauses uncovered so far."""
        card = self._card(self._require())
        if self._revealed or not self._builds_up(card):
            return card.stimulus
        return "\n".join(card.clauses[: 1 + self._hints])

    def intervals(self) -> dict[Rating, int]:
        """Return the interval in days for each grade: exactly what grading the current card gives."""
        return preview(self.state, self._day, self._scheduling_of(self._require()))

    @property
    def remaining(self) -> Remaining:
        """The cards left today, with the current one."""
        return self._queue.remaining(self.answers)

    @property
    def new_waiting(self) -> int:
        """New cards of this deck beyond the day's limit; the count stops a little above `MOST_COUNTED`."""
        return self._queue.new_waiting(self.answers)

    @property
    def has_new_waiting(self) -> bool:
        """Whether this deck has new cards beyond the day's limit."""
        return self._queue.has_new_waiting(self.answers)

    @property
    def answers(self) -> list[Review]:
        """Today's answers that were not undone, oldest first."""
        return [entry.review for entry in self._log[self._before_today :]]

    @property
    def states(self) -> Mapping[str, CardState]:
        """The state of every card, with the changes of this session."""
        return self._queue.states

    @property
    def away(self) -> list[CardState]:
        """States of the cards that are suspended or buried today, the suspended first."""
        return self._queue.away

    def next_due(self, day: str) -> tuple[str, int] | None:
        """Return the first day from `day` on when a card is due, and how many are due by then; None if none is."""
        return self._queue.next_due(day)

    @property
    def cards(self) -> Mapping[str, Card]:
        """The cards of the deck, by key."""
        return self._cards

    @property
    def can_undo(self) -> bool:
        """Whether there is anything to undo."""
        return bool(self._changes)

    @property
    def last_done(self) -> object:
        """A mark of what `undo` would take back, the same object while that stands; None if there is nothing."""
        if not self._changes:
            return None
        return self._changes[-1] or self._log[-1]

    @property
    def can_redo(self) -> bool:
        """Whether anything was undone and nothing done since."""
        return bool(self._undone)

    @property
    def next_undone(self) -> Review | None:
        """The answer that `undo` would take back; None if that would be something else, or nothing."""
        return self._log[-1].review if self._changes and self._changes[-1] is None else None

    @property
    def next_redone(self) -> int:
        """The serial number of the answer that `redo` would give again; -1 if that would be something else."""
        entry = self._undone[-1].answer if self._undone else None
        return entry.serial if entry is not None else -1

    # --- what the reader does ----------------------------------------------------------------------------------------

    def hint(self) -> str | None:
        """Show and return the next hint, the rarest detail first; None if there are no more."""
        hints = self._all_hints()
        if self.phase != "question" or self._hints >= len(hints):
            return None
        self._hints += 1
        return hints[self._hints - 1]

    def reveal(self, given: str = "", suggestion: Rating | None = None) -> None:
        """Turn the card.

        Args:
            given: The answer typed, if any.
            suggestion: The grade proposed for it.
        """
        self._require()
        self._revealed, self._given, self._suggestion = True, given, suggestion

    def grade(self, rating: Rating, duration_ms: int = 0) -> Answered | None:
        """Grade the current card and go to the next.

        Returns:
            What to store; None when cramming.

        Raises:
            SergeError: The card was not turned.
        """
        key = self._require()
        if not self._revealed:
            raise SergeError("Turn the card before grading it.")
        before = self._queue.state(key)
        state = before if self._cram else answer(before, rating, self._day, self._scheduling_of(key))
        self._serial += 1
        review = Review(0, key, "answer", rating, "", self._today, duration_ms, self._given)
        self._log.append(_Entry(review, self._serial, before, self._hints))
        self._did(None)
        self._queue.set(state)
        self._advance()
        if self._cram:
            return None
        return Answered(self._serial, key, rating, self._today, state, duration_ms, review.given, before)

    def allow_new(self, number: int) -> None:
        """Allow more new cards today; the current card stays."""
        self._queue.allow_new(number)
        if self._current is None:
            self._advance()

    def confirm(self, serial: int, review_id: int) -> None:
        """Note the id under which an answer was stored; undoing it needs the id."""
        for entry in reversed(self._log):
            if entry.serial == serial:
                entry.review = replace(entry.review, id=review_id)
                return

    def bury(self) -> StateSet:
        """Bury the current card until tomorrow."""
        return self._set(replace(self.state, buried_until=self._today), goes=True)

    def suspend(self) -> StateSet:
        """Suspend the current card until the reader brings it back."""
        return self._set(replace(self.state, suspended=True), goes=True)

    def flag(self, flag: int) -> StateSet:
        """Flag the current card; 0 removes the flag."""
        return self._set(replace(self.state, flag=flag), goes=False)

    def bring_back(self, key: str) -> StateSet:
        """Bring back a buried or suspended card; the current card stays."""
        before = self._queue.state(key)
        state = replace(before, suspended=False, buried_until="")
        self._did(_Change(key, state=before))
        self._queue.set_back(state)
        if self._current is None:
            self._advance()
        return StateSet(state, before)

    def edit(self, question: str, answer_text: str) -> Edited:
        """Replace the wording of the current card by the reader's; its schedule stays."""
        key = self._require()
        if not question.strip() or not answer_text.strip():
            raise SergeError("A card needs both a question and an answer.")
        self._did(_Change(key, wording=self._card(key)))
        self._word(self._card(key).edited(question.strip(), answer_text.strip()))
        return Edited(key, question.strip(), answer_text.strip())

    def undo(self) -> StudyChange | None:
        """Undo the last action, and make its card the current one. Can be repeated.

        Returns:
            What to store; None when cramming, or if there is nothing to undo.

        Raises:
            SergeError: The state before an old answer is not known, because the card's history is not here.
        """
        if not self._changes:
            return None
        change = self._changes[-1]
        if change is None:
            entry = self._log[-1]
            effect: StudyChange | None = self._undo_answer()
            redoable = _Redoable(answer=entry)
        elif change.wording is not None:
            redoable = _Redoable(wording=self._card(change.card))
            effect = self._undo_change(change)
        else:
            redoable = _Redoable(state=self._queue.state(change.card))
            effect = self._undo_change(change)
        self._changes.pop()
        self._undone.append(redoable)
        return effect

    def redo(self) -> StudyChange | None:
        """Do again what was undone last; the card that follows becomes the current one. Can be repeated.

        Returns:
            What to store; None when cramming, or if there is nothing to redo.
        """
        if not self._undone:
            return None
        done = self._undone.pop()
        if done.answer is not None:
            return self._redo_answer(done.answer)
        if done.wording is not None:
            card = done.wording
            self._changes.append(_Change(card.key, wording=self._card(card.key)))
            self._word(card)
            self._hold(card.key)
            return Edited(card.key, card.question if card.is_edited else "", card.answer if card.is_edited else "")
        assert done.state is not None
        state, before = done.state, self._queue.state(done.state.card)
        self._changes.append(_Change(state.card, state=before))
        self._queue.set_back(state)
        if (self._queue.is_away(state.card) and state.card == self._current) or self._current is None:
            self._advance()
        return StateSet(state, before)

    def keep_redo(self, before: Reviewer) -> None:
        """Take over what was undone in an earlier session of which nothing is left to undo."""
        self._undone = before._undone

    def go_on_from(self, before: Reviewer, *, hold: bool) -> None:
        """Carry over unsaved state of an earlier session with the same answers, so that its changes can be undone.

        Args:
            before: The earlier session; all its answers must be confirmed.
            hold: Also keep its current card, if it was turned or a hint was shown.
        """
        length = min(len(self._log), len(before._log))
        mine, theirs = ([entry.review.id for entry in log[-length:]] for log in (self._log, before._log))
        if before._today != self._today or (length and mine != theirs):
            return
        if length:
            self._log[-length:] = before._log[-length:]
        self._serial = before._serial
        self._undone = before._undone
        changes = before._changes
        while sum(1 for change in changes if change is None) > len(self._log):
            changes = changes[1:]
        known = sum(1 for change in changes if change is None)
        self._changes = [*[None] * (len(self._log) - known), *changes]
        key = before._current
        if not hold or key is None or not (before._revealed or before._hints) or key not in self._known:
            return
        if before._queue.state(key) == self._queue.state(key):
            self._take(key)
            self._revealed, self._given, self._suggestion = before._revealed, before._given, before._suggestion
            self._hints = min(before._hints, len(self._all_hints()))

    # --- inside ------------------------------------------------------------------------------------------------------

    def _did(self, change: _Change | None) -> None:
        """Note something the reader did; what was undone before can no longer be redone."""
        self._changes.append(change)
        self._undone.clear()

    def _redo_answer(self, entry: _Entry) -> Answered | None:
        review = entry.review
        key, rating, day = review.card, review.rating, review.study_day
        assert rating is not None
        before = self._queue.state(key)
        state = before if self._cram else answer(before, rating, date.fromisoformat(day), self._scheduling_of(key))
        self._serial += 1
        again = replace(review, id=0, reviewed_at="", uid="")
        self._log.append(_Entry(again, self._serial, before, entry.hints))
        self._before_today += int(day != self._today)
        self._changes.append(None)
        if day == self._today:
            self._queue.set(state)
        else:
            self._queue.set_back(state)  # an answer of an earlier day: its card may be due again today
        self._advance()
        if self._cram:
            return None
        return Answered(self._serial, key, rating, day, state, review.duration_ms, review.given, before)

    def _scheduling_of(self, key: str) -> Scheduling:
        retention = self._retentions.get(key)
        return self._scheduling if retention is None else replace(self._scheduling, retention=retention)

    def _undo_answer(self) -> Undone | None:
        entry = self._log[-1]
        key = entry.review.card
        before = entry.before if entry.before is not None else self._state_before(entry.review)
        after = self._queue.state(key)
        self._log.pop()
        self._before_today = min(self._before_today, len(self._log))
        self._queue.set_back(before)
        if key in self._known:  # even a card of another deck becomes the current card again
            self._take(key)
            self._hints = min(entry.hints, len(self._all_hints()))
        elif self._current is not None or self._cram:
            self._advance()
        if self._cram:
            return None
        return Undone(entry.serial, entry.review, self._today, before, after)

    def _undo_change(self, change: _Change) -> StudyChange:
        if change.wording is not None:
            self._word(change.wording)
            self._hold(change.card)
            if not change.wording.is_edited:
                return Edited(change.card, "", "")
            return Edited(change.card, change.wording.question, change.wording.answer)
        assert change.state is not None
        was_away, before = self._queue.is_away(change.card), self._queue.state(change.card)
        self._queue.set_back(change.state)
        if was_away or not self._queue.is_away(change.card):
            self._hold(change.card)
        elif change.card == self._current:  # undoing a "bring back": the card is away again
            self._advance()
        return StateSet(change.state, before)

    def _set(self, state: CardState, *, goes: bool) -> StateSet:
        before = self._queue.state(state.card)
        self._did(_Change(state.card, state=before))
        self._queue.set(state)
        if goes:
            self._advance()
        return StateSet(state, before)

    def _state_before(self, review: Review) -> CardState:
        key = review.card
        history = [entry.review for entry in self._log if entry.review.card == key]
        if len(history) < self._queue.state(key).answers and self._history is not None:
            # Newer answers were undone here, but the writes that void them may still be queued.
            history = [stored for stored in standing(self._history(key)) if stored.id <= review.id]
        if len(history) != self._queue.state(key).answers or history[-1].id != review.id:
            raise SergeError(f"The card {key} cannot be undone here: its earlier answers are not at hand.")
        return replay(history[:-1], self._scheduling_of(key), keep=self._queue.state(key))

    def _advance(self) -> None:
        self._current = self._queue.choose(self.answers)
        self._forget_question()

    def _take(self, key: str) -> None:
        self._current = key
        self._forget_question()

    def _hold(self, key: str) -> None:
        """Make a card the current one; if it already is, it stays turned or unturned."""
        if key != self._current and key in self._known:
            self._take(key)

    def _word(self, card: Card) -> None:
        self._known[card.key] = card
        if card.key in self._cards:
            self._cards[card.key] = card

    def _card(self, key: str) -> Card:
        return self._cards.get(key) or self._known[key]

    def _forget_question(self) -> None:
        self._revealed, self._hints, self._given, self._suggestion = False, 0, "", None

    def _builds_up(self, card: Card) -> bool:
        return self._pyramid and len(card.clauses) > 1

    def _all_hints(self) -> tuple[str, ...]:
        if self._current is None:
            return ()
        card = self._card(self._current)
        return (*card.clauses[1:], *card.hints) if self._builds_up(card) else card.hints

    def _require(self) -> str:
        if self._current is None:
            raise SergeError("There is no current card.")
        return self._current
