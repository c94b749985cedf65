"""A backlog that was spread: what was promised is what is asked, day by day."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from serge_tui.core.study.deck import ALL
from serge_tui.services.card_collection import card_collection
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_plans import apply_spread, plan_spread
from serge_tui.services.study_settings import today
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from datetime import date

    import pytest

    from db.library import Library


def asked_on(library: Library, day: date, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the cards of a whole session on a day, each answered right."""
    noon = datetime.combine(day, time(12), UTC)
    monkeypatch.setattr("db.clock.utc_now", lambda: noon.isoformat(timespec="microseconds"))
    session, keys = ReviewSession(library, ALL), []
    while session.card is not None:
        keys.append(session.card.key)
        session.reviewer.reveal()
        session.grade(3, 1)
    library.study.wait()
    return keys


def test_each_day_brings_the_cards_that_the_plan_has_for_it(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    library.settings.set("cards.new_per_day", 0).result()
    library.settings.set("cards.reviews_per_day", 200).result()
    begin = today(library)
    study_some(library, list(card_collection(library).cards)[:70], begin - timedelta(days=40), days=12)
    planned = plan_spread(library, 10)
    assert planned is not None
    apply_spread(library, planned).result()
    day, came = begin, dict[str, object]()
    while day <= planned.last:
        for key in asked_on(library, day, monkeypatch):
            if key in planned.plan and key not in came:
                came[key] = day
        day += timedelta(days=1)
    assert came == planned.plan
