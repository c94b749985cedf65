"""A review session over one library: the reviewer decides what is asked, the session stores what was answered."""

from __future__ import annotations

import asyncio
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final, TypeVar

from db.errors import SergeError
from serge_tui.core.study.changes import Answered, Edited, Limits, StateSet, StudyChange, Undone
from serge_tui.core.study.deck import ALL, AS_FAR_AS_READ, Filter, vanished
from serge_tui.core.study.grading import GRADES
from serge_tui.core.study.introduction import great_portrait, in_order
from serge_tui.core.study.leeches import LEECH
from serge_tui.core.study.reviewer import Reviewer
from serge_tui.services.card_collection import CardCollection, card_collection, lost_card
from serge_tui.services.confusions import (
    BURIED_FOR_GOOD,
    confusions,
    contrast_state_changes,
    finder_of,
    side_by_side,
)
from serge_tui.services.deck_options import options_of, retentions
from serge_tui.services.decks import chosen_deck, deck_cards, deck_named
from serge_tui.services.study_plans import exam_ahead, exam_words, is_settling
from serge_tui.services.study_settings import StudySettings, study_settings, today

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from db.library import Library
    from db.models import CardState, Rating, Review
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Identifier
    from serge_tui.core.study.workload import ExamPlan

T = TypeVar("T")
TAIL: Final = 500
"""Answers read at the start, so that they can be undone; more are read when these are used up."""
LONGEST_MS: Final = 120_000
"""Time spent on a card counts up to this: beyond it the reader was elsewhere."""
SENT: Final = "cards.sent"
"""Setting: keys of new cards that are to come first, sent by the quiz or by the reader."""
MORE_TODAY: Final = "cards.more_today"
"""Setting: a study day and how many new cards it may bring beyond the limit."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """What is read for a session: the reviewer, and the plan for an exam."""

    reviewer: Reviewer
    exam: ExamPlan | None


class ReviewSession:
    """Asks the cards of a deck, and stores each answer as one transaction.

    Make it in a thread worker: it reads much. Use it on the event loop: it holds every state in memory and never waits
    for the database there. Methods that change something return the future of the write, for the caller to watch. A
    write fails with StaleCardError if the card was changed in another window; after any failed write, read anew.
    """

    def __init__(
        self,
        library: Library,
        deck: Filter | None = None,
        finder: Identifier | None = None,
        *,
        only: Sequence[str] = (),
        practising: bool = False,
    ) -> None:
        """Read a session.

        Args:
            library: The open library.
            deck: What to ask; None for the deck chosen last.
            finder: What tells whose name was typed.
            only: Keys of new cards to ask instead of a deck, whatever the limit of the day.
            practising: Whether the cards of `only` are practised: no answer is stored.
        """
        library.study.wait()
        self.library = library
        self.finder: Identifier = finder or finder_of(library)
        self.settings: StudySettings = study_settings(library)
        self.day: date = today(library)
        self.collection: CardCollection = card_collection(library)
        self.deck: Filter = deck or (ALL if only else chosen_deck(library))
        self._only = only
        self.undone = ""
        """What was undone last, in a word or two."""
        self.forgotten_spelling: tuple[str, str] | None = None
        """Spelling and person learned with the answer undone last: to be forgotten with it."""
        self.learned_spelling: tuple[str, str] | None = None
        """Spelling and person of the answer redone last: to be learned again with it."""
        self.practising = practising
        """Whether the deck is practised: every card is asked, and no answer is stored."""
        self.changes = 0
        """How often something was done in this session."""
        self._answers: dict[int, Future[int]] = {}
        self._writes: list[Future[Any]] = []
        self._learned: dict[int, tuple[str, str]] = {}
        self._unlearned: dict[int, tuple[str, str]] = {}
        self._seen = changes_of_many(library)
        self._more = more_today(library, self.day)
        self._confusions = confusions(library, self.collection, self.finder)
        prepared = self._prepare()
        self.reviewer, self.exam = prepared.reviewer, prepared.exam

    def _prepare(self) -> _Prepared:
        """Read states and log, and choose the cards. Blocks: only in a thread."""
        library, collection, settings = self.library, self.collection, self.settings
        log = library.study.latest(TAIL)
        states = library.study.states()
        if log and log[0].study_day >= self.day.isoformat():
            log = library.study.answers_since(self.day.isoformat())
        if self._only:
            return self._prepare_only(states, log)
        cards = deck_cards(library, collection, self.deck, states, self.day)
        sent = library.settings.get(SENT, list[str]())
        first = [collection.cards[key] for key in sent if key in collection.cards]
        contrasts = side_by_side(library, collection, self.finder)
        if changed := contrast_state_changes(contrasts, states):
            library.study.replace_states(changed)
            states |= {state.card: state for state in changed}
        own = options_of(library, self.deck)
        limit, exam = settings.new_per_day if own.new is None else own.new, None
        if _is_wide(self.deck):
            exam = exam_ahead(library, collection, settings, states, self.day)
        else:
            contrasts = []
        if exam is not None:
            limit = max(limit, exam.new_per_day)
            first += deck_cards(library, collection, deck_named(library, settings.exam_deck), states, self.day)
            if is_settling(exam):
                states |= {key: _due_now(states[key], self.day) for key in exam.weak if key in states}
        lost = [lost_card(key) for key in vanished(collection.cards.values(), states)] if self.deck == ALL else []
        reviewer = Reviewer(
            [*first, *contrasts, *in_order(cards), *lost],
            states,
            log,
            day=self.day,
            limits=Limits(
                new=limit + self._more, reviews=settings.reviews_per_day if own.reviews is None else own.reviews
            ),
            scheduling=settings.scheduling,
            retentions=retentions(library, collection, states, self.day),
            others=collection.cards.values(),
            history=library.study.history,
            pyramid=settings.pyramid,
        )
        return _Prepared(reviewer, exam)

    def _prepare_only(self, states: Mapping[str, CardState], log: Sequence[Review]) -> _Prepared:
        library, collection = self.library, self.collection
        reviewer = Reviewer(
            [collection.cards[key] for key in self._only if key in collection.cards],
            states,
            log,
            day=self.day,
            limits=Limits(new=len(log) + len(self._only), reviews=len(log)),
            scheduling=self.settings.scheduling,
            retentions=retentions(library, collection, states, self.day),
            others=collection.cards.values(),
            history=library.study.history,
            pyramid=self.settings.pyramid,
            cram=self.practising,
        )
        return _Prepared(reviewer, None)

    @property
    def card(self) -> Card | None:
        """The card in hand."""
        return self.reviewer.current

    @property
    def is_outdated(self) -> bool:
        """Whether many cards were changed at once since the session was read: then a new one is needed."""
        return self._seen != changes_of_many(self.library)

    def advice(self) -> str:
        """Return help with a card that is often forgotten, and who was answered instead; empty for other cards."""
        card = self.card
        if card is None or self.reviewer.state.lapses < LEECH:
            return ""
        taken = [entry.taken_for for entry in self._confusions if entry.figure == card.answer_figure]
        names = ", ".join(self.collection.figures[key].name for key in taken[:2] if key in self.collection.figures)
        mixed = f", taken for {names}" if names else ""
        lapses = self.reviewer.state.lapses
        return f"Forgotten {lapses} times{mixed}. Enter opens its passage, e rewords it, @ suspends it."

    def introduction(self) -> str:
        """Return why the card in hand comes first, and how many such there are; empty for other cards."""
        card = self.card
        if card is None or self.practising or self.reviewer.state.answers:
            return ""
        return great_portrait(card, self.reviewer.deck)

    # --- writes under way --------------------------------------------------------------------------------------------

    def _write(self, future: Future[T]) -> Future[T]:
        """Remember a write until it has ended."""
        self.changes += 1
        self._writes = [write for write in self._writes if not write.done()]
        self._writes.append(future)
        return future

    async def stored(self) -> None:
        """Wait, without holding up the event loop, until every write of this session has succeeded or failed."""
        while under_way := [write for write in self._writes if not write.done()]:
            # Not `gather`: if this is cancelled, it would cancel the writes too, and answers would be lost.
            waiting = [asyncio.wrap_future(write) for write in under_way]
            await asyncio.wait(waiting)
            for write in waiting:
                write.exception()
        self._confirm_answers()

    def _confirm_answers(self) -> None:
        """Pass the ids of answers stored since to the reviewer."""
        for serial, future in list(self._answers.items()):
            if future.done():
                del self._answers[serial]
                if future.exception() is None:
                    self.reviewer.confirm(serial, future.result())

    async def is_stale(self) -> bool:
        """Return whether the stored state of the card in hand is another one: answered in another window, or a write
        failed. Then a new session is needed.
        """
        await self.stored()
        if self.card is None:
            return False
        expected, changes = self.reviewer.state, self.changes
        stored = await asyncio.to_thread(self.library.study.state, expected.card)
        return self.changes == changes and replace(stored, due_day=None) != replace(expected, due_day=None)

    def take_over(self, before: ReviewSession) -> None:
        """Carry over unsaved state of an earlier session: what else can be undone and, with the same deck, the card in
        hand if it was turned or a hint was given. Every write of `before` must have ended: see `stored`.
        """
        before._confirm_answers()
        if before.practising or before.library is not self.library:
            return
        self._learned, self._unlearned = before._learned, before._unlearned
        self.reviewer.go_on_from(before.reviewer, hold=self.deck == before.deck)

    # --- what the reader does ----------------------------------------------------------------------------------------

    def grade(self, rating: Rating, duration_ms: int, learned: str = "") -> Future[int] | None:
        """Grade the card in hand and go on to the next; None while practising, when no answer is stored.

        `learned` is a spelling that counts for the person asked for from now on: if the answer is undone,
        `forgotten_spelling` names it.
        """
        self._confirm_answers()
        figure = self.card.answer_figure if self.card is not None else ""
        answered = self.reviewer.grade(rating, duration_ms)
        return None if answered is None else self._store_answer(answered, (learned, figure))

    def _store_answer(self, answered: Answered, learned: tuple[str, str] = ("", "")) -> Future[int]:
        """Store an answer, and remember the spelling and the person learned with it, if any."""
        future = self.library.study.record(
            answered.card,
            answered.rating,
            answered.study_day,
            answered.state,
            duration_ms=answered.duration_ms,
            given=answered.given,
            expected=answered.before,
        )
        self._answers[answered.serial] = future
        if all(learned):
            self._learned[answered.serial] = learned
        return self._write(future)

    def undo(self) -> Future[None] | None:
        """Undo the last thing done; None when nothing at hand is left: then see `read_older`."""
        self._confirm_answers()
        if not self.reviewer.can_undo:
            return None
        change = self.reviewer.undo()
        self.forgotten_spelling = None
        if change is None:
            self.undone = "an answer of this practice"
            return _nothing_to_write()
        self.undone = _name_of(change)
        if isinstance(change, Undone):
            self.forgotten_spelling = self._learned.pop(change.serial, None)
            if self.forgotten_spelling is not None:
                self._unlearned[change.serial] = self.forgotten_spelling
        return self.store(change)

    def redo(self) -> Future[Any] | None:
        """Do again what was undone last; None if nothing was, or something else was done since.

        `undone` names it. If a spelling was learned with that answer, `learned_spelling` names it.
        """
        self._confirm_answers()
        if not self.reviewer.can_redo:
            return None
        serial = self.reviewer.next_redone
        change = self.reviewer.redo()
        self.learned_spelling = None
        if change is None:
            self.undone = "an answer of this practice"
            return _nothing_to_write()
        self.undone = _name_of(change)
        if isinstance(change, Answered):
            self.learned_spelling = self._unlearned.pop(serial, None)
            return self._store_answer(change, self.learned_spelling or ("", ""))
        return self.store(change)

    async def read_older(self) -> bool:
        """Read answers older than those at hand, for undo to go on; return whether there are any."""
        if self.practising:
            return False
        await self.stored()
        changes = self.changes
        prepared = await asyncio.to_thread(self._prepare)
        if self.changes == changes and not self.practising:
            prepared.reviewer.keep_redo(self.reviewer)
            self.reviewer, self.exam = prepared.reviewer, prepared.exam
        return self.reviewer.can_undo

    async def practise(self) -> bool:
        """Ask every card of the deck once, whatever its due day, and store no answer; False if the deck is empty."""
        reviewer = await asyncio.to_thread(self._prepare_practice, dict(self.reviewer.states))
        if reviewer.current is None:
            return False
        self.reviewer, self.practising = reviewer, True
        return True

    def _prepare_practice(self, states: Mapping[str, CardState]) -> Reviewer:
        return Reviewer(
            deck_cards(self.library, self.collection, self.deck, states, self.day),
            states,
            day=self.day,
            scheduling=self.settings.scheduling,
            others=self.collection.cards.values(),
            pyramid=self.settings.pyramid,
            cram=True,
        )

    def bury(self) -> Future[None]:
        """Put the card in hand off until tomorrow."""
        return self.store(self.reviewer.bury())

    def suspend(self) -> Future[None]:
        """Suspend the card in hand."""
        return self.store(self.reviewer.suspend())

    def flag(self) -> Future[None]:
        """Flag the card in hand, or take the flag off."""
        return self.store(self.reviewer.flag(0 if self.reviewer.state.flag else 1))

    def put_away(self) -> list[tuple[Card, CardState]]:
        """Return the cards that are suspended or buried today, the suspended first."""
        return [
            (self.collection.cards.get(state.card) or lost_card(state.card), state)
            for state in self.reviewer.away
            if state.buried_until != BURIED_FOR_GOOD
        ]

    def bring_back(self, key: str) -> Future[None]:
        """Ask a card again that was suspended or buried."""
        return self.store(self.reviewer.bring_back(key))

    def edit(self, question: str, answer: str) -> Future[None]:
        """Replace the wording of the present card by the reader's."""
        return self.store(self.reviewer.edit(question, answer))

    def store(self, change: StudyChange) -> Future[None]:
        """Store a change other than an answer."""
        study = self.library.study
        match change:
            case Undone(serial=serial, review=review, study_day=day, state=state, before=before):
                answer = self._answers.pop(serial, None)
                return self._write(study.undo(review, day, state, answer=answer, expected=before))
            case StateSet(state, before):
                return self._write(study.set_state(state, expected=before))
            case Edited(card, question, answer_text):
                return self._write(study.reword(card, question, answer_text))
            case Answered():
                raise SergeError("An answer is stored by `grade`.")

    def allow_more(self, number: int) -> Future[None]:
        """Allow more new cards today than the limit."""
        self._more += number
        self.reviewer.allow_new(number)
        return self._write(self.library.settings.set(MORE_TODAY, f"{self.day} {self._more}"))

    # --- the end -----------------------------------------------------------------------------------------------------

    def exam_words(self) -> str:
        """Return how the exam stands, in a sentence or two; empty without one."""
        return exam_words(self.exam) if self.exam is not None else ""

    def next_due(self) -> tuple[date, int] | None:
        """Return the next day on which something is due, and how much by then; None when nothing is scheduled."""
        found = self.reviewer.next_due((self.day + timedelta(days=1)).isoformat())
        return (date.fromisoformat(found[0]), found[1]) if found is not None else None


