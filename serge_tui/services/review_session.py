"""The desk: one sitting with the cards over one library. The session decides, the desk stores what it decided."""

from __future__ import annotations

from concurrent.futures import Future
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.core.study.deck import ALL, AS_FAR_AS_READ, Filter, select, vanished
from serge_tui.core.study.effects import Answered, Edited, Effect, Limits, StateSet, Undone
from serge_tui.core.study.grading import GRADES, LEECH
from serge_tui.core.study.session import Session
from serge_tui.services.card_collection import Box, box_of, lost_card
from serge_tui.services.confusions import FOR_GOOD, confusions, finder_of, retired, side_by_side
from serge_tui.services.decks import deck_named
from serge_tui.services.hidden_ends import told_cards
from serge_tui.services.reading_progress import memoirs_being_read, reading_progress
from serge_tui.services.study_plans import exam_ahead, exam_words, is_settling
from serge_tui.services.study_settings import StudySettings, study_settings, today

if TYPE_CHECKING:
    from db.library import Library
    from db.models import CardState, Rating, Review
    from serge_tui.core.study.card import Card
    from serge_tui.core.study.grading import Identifier

TAIL: Final = 500
"""Answers held at hand for undoing; more are fetched when these are used up."""
SENT: Final = "cards.sent"
"""Setting: keys of new cards that are to come first, sent by the quiz or by the reader."""
MORE_TODAY: Final = "cards.more_today"
"""Setting: a study day and how many new cards it may bring beyond the limit."""


