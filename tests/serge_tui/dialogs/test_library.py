"""The library: read, rename, remove, bring back, undo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.widgets import Input, OptionList

from db.found_store import begin_search
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.cli.book_importer import ProcessImporter
from serge_tui.cli.portrait_searcher import ProcessSearcher
from serge_tui.dialogs.choice import Choice
from serge_tui.dialogs.import_book import ImportDialog
from serge_tui.dialogs.library import LibraryDialog
from serge_tui.dialogs.prompt import Prompt
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

    from db.library import Library


@pytest.fixture(autouse=True)
def text(library: Library, tmp_path: Path) -> Path:
    path = tmp_path / "plain.txt"
    path.write_text("Chapter One\n\nTrotsky met Lenin at the Smolny.\n\n" * 10, "utf-8")
    import_book(library, path)
    return path


async def opened(pilot: Pilot[None]) -> LibraryDialog:
    await settle(pilot)
    await pilot.press("L")
    await until(pilot, lambda: isinstance(pilot.app.screen, LibraryDialog))
    await settle(pilot)
    assert isinstance(pilot.app.screen, LibraryDialog)
    return pilot.app.screen


def rows(screen: LibraryDialog) -> list[str]:
    options = screen.query_one(OptionList)
    return [str(options.get_option_at_index(at).prompt) for at in range(options.option_count)]


async def test_a_text_is_shown_and_read(library: Library) -> None:
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        assert "words" in rows(screen)[0]
        assert "not begun" in rows(screen)[0]
        await pilot.press("enter")
        await until(pilot, lambda: pilot.app.current_mode == "reader")


async def test_a_text_is_removed_after_a_question_and_brought_back(library: Library) -> None:
    with no_waiting_on_this_thread():
        async with SergeApp(library).run_test() as pilot:
            screen = await opened(pilot)
            await pilot.press("d")
            await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
            await pilot.press("up", "enter")
            await until(pilot, lambda: any("brings it back" in row for row in rows(screen)))
            await pilot.press("u")
            await until(pilot, lambda: not any("brings it back" in row for row in rows(screen)))
            await pilot.press("U")
            await until(pilot, lambda: any("brings it back" in row for row in rows(screen)))
            screen.query_one(OptionList).highlighted = 1
            await pilot.press("enter")
            await until(pilot, lambda: not any("brings it back" in row for row in rows(screen)))
    assert len(library.texts.editions()) == 2


async def test_a_text_is_renamed_and_that_is_undone(library: Library) -> None:
    before = library.texts.editions()[0].title
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        await pilot.press("r")
        await until(pilot, lambda: isinstance(pilot.app.screen, Prompt))
        pilot.app.screen.query_one(Input).value = "My copy"
        await pilot.press("enter")
        await until(pilot, lambda: rows(screen)[0].startswith("My copy"))
        await pilot.press("u")
        await until(pilot, lambda: rows(screen)[0].startswith(before))
    assert library.texts.own_title(library.texts.editions()[0].key) == ""


async def test_the_guide_stays_as_it_is(library: Library) -> None:
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        screen.query_one(OptionList).highlighted = 1
        await pilot.press("d", "r", "i")
        await pilot.pause()
        assert pilot.app.screen is screen


async def test_a_text_is_imported_again_in_its_place(library: Library, text: Path) -> None:
    key = library.texts.editions()[0].key
    async with SergeApp(library, importer=ProcessImporter(library.path)).run_test() as pilot:
        await opened(pilot)
        await pilot.press("i")
        await until(pilot, lambda: isinstance(pilot.app.screen, ImportDialog))
        pilot.app.screen.query_one(Input).value = str(text)
        await pilot.press("enter")
        await settle(pilot)
        await settle(pilot)
    assert [edition.key for edition in library.texts.editions()] == [key, "guide"]


MARKOV = "Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs."


async def test_portraits_are_looked_for_when_the_reader_asks(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "markov.txt"
    path.write_text(f"CHAPTER I\n\nIt was said that the snow fell for days.\n\n{MARKOV}\n", "utf-8")
    import_book(library, path)
    with no_waiting_on_this_thread():
        async with SergeApp(library, searcher=ProcessSearcher(library.path)).run_test() as pilot:
            screen = await opened(pilot)
            assert "p looks for portraits" in rows(screen)[0]
            await pilot.press("p")
            await until(pilot, lambda: "1 portrait and 0 sayings found" in rows(screen)[0])
    (found,) = library.found.of_edition("markov-text")
    assert found.text in MARKOV


async def test_a_search_that_was_begun_goes_on_at_the_next_start(library: Library, text: Path) -> None:
    library.writer.run(lambda c: begin_search(c, "plain-text", "en", "v1", 1))
    async with SergeApp(library, searcher=ProcessSearcher(library.path)).run_test() as pilot:
        await until(pilot, lambda: "done" in {one.state for one in library.found.searches().values()})


async def test_a_removed_text_is_deleted_for_good_after_a_question(library: Library) -> None:
    library.removed_texts.remove(library.texts.editions()[0].key).result()
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        screen.query_one(OptionList).highlighted = 1
        await pilot.press("d")
        await until(pilot, lambda: isinstance(pilot.app.screen, Choice))
        await pilot.press("down", "enter")
        await until(pilot, lambda: pilot.app.screen is screen and len(rows(screen)) == 1)
    assert library.removed_texts.all() == []


async def test_a_text_of_an_older_importer_is_marked(library: Library) -> None:
    library.writer.run(lambda c: c.execute("update edition set importer = 0"))
    async with SergeApp(library).run_test() as pilot:
        screen = await opened(pilot)
        assert "older importer" in rows(screen)[0]
        assert "older importer" not in rows(screen)[1]
