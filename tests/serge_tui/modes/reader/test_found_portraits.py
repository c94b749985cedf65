"""Portraits found in the text: `]o` and `[o`, the sign in the margin, the line on the card and its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.found_store import ChapterFindings, begin_search, store_chapter
from db.models import Place
from db.models.found_text import Found
from import_scripts.found_search import search_edition
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.modes.reader.card_content import card_facts
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.modes.reader.widgets.figure_card import card_content
from serge_tui.navigation import ReadAt
from serge_tui.services.hidden_ends import ALL_SHOWN, HiddenEnds
from serge_tui.services.reading_settings import PORTRAITS
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


TROTSKY = (
    "Trotsky came in late that evening and sat down at the long table.",
    "Trotsky was a tall, proud man with a pale face and keen eyes.",
)


def with_trotsky(library: Library, tmp_path: Path) -> str:
    """A text that names Trotsky twice and draws him the second time, further down."""
    key = bring(library, tmp_path, f"CHAPTER I\n\n{TROTSKY[0]}\n\n{FILLER}{TROTSKY[1]}\n\n{FILLER}")
    drawn = next(one for one in library.passages.of_chapter(key, 0) if one.text == TROTSKY[1])
    found = Found(
        key, "portrait", drawn.ordinal, 0, drawn.ordinal, len(drawn.text),
        (drawn.ordinal, 0, drawn.ordinal, len(drawn.text)), 0, "f1", drawn.text, drawn.text, "trotsky",
        "Leon Trotsky", "", "surname", 0.9, True, False,
    )  # fmt: skip
    library.writer.run(lambda c: begin_search(c, key, "en", "v1", 1))
    library.writer.run(lambda c: store_chapter(c, key, "v1", 0, ChapterFindings([found])))
    return key


def test_the_card_tells_the_stroke_only_as_far_as_it_may(library: Library, tmp_path: Path) -> None:
    key = with_trotsky(library, tmp_path)
    figure = library.figures.by_key("trotsky")
    first, second = library.passages.mentions_of("trotsky", key)
    assert figure is not None
    told = card_facts(library, figure, first, (first.passage, 99), ends=ALL_SHOWN, unfolded=False)
    assert told.found is not None
    assert "In your copy  Trotsky was a tall, proud man" in card_content(told).plain
    hidden = HiddenEnds(switched_on=True, died={"trotsky": 1940})
    early = card_facts(library, figure, first, (first.passage, 99), ends=hidden, unfolded=False)
    assert early.found is None
    assert "In your copy" not in card_content(early).plain
    late = card_facts(library, figure, second, (second.passage, 99), ends=hidden, unfolded=False)
    assert late.found is not None


async def test_the_cards_key_leads_to_the_stroke_and_escape_back(library: Library, tmp_path: Path) -> None:
    key = with_trotsky(library, tmp_path)
    app = SergeApp(library, start=ReadAt(Place(key, 0, 0)))
    with no_waiting_on_this_thread():
        async with app.run_test(size=(80, 24)) as pilot:
            await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            await settle(pilot)
            await pilot.press("x", "o")
            drawn = library.found.of_edition(key)[0]
            await until(pilot, lambda: screen.text.lit is not None and screen.text.lit.passage == drawn.passage)
            assert not screen.people.is_open
            await pilot.press("escape")
            await until(pilot, lambda: screen.page.hold.passage < drawn.passage)


async def test_a_sign_stands_beside_a_portrait_unless_the_reader_wants_none(library: Library, tmp_path: Path) -> None:
    key = with_trotsky(library, tmp_path)
    app = SergeApp(library, start=ReadAt(Place(key, 0, 0)))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, ReaderScreen) and app.screen.text.opened is not None)
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        opened = screen.text.opened
        assert opened is not None
        drawn = library.found.of_edition(key)[0]
        assert [(passage, sign.character) for passage, sign in screen.portraits.signs(opened)] == [(drawn.passage, "○")]
        await pilot.press("]", "o")
        await until(pilot, lambda: screen.text.lit is not None)
        await settle(pilot)
        assert any("○" in screen.page.render_line(y).text for y in range(screen.page.size.height))
        library.settings.set(PORTRAITS, False).result()
        screen.marks.read_again()
        await settle(pilot)
        assert not any("○" in screen.page.render_line(y).text for y in range(screen.page.size.height))
