from __future__ import annotations

from typing import TYPE_CHECKING

from textual.widgets import OptionList

from db.annotations import new_annotation
from db.models import CardState, Place
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.modes.cards.screen import CardsScreen
from serge_tui.modes.today.screen import today_view
from serge_tui.navigation import ReadAt, ShowDeck
from tests.db.helpers import book
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from db.library import Library

DAY = "2026-05-12"


def titles(library: Library) -> list[str]:
    return [entry.title for entry in today_view(library, DAY).entries]


def test_a_new_reader_is_offered_the_guide_and_cards(library: Library) -> None:
    assert titles(library) == ["Begin reading", "Learn some portraits", "Find somebody"]


def test_what_was_read_is_gone_on_with(library: Library) -> None:
    library.texts.save_position(Place("guide", 30, 4), "the words there").result()
    first = today_view(library, DAY).entries[0]
    assert (first.title, first.destination) == ("Continue reading", ReadAt(Place("guide", 30, 4)))


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
    assert entries["Answer what is due"].destination == ShowDeck()
    assert entries["Your last note"].detail == "[bold]snow"


def test_the_portrait_changes_with_the_day_and_always_has_somebody(library: Library) -> None:
    shown = {today_view(library, f"2026-05-{day:02}").figure for day in range(1, 29)}
    assert len(shown) > 5
    assert None not in shown


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
