"""Tags on cards, and cards started afresh: the reader's own, the same on every machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.errors import StaleCardError
from db.health import examine
from db.models import CardState
from db.sync import sync
from serge_tui.core.study.scheduling import replay, standing
from serge_tui.services.replay import compare_with_log, replay_after_upgrade, replay_cards
from tests.db.test_sync import answer, device, folder, until_quiet
from tests.serge_tui.core.study.making import review

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library

__all__ = ["folder"]
CARD = "who/istrati-omelette"


def counting(library: Library, card: str = CARD) -> list[int | None]:
    return [line.rating for line in library.study.history(card)]


def test_tags_go_to_the_other_machine_and_away_again(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        one.card_tags.change({(CARD, "doubt"), (CARD, "later"), ("own/k", "doubt")}).result()
        until_quiet([one, two], folder)
        assert two.card_tags.by_card() == {CARD: ("doubt", "later"), "own/k": ("doubt",)}
        assert two.card_tags.known() == ["doubt", "later"]
        two.card_tags.change(remove={(CARD, "doubt"), (CARD, "later")}).result()
        until_quiet([one, two], folder)
        assert one.card_tags.by_card() == {"own/k": ("doubt",)}


def test_a_forgotten_card_is_new_until_that_is_undone(tmp_path: Path) -> None:
    with device(tmp_path, "one") as library:
        answer(library, CARD, 1)
        answer(library, CARD, 2)
        before = library.study.state(CARD)
        pairs = [(before, CardState(CARD))]
        lines = library.study.forget(pairs, "2026-02-01").result()
        assert library.study.state(CARD) == CardState(CARD)
        assert counting(library) == []
        assert list(library.study.log()) == []
        assert library.study.last_answer() is None
        assert [(line.kind, counts) for line, counts in library.study.whole_history(CARD)] == [
            ("answer", False), ("answer", False), ("forget", True)
        ]  # fmt: skip
        (day,) = library.study.days()
        assert day.answers == 2, "what was studied that day was studied"
        answer(library, CARD, 1)
        assert counting(library) == [3], "only answers given since then count"
        with pytest.raises(StaleCardError):
            library.study.remember(lines, [(CardState(CARD), before)], "2026-02-01").result()
        latest = library.study.last_answer()
        assert latest is not None
        library.study.undo(latest, "2026-02-01", CardState(CARD)).result()
        library.study.remember(lines, [(CardState(CARD), before)], "2026-02-01").result()
        assert counting(library) == [3, 3]
        assert library.study.state(CARD) == before
        assert not [problem for finding in examine(library.path) for problem in finding.problems if "days" in problem]


def test_a_card_forgotten_here_is_forgotten_there(tmp_path: Path, folder: Path) -> None:
    with device(tmp_path, "one") as one, device(tmp_path, "two") as two:
        answer(one, CARD, 1)
        until_quiet([one, two], folder)
        answer(two, CARD, 2)
        lines = one.study.forget([(one.study.state(CARD), CardState(CARD))], "2026-02-01").result()
        for library in (one, two, one, two):
            replay_cards(library, sync(library, folder).cards)
        assert counting(one) == counting(two) == []
        assert one.study.state(CARD) == two.study.state(CARD) == CardState(CARD)
        one.study.remember(lines, [(CardState(CARD), CardState(CARD))], "2026-02-01").result()
        for library in (one, two, one, two):
            replay_cards(library, sync(library, folder).cards)
        replay_after_upgrade(one)
        assert counting(one) == counting(two) == [3, 3]
        assert compare_with_log(one).different == compare_with_log(two).different == {}


def test_the_log_itself_says_what_counts() -> None:
    from dataclasses import replace

    log = [review(1, CARD, 3, "2026-01-01"), review(2, CARD, 1, "2026-01-03")]
    forgotten = replace(review(3, CARD, 3, "2026-01-04"), kind="forget", rating=None)
    after = review(4, CARD, 4, "2026-01-05")
    assert standing([*log, forgotten, after]) == [after]
    assert replay([*log, forgotten]).answers == 0
    undo = replace(review(5, CARD, 3, "2026-01-06"), kind="undo", rating=None, voids=3)
    assert standing([*log, forgotten, after, undo]) == [*log, after]
