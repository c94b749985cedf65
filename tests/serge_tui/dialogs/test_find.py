"""Find anything, from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input

from db.annotations import new_annotation
from db.models import GUIDE_EDITION, Place
from serge_tui.app import SergeApp
from serge_tui.dialogs.find import FindScreen
from serge_tui.dialogs.help import HelpScreen
from serge_tui.navigation import ReadAt, ShowFigure
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from db.library import Library


async def found(pilot: Pilot[None], words: str) -> FindScreen:
    """The find screen once it answers some words."""
    await pilot.press("slash")
    await pilot.pause()
    screen = pilot.app.screen
    assert isinstance(screen, FindScreen)
    screen.query_one("#find-query", Input).value = words
    await settle(pilot)
    return screen


async def test_every_kind_is_found_and_marked(library: Library) -> None:
    library.annotations.save(new_annotation("note", body="The ice of Kronstadt")).result()
    app = SergeApp(library)
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await found(pilot, "kronstadt")
        assert {"passage", "quotation", "event", "note"} <= {line.kind for line in screen._shown}
        screen = await again(pilot, screen, "danger from within")
        assert screen._shown[0].kind == "chapter"
        screen = await again(pilot, screen, "sinowjew")
        assert screen._shown[0].goes_to == ShowFigure("zinoviev", "sinowjew")


async def again(pilot: Pilot[None], screen: FindScreen, words: str) -> FindScreen:
    screen.query_one("#find-query", Input).value = words
    await settle(pilot)
    return screen


async def test_enter_goes_to_the_passage_with_the_words_lit_and_escape_comes_back(library: Library) -> None:
    app = SergeApp(library, start=ReadAt(Place(GUIDE_EDITION, 5, 0)))
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        assert app.mode_screen is not None
        before = app.mode_screen.spot()
        screen = await found(pilot, '"uprising at sea" ice')
        screen = await again(pilot, screen, "petrichenko")
        at = next(n for n, line in enumerate(screen._shown) if line.kind == "passage")
        place = screen._shown[at].goes_to
        assert isinstance(place, ReadAt)
        assert place.lit is not None
        passage = library.passages.at(place.place.edition, place.place.passage)
        assert passage is not None
        assert passage.text[place.lit[1] : place.lit[3]].lower() == "petrichenko"
        await pilot.press(*["down"] * at, "enter")
        await settle(pilot)
        assert app.current_mode == "reader"
        assert app.mode_screen.spot() != before
        await pilot.press("escape")
        await settle(pilot)
        assert app.mode_screen.spot() == before


async def test_escape_leaves_everything_as_it_was_and_the_words_are_there_the_next_time(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await found(pilot, "radek")
        await pilot.press("escape")
        await settle(pilot)
        assert app.current_mode == "today"
        await found(pilot, "radek")
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "figures"
        await pilot.press("down", "slash")
        await settle(pilot)
        assert app.screen.query_one("#find-query", Input).value == "radek"


async def test_a_command_is_found_and_run(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await found(pilot, "help")
        at = next(n for n, line in enumerate(screen._shown) if line.title == "Help")
        await pilot.press(*["down"] * at, "enter")
        await settle(pilot)
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))


async def test_tab_keeps_to_one_kind(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = await found(pilot, "kronstadt")
        everything = len(screen._shown)
        await pilot.press("tab")
        one = {line.kind for line in screen._shown}
        assert len(one) == 1
        await pilot.press("shift+tab")
        assert len(screen._shown) == everything


async def test_a_typing_error_is_forgiven_and_said(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = await found(pilot, "insurection")
        assert screen._shown
        assert "insurrection" in screen._answer.note


async def test_what_was_asked_before_the_last_key_is_dropped(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        screen = await found(pilot, "radek")
        shown = screen._shown
        screen._found(screen._answer.__class__(), screen._asked - 1)
        assert screen._shown is shown


@pytest.mark.parametrize("size", [(60, 20), (80, 24), (200, 60)])
async def test_anything_can_be_typed(library: Library, size: tuple[int, int]) -> None:
    app = SergeApp(library)
    async with app.run_test(size=size) as pilot:
        screen = await found(pilot, "the")
        for words in ("[bold]x[/bold]", '"', "* AND (", "\x1b[31mred", "نص", "a" * 500):
            await again(pilot, screen, words)
            width = screen._list.scrollable_content_region.width
            assert all(screen._list.render_line(y).cell_length == width for y in range(screen._list.size.height))


async def test_an_empty_box_offers_examples_and_the_last_searches_which_can_be_forgotten(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await pilot.press("slash")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FindScreen)
        assert {line.kind for line in screen._shown} == {"try"}
        await pilot.press("enter")
        await settle(pilot)
        assert screen._shown[0].goes_to == ShowFigure("zinoviev", "Sinowjew")
        await pilot.press("enter")
        await settle(pilot)
        assert app.current_mode == "figures"
        await pilot.press("escape", "slash", "backspace")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FindScreen)
        assert (screen._shown[0].kind, screen._shown[0].title) == ("search", "Sinowjew")
        await pilot.press("shift+delete")
        await settle(pilot)
        assert {line.kind for line in screen._shown} == {"try"}
        assert library.settings.get("searches", ["?"]) == []


async def test_what_may_have_been_meant_can_be_chosen(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        screen = await found(pilot, "polise")
        others = screen._answer.others
        assert others
        assert [line.title for line in screen._shown[: len(others)]] == list(others)
        assert screen._list.cursor == len(others)
        await pilot.press("up", "enter")
        await settle(pilot)
        assert screen.query_one("#find-query", Input).value == others[-1]
        assert not screen._answer.note


async def test_opened_again_it_is_on_the_line_that_was_chosen(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await found(pilot, "kronstadt")
        await pilot.press("down", "down", "down", "enter")
        await settle(pilot)
        await pilot.press("slash")
        await settle(pilot)
        screen = app.screen
        assert isinstance(screen, FindScreen)
        assert screen._list.cursor == 3


async def test_an_event_of_a_last_year_is_sealed_like_the_fate(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        await settle(pilot)
        library.settings.set("fates_sealed", True).result()
        screen = await found(pilot, "krivitsky")
        told = [line for line in screen._shown if line.kind == "event"]
        assert told
        assert not any("shot" in line.text for line in told)


async def test_an_event_is_found_by_its_date_as_it_is_shown(library: Library) -> None:
    assert {hit.title for hit in library.search.events("28 february 1921")} == {"1921-02-28"}
    assert library.search.events("kronstadt", 0) == []
    assert [hit.key for hit in library.search.chapters("ch4")] == [hit.key for hit in library.search.chapters("chap4")]


async def test_words_beside_a_described_person_find_passages_too(library: Library) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await found(pilot, "spanish civil war")
        assert screen._shown[0].kind == "person"
        assert any(line.kind == "passage" for line in screen._shown)
        assert "spanish or civil or war" in screen._answer.note


@pytest.mark.parametrize("words", ['"', "😀", "-lenin", "...", "()"])
async def test_no_word_is_no_command(library: Library, words: str) -> None:
    app = SergeApp(library)
    async with app.run_test(size=(80, 24)) as pilot:
        screen = await found(pilot, words)
        assert not [line for line in screen._shown if line.kind == "command"]
