"""Correcting the chapters of a text on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.dialogs.chapters import ChaptersDialog
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.library import LibraryDialog
from serge_tui.dialogs.passage_picker import PassagePicker
from serge_tui.dialogs.prompt import Prompt
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library

KEY = "plain-text"


@pytest.fixture(autouse=True)
def text(library: Library, tmp_path: Path) -> Path:
    path = tmp_path / "plain.txt"
    path.write_text("\n\n".join(f"Passage {number} tells of the day {number * 7}." for number in range(40)), "utf-8")
    assert import_book(library, path).edition.key == KEY
    return path


async def opened(pilot: Pilot[None]) -> ChaptersDialog:
    await settle(pilot)
    await pilot.press("L")
    await until(pilot, lambda: isinstance(pilot.app.screen, LibraryDialog) and bool(listed(pilot)))
    await pilot.press("m")
    await until(pilot, lambda: isinstance(pilot.app.screen, ChaptersDialog) and bool(listed(pilot)))
    assert isinstance(pilot.app.screen, ChaptersDialog)
    return pilot.app.screen


def listed(pilot: Pilot[None]) -> list[str]:
    options = pilot.app.screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


def canonical(library: Library) -> list[int | None]:
    return [one.canonical for one in library.texts.chapters(KEY)]


async def test_a_chapter_is_taken_for_one_of_the_memoirs_and_that_is_undone(library: Library) -> None:
    with no_waiting_on_this_thread():
        async with SergeApp(library).run_test() as pilot:
            screen = await opened(pilot)
            assert "none of the Memoirs" in listed(pilot)[0]
            await pilot.press("enter")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
            await pilot.press("down", "down", "enter")
            await until(pilot, lambda: pilot.app.screen is screen and "chapter 2 of the Memoirs" in listed(pilot)[0])
            assert canonical(library) == [2]
            await pilot.press("u")
            await until(pilot, lambda: "none of the Memoirs" in listed(pilot)[0])
            await pilot.press("U")
            await until(pilot, lambda: "chapter 2 of the Memoirs" in listed(pilot)[0])


async def test_a_chapter_is_cut_at_a_passage_named_and_kept(library: Library, text: Path) -> None:
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press("n")
        await until(pilot, lambda: isinstance(pilot.app.screen, PassagePicker))
        pilot.app.screen.query_one(Input).value = "PASSAGE 140"
        await until(pilot, lambda: len(listed(pilot)) == 1)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        assert pilot.app.screen.query_one(Input).value == "Passage 20 tells of the day 140."
        pilot.app.screen.query_one(Input).value = "The second half"
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: pilot.app.screen is screen and len(listed(pilot)) == 2)
        assert "The second half" in listed(pilot)[1]
        assert "yours" in listed(pilot)[1]
        import_book(library, text)
        assert canonical(library) == [None, 1]
        await pilot.press("d")
        await until(pilot, lambda: len(listed(pilot)) == 1)


async def test_a_chapter_is_renamed(library: Library) -> None:
    async with SergeApp(library).run_test() as pilot:
        await opened(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        pilot.app.screen.query_one(Input).value = "[b]Mine\x1b[0m"
        await pilot.press("enter")
        await until(pilot, lambda: bool(pilot.app.screen.query(OptionList)) and "[b]Mine" in listed(pilot)[0])
        assert "\x1b" not in listed(pilot)[0]
