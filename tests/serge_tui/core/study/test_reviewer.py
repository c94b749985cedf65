"""A review session: what comes next, hints, undo, and that a restart goes on where the log ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from db.errors import SergeError
from db.models import CardState, Review
from serge_tui.core.study.changes import Answered, Edited, Limits, Remaining, StateSet, StudyChange, Undone
from serge_tui.core.study.queue import MOST_COUNTED
from serge_tui.core.study.reviewer import Reviewer
from serge_tui.core.study.scheduling import RATINGS, replay, standing
from serge_tui.modes.cards.widgets.session_end import nothing_content
from tests.serge_tui.core.study.making import card, review, state

if TYPE_CHECKING:
    from db.models import Rating
    from serge_tui.core.study.card import Card

DAY = date(2024, 1, 10)
TODAY = DAY.isoformat()


def deck(*keys: str) -> list[Card]:
    return [card(key) for key in keys]


def play(session: Reviewer, rating: Rating = 3) -> list[str]:
    """Answer everything; the keys in the order they came."""
    came = []
    while session.current is not None:
        came.append(session.current.key)
        session.reveal()
        session.grade(rating)
    return came


def test_due_cards_come_before_new_ones_the_most_forgotten_first() -> None:
    states = {
        "fresh": state("fresh", stability=100.0),
        "faded": state("faded", stability=2.0),
        "later": state("later", due="2024-01-11"),
    }
    session = Reviewer(deck("new", "fresh", "faded", "later"), states, day=DAY)
    assert session.remaining == Remaining(due=2, new=1, failed=0)
    assert play(session) == ["faded", "fresh", "new"]
    assert session.phase == "done"


def test_new_cards_stop_at_the_limit_and_count_those_begun_before_a_pause() -> None:
    cards = deck(*(f"card/{n}" for n in range(9)))
    limits = Limits(new=3)
    first = Reviewer(cards, {}, day=DAY, limits=limits)
    assert len(play(first)) == 3
    done = [review(1, "card/0", 3, TODAY)]
    states = {"card/0": CardState("card/0", 2.3, 2.1, "2024-01-12", TODAY, 1)}
    assert len(play(Reviewer(cards, states, done, day=DAY, limits=limits))) == 2


def test_nothing_new_while_a_backlog_stands() -> None:
    keys = [f"due/{n}" for n in range(4)]
    session = Reviewer(deck("new", *keys), {key: state(key) for key in keys}, day=DAY, limits=Limits(reviews=3))
    assert session.remaining == Remaining(due=3, new=0, failed=0)
    assert len(play(session)) == 3


def test_a_failure_returns_after_some_others_and_until_it_is_right() -> None:
    cards = deck(*"abcdefg")
    session = Reviewer(cards, {}, day=DAY, limits=Limits(new=7, again_after=2))
    came = []
    ratings: list[Rating] = [1, 3, 3, 1, 3, 3, 3]
    for rating in ratings:
        assert session.current is not None
        came.append(session.current.key)
        session.reveal()
        session.grade(rating)
    assert came == ["a", "b", "c", "a", "d", "e", "a"]


def test_a_failure_comes_at_once_when_nothing_else_is_left() -> None:
    session = Reviewer(deck("only"), {}, day=DAY)
    session.reveal()
    session.grade(1)
    assert session.remaining == Remaining(0, 0, 1)
    assert play(session) == ["only"]


def test_siblings_never_come_on_one_day() -> None:
    cards = [card("a", siblings=("lenin@161",)), card("b", siblings=("lenin@161", "quote:x")), card("c")]
    assert play(Reviewer(cards, {}, day=DAY)) == ["a", "c"]


def test_a_sibling_answered_in_another_deck_counts() -> None:
    other = card("other", siblings=("quote:x",))
    states = {"other": CardState("other", 2.3, 2.1, "2024-01-12", TODAY, 1)}
    session = Reviewer(
        [card("a", siblings=("quote:x",)), card("b")], states, [review(1, "other", 3, TODAY)], day=DAY, others=[other]
    )
    assert play(session) == ["b"]


def test_rivals_are_kept_apart_while_there_is_something_between() -> None:
    cards = [
        card("ivan", figures=("ivan",), rivals=("vladimir",)),
        card("vladimir", figures=("vladimir",), rivals=("ivan",)),
        card("istrati", figures=("istrati",)),
    ]
    assert play(Reviewer(cards, {}, day=DAY)) == ["ivan", "istrati", "vladimir"]
    assert play(Reviewer(cards[:2], {}, day=DAY)) == ["ivan", "vladimir"]


def test_a_detail_waits_until_its_portrait_holds_a_week() -> None:
    cards = [card("portrait/x"), card("feature/x", requires="portrait/x")]
    assert play(Reviewer(cards, {}, day=DAY)) == ["portrait/x"]
    held = {"portrait/x": state("portrait/x", stability=8.0, due="2024-02-01")}
    assert play(Reviewer(cards, held, day=DAY)) == ["feature/x"]
    assert play(Reviewer(cards[1:], {}, day=DAY)) == ["feature/x"]  # a portrait that is gone holds nobody up


def test_hints_come_one_by_one_and_leave_the_words_alone() -> None:
    session = Reviewer([card("a", stimulus="a rogue", hints=("one", "two"))], {}, day=DAY)
    assert [session.hint(), session.hint(), session.hint()] == ["one", "two", None]
    assert session.hints == ("one", "two")
    assert session.stimulus == "a rogue"


def test_a_portrait_can_build_up_clause_by_clause() -> None:
    one = card("a", stimulus="tall; with a cap", clauses=("with a cap", "tall"), hints=("initials",))
    session = Reviewer([one], {}, day=DAY, pyramid=True)
    assert session.stimulus == "with a cap"
    assert session.hint() == "tall"
    assert session.stimulus == "with a cap\ntall"
    assert session.has_hint
    assert session.hint() == "initials"
    assert not session.has_hint
    assert session.hints == ("tall", "initials")
    assert session.hints_beside == ("initials",), "the other one stands in the words by now"
    session.reveal()
    assert session.stimulus == "tall; with a cap"


def test_what_was_typed_is_stored_with_the_answer() -> None:
    session = Reviewer(deck("a"), {}, day=DAY)
    session.reveal("Sinowjew", 3)
    assert session.suggestion == 3
    stored = session.grade(2, duration_ms=4200)
    assert stored is not None
    assert (stored.card, stored.rating, stored.given, stored.duration_ms) == ("a", 2, "Sinowjew", 4200)


def test_the_interval_on_the_button_is_the_interval_given() -> None:
    session = Reviewer(deck("a"), {"a": state("a")}, day=DAY)
    shown = session.intervals()
    session.reveal()
    stored = session.grade(4)
    assert stored is not None
    assert stored.state.due_day == (DAY + timedelta(days=shown[4])).isoformat()


def test_grading_a_card_face_down_is_refused() -> None:
    with pytest.raises(SergeError, match="Turn the card"):
        Reviewer(deck("a"), {}, day=DAY).grade(3)


def test_an_empty_deck_is_done_and_takes_no_answer() -> None:
    session = Reviewer([], {}, day=DAY)
    assert session.phase == "done"
    assert session.undo() is None
    with pytest.raises(SergeError, match="no current card"):
        session.reveal()


def stored_by(change: StudyChange | None) -> CardState:
    """Return the state that a change asks to be stored."""
    assert isinstance(change, StateSet)
    return change.state


def test_bury_suspend_and_edit_can_be_taken_back() -> None:
    session = Reviewer(deck("a", "b"), {}, day=DAY)
    assert session.bury() == StateSet(CardState("a", buried_until=TODAY), before=CardState("a"))
    assert session.suspend() == StateSet(CardState("b", suspended=True), before=CardState("b"))
    assert session.phase == "done"
    assert session.undo() == StateSet(CardState("b"), before=CardState("b", suspended=True))
    assert session.edit("Mine?", "Yes") == Edited("b", "Mine?", "Yes")
    assert session.current is not None
    assert session.current.question == "Mine?"
    assert session.undo() == Edited("b", "", "")
    assert session.current.question == "Who is b?"
    assert session.undo() == StateSet(CardState("a"), before=CardState("a", buried_until=TODAY))
    assert session.current.key == "a"


def test_hints_are_still_there_after_an_undo() -> None:
    session = Reviewer([card("a", hints=("one", "two"))], {}, day=DAY)
    session.hint()
    session.reveal()
    session.grade(2)
    session.undo()
    assert (session.phase, session.hints) == ("question", ("one",))


def test_taking_back_a_flag_or_a_wording_leaves_the_card_as_it_lies() -> None:
    session = Reviewer(deck("a", "b"), {}, day=DAY)
    session.reveal("typed")
    session.flag(1)
    session.edit("Mine?", "Yes")
    assert session.phase == "answer"
    session.undo()
    session.undo()
    assert (session.phase, session.given, session.state.flag) == ("answer", "typed", 0)


def test_what_was_put_away_is_brought_back_and_put_away_again() -> None:
    session = Reviewer(deck("a", "b"), {}, day=DAY)
    session.suspend()
    session.bury()
    assert session.phase == "done"
    assert stored_by(session.bring_back("a")) == CardState("a")
    assert session.current is not None
    assert session.current.key == "a"
    assert stored_by(session.bring_back("b")) == CardState("b")
    assert session.current.key == "a"
    session.undo()
    assert stored_by(session.undo()) == CardState("a", suspended=True)
    assert session.phase == "done"


def test_the_sibling_of_a_buried_card_waits_as_well() -> None:
    pair = [card("a", siblings=("x",)), card("b", siblings=("x",)), card("c")]
    session = Reviewer(pair, {}, day=DAY)
    session.bury()
    assert play(session) == ["c"]


def test_a_card_of_another_deck_is_in_hand_again_after_an_undo() -> None:
    log = [review(1, "a", 3, TODAY)]
    session = Reviewer(deck("b"), {"a": replay(log)}, log, day=DAY, others=deck("a", "b"))
    assert isinstance(session.undo(), Undone)
    assert session.current is not None
    assert session.current.key == "a"
    assert play(session) == ["a", "b"]


def test_a_session_goes_on_from_another_with_its_undo_and_its_turned_card() -> None:
    before = Reviewer(deck("a", "b", "c"), {}, day=DAY)
    before.bury()
    before.reveal()
    answered = before.grade(3)
    assert answered is not None
    before.confirm(answered.serial, 5)
    before.flag(1)
    before.reveal("typed")
    states = {key: before._queue.state(key) for key in "abc"}
    after = Reviewer(deck("a", "b", "c", "d"), states, [review(5, "b", 3, TODAY)], day=DAY)
    after.go_on_from(before, hold=True)
    assert after.current is not None
    assert (after.current.key, after.phase, after.given) == ("c", "answer", "typed")
    assert stored_by(after.undo()) == CardState("c")
    assert isinstance(after.undo(), Undone)
    assert stored_by(after.undo()) == CardState("a")
    assert not after.can_undo


def test_undo_after_the_end_names_the_stored_review() -> None:
    session = Reviewer(deck("a"), {}, day=DAY)
    session.reveal()
    stored = session.grade(3)
    assert stored is not None
    session.confirm(stored.serial, 77)
    assert session.phase == "done"
    undone = session.undo()
    assert isinstance(undone, Undone)
    assert undone.review.id == 77
    assert undone.state == CardState("a")
    assert session.current is not None
    assert not session.can_undo


def test_undo_reaches_answers_from_before_a_crash_and_from_other_days() -> None:
    log = [review(1, "a", 3, "2024-01-01"), review(2, "a", 1, TODAY), review(3, "b", 3, TODAY)]
    states = {key: replay([r for r in log if r.card == key]) for key in "ab"}
    session = Reviewer(deck("a", "b"), states, log, day=DAY)
    for expected in (3, 2, 1):
        undone = session.undo()
        assert isinstance(undone, Undone)
        assert undone.review.id == expected
    assert session.undo() is None
    assert session.state == CardState("a")


def test_undo_of_an_old_answer_asks_for_the_history_of_its_card() -> None:
    whole = [review(1, "a", 3, "2024-01-01"), review(2, "a", 3, TODAY)]
    states = {"a": replay(whole)}
    with pytest.raises(SergeError, match="not at hand"):
        Reviewer(deck("a"), states, whole[1:], day=DAY).undo()
    session = Reviewer(deck("a"), states, whole[1:], day=DAY, history=lambda _: whole)
    undone = session.undo()
    assert isinstance(undone, Undone)
    assert undone.state == replay(whole[:1])


def test_cramming_asks_everything_and_stores_nothing() -> None:
    states = {"a": state("a", due="2025-01-01")}
    session = Reviewer(deck("a", "b"), states, [review(1, "a", 3, TODAY)], day=DAY, cram=True)
    session.reveal()
    assert session.grade(1) is None
    assert session.undo() is None
    assert sorted(play(session)) == ["a", "b"]


LIMITS = st.builds(
    Limits,
    new=st.integers(0, 4),
    reviews=st.integers(1, 6),
    again_after=st.integers(0, 3),
    apart=st.integers(0, 2),
)


class ReviewSession(RuleBasedStateMachine):
    """The session against a store that does what it is told, and against a session begun anew from the store."""

    def __init__(self) -> None:
        super().__init__()
        self.states: dict[str, CardState] = {}
        self.log: list[Review] = []
        self.cards: list[Card] = []
        self.undone_since_start = False
        self.undone_ever = False
        """What is taken back may be given again beyond the limits of the day."""

    @initialize(count=st.integers(1, 9), known=st.integers(0, 6), limits=LIMITS)
    def begin(self, count: int, known: int, limits: Limits) -> None:
        self.limits = limits
        self.cards = [
            card(
                f"card/{n}",
                siblings=(f"group/{n // 2}",) if n % 3 == 0 else (f"own/{n}",),
                figures=(f"p{n}",),
                rivals=(f"p{n - 1}",),
                requires="card/0" if n == 5 else "",
            )
            for n in range(count)
        ]
        for n in range(min(known, count)):
            self.store(
                Answered(-1, f"card/{n}", 3, "2024-01-01", replay([review(0, f"card/{n}", 3, "2024-01-01")]), 0, "")
            )
        self.session = self.anew()

    def anew(self) -> Reviewer:
        return Reviewer(self.cards, self.states, standing(self.log), day=DAY, limits=self.limits)

    def store(self, effect: StudyChange | None) -> int:
        number = len(self.log) + 1
        if isinstance(effect, Answered):
            self.log.append(Review(number, effect.card, "answer", effect.rating, "", effect.study_day, 0, effect.given))
            self.states[effect.card] = effect.state
        elif isinstance(effect, Undone):
            assert effect.review.id not in {line.voids for line in self.log}, "voided twice"
            self.log.append(Review(number, effect.review.card, "undo", None, "", TODAY, 0, "", effect.review.id))
            self.states[effect.state.card] = effect.state
        elif isinstance(effect, StateSet):
            self.states[effect.state.card] = effect.state
        return number

    @precondition(lambda self: self.session.phase != "done")
    @rule(rating=st.sampled_from(RATINGS))
    def grade(self, rating: Rating) -> None:
        shown = self.session.intervals()[rating]
        self.session.reveal()
        effect = self.session.grade(rating)
        assert effect is not None
        assert effect.state.due_day == (DAY + timedelta(days=shown)).isoformat()
        self.session.confirm(effect.serial, self.store(effect))

    @precondition(lambda self: self.session.phase != "done")
    @rule()
    def bury(self) -> None:
        self.store(self.session.bury())

    @precondition(lambda self: self.session.phase != "done")
    @rule()
    def suspend(self) -> None:
        self.store(self.session.suspend())

    @precondition(lambda self: self.session.phase != "done")
    @rule(flag=st.integers(0, 3))
    def flag(self, flag: int) -> None:
        self.store(self.session.flag(flag))

    @precondition(lambda self: self.session.can_undo)
    @rule()
    def undo(self) -> None:
        effect = self.session.undo()
        assert effect is not None
        self.store(effect)
        if not isinstance(effect, Edited):
            assert self.session.current is not None
            assert self.session.phase == "question"
        self.undone_since_start = self.undone_ever = True

    @precondition(lambda self: self.session.can_redo)
    @rule()
    def redo(self) -> None:
        before = dict(self.states)
        effect = self.session.redo()
        assert effect is not None
        number = self.store(effect)
        if isinstance(effect, Answered):
            self.session.confirm(effect.serial, number)
        self.undone_since_start = self.undone_ever = True
        after = dict(self.states)
        if not isinstance(effect, Edited):
            taken_back = self.session.undo()
            self.store(taken_back)
            key = effect.card if isinstance(effect, Answered) else effect.state.card
            assert self.states[key] == before.get(key, CardState(key))
            again = self.session.redo()
            number = self.store(again)
            if isinstance(again, Answered):
                self.session.confirm(again.serial, number)
            assert self.states == after, "undone and redone, everything is as it was"

    @rule()
    def crash(self) -> None:
        before = self.session.current
        self.session = self.anew()
        if not self.undone_since_start:
            assert self.session.current == before
        self.undone_since_start = False

    @invariant()
    def the_states_are_what_the_log_says(self) -> None:
        for key, kept in self.states.items():
            again = replay([line for line in self.log if line.card == key], keep=kept)
            assert replace(again, buried_until=kept.buried_until) == kept

    @invariant()
    def nothing_is_asked_that_may_not_be(self) -> None:
        if not self.cards or self.undone_since_start or self.session.current is None:
            return
        key = self.session.current.key
        today = [line for line in standing(self.log) if line.study_day == TODAY]
        kept = self.states.get(key, CardState(key))
        assert not kept.suspended
        assert kept.buried_until != TODAY
        answered = {line.card for line in today}
        if key not in answered:
            others = [c for c in self.cards if c.key in answered]
            assert not any(set(c.siblings) & set(self.session.current.siblings) for c in others)
        new = {c for c in answered if self.states[c].answers == sum(line.card == c for line in today)}
        assert len(new) <= self.limits.new or key in answered or self.undone_ever

    @invariant()
    def a_new_session_has_as_much_to_do(self) -> None:
        if self.cards:
            assert self.anew().remaining == self.session.remaining


TestReviewSession = ReviewSession.TestCase
TestReviewSession.settings = settings(max_examples=60, stateful_step_count=25, deadline=None)


def test_of_very_many_waiting_cards_only_so_many_are_counted() -> None:
    few = Reviewer([card(f"who/{n}") for n in range(7)], {}, day=DAY, limits=Limits(new=0))
    assert few.new_waiting == 7
    many = Reviewer([card(f"who/{n}") for n in range(MOST_COUNTED * 3)], {}, day=DAY, limits=Limits(new=0))
    assert many.new_waiting == MOST_COUNTED + 1
    assert f"Over {MOST_COUNTED:,} new cards" in str(nothing_content("", None, DAY, waiting=many.new_waiting)[1])


def test_redo_gives_the_same_answer_on_its_own_day_until_something_else_is_done() -> None:
    old = review(7, "who/a", 3, "2024-01-01", given="Lenin", ms=1234)
    session = Reviewer([card("who/a"), card("who/b")], {"who/a": replay([old])}, [old], day=DAY)
    before = session.states["who/a"]
    assert not session.can_redo
    assert session.next_undone == old
    session.undo()
    assert session.next_undone is None
    effect = session.redo()
    assert isinstance(effect, Answered)
    assert (effect.card, effect.rating, effect.study_day, effect.duration_ms, effect.given) == (
        "who/a", 3, "2024-01-01", 1234, "Lenin"
    )  # fmt: skip
    assert effect.state == before
    assert session.answers == [], "it is no answer of today"
    session.undo()
    session.suspend()
    assert not session.can_redo
    assert session.redo() is None
    session.undo()
    assert isinstance(session.redo(), StateSet)
    session.undo()
    session.edit("Who?", "He.")
    session.undo()
    assert session.current is not None
    assert not session.current.is_edited
    assert session.redo() == Edited(session.current.key, "Who?", "He.")
    assert session.current.is_edited
