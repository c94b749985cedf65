"""Portraits and sayings found in the reader's copy: each decided with one key, and taken back with one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, Static

from import_scripts.found_search import search_edition
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.prompt import Prompt
from serge_tui.modes.notes.to_review import ToReviewScreen
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ShowMode
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.notes.settling import settle

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library

MARKOV = "Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs."
TEXT = f"""CHAPTER I

Snow fell on the town, and it was said that nobody had come to the station for two days.

{MARKOV}

“We shall see about that tomorrow morning,” said Ivan Markov.
"""


@pytest.fixture(autouse=True)
def edition(library: Library, tmp_path: Path) -> str:
    path = tmp_path / "small.txt"
    path.write_text(TEXT, "utf-8")
    key = import_book(library, path).edition.key
    search_edition(library, key, lambda _done, _chapters: None)
    return key


async def opened(app: SergeApp, pilot: Pilot[None]) -> ToReviewScreen:
    await pilot.pause()
    await pilot.press("J")
    await until(pilot, lambda: isinstance(app.screen, ToReviewScreen) and len(app.screen.lists.copy) == 2)
    assert isinstance(app.screen, ToReviewScreen)
    assert app.screen.lists.kind == "copy"
    return app.screen


def preview(screen: ToReviewScreen) -> str:
    return str(screen.query_one("#review-text", Static).render())


def decided(library: Library) -> dict[str, str]:
    return {one.kind: one.state for one in library.found.decisions()}


@pytest.mark.parametrize(("key", "state"), [("a", "kept"), ("s", "skipped"), ("x", "rejected")])
async def test_one_key_decides_and_one_takes_it_back(library: Library, key: str, state: str) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    with no_waiting_on_this_thread():
        async with app.run_test(size=(100, 30)) as pilot:
            screen = await opened(app, pilot)
            found = screen.lists.in_copy()
            assert found is not None
            assert "Ivan Markov" in preview(screen)
            assert found.text in preview(screen)
            await pilot.press(key)
            await until(pilot, lambda: len(screen.lists.copy) == 1)
            assert decided(library) == {found.kind: state}
            await pilot.press("u")
            await until(pilot, lambda: len(screen.lists.copy) == 2)
            assert decided(library) == {}
            assert screen.lists.in_copy() == found
            await pilot.press("U")
            await until(pilot, lambda: len(screen.lists.copy) == 1)
            assert decided(library) == {found.kind: state}


async def test_the_best_words_are_kept_and_words_that_do_not_stand_there_are_refused(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        found = screen.lists.in_copy()
        assert found is not None
        for words, number in (("a fat old printer", 2), (found.text[5:40], 1)):
            await pilot.press("e")
            await until(pilot, lambda: isinstance(app.screen, Prompt))
            app.screen.query_one(Input).value = words
            await pilot.press("enter")
            await settle(pilot)
            await until(pilot, lambda n=number: len(screen.lists.copy) == n)  # type: ignore[misc]
        ((kept, _),) = library.found.kept()
        assert (kept.text, kept.sentence) == (found.text[5:40].strip(), found.sentence)


@pytest.mark.parametrize(
    ("typed", "index", "figure", "name"),
    [("Trotsky", 0, "trotsky", "Leon Trotsky"), ("Markov", -2, "", "Ivan Markov"), ("Qqqq", -1, "", "Qqqq")],
)
async def test_another_person_is_chosen_from_the_pack_from_the_text_or_typed(
    library: Library, typed: str, index: int, figure: str, name: str
) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("w")
        await until(pilot, lambda: isinstance(app.screen, Prompt))
        app.screen.query_one(Input).value = typed
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, Choice))
        if index < 0:
            await pilot.press("end", *["up"] * (-index - 1))
        await pilot.press("enter")
        await until(pilot, lambda: len(screen.lists.copy) == 1)
    ((kept, _),) = library.found.kept()
    assert (kept.figure, kept.name) == (figure, name)


async def test_enter_opens_the_passage_and_esc_comes_back_to_the_row(library: Library) -> None:
    app = SergeApp(library, start=ShowMode("notes"))
    async with app.run_test(size=(100, 30)) as pilot:
        screen = await opened(app, pilot)
        await pilot.press("j")
        await pilot.pause()
        found = screen.lists.in_copy()
        assert found is not None
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen))
        await settle(pilot)
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, ToReviewScreen) and bool(app.screen.lists.copy))
        await settle(pilot)
        again = app.screen
        assert isinstance(again, ToReviewScreen)
        assert again.lists.in_copy() == found
