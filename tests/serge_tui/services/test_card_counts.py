"""One count of cards and of people met, the same on every screen and in `serge stats`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from textual.widgets import OptionList

from db.models import GUIDE_EDITION, CardState, Place
from serge_tui.core.study.deck import ALL
from serge_tui.dialogs.deck_chooser import DeckChooser
from serge_tui.modes.figures.catalogue import load_catalogue
from serge_tui.modes.progress.report import gather
from serge_tui.services.card_collection import card_collection
from serge_tui.services.card_counts import count_cards
from serge_tui.services.confusions import finder_of
from serge_tui.services.decks import deck_cards
from serge_tui.services.paper import read_on_paper
from serge_tui.services.reading_progress import people_met, reading_progress
from serge_tui.services.review_session import ReviewSession
from serge_tui.services.study_settings import today
from tests.serge_tui.cli.test_cli import run
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.cards.reviewing import review_screen, session_of

if TYPE_CHECKING:
    from pathlib import Path

    from db.library import Library


def fresh(library: Library) -> None:
    """Nothing read, nothing answered."""


def lived_in(library: Library) -> None:
    """Chapters of the guide read, cards answered, one suspended, one due; ends hidden."""
    library.settings.set("fates_sealed", True).result()
    for number in (1, 2, 3):
        chapter = library.texts.canonical(GUIDE_EDITION, number)
        assert chapter is not None
        library.reading.replace(GUIDE_EDITION, [(chapter.ordinal, None)]).result()
    day = today(library).isoformat()
    keys = sorted(card_collection(library).pack)
    for key in keys[:12]:
        library.study.record(key, 3, day, CardState(key, 4.0, 5.0, "2099-01-01", day, 1)).result()
    library.study.record(keys[20], 1, day, CardState(keys[20], 1.0, 5.0, day, day, 1)).result()
    library.study.set_state(CardState(keys[30], suspended=True)).result()
    library.texts.save_position(Place(GUIDE_EDITION, 40, 0), "the words there").result()


def on_paper(library: Library) -> None:
    """Read on paper up to page 218, ends hidden."""
    library.settings.set("fates_sealed", True).result()
    read_on_paper(library, 218).result()


@pytest.mark.parametrize("lives", [fresh, lived_in, on_paper])
def test_every_screen_and_the_command_count_the_same(library: Library, database: Path, lives: object) -> None:
    assert callable(lives)
    lives(library)
    collection, states, day = card_collection(library), library.study.states(), today(library)
    counted = count_cards(deck_cards(library, collection, ALL, states, day), states, day)
    counts = gather(library, finder_of(library)).learning.counts
    assert counts["new"] == counted.new
    assert counts["due"] == counted.due
    assert sum(counts[name] for name in ("new", "learning", "held", "suspended")) == counted.cards
    assert json.loads(run("stats", "--json", database=database).stdout)["learning"]["counts"] == counts
    session = ReviewSession(library, ALL)
    assert session.reviewer.new_waiting == counted.new
    met = people_met(library)
    assert load_catalogue(library).met == met
    glance = library.today.glance(day.isoformat(), 1)
    assert glance.due == counted.due
    read = gather(library, finder_of(library)).reading
    assert [chapter.share for chapter in glance.chapters] in ([], [chapter.share for chapter in read.chapters])
    guide = next(text for text in library.texts.summaries() if text.edition.is_guide)
    assert guide.share_read == pytest.approx(read.share)
    assert glance.place is None or glance.progress == pytest.approx(read.share)
    progress = reading_progress(library)
    assert progress is None or progress.figures <= met


async def test_the_deck_menu_the_end_and_the_bottom_line_count_the_same(library: Library) -> None:
    lived_in(library)
    collection, states, day = card_collection(library), library.study.states(), today(library)
    counted = count_cards(deck_cards(library, collection, ALL, states, day), states, day)
    async with review_screen(library, "all") as (pilot, screen):
        remaining = session_of(screen).reviewer.remaining
        assert remaining.due + remaining.failed == counted.due, "a card failed today is asked again today"
        assert session_of(screen).reviewer.new_waiting == counted.new
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, DeckChooser))
        await settle(pilot)
        options = pilot.app.screen.query_one(OptionList)
        row = str(options.get_option_at_index(0).prompt)
        assert "All" in row, "what was read of a text is not known: no deck goes as far as that"
        assert f"{counted.due} due" in row
        assert f"{counted.new} new of" in row
        assert row.split()[-1] == str(counted.cards)
