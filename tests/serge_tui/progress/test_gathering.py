"""What Progress tells is what the logs say."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.models import GUIDE_EDITION, Place
from serge_tui.learning.box import box_of
from serge_tui.learning.confusions import finder_of
from serge_tui.learning.settings import today
from serge_tui.progress.gathering import gather, reading_done
from serge_tui.study.statistics import statistics
from tests.serge_tui.learning.answering import study_some

if TYPE_CHECKING:
    from db.library import Library


def test_the_quick_way_tells_what_the_plain_way_tells(library: Library) -> None:
    study_some(library, list(box_of(library).cards)[:40], today(library), days=25)
    gathered = gather(library, finder_of(library))
    box = box_of(library)
    plain = statistics(list(box.cards.values()), library.study.states(), list(library.study.log()), today(library))
    quick = gathered.learning
    for name in ("answers", "days", "streak", "retention", "forecast", "counts"):
        assert getattr(quick, name) == getattr(plain, name), name
    assert quick.minutes == pytest.approx(plain.minutes)
    for one, other in ((quick.chapters, plain.chapters), (quick.people, plain.people)):
        assert [(held.key, held.cards, held.seen) for held in one] == [
            (held.key, held.cards, held.seen) for held in other
        ]
        assert [held.share for held in one] == pytest.approx([held.share for held in other])


def test_reading_is_counted_by_the_place_one_has_come_to(library: Library) -> None:
    assert reading_done(library).share == 0
    chapters = library.texts.chapters(GUIDE_EDITION)
    second = chapters[1]
    library.texts.save_position(Place(GUIDE_EDITION, second.first_passage, 0), "").result()
    library.texts.add_reading_time(GUIDE_EDITION, today(library).isoformat(), 600, 9_000).result()
    done = reading_done(library)
    assert done.chapters[0].share == 1
    assert done.chapters[1].share < 0.2
    assert done.chapters[2].share == 0
    assert done.minutes == pytest.approx(10)
    last = chapters[-1]
    library.texts.save_position(Place(GUIDE_EDITION, last.first_passage + last.passages - 1, 0), "").result()
    assert reading_done(library).share == 1


def test_what_is_overdue_counts_today(library: Library) -> None:
    from db.models import CardState

    day = today(library)
    library.study.replace_states(
        [
            CardState(f"card-{ago}", 5.0, 5.0, (day - timedelta(days=ago)).isoformat(), "2026-01-01", 1)
            for ago in (9, 1, 0, -1)
        ]
    ).result()
    forecast = gather(library, finder_of(library)).learning.forecast
    assert [coming.cards for coming in forecast[:3]] == [3, 1, 0]
