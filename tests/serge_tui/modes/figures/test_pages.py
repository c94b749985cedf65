"""A figure's page, two side by side, and the table of all, used by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from serge_tui.app import SergeApp
from serge_tui.dialogs.note_editor import NoteEditor
from serge_tui.modes.figures.compare_screen import CompareScreen
from serge_tui.modes.figures.screen import FiguresScreen
from serge_tui.modes.figures.table_screen import FigureTableScreen
from serge_tui.modes.figures.widgets.figure_table import FigureTable
from serge_tui.navigation import ReadAt, ShowDeck, ShowFigure
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.figures.browsing import (
    ROOMY,
    SMALL,
    WIDE,
    answered,
    dialog_open,
    figures,
    opened,
    page_text,
    typed,
)

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library


async def test_enter_on_a_related_person_and_on_a_mention(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        app.go_to(ShowFigure("radek"))
        await settle(pilot)
        page = screen.page
        related = next(n for n, known in enumerate(page._paragraphs) if isinstance(known.target, ShowFigure))
        page._move_cursor(related)
        target = page._paragraphs[related].target
        assert isinstance(target, ShowFigure)
        await pilot.press("enter")
        await settle(pilot)
        assert screen.here().key == target.key
        await pilot.press("escape")
        await settle(pilot)
        mention = next(n for n, known in enumerate(page._paragraphs) if isinstance(known.target, ReadAt))
        page._move_cursor(mention)
        place = page._paragraphs[mention].target
        assert isinstance(place, ReadAt)
        passage = library.passages.at(place.place.edition, place.place.passage)
        assert passage is not None
        assert place.lit is not None
        assert "Radek" in passage.text[place.lit[1] : place.lit[3]]
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "reader"


async def test_headings_jump(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="trotsky")
        await pilot.press("right_square_bracket")
        await pilot.pause()
        first = screen.page.scrolled
        await pilot.press("right_square_bracket")
        await pilot.pause()
        assert 0 < first < screen.page.scrolled
        await pilot.press("left_square_bracket")
        await pilot.pause()
        assert screen.page.scrolled == first


async def test_a_note_on_a_figure_stands_on_the_page(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "enter", "a", name="radek")
        await dialog_open(pilot)
        assert isinstance(app.screen, NoteEditor)
        await pilot.press(*"spectacles", "ctrl+s")
        await settle(pilot)
        await until(pilot, lambda: "spectacles" in page_text(screen).partition("Your notes")[2])
        assert screen.listing.catalogue is not None
        assert "radek" in screen.listing.catalogue.noted


async def test_two_side_by_side(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, *"radek")
        await answered(pilot)
        await pilot.press("down", "equals_sign", "i", *["backspace"] * 5, *"bukharin")
        await answered(pilot)
        await pilot.press("down", "equals_sign")
        await dialog_open(pilot)
        screen = app.screen
        assert isinstance(screen, CompareScreen)
        assert {dossier.figure.key for dossier in screen._both} == {"radek", "bukharin"}
        await pilot.press("escape")
        await settle(pilot)
        assert isinstance(app.screen, FiguresScreen)


async def compared(pilot: Pilot[None], one: str, other: str) -> CompareScreen:
    screen = await opened(pilot, "down", "equals_sign", name=one)
    await pilot.press("i")
    await typed(pilot, other)
    await pilot.press("down", "equals_sign")
    await dialog_open(pilot)
    compare = screen.app.screen
    assert isinstance(compare, CompareScreen)
    return compare


def side_text(compare: CompareScreen, side: int) -> str:
    return "\n".join(line.text.plain for line in compare._side(side)._lines)


@pytest.mark.usefixtures("ends_hidden")
async def test_both_fates_are_unsealed_where_two_are_compared(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        compare = await compared(pilot, "zinoviev", "radek")
        assert "1936" not in side_text(compare, 0)
        await pilot.press("full_stop")
        assert "1936" in side_text(compare, 0)
        assert "1939" in side_text(compare, 1)
        await pilot.press("full_stop")
        assert "1936" not in side_text(compare, 0)


async def test_escape_leads_back_to_the_two_compared_as_they_were(library: Library) -> None:
    library.settings.set("fates_sealed", value=False).result()
    app = SergeApp(library)
    async with app.run_test(size=ROOMY) as pilot:
        compare = await compared(pilot, "zinoviev", "radek")
        await pilot.press("tab", "space", "j")
        before = compare.view
        assert before.side == 1
        assert before.link is not None
        await pilot.press("enter")
        await settle(pilot)
        await until(pilot, lambda: app.current_mode == "reader")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await until(pilot, lambda: isinstance(app.screen, CompareScreen))
        again = app.screen
        assert isinstance(again, CompareScreen)
        await until(pilot, lambda: again.view == before)
        await pilot.press("escape")
        await settle(pilot)
        assert figures(pilot).here().beside is None


async def test_a_table_is_written_once_and_never_over_something(library: Library, tmp_path: Path) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "2")
        people = len(screen.people.rows)
        await pilot.press("down", "T")
        await dialog_open(pilot)
        assert isinstance(app.screen, FigureTableScreen)
        target = tmp_path / "people.csv"
        await pilot.press("w")
        app.screen.query_one("#table-file", Input).value = str(target)
        await pilot.press("enter")
        await settle(pilot)
        assert target.read_text("utf-8").count("\n") == people + 1
        target.write_text("mine", "utf-8")
        await pilot.press("w", "enter")
        await settle(pilot)
        assert target.read_text("utf-8") == "mine"


async def test_every_column_of_the_table_can_be_seen(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        await opened(pilot, "2", "down", "T")
        table = app.screen.query_one(FigureTable)
        seen = set()
        for _ in range(12):
            seen |= set(table.headings(78).plain.split())
            width = table.scrollable_content_region.width
            assert all(table.render_line(y).cell_length == width for y in range(3))
            await pilot.press("right")
        assert seen >= {"name", "born", "died", "mentions", "nationality", "movement", "chapters", "portrait", "ended"}
        assert table.headings(78).plain.rstrip().endswith("←")
        await pilot.press(*["left"] * 12)
        assert "born" in table.headings(78).plain


async def test_from_the_table_to_a_person_the_list_stays_narrowed(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "2", "down", "T", "j", "enter")
        await settle(pilot)
        assert screen.here().key in library.figures.with_portrait()
        assert screen.listing.chosen_filter.portrait == "yes"


async def test_somebody_at_random_is_of_the_list(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "2", "down", "r")
        assert screen.here().key in library.figures.with_portrait()


@pytest.mark.parametrize("size", [(60, 20), SMALL, WIDE, ROOMY, (200, 60)])
async def test_nothing_is_wider_than_the_screen(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, name="a")
        for widget in (screen.people, screen.page, screen.facets):
            if widget.display:
                width = widget.scrollable_content_region.width
                assert all(widget.render_line(y).cell_length == width for y in range(widget.size.height))


async def test_words_are_selected_with_the_mouse_and_a_click_on_a_link_follows_it(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="radek")
        await pilot.mouse_down(screen.page, offset=(2, 0))
        await pilot.hover(screen.page, offset=(12, 0))
        await pilot.mouse_up(screen.page, offset=(12, 0))
        assert screen.get_selected_text() == "Karl Radek"
        assert screen.here().key == "radek"
        screen.clear_selection()
        app.go_to(ShowFigure("reissner"))
        await settle(pilot)
        page = screen.page
        line = next(
            at for at, line in enumerate(page._lines)
            if line.paragraph >= 0 and page._paragraphs[line.paragraph].target == ShowFigure("radek")
        )  # fmt: skip
        page.scroll_as(line)
        await pilot.pause()
        await pilot.click(page, offset=(6, line - page.scroll_offset.y))
        await settle(pilot)
        assert screen.here().key == "radek"


async def test_from_the_cards_of_a_page_back_to_the_line_that_led_there(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="zinoviev")
        await until(pilot, lambda: "learn them" in page_text(screen))
        screen.page.point_at(ShowDeck("figure:zinoviev"), 0)
        screen.page.scroll_as(40)
        await settle(pilot)
        here = screen.spot()
        await pilot.press("enter")
        await until(pilot, lambda: app.current_mode == "cards")
        await settle(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: app.current_mode == "figures")
        await settle(pilot)
        assert screen.spot() == here
