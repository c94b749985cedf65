"""Years: going to an event, narrowing, who was alive, people and chapters and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from serge_tui.app import SergeApp
from serge_tui.modes.years.chronology import EventRow
from serge_tui.modes.years.screen import YearsScreen
from serge_tui.navigation import ShowEvent, ShowFigure
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library
    from serge_tui.widgets.linked_page import LinkedPage

ASSAULT = "kronstadt-assault"


def years(pilot: Pilot[None]) -> YearsScreen:
    screen = pilot.app.screen_stack[0]
    assert isinstance(screen, YearsScreen)
    return screen


def text_of(page: LinkedPage) -> str:
    """Everything the page would show, over all its lines."""
    return "\n".join(line.text.plain for line in page._lines)


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (120, 40), (200, 60)])
async def test_an_event_is_shown_with_its_people_and_its_words(library: Library, size: tuple[int, int]) -> None:
    event = library.chronicle.event(ASSAULT)
    assert event is not None
    app = SergeApp(library, start=ShowEvent(ASSAULT))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        screen = years(pilot)
        row = screen.list.chosen
        assert isinstance(row, EventRow)
        assert row.event.key == ASSAULT
        shown = " ".join(text_of(screen.page).split())
        assert " ".join(event.text.split()) in shown
        for _, name in event.people:
            assert name in shown


async def test_enter_on_a_person_goes_there_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(ASSAULT))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        here = years(pilot).spot()
        assert here.destination == ShowEvent(ASSAULT, 1921)
        await pilot.press("enter", "j", "enter")
        await until(pilot, lambda: app.current_mode == "figures")
        assert app.mode_screen is not None
        destination = app.mode_screen.spot().destination
        assert isinstance(destination, ShowFigure)
        event = library.chronicle.event(ASSAULT)
        assert event is not None
        assert destination.key == event.people[0][0]
        app.action_go_back()
        await until(pilot, lambda: app.current_mode == "years")
        assert years(pilot).spot() == here


async def test_life_and_world_are_told_apart_by_mark_and_word(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(ASSAULT))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        rows = years(pilot).list
        drawn = [rows.draw_row(number, 70).plain for number in range(rows.row_count)]
        life = [
            line
            for row, line in zip(rows.rows, drawn, strict=True)
            if isinstance(row, EventRow) and row.event.kind == "life"
        ]
        assert life
        assert all("● life" in line for line in life)
        assert any("○ world" in line for line in drawn)
        await pilot.press("v")
        assert all(not isinstance(row, EventRow) or row.event.kind == "life" for row in rows.rows)
        await pilot.press("v", "v")
        assert rows.row_count == len(drawn)


@pytest.mark.usefixtures("ends_hidden")
async def test_fates_stay_sealed_until_asked_for(library: Library) -> None:
    chapters = library.texts.chapters("guide")[:3]
    library.reading.replace("guide", [(chapter.ordinal, None) for chapter in chapters]).result()
    app = SergeApp(library, start=ShowEvent(year=1937))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        page = years(pilot).page
        hidden = text_of(page)
        assert "Born by 1937" in hidden
        assert "Died in 1937" not in hidden
        assert "shot" not in hidden
        await pilot.press("full_stop")
        assert "Died in 1937" in text_of(page)
        await pilot.press("full_stop")
        assert text_of(page) == hidden


async def test_before_anything_is_read_nobody_is_met(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1919))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        assert "nobody yet" in text_of(years(pilot).page)
        await pilot.press("m")
        assert "Of everybody in the book" in text_of(years(pilot).page)


async def test_a_name_in_any_spelling_narrows_to_the_person(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1919))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await pilot.press("i")
        box = years(pilot).query_one(Input)
        box.value = "Trotzky"
        await pilot.press("enter")
        await settle(pilot)
        events = [row.event for row in years(pilot).list.rows if isinstance(row, EventRow)]
        assert events
        assert all("trotsky" in {key for key, _ in event.people} for event in events)
        await pilot.press("0")
        assert len(years(pilot).list.rows) > 100


async def test_escape_closes_the_box_and_stays_in_the_years(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1919))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await pilot.press("i", "l", "escape")
        assert app.current_mode == "years"
        assert years(pilot).list.has_focus


async def test_an_event_that_is_narrowed_away_is_shown_all_the_same(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1919))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await pilot.press("v")
        years(pilot).visit(ShowEvent(ASSAULT, 1921))
        row = years(pilot).list.chosen
        assert isinstance(row, EventRow)
        assert row.event.key == ASSAULT
