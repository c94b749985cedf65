"""Today's portrait comes from the reader's copy where one is kept or sure; unsearched texts are offered in one line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.widgets import Static

from db.ends import ENDS_HIDDEN
from db.store import EditionFindings, replace_edition
from serge_tui.app import SergeApp
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.modes.today.own_copy import HEADING, LOOK_FOR_PORTRAITS, with_own_copy
from serge_tui.modes.today.view import TodayView
from serge_tui.navigation import ReadAt, ShowFigure
from tests.db.helpers import book
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.portraits import TEXTS, drawn_people

if TYPE_CHECKING:
    import pytest

    from db.library import Library

PACK = TodayView((), heading="Portrait of the day", figure="radek")


def keep(library: Library, *passages: int) -> None:
    for one in library.found.of_edition("drawn", "portrait"):
        if one.passage in passages:
            library.found.decide(one, "kept").result()


def test_kept_portraits_take_turns_with_the_pack(library: Library) -> None:
    drawn_people(library)
    assert with_own_copy(library, PACK, 0).view == PACK, "nothing is kept, nothing sure"
    keep(library, 0, 1)
    week = [with_own_copy(library, PACK, number) for number in range(700, 707)]
    assert [one.view.heading for one in week].count(HEADING) == 2
    assert {one.view.figure for one in week} == {"", "trotsky", "radek"}
    leads = {one.portrait_leads_to for one in week if one.view.heading == HEADING}
    assert ShowFigure("trotsky") in leads
    (passage,) = (place for place in leads if isinstance(place, ReadAt))
    assert passage.lit == (0, 0, 0, len(TEXTS[0][2]))
    shown = "\n".join(one.view.portrait.plain for one in week)
    assert "Drawn people, The first chapter" in shown
    assert "not checked" not in shown


def test_what_was_only_found_is_not_shown_however_sure_it_is(library: Library) -> None:
    drawn_people(library)
    library.writer.run(lambda c: c.execute("update found set is_sure = 1"))
    assert all(with_own_copy(library, PACK, number).view == PACK for number in range(7))


def test_a_hidden_end_is_not_told_and_what_was_skipped_is_not_shown(library: Library) -> None:
    drawn_people(library)
    keep(library, 1, 3)
    library.settings.set(ENDS_HIDDEN, True).result()
    assert not any(with_own_copy(library, PACK, number).view.figure == "trotsky" for number in range(7))
    library.settings.set(ENDS_HIDDEN, False).result()
    for one in library.found.of_edition("drawn"):
        library.found.decide(one, "skipped").result()
    assert all(with_own_copy(library, PACK, number).view == PACK for number in range(7))


def test_a_text_that_was_never_searched_is_offered_in_one_line(library: Library) -> None:
    library.writer.run(
        lambda c: replace_edition(c, "old", book(["It snowed."], title="An old book"), "d", EditionFindings())
    )
    (entry,) = with_own_copy(library, PACK, 0, {LOOK_FOR_PORTRAITS}).view.entries
    assert (entry.title, entry.target) == ("Find its portraits", LOOK_FOR_PORTRAITS)
    assert "An old book" in entry.detail
    assert with_own_copy(library, PACK, 0).view.entries == (), "no entry leads nowhere"
    drawn_people(library)
    assert [key for key, _ in library.today.unsearched()] == ["old"]
    assert with_own_copy(library, replace(PACK, figure=None), 0).unsearched == ("old",)


async def test_the_entry_begins_the_search_and_the_portrait_leads_to_its_passage(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn_people(library)
    library.writer.run(
        lambda c: replace_edition(c, "old", book(["It snowed."], title="An old book"), "d", EditionFindings())
    )
    for one in library.found.of_edition("drawn"):
        library.found.decide(one, "kept", person=("", "Somebody else")).result()
    monkeypatch.setattr("db.today._FEWEST_OWN", 1)
    app = SergeApp(library)
    asked: list[str] = []
    monkeypatch.setattr(app, "look_for_portraits", asked.extend)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert str(app.screen.query_one("#today-portrait-heading", Static).visual) == HEADING
        await pilot.press("end", "enter")
        await until(pilot, lambda: asked == ["old"])
        await pilot.press("p")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.lit is not None)
