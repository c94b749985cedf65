from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Markdown, OptionList, Static

from db.annotations import new_annotation
from db.models import CardState, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.commands.registry import commands_by_id
from serge_tui.dialogs.pack_page import PackPage
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.today.view import ENDS_KEPT_HIDDEN, ENDS_SHOWN, TodayView
from serge_tui.modes.today.view import today_view as view_of_day
from serge_tui.navigation import ReadAt, ShowDeck
from serge_tui.services.hidden_ends import hidden_ends
from tests.db.helpers import book
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from db.library import Library

DAY = "2026-05-12"


def today_view(library: Library, day: str) -> TodayView:
    return view_of_day(library, day, date.fromisoformat(day).toordinal(), set(commands_by_id()) | {"app.import"})


def titles(library: Library) -> list[str]:
    return [entry.title for entry in today_view(library, DAY).entries]


def test_a_new_reader_is_offered_the_guide_and_cards(library: Library) -> None:
    assert titles(library) == [
        "Read the guide", "Add your copy", "I read it on paper", "Learn the great portraits", "Find somebody",
        "Where to get the text",
    ]  # fmt: skip
    introduction = today_view(library, DAY).introduction
    assert "the book itself is yours to add" in introduction
    assert ENDS_SHOWN in introduction
    without = view_of_day(library, DAY, 1, ()).entries
    assert "Add your copy" not in [entry.title for entry in without], "no entry leads nowhere"


def test_what_was_read_is_gone_on_with(library: Library) -> None:
    library.texts.save_position(Place("guide", 30, 4), "the words there").result()
    first = today_view(library, DAY).entries[0]
    assert (first.title, first.target) == ("Continue reading", ReadAt(Place("guide", 30, 4)))


def test_a_book_brought_in_and_not_opened_yet_is_offered(library: Library) -> None:
    text = book(["It snowed."], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    assert ("Begin your book", "A small book") in [(e.title, e.detail) for e in today_view(library, DAY).entries]
    library.texts.save_position(Place("small", 0, 0), "It snowed.").result()
    assert "Begin your book" not in titles(library)


def test_cards_that_are_due_and_the_last_note_are_told(library: Library) -> None:
    library.study.set_state(CardState("who/x", 2.0, 5.0, "2026-05-01", "2026-04-01", 1)).result()
    library.annotations.save(new_annotation("note", body="[bold]snow")).result()
    entries = {entry.title: entry for entry in today_view(library, DAY).entries}
    assert entries["Answer what is due"].detail == "1 card"
    assert entries["Answer what is due"].target == ShowDeck()
    assert entries["Your last note"].detail == "[bold]snow"


def test_the_portrait_changes_with_the_day_and_always_has_somebody(library: Library) -> None:
    shown = {today_view(library, f"2026-05-{day:02}").figure for day in range(1, 29)}
    assert len(shown) > 5
    assert None not in shown


def test_the_portrait_is_never_of_the_same_person_two_days_running(library: Library) -> None:
    first = date(2026, 1, 1)
    people = [today_view(library, (first + timedelta(days=day)).isoformat()).figure for day in range(400)]
    assert all(one != other for one, other in itertools.pairwise(people))


@pytest.mark.usefixtures("ends_hidden")
def test_the_portrait_tells_no_end_that_is_hidden(library: Library) -> None:
    untold = hidden_ends(library).quotations
    assert untold
    for number in range(400):
        chosen = library.today.glance(DAY, number, untold).portrait
        assert chosen is not None
        assert chosen.key not in untold


def test_a_line_offers_the_new_default_once(library: Library) -> None:
    library.texts.save_position(Place("guide", 30, 4), "the words there").result()
    library.settings.replace({"fates_sealed": True, "ends_offer": True}).result()
    assert today_view(library, DAY).introduction == ENDS_KEPT_HIDDEN
    library.settings.replace({"ends_offer": None}).result()
    assert today_view(library, DAY).introduction == ""


async def test_the_page_in_print_is_asked_for_and_turned_by_one_key(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("o")
        await pilot.pause()
        await pilot.press(*"218", "enter")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 218)
        await pilot.pause()
        assert "Page 218 in print" in titles(library)[0]
        await pilot.press("n")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 219)
        await pilot.press("N", "N")
        await until(pilot, lambda: library.settings.get("paper_page", 0) == 217)
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("ctrl+u", *"9999", "enter")
        await pilot.pause()
        assert library.settings.get("paper_page", 0) == 217, "there is no such page"
        await pilot.press("o")
        await pilot.pause()
        await pilot.press("ctrl+u", "0", "enter")
        await until(pilot, lambda: library.settings.get("paper_page", 1) == 0)


async def test_where_to_get_the_text_is_a_page_away_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, PackPage))
        await settle(pilot)
        assert "Getting the book" in app.screen.query_one(Markdown).source
        await pilot.press("j", "space", "escape")
        await until(pilot, lambda: app.screen is app.mode_screen)


async def test_ends_are_hidden_and_shown_by_one_key_anywhere(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = app.screen.query_one("#today-introduction", Static)
        assert ENDS_SHOWN in str(shown.render())
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: library.settings.get("fates_sealed", False))
        await pilot.pause()
        assert ENDS_SHOWN not in str(shown.render())
        await pilot.press("greater_than_sign")
        await until(pilot, lambda: not library.settings.get("fates_sealed", True))


async def test_enter_goes_on_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert app.screen.query_one(OptionList).has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert app.current_mode == "reader"
        await pilot.press("escape")
        await pilot.pause()
        assert app.current_mode == "today"


async def test_portraits_are_there_to_learn_before_anything_of_the_book_was_read(library: Library) -> None:
    text = book(["It snowed."], title="A small book")
    library.writer.run(lambda c: replace_edition(c, "small", text, "d", EditionFindings()))
    library.texts.save_position(Place("small", 0, 0), "It snowed.").result()
    app = SergeApp(library)
    async with app.run_test() as pilot:
        await pilot.pause()
        options = app.screen.query_one(OptionList)
        options.highlighted = titles(library).index("Learn some portraits")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, CardsScreen) and app.screen.review.session is not None)
        await settle(pilot)
        assert isinstance(app.screen, CardsScreen)
        assert app.screen.review.session is not None
        assert app.screen.review.session.reviewer.remaining.total > 0
