"""The cards of a figure, as its page lists them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from serge_tui.modes.figures.cards import card_lines
from serge_tui.services.card_collection import card_collection
from tests.serge_tui.services.answering import answer_on

if TYPE_CHECKING:
    import pytest

    from db.library import Library


def test_a_card_is_due_when_the_readers_own_day_begins(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    card = next(card for card in card_collection(library).cards.values() if card.answer_figure == "trotsky")
    answer_on(library, card.key, date(2026, 5, 10), 3)
    due = library.study.state(card.key).due_day
    assert due is not None
    at_two = datetime.fromisoformat(f"{due}T02:00:00").astimezone().astimezone(UTC).isoformat(timespec="microseconds")
    monkeypatch.setattr("db.clock.utc_now", lambda: at_two)

    library.settings.set("cards.rollover_hour", 4).result()
    assert not [line for line in card_lines(library, "trotsky") if line.standing == "due"]
    library.settings.set("cards.rollover_hour", 1).result()
    assert [line for line in card_lines(library, "trotsky") if line.standing == "due"]