def changes_of_many(library: Library) -> tuple[int, int]:
    """Return how often many cards, and how often tags of cards, were changed in this window."""
    return library.study.bulk_changes, library.card_tags.changes


def more_today(library: Library, day: date) -> int:
    """Return how many new cards the reader allowed today beyond the limit."""
    allowed, _, number = library.settings.get(MORE_TODAY, "").partition(" ")
    return int(number) if allowed == day.isoformat() and number.isdecimal() else 0


def _nothing_to_write() -> Future[None]:
    """Return a write that is done: practice stores nothing."""
    done: Future[None] = Future()
    done.set_result(None)
    return done


def _name_of(change: StudyChange) -> str:
    """Name what was undone, for the reader."""
    match change:
        case Undone(review=review):
            return f"the answer {GRADES[review.rating]}" if review.rating else "an answer"
        case Answered(rating=rating):
            return f"the answer {GRADES[rating]}"
        case Edited():
            return "the wording"
        case _:
            return "the last change of a card"


def _is_wide(deck: Filter) -> bool:
    """Return whether side-by-side cards and those of an exam come with a deck: not with a chapter or a person."""
    return deck in (replace(ALL, name=deck.name), replace(AS_FAR_AS_READ, name=deck.name))


def _due_now(state: CardState, day: date) -> CardState:
    """Return the state of a known card asked early, in the last days before an exam."""
    if state.due_day is None or state.last_day == day.isoformat():
        return state
    return replace(state, due_day=min(state.due_day, day.isoformat()))
