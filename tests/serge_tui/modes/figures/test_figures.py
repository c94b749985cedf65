"""The figures mode, used by keys alone."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import pytest

from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.dialogs.help import HelpScreen
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.figures.page_content import ShowAllMentions, lit_place
from serge_tui.navigation import ReadAt, ShowDeck, ShowEvent, ShowFigure, ShowMode
from serge_tui.widgets.mode_bar import ModeBar
from tests.serge_tui.helpers import settle, until
from tests.serge_tui.modes.figures.browsing import ROOMY, SMALL, WIDE, answered, figures, opened, page_text, typed

if TYPE_CHECKING:
    from db.library import Library


async def test_the_list_narrows_with_each_key_and_the_spelling_that_matched_is_shown(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot)
        everybody = len(screen.people.rows)
        assert everybody == len(library.figures.names())
        await pilot.press(*"sinowjew")
        await answered(pilot)
        assert screen.people.rows[0].key == "zinoviev"
        assert len(screen.people.rows) < everybody
        assert "puffy" in page_text(screen)
        await typed(pilot, "")
        assert len(screen.people.rows) == everybody


@pytest.mark.parametrize("size", [SMALL, WIDE, ROOMY])
async def test_enter_opens_the_page_and_escape_is_back_in_the_list_as_it_was(
    library: Library, size: tuple[int, int]
) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "down", "down", "down", "pagedown")
        before = screen.here()
        await pilot.press("enter")
        await settle(pilot)
        assert screen.page.has_focus
        assert screen.here().key == before.line
        await pilot.press("pagedown")
        await pilot.press("escape")
        await settle(pilot)
        assert screen.here() == before


@pytest.mark.parametrize("size", [SMALL, ROOMY])
async def test_escape_gives_the_keys_back_to_what_had_them(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        screen = await opened(pilot, "down", "enter", "escape")
        assert screen.people.has_focus
        await pilot.press("j", "enter", "escape")
        await settle(pilot)
        assert screen.people.has_focus
        assert screen.people.cursor == 2
        await pilot.press("i", "enter", "escape")
        await settle(pilot)
        assert screen.box.has_focus


async def test_the_mode_begins_with_a_name_typed_however_it_was_left(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "j", "f2")
        await settle(pilot)
        await pilot.press("f4")
        await settle(pilot)
        assert screen.box.has_focus
        await pilot.press("down", "f2")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.people.has_focus, "the way back leads to where one was, exactly"


async def test_the_key_of_the_mode_pressed_in_it_has_a_name_typed(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "j")
        assert screen.people.has_focus
        await pilot.press("f4", "n", "i", "n")
        await settle(pilot)
        assert screen.box.value == "nin"


async def test_facets_are_filled_when_room_for_them_is_made(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(60, 20)) as pilot:
        screen = await opened(pilot)
        await pilot.resize_terminal(*ROOMY)
        await until(pilot, lambda: screen.facets.row_count > 0)


async def test_the_bar_names_nobody_while_nobody_is_open(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="radek")
        bar = screen.query_one(ModeBar)
        assert bar.context == "Karl Radek"
        await pilot.press("escape")
        await settle(pilot)
        assert bar.context == ""


async def test_the_line_under_the_cursor_is_come_back_to(library: Library) -> None:
    library.settings.set("fates_sealed", value=False).result()
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="trotsky")
        page = screen.page
        await until(pilot, lambda: "learn them" in page_text(screen))
        page.point_at(ShowDeck("figure:trotsky"), 0)
        page.scroll_as(page._first_lines[page._cursor] - 10)
        await pilot.pause()
        await pilot.press("k")
        before = screen.here()
        assert isinstance(before.link, ShowEvent)
        assert before.scroll > 0
        await pilot.press("enter")
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        await until(pilot, lambda: "learn them" in page_text(screen))
        assert screen.here() == before


async def test_all_mentions_stay_shown_on_coming_back_from_one(library: Library) -> None:
    library.settings.set("fates_sealed", value=False).result()
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="trotsky")
        page = screen.page
        page.point_at(ShowAllMentions(), 0)
        page.scroll_as(page._first_lines[page._cursor])
        await pilot.press("enter")
        await settle(pilot)
        assert screen.shown.dossier is not None
        assert len(screen.shown.dossier.mentions) == screen.shown.dossier.mention_count > 13
        assert page.link == lit_place(screen.shown.dossier.mentions[12]), "the first that was not there before"
        await pilot.press("j")
        before = screen.here()
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "reader"
        await pilot.press("escape")
        await settle(pilot)
        assert screen.here() == before
        assert screen.shown.dossier is not None
        assert len(screen.shown.dossier.mentions) == screen.shown.dossier.mention_count


async def test_from_a_name_in_the_text_to_the_page_and_back_to_the_same_place(library: Library) -> None:
    app = SergeApp(library, start=ReadAt(Place(GUIDE_EDITION, 12, 0)))
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        assert app.mode_screen is not None
        before = app.mode_screen.spot()
        app.go_to(ShowFigure("zinoviev"))
        await settle(pilot)
        assert figures(pilot).here().key == "zinoviev"
        await pilot.press("escape")
        await settle(pilot)
        assert app.mode_screen.spot() == before


async def test_a_page_is_come_back_to_at_the_same_line(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "enter", name="trotsky")
        await pilot.press("space", "space", "j")
        await settle(pilot)
        before = screen.here()
        assert before.scroll > 0
        app.go_to(ShowMode("today"))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.here() == before
        app.go_to(ShowFigure("radek"))
        await settle(pilot)
        await pilot.press("escape")
        await settle(pilot)
        assert screen.here() == before


@pytest.mark.usefixtures("ends_hidden")
async def test_a_fate_is_sealed_until_asked_for(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, name="zinoviev")
        assert "1936" not in page_text(screen)
        assert "▒▒▒▒" in screen.people.rows[0].years
        await pilot.press("enter", "full_stop")
        await settle(pilot)
        assert "Shot after the first Moscow trial" in page_text(screen)
        await pilot.press("full_stop")
        await settle(pilot)
        assert "1936" not in page_text(screen)
        await pilot.press("greater_than_sign")
        await settle(pilot)
        await until(pilot, lambda: "1936" in page_text(screen))
        assert library.settings.get("fates_sealed", True) is False
        await until(pilot, lambda: screen.people.rows[0].years.endswith("1936"))


async def test_facets_narrow_and_are_taken_away(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "f")
        assert screen.facets.has_focus
        await pilot.press("j", "right")
        await settle(pilot)
        movement = screen.listing.chosen_filter.movement
        assert movement
        assert {row.key for row in screen.people.rows} == library.figures.keys_where(movement=movement)
        await pilot.press("backspace")
        await settle(pilot)
        assert len(screen.people.rows) == len(library.figures.names())
        await pilot.press("j", "j", "enter")
        await settle(pilot)
        assert not screen.listing.chosen_filter.narrows, "how they ended is hidden"
        await pilot.press("escape")
        assert screen.people.has_focus


async def test_every_order(library: Library) -> None:
    library.settings.set("fates_sealed", value=False).result()
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "down")
        seen = []
        for _ in range(5):
            await pilot.press("s")
            await settle(pilot)
            seen.append((screen.listing.chosen_filter.sort, screen.people.rows[0].key))
        catalogue = screen.listing.catalogue
        assert catalogue is not None
        assert [sort for sort, _ in seen] == ["mentions", "birth", "death", "appearance", "name"]
        by = dict(seen)
        assert by["mentions"] == max(catalogue.names.values(), key=lambda name: name.mentions).key
        births = [name.born.earliest for name in catalogue.names.values() if name.born.earliest]
        assert catalogue.names[by["birth"]].born.earliest == min(births)
        assert catalogue.appearance[by["appearance"]] == 0


async def test_a_filter_is_kept_under_a_number_and_comes_back_with_one_key(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=WIDE) as pilot:
        screen = await opened(pilot, "2")
        with_portrait = {row.key for row in screen.people.rows}
        assert with_portrait == library.figures.with_portrait()
        await pilot.press("down", "s", "m", "7", "0")
        await settle(pilot)
        assert not screen.listing.chosen_filter.narrows
        await pilot.press("7")
        await settle(pilot)
        assert {row.key for row in screen.people.rows} == with_portrait
        assert screen.listing.chosen_filter.sort == "birth"


async def test_a_kept_filter_is_given_a_name_and_dropped(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "f", "G", "enter", "j", "j", "e")
        assert isinstance(app.screen, Prompt)
        await pilot.press(*"Portraits", "enter")
        await settle(pilot)
        assert screen.filters.by_key["2"].name == "Portraits"
        assert "Portraits" in screen.facets.draw_row(screen.facets.cursor, 34).plain
        await pilot.press("backspace")
        await settle(pilot)
        assert "2" not in screen.filters.by_key
        await pilot.press("escape", "2")
        await settle(pilot)
        assert not screen.listing.chosen_filter.narrows


async def test_nothing_shows_everybody_again(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, "down", "s", "0", name="zinov")
        await answered(pilot)
        assert len(screen.people.rows) == len(library.figures.names())
        assert screen.box.value == ""
        assert screen.people.has_focus


@pytest.mark.usefixtures("ends_hidden")
async def test_columns_stand_under_each_other_also_where_no_spelling_is_shown(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot, name="karpov")
        rows = [screen.people.draw_row(n, 78).plain for n in range(len(screen.people.rows))]
        assert (
            len({row.index("–▒▒▒▒") - len(screen.people.rows[n].years.partition("–")[0]) for n, row in enumerate(rows)})
            == 1
        )


async def test_many_visits_keep_no_dead_screens(library: Library) -> None:
    app, frozen = SergeApp(library), gc.get_freeze_count()
    async with app.run_test(size=SMALL) as pilot:
        screen = await opened(pilot)
        dead = []
        for _ in range(12):
            help_screen = HelpScreen(app.commands_here, app.reader_keymap)
            dead.append(weakref.ref(help_screen))
            await app.push_screen(help_screen)
            screen.listing.read()
            await settle(pilot)
            await help_screen.dismiss()
            del help_screen
        await settle(pilot)
        gc.collect()
        assert sum(one() is not None for one in dead) <= 1
        assert gc.get_freeze_count() <= frozen
