"""A review session over a real file under any order of answers, undos, burials, restarts and days loses nothing."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from contextlib import ExitStack
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from db.library import Library
from serge_tui.core.study.card import Card
from serge_tui.core.study.deck import ALL
from serge_tui.services.card_collection import CardCollection
from serge_tui.services.replay import compare_with_log
from serge_tui.services.review_session import ReviewSession

if TYPE_CHECKING:
    import pytest

    from db.models import Rating

CARDS = [
    Card(f"card/{number}", "own", f"Question {number}?", "", f"Answer {number}", siblings=(f"pair:{number // 2}",))
    for number in range(8)
]
FIRST = date(2026, 3, 1)


class SessionMachine(RuleBasedStateMachine):
    """The model is a plain list of the answers that ought to stand."""

    source: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.path = self.folder / "serge.db"
        shutil.copy(self.source, self.path)
        self.day = FIRST
        self.model: list[tuple[str, int]] = []
        self.world = ExitStack()
        self.world.enter_context(
            patch("serge_tui.services.review_session.card_collection", lambda _: CardCollection(CARDS, {}, {}, {}))
        )
        self.world.enter_context(patch("db.clock.utc_now", lambda: f"{self.day.isoformat()}T12:00:00.000000+00:00"))
        self.open()

    def open(self) -> None:
        self.library = Library.open(self.path)
        self.session = ReviewSession(self.library, ALL)

    def teardown(self) -> None:
        self.library.close()
        self.world.close()
        shutil.rmtree(self.folder)

    @precondition(lambda self: self.session.card is not None)
    @rule(rating=st.sampled_from([1, 2, 3, 4]))
    def answer(self, rating: Rating) -> None:
        assert self.session.card is not None
        key = self.session.card.key
        self.session.reviewer.reveal()
        promised = self.session.reviewer.intervals()[rating]
        self.session.grade(rating, 1_000)
        self.library.study.wait()
        due = self.library.study.state(key).due_day
        assert due == (self.day + timedelta(days=promised)).isoformat()
        self.model.append((key, rating))

    @rule()
    def undo_to_the_last_answer(self) -> None:
        """Undo until an answer is taken back: burials done in this session come first."""
        for _ in range(50):
            before = len(list(self.library.study.log()))
            future = self.session.undo()
            if future is None and asyncio.run(self.session.read_older()):
                future = self.session.undo()
            if future is None:
                assert not self.model
                return
            future.result()
            if len(list(self.library.study.log())) < before:
                key, _ = self.model.pop()
                assert self.session.card is not None
                assert self.session.card.key == key
                return
        raise AssertionError("undo did not reach an answer")

    @precondition(lambda self: self.session.card is not None)
    @rule()
    def bury(self) -> None:
        self.session.bury().result()

    @rule()
    def restart(self) -> None:
        self.library.close()
        self.open()

    @rule(days=st.integers(1, 12))
    def another_day(self, days: int) -> None:
        self.day += timedelta(days=days)
        self.restart()

    @invariant()
    def the_log_is_what_was_answered(self) -> None:
        self.library.study.wait()
        # The clock stands still here: answers of one moment are ordered by their identity, which is random.
        logged = [(review.card, review.rating) for review in self.library.study.log()]
        assert sorted(logged) == sorted(self.model)

    @invariant()
    def every_state_is_what_the_log_amounts_to(self) -> None:
        assert compare_with_log(self.library).different == {}

    @invariant()
    def the_days_add_up(self) -> None:
        assert sum(day.answers for day in self.library.study.days()) == len(self.model)


def test_a_session_over_a_real_file(built_database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "UTC")
    SessionMachine.source = built_database
    run_state_machine_as_test(
        SessionMachine,
        settings=settings(
            max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