class Desk:
    """Deals cards, and stores each answer as one transaction. Built in a thread worker, used on the event loop.

    Methods that change something give the future of the write, which the caller watches.
    """

    def __init__(self, library: Library, deck: Filter | None = None, finder: Identifier | None = None) -> None:
        library.study.wait()
        self.library = library
        self.finder: Identifier = finder or finder_of(library)
        self.settings: StudySettings = study_settings(library)
        self.day: date = today(library)
        self.box: Box = box_of(library)
        self.deck: Filter = deck or chosen_deck(library)
        self._stored: dict[int, Future[int]] = {}
        self._taught: dict[int, tuple[str, str]] = {}
        self.undone = ""
        """What was taken back last, in a word or two."""
        self.untaught: tuple[str, str] | None = None
        """Spelling and person that went with the answer taken back last: to be forgotten with it."""
        self.cramming = False
        """Whether the deck is gone through without anything being written down."""
        self._more = more_today(library, self.day)
        self._confusions = confusions(library, self.box, self.finder)
        self._sit_down(library.study.latest(TAIL))

    def go_on_from(self, before: Desk) -> None:
        """Take over from an earlier desk what no log tells: what else can be taken back; with the same deck, the card
        in hand where something was done with it. Call it on the event loop.
        """
        before._settle(wait=True)
        if before.cramming:
            return
        self._taught = before._taught
        self.session.go_on_from(before.session, hold=self.deck == before.deck)

    def _sit_down(self, log: list[Review]) -> None:
        library = self.library
        states = library.study.states()
        day = self.day.isoformat()
        if log and log[0].study_day >= day:
            log = library.study.answers_since(day)
        cards = deck_cards(library, self.box, self.deck, states, self.day)
        first = [self.box.cards[key] for key in library.settings.get(SENT, list[str]()) if key in self.box.cards]
        contrasts = side_by_side(library, self.box, self.finder)
        if changed := retired(contrasts, states):
            library.study.replace_states(changed)
            states |= {state.card: state for state in changed}
        if not _is_wide(self.deck):
            contrasts = []
        limit = self.settings.new_per_day
        self.exam = exam_ahead(library, self.box, self.settings, states, self.day) if _is_wide(self.deck) else None
        if self.exam is not None:
            limit = max(limit, self.exam.new_per_day)
            chosen = deck_cards(library, self.box, deck_named(library, self.settings.exam_deck), states, self.day)
            first += chosen
            if is_settling(self.exam):
                states |= {key: _due_now(states[key], self.day) for key in self.exam.weak if key in states}
        lost = [lost_card(key) for key in vanished(self.box.cards.values(), states)] if self.deck == ALL else []
        self.session = Session(
            [*first, *contrasts, *cards, *lost],
            states,
            log,
            day=self.day,
            limits=Limits(new=limit + self._more, reviews=self.settings.reviews_per_day),
            scheduling=self.settings.scheduling,
            others=self.box.cards.values(),
            history=library.study.history,
            pyramid=self.settings.pyramid,
        )

    @property
    def card(self) -> Card | None:
        """The card in hand."""
        return self.session.current

    def is_stale(self) -> bool:
        """Whether the card in hand stands otherwise in the database: answered in another window, or a write failed.

        Then a new desk is needed. Waits for writes still under way.
        """
        card = self.card
        self._settle(wait=True)
        if card is None:
            return False
        stored, here = self.library.study.state(card.key), self.session.state
        return replace(stored, due_day=None) != replace(here, due_day=None)

    def advice(self) -> str:
        """Help with a card that will not stick: whom its answer was taken for, and what can be done; else empty."""
        card = self.card
        if card is None or self.session.state.lapses < LEECH:
            return ""
        taken = [entry.taken_for for entry in self._confusions if entry.figure == card.answer_figure]
        names = ", ".join(self.box.figures[key].name for key in taken[:2] if key in self.box.figures)
        mixed = f", taken for {names}" if names else ""
        return (
            f"Lost {self.session.state.lapses} times{mixed}. Enter shows its passage, e rewords it, @ puts it away;"
            " nothing happens unless you say so."
        )

    def _settle(self, *, wait: bool = False) -> None:
        """Tell the session the ids of answers that were stored meanwhile."""
        if wait:
            self.library.study.wait()
        for serial, future in list(self._stored.items()):
            if future.done():
                del self._stored[serial]
                if future.exception() is None:
                    self.session.confirm(serial, future.result())

    # --- what the reader does ----------------------------------------------------------------------------------------

    def grade(self, rating: Rating, duration_ms: int, taught: str = "") -> Future[int] | None:
        """Grade the card in hand and deal the next. `taught` is a spelling the reader keeps for the person it asks
        for: when the answer is taken back, `untaught` has it.
        """
        self._settle()
        figure = self.card.answer_figure if self.card is not None else ""
        effect = self.session.grade(rating, duration_ms)
        if effect is None:
            return None
        future = self.library.study.record(
            effect.card,
            effect.rating,
            effect.study_day,
            effect.state,
            duration_ms=effect.duration_ms,
            given=effect.given,
        )
        self._stored[effect.serial] = future
        if taught and figure:
            self._taught[effect.serial] = (taught, figure)
        return future

    def undo(self) -> Future[None] | None:
        """Take back the last thing done, down to the first answer of all; None when nothing is left.

        Waits for the answer it voids to be stored, should that still be under way.
        """
        self._settle(wait=True)
        if self.cramming:
            return self._undo_unwritten()
        if not self.session.can_undo:
            older = self.library.study.latest(TAIL)
            if not older:
                return None
            self._sit_down(older)
        effect = self.session.undo()
        self.undone = _words_of(effect)
        self.untaught = self._taught.pop(effect.serial, None) if isinstance(effect, Undone) else None
        return self.store(effect) if effect is not None else None

    def _undo_unwritten(self) -> Future[None] | None:
        """Take back what was done while going through a deck: answers were never stored."""
        if not self.session.can_undo:
            return None
        effect = self.session.undo()
        self.undone = _words_of(effect) if effect is not None else "an answer that counts nowhere"
        self.untaught = None
        if effect is not None:
            return self.store(effect)
        done: Future[None] = Future()
        done.set_result(None)
        return done

    def go_through(self) -> bool:
        """Ask every card of the deck once, whatever its day, and write nothing down; False where it has none."""
        self._settle(wait=True)
        states = self.library.study.states()
        cards = deck_cards(self.library, self.box, self.deck, states, self.day)
        session = Session(
            cards,
            states,
            day=self.day,
            scheduling=self.settings.scheduling,
            others=self.box.cards.values(),
            pyramid=self.settings.pyramid,
            cram=True,
        )
        if session.current is None:
            return False
        self.session, self.cramming = session, True
        return True

    def bury(self) -> Future[None]:
        """Put the card in hand off until tomorrow."""
        return self.store(self.session.bury())

    def suspend(self) -> Future[None]:
        """Ask the card in hand no more."""
        return self.store(self.session.suspend())

    def flag(self) -> Future[None]:
        """Put a flag on the card in hand, or take it off."""
        return self.store(self.session.flag(0 if self.session.state.flag else 1))

    def put_away(self) -> list[tuple[Card, CardState]]:
        """Cards that are suspended or rest today, as they are stored by now, the suspended first."""
        return [
            (self.box.cards.get(state.card) or lost_card(state.card), state)
            for state in self.library.study.away(self.day.isoformat())
            if state.buried_until != FOR_GOOD
        ]

    def bring_back(self, key: str) -> Future[None]:
        """Ask a card again that was suspended or buried."""
        return self.store(self.session.bring_back(key))

    def edit(self, question: str, answer: str) -> Future[None]:
        """Give the card in hand the reader's own wording."""
        return self.store(self.session.edit(question, answer))

    def store(self, effect: Effect) -> Future[None]:
        """Store what the session decided besides answers."""
        study = self.library.study
        match effect:
            case Undone(review=review, study_day=day, state=state):
                return study.undo(review, day, state)
            case StateSet(state):
                return study.set_state(state)
            case Edited(card, question, answer):
                return study.reword(card, question, answer)
            case Answered():
                raise SergeError("An answer is stored by `grade`.")

    def more(self, number: int) -> Future[None]:
        """Allow some more new cards today than the limit."""
        self._settle(wait=True)
        self._more += number
        future = self.library.settings.set(MORE_TODAY, f"{self.day} {self._more}")
        before = self.session
        self._sit_down(self.library.study.latest(TAIL))
        self.session.go_on_from(before, hold=True)
        return future

    # --- the end -----------------------------------------------------------------------------------------------------

    def exam_words(self) -> str:
        """How the exam stands, in a sentence or two; empty without one."""
        return exam_words(self.exam) if self.exam is not None else ""

    def next_due(self) -> tuple[date, int] | None:
        """The next day on which something is due, and how much by then; None when nothing is scheduled."""
        found = self.library.study.next_due((self.day + timedelta(days=1)).isoformat())
        if found is None:
            return None
        return date.fromisoformat(found[0]), found[1]


