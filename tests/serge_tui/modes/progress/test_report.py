"""What Progress tells is what the logs say."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.models import GUIDE_EDITION, CardState, Place
from serge_tui.core.study.deck import select
from serge_tui.modes.progress.report import FORECAST_DAYS, gather, reading_done
from serge_tui.services.card_collection import card_collection
from serge_tui.services.confusions import finder_of
from serge_tui.services.study_plans import apply_spread, plan_spread
from serge_tui.services.study_settings import today
from tests.serge_tui.core.study import plain_figures as plain
from tests.serge_tui.services.answering import study_some

if TYPE_CHECKING:
    from db.library import Library


def test_the_quick_way_tells_what_the_plain_way_tells(library: Library) -> None:
    study_some(library, list(card_collection(library).cards)[:40], today(library), days=25)
    resting = replace(next(iter(library.study.states().values())), buried_until=_days_on(library, 3))
    library.study.set_state(resting).result()
    gathered = gather(library, finder_of(library))
    box = card_collection(library)
    states, day = library.study.states(), today(library)
    cards = select(box.cards.values(), states=states)  # what comes on wish is in no figure until it was answered
    studied = plain.calendar(list(library.study.log()))
    quick = gathered.learning
    assert quick.calendar == tuple(studied)
    assert (quick.answers, quick.days) == (sum(entry.answers for entry in studied), len(studied))
    assert quick.retention.asked == sum(month.asked for month in quick.months) > 0
    assert [coming.cards for coming in quick.forecast] == plain.forecast(cards, states, day)
    assert quick.counts == plain.counts(cards, states, day)
    assert sum(quick.stabilities) == sum(state.stability is not None for state in states.values())
    assert quick.stabilities[0] == sum((state.stability or 9) < 1 for state in states.values())
    assert quick.last is not None
    assert sum(quick.last.buttons) == quick.answers
    assert quick.last.young.asked + quick.last.mature.asked > 0
    assert [one.failed for one in quick.hardest] == sorted((one.failed for one in quick.hardest), reverse=True)
    for one, other in (
        (quick.chapters, plain.held_by_chapter(cards, states, day)),
        (quick.people, plain.held_by_person(cards, states, day)),
    ):
        assert [(held.key, held.cards, held.seen) for held in one] == [
            (held.key, held.cards, held.seen) for held in other
        ]
        assert [held.share for held in one] == pytest.approx([held.share for held in other])


def test_reading_is_counted_by_what_was_read_not_by_the_place(library: Library) -> None:
    chapters = library.texts.chapters(GUIDE_EDITION)
    last = chapters[-1]
    library.texts.save_position(Place(GUIDE_EDITION, last.first_passage + last.passages - 1, 0), "").result()
    assert reading_done(library).share == 0
    library.reading.replace(GUIDE_EDITION, [(chapters[0].ordinal, None), (chapters[1].ordinal, [(0, 200)])]).result()
    library.texts.add_reading_time(GUIDE_EDITION, today(library).isoformat(), 600, 9_000).result()
    done = reading_done(library)
    assert done.chapters[0].share == 1
    assert done.chapters[1].share < 0.2
    assert done.chapters[2].share == 0
    assert done.minutes == pytest.approx(10)
    library.reading.replace(GUIDE_EDITION, [(chapter.ordinal, None) for chapter in chapters]).result()
    assert reading_done(library).share == 1


def test_what_is_overdue_counts_today(library: Library) -> None:
    day = today(library)
    library.study.replace_states(
        [
            CardState(card, 5.0, 5.0, (day - timedelta(days=ago)).isoformat(), "2026-01-01", 1)
            for card, ago in zip(card_collection(library).cards, (9, 1, 0, -1), strict=False)
        ]
    ).result()
    forecast = gather(library, finder_of(library)).learning.forecast
    assert [coming.cards for coming in forecast[:3]] == [3, 1, 0]


def test_a_card_whose_source_is_gone_is_not_coming(library: Library) -> None:
    due = [CardState(key, 5.0, 5.0, _days_on(library, -1), "2026-01-01", 1) for key in ("gone/one", "own/gone")]
    known = replace(due[0], card=next(iter(card_collection(library).cards)))
    library.study.replace_states([*due, known]).result()
    learning = gather(library, finder_of(library)).learning
    assert learning.forecast[0].cards == learning.counts["due"] == 1


def test_a_backlog_that_was_spread_comes_on_its_days(library: Library) -> None:
    cards = list(card_collection(library).cards)[:9]
    library.study.replace_states(
        [CardState(card, 5.0, 5.0, _days_on(library, -4), "2026-01-01", 1) for card in cards]
    ).result()
    planned = plan_spread(library, 3)
    assert planned is not None
    apply_spread(library, planned).result()
    learning = gather(library, finder_of(library)).learning
    promised = list(planned.plan.values())
    days = [today(library) + timedelta(days=n) for n in range(FORECAST_DAYS)]
    assert [coming.cards for coming in learning.forecast] == [promised.count(day) for day in days]
    assert max(map(promised.count, days)) == 3
    assert learning.counts["due"] == 3


def _days_on(library: Library, days: int) -> str:
    return (today(library) + timedelta(days=days)).isoformat()
