"""`]o` and `[o` go from portrait to portrait; a text without any says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.models import Place
from import_scripts.found_search import search_edition
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from tests.serge_tui.event_loop import no_waiting_on_this_thread
from tests.serge_tui.helpers import settle, until

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from db.library import Library

FILLER = "Snow fell on the town, and it was said that nobody had come to the station for two days.\n\n" * 12
PEOPLE = (
    "Ivan Markov was a lean, gentle old printer with a grey beard, tired eyes and inky thumbs.",
    "Peter Orlov was a stout, jovial man with red cheeks, a loud voice and small, cunning eyes.",
)


def bring(library: Library, tmp_path: Path, text: str) -> str:
    path = tmp_path / "small.txt"
    path.write_text(text, "utf-8")
    return import_book(library, path).edition.key


async def test_the_keys_go_from_portrait_to_portrait(library: Library, tmp_path: Path) -> None:
    key = bring(library, tmp_path, f"CHAPTER I\n\n{FILLER}{PEOPLE[0]}\n\n{FILLER}{PEOPLE[1]}\n\n{FILLER}")
    search_edition(library, key, lambda _done, _chapters: None)
    places = [(one.passage, one.start) for one in library.found.portraits_between(key, 0, 100)]
    assert len(places) == 2
    app = SergeApp(library, start=ReadAt(Place(key, 0, 0)))
    with no_waiting_on_this_thread():
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            await settle(pilot)
            for keys, at in ((("]", "o"), 0), (("]", "o"), 1), (("]", "o"), 1), (("[", "o"), 0)):
                await pilot.press(*keys)
                await until(pilot, lambda n=at: screen.text.lit is not None and screen.text.lit.begin == places[n])  # type: ignore[misc]


async def test_a_text_without_portraits_says_so_and_stays_where_it_is(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = bring(library, tmp_path, f"CHAPTER I\n\n{FILLER}")
    app = SergeApp(library, start=ReadAt(Place(key, 0, 0)))
    said: list[str] = []
    monkeypatch.setattr(app, "inform", said.append)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
        await settle(pilot)
        await pilot.press("]", "o")
        await until(pilot, lambda: bool(said))
        assert "No portraits were found" in said[0]
        assert isinstance(app.screen, ReaderScreen)
        assert app.screen.text.lit is None