def chosen_deck(library: Library) -> Filter:
    """The deck chosen last; else what has been read where there is an edition, else everything."""
    saved = study_settings(library).deck
    if saved:
        try:
            return Filter.from_json(saved)
        except SergeError:
            pass
    return AS_FAR_AS_READ if memoirs_being_read(library) is not None else ALL


def more_today(library: Library, day: date) -> int:
    """How many new cards the reader allowed today beyond the limit."""
    allowed, _, number = library.settings.get(MORE_TODAY, "").partition(" ")
    return int(number) if allowed == day.isoformat() and number.isdecimal() else 0


def deck_cards(
    library: Library,
    box: Box,
    deck: Filter,
    states: dict[str, CardState],
    day: date,
    *,
    sealed: bool | None = None,
) -> list[Card]:
    """Cards of a deck; what tells of deaths stays away while fates are sealed, unless the deck asks for it.

    `sealed` says it otherwise than the setting does.
    """
    progress = reading_progress(library)
    since = (day - timedelta(days=deck.looks_back)).isoformat()
    log = library.study.answers_since(since) if deck.looks_back else []
    cards = select(box.cards.values(), deck, progress=progress, states=states, log=log, day=day)
    return told_cards(library, cards, deck, sealed=sealed)


def _words_of(effect: Effect | None) -> str:
    match effect:
        case Undone(review=review):
            return f"the answer {GRADES[review.rating]}" if review.rating else "an answer"
        case Edited():
            return "the wording"
        case _:
            return "the last change of a card"


def _is_wide(deck: Filter) -> bool:
    """Whether side-by-side cards and an exam's come with a deck: with wide ones, not with a chapter or a person."""
    return deck in (replace(ALL, name=deck.name), replace(AS_FAR_AS_READ, name=deck.name))


def _due_now(state: CardState, day: date) -> CardState:
    """A known card asked early, in the last days before an exam."""
    if state.due_day is None or state.last_day == day.isoformat():
        return state
    return replace(state, due_day=min(state.due_day, day.isoformat()))
