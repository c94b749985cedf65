"""A schedule fitted to the reader: taken only if it is better, undone, and the same on two machines."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from db.errors import StaleCardError
from db.models import CardState
from db.review_log import append
from db.sync import sync
from db.sync.values import is_valid
from serge_tui.core.study.fitting import FEWEST_ANSWERS, Fit, later_answers
from serge_tui.core.study.memory_model import DEFAULT_WEIGHTS
from serge_tui.core.study.scheduling import answer, replay
from serge_tui.services.memory_fit import fit_to_answers, fitted_words, unfit
from serge_tui.services.replay import compare_with_log, replay_after_upgrade, replay_cards
from serge_tui.services.study_settings import study_settings, today
from tests.db.test_sync import device, folder
from tests.serge_tui.core.study.learners import LOSES_ALL_AT_A_LAPSE, learner

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from db.library import Library
    from serge_tui.core.study.fitting import Step

__all__ = ["folder"]


@pytest.fixture(autouse=True)
def fitted_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the fit itself, which has its own tests, know the learner's parameters."""

    def known(cards: Sequence[Sequence[Step]], present: Sequence[float]) -> Fit | None:
        found = later_answers(cards)
        better = Fit(LOSES_ALL_AT_A_LAPSE, found, found // 5, 0.5, 0.4 if present == DEFAULT_WEIGHTS else 0.6, 0.01)
        return better if found >= FEWEST_ANSWERS else None

    monkeypatch.setattr("serge_tui.services.memory_fit.fit", known)


def study_as(library: Library, cards: int, seed: int = 11) -> None:
    """Put the answers of a learner into the log, up to yesterday, with the states they lead to."""
    made = learner(LOSES_ALL_AT_A_LAPSE, cards, 365, seed)
    first = today(library) - timedelta(days=365)

    def write(connection: sqlite3.Connection) -> None:
        for number, steps in enumerate(made):
            state = CardState(f"who/card-{number}")
            for at, step in enumerate(steps):
                day = first + timedelta(days=step.day)
                moment = f"{day.isoformat()}T10:{at % 60:02}:00.000000+00:00"
                append(connection, state.card, "answer", step.rating, moment, day.isoformat(), 5_000)
                state = answer(state, step.rating, day)
            states.append(state)

    states: list[CardState] = []
    library.writer.run(write)
    library.study.replace_states(states).result()


def due_days(library: Library) -> dict[str, str | None]:
    return {card: state.due_day for card, state in library.study.states().items()}


def test_a_better_fit_is_taken_told_undone_and_the_same_on_two_machines(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        study_as(one, 60)
        for library in (one, two):
            replay_cards(library, sync(library, folder).cards)
        before = one.study.states()
        suspended = replace(before["who/card-1"], suspended=True, flag=2)
        one.study.set_state(suspended).result()
        before = one.study.states()
        assert fitted_words(one) == "published"
        outcome = fit_to_answers(one)
        assert outcome.change is not None
        assert outcome.said.startswith("Fitted to your ")
        assert "were due today; now" in outcome.said
        outcome.change.redo().result()
        after = one.study.states()
        assert study_settings(one).weights != DEFAULT_WEIGHTS
        assert {state.model for state in after.values()} == {study_settings(one).scheduling.model} != {"fsrs-6"}
        assert (after["who/card-1"].suspended, after["who/card-1"].flag) == (True, 2)
        assert compare_with_log(one).different == {}
        again = fit_to_answers(one)
        assert again.change is None
        assert "foretells them better than a new fit, so nothing was changed" in again.said
        told = int(outcome.said.rpartition("now ")[2].partition(".")[0].replace(",", ""))
        assert told == one.study.count_due(today(one).isoformat())

        for library in (one, two):
            replay_cards(library, sync(library, folder).cards)
            replay_after_upgrade(library)
        assert study_settings(two).weights == study_settings(one).weights
        assert due_days(two) == due_days(one)
        assert two.study.awaiting_replay() == []

        outcome.change.undo().result()
        assert one.study.states() == before
        outcome.change.redo().result()
        assert one.study.states() == after
        back = unfit(one)
        assert back.change is not None
        back.change.redo().result()
        assert fitted_words(one) == "published"
        for library in (one, two):
            replay_cards(library, sync(library, folder).cards)
            replay_after_upgrade(library)
        assert fitted_words(two) == "published"
        assert due_days(two) == due_days(one)


def test_a_window_with_the_earlier_parameters_stores_nothing(tmp_path: Path) -> None:
    with device(tmp_path, "one") as library:
        study_as(library, 60)
        other = library.study.states()
        outcome = fit_to_answers(library)
        assert outcome.change is not None
        outcome.change.redo().result()
        day = date(2026, 12, 24)
        stale = answer(other["who/card-2"], 3, day)
        with pytest.raises(StaleCardError):
            library.study.record("who/card-2", 3, day.isoformat(), stale, expected=other["who/card-2"]).result()
        new = answer(CardState("who/new"), 3, day)
        with pytest.raises(StaleCardError, match="fitted anew"):
            library.study.record("who/new", 3, day.isoformat(), new, expected=CardState("who/new")).result()
        # Answered between a fit and its undo: the state follows the log, at the next start at the latest.
        state = answer(library.study.state("who/card-3"), 1, today(library), study_settings(library).scheduling)
        library.study.record("who/card-3", 1, today(library).isoformat(), state).result()
        outcome.change.undo().result()
        assert library.study.awaiting_replay() == ["who/card-3"]
        replay_after_upgrade(library)
        assert library.study.state("who/card-3") == replay(library.study.history("who/card-3"))


def test_with_few_answers_nothing_changes(tmp_path: Path) -> None:
    with device(tmp_path, "one") as library:
        study_as(library, 8)
        outcome = fit_to_answers(library)
        assert outcome.change is None
        assert outcome.said.startswith("A fit needs 400 answers to cards asked again on a later day; you have given ")


def test_parameters_that_are_none_are_not_received() -> None:
    sound = (
        '{"model":"fsrs-6:0a1b2c3d","weights":[%s],"answers":500,"before":0.4,"after":0.3,'
        '"fitted_at":"2026-11-30T10:00:00+00:00"}'
    )
    weights = ",".join(map(str, DEFAULT_WEIGHTS))
    assert is_valid("schedule:fsrs", "parameters", sound % weights)
    assert is_valid("schedule:fsrs", "parameters", "null")
    for wrong in (sound % weights.replace("0.1542", "9.9"), sound % "1.0", sound % weights.replace("0.212", "1e999")):
        assert not is_valid("schedule:fsrs", "parameters", wrong)
    assert not is_valid("schedule:other", "parameters", sound % weights)
    assert not is_valid("schedule:fsrs", "parameters", (sound % weights).replace("fsrs-6:0a1b2c3d", "fsrs-6:\\u001b"))
