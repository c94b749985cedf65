"""Years: going to an event, narrowing, who was alive, people and chapters and the way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from db.text import sanitise_line
from serge_tui.app import SergeApp
from serge_tui.modes.years.chronology import EventRow, GapRow, YearRow
from serge_tui.modes.years.screen import YearsScreen
from serge_tui.modes.years.widgets.lives_strip import LivesStrip
from serge_tui.modes.years.widgets.year_list import YearList
from serge_tui.navigation import ShowEvent, ShowFigure, ShowMode
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
    return "\n".join(f"{line.text.plain}\n{line.beside_text.plain}" for line in page._lines)


def targets(page: LinkedPage) -> list[object]:
    """Where the lines of the page lead."""
    return [paragraph.target for paragraph in page._paragraphs]


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
        width = rows.scrollable_content_region.width
        drawn = [rows.draw_row(number, width).plain for number in range(rows.row_count)]
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


async def test_before_anything_is_read_everybody_is_shown_and_m_shows_whom_was_met(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1919))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        assert "Of everybody in the book" in text_of(years(pilot).page)
        await pilot.press("m")
        assert "nobody yet" in text_of(years(pilot).page)


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


async def test_a_party_narrows_to_its_events_and_its_people_and_an_event_leads_to_its_terms(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(ASSAULT))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await until(pilot, lambda: ShowFigure("term:kronstadt") in targets(years(pilot).page))
        await pilot.press("i")
        years(pilot).query_one(Input).value = "left opposition"
        await pilot.press("enter")
        await until(pilot, lambda: years(pilot).listing.narrowing.term == "left-opposition")
        rows = years(pilot).list.rows
        found = {row.event.key: row.event for row in rows if isinstance(row, EventRow)}
        assert 0 < len(found) < len(library.chronicle.events())
        assert any("Left Opposition" in event.text for event in found.values())
        assert any("joffe" in {key for key, _ in event.people} for event in found.values())
        of_serge_alone = [event for event in found.values() if {key for key, _ in event.people} == {"serge"}]
        assert all("Opposition" in event.text for event in of_serge_alone)
        await until(pilot, lambda: "Left Opposition" in text_of(years(pilot).page))
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


async def test_the_years_open_at_the_birth_of_serge(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        rows = years(pilot).list
        assert rows.chosen == YearRow(1890, 1, 0)
        await until(pilot, lambda: rows.row_at(rows.scroll_offset.y) == rows.cursor)


async def test_where_there_is_room_events_are_whole_sentences(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(ASSAULT))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await settle(pilot)
        rows = years(pilot).list
        width = rows.scrollable_content_region.width
        for index, row in enumerate(rows.rows):
            if isinstance(row, EventRow):
                lines = [
                    rows.draw_line(index, line, width).plain
                    for line in range(rows.line_of(index + 1) - rows.line_of(index))
                ]
                assert all(len(line) <= width for line in lines)
                assert sanitise_line(row.event.text) in " ".join(" ".join(lines).split())
        assert rows.line_count == rows.virtual_size.height > rows.row_count
        await pilot.resize_terminal(80, 24)
        await settle(pilot)
        assert rows.line_count == rows.row_count, "one line each where there is no room"
        assert isinstance(rows.chosen, EventRow)
        assert rows.chosen.event.key == ASSAULT


async def test_a_click_on_the_second_line_of_an_event_chooses_it(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await settle(pilot)
        rows = years(pilot).list
        long = next(n for n in range(rows.cursor, rows.row_count) if rows.line_of(n + 1) - rows.line_of(n) > 1)
        await pilot.click(YearList, offset=(20, rows.line_of(long) + 1 - rows.scroll_offset.y))
        assert rows.cursor == long


async def test_the_events_of_a_chosen_year_are_in_view_with_it(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        rows = years(pilot).list
        height = rows.scrollable_content_region.height
        for _ in range(30):
            await pilot.press("right_square_bracket")
            await settle(pilot)
            chosen = rows.chosen
            assert not isinstance(chosen, EventRow)
            following = (n for n in range(rows.cursor + 1, rows.row_count) if not isinstance(rows.rows[n], EventRow))
            end = rows.line_of(next(following, rows.row_count))
            top = rows.scroll_offset.y
            assert top <= rows.line_of(rows.cursor)
            assert end <= top + height or rows.line_of(rows.cursor) == top or end - rows.line_of(rows.cursor) > height


async def test_enter_on_folded_years_shows_them_one_by_one(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("years"))
    async with app.run_test(size=(120, 40)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await pilot.press("right_square_bracket")
        rows = years(pilot).list
        assert isinstance(rows.chosen, GapRow)
        first = rows.chosen.year
        await pilot.press("enter")
        assert isinstance(rows.chosen, YearRow)
        assert rows.chosen.year == first
        assert rows.has_focus
        years(pilot).visit(ShowEvent(year=1884))
        assert rows.chosen == YearRow(1884, 0, None)


async def test_the_strip_counts_the_lives_of_the_page(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1938))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await settle(pilot)
        strip = years(pilot).query_one(LivesStrip)
        counted = re.search(r"(\d+) alive.*?(\d+) died", str(strip.render()), re.DOTALL)
        assert counted is not None
        assert f"Of everybody in the book, {counted[1]};" in " ".join(text_of(years(pilot).page).split())
        assert int(counted[2]) > 5
        await pilot.press("m")
        await settle(pilot)
        assert not strip.display, "nobody was met yet"


@pytest.mark.usefixtures("ends_hidden")
async def test_the_strip_tells_no_hidden_end(library: Library) -> None:
    app = SergeApp(library, start=ShowEvent(year=1938))
    async with app.run_test(size=(120, 60)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, YearsScreen) and app.screen.list.cursor > 0)
        await settle(pilot)
        strip = years(pilot).query_one(LivesStrip)
        assert "0 died" in str(strip.render()), "of those who died before 1906 only"
        await pilot.press("full_stop")
        await settle(pilot)
        assert "0 died" not in str(strip.render())
