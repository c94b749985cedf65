"""Every way back leads to the same line: over random walks of jumps, another import, a kill."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.library import Library
from db.models import GUIDE_EDITION, Place
from import_scripts.pipeline import import_book
from serge_tui.app import SergeApp
from serge_tui.navigation import ReadAt, ShowQuotation
from tests.serge_tui.helpers import until
from tests.serge_tui.modes.reader.reading import reader, start, top_line
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from textual.pilot import Pilot

JUMPS = {
    "next chapter": ["right_square_bracket", "right_square_bracket"],
    "chapter before": ["left_square_bracket", "left_square_bracket"],
    "end": ["G"],
    "beginning": ["g", "g"],
    "contents": ["t", "j", "j", "enter"],
    "percent": ["colon", "6", "3", "percent_sign", "enter"],
    "next mention": ["x", "n", "escape"],
    "mention before": ["x", "N", "escape"],
    "whole figure": ["x", "enter"],
    "link": ["right_square_bracket", "l", "enter"],
    "quotation": [],
    "mark": ["apostrophe", "a"],
    "years": ["g", "y"],
    "read": ["g", "r"],
    "half a page": ["ctrl+d"],
    "a line": ["j"],
    "next name": ["right_square_bracket", "p"],
    "page": ["space"],
}


async def jump(pilot: Pilot[None], name: str) -> None:
    app = pilot.app
    assert isinstance(app, SergeApp)
    if name == "quotation":
        app.go_to(ShowQuotation("ghastly-fratricide"))
    in_reader = app.current_mode == "reader"
    for key in JUMPS[name] if in_reader or name in {"years", "read"} else ["f3"]:
        await pilot.press(key)
        await pilot.pause()
    await pilot.pause()


@settings(
    max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(walk=st.lists(st.sampled_from(sorted(JUMPS)), min_size=4, max_size=12))
async def test_random_walks_of_jumps_come_back_to_the_same_lines(library: Library, walk: list[str]) -> None:
    app = SergeApp(library, start=start(library))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        screen = reader(pilot)
        await pilot.press("m", "a", "j", "j")
        await pilot.pause()
        lines: dict[object, str] = {}
        for name in walk:
            before = (screen.spot(), top_line(screen)) if app.current_mode == "reader" else None
            trail = len(app.trail._behind)
            await jump(pilot, name)
            if before is not None and len(app.trail._behind) > trail:
                lines[before[0]] = before[1]
        while app.trail.can_go_back:
            expected, length = app.trail._behind[-1], len(app.trail._behind)
            await pilot.press("escape" if app.current_mode == "reader" else "ctrl+o")
            await pilot.pause()
            await pilot.pause()
            # An Esc that only closed a card has not gone back yet.
            if len(app.trail._behind) < length and app.current_mode == "reader" and expected in lines:
                assert screen.spot() == expected
                assert top_line(screen).lstrip("a ") == lines[expected].lstrip("a ")


BOOK = "CHAPTER 1\n\nThe First\n\n{first}\n\n" + "\n\n".join(
    f"Paragraph number {number} tells of the winter in which nobody came to the city, and of what they burned."
    for number in range(1, 120)
)


async def test_the_place_survives_another_import(library: Library, tmp_path: Path) -> None:
    book = tmp_path / "book.txt"
    book.write_text(BOOK.format(first="It began."))
    edition = import_book(library, book).edition.key
    app = SergeApp(library, start=ReadAt(Place(edition, 0, 0)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press("space", "space", "j")
        line = top_line(reader(pilot))
        words = line.split()[:4]
        assert words
    book.write_text(BOOK.format(first="It began.\n\nA new edition has a paragraph more.\n\nAnd another."))
    assert import_book(library, book).edition.key == edition
    again = SergeApp(library)
    async with again.run_test(size=(100, 30)) as pilot:
        await pilot.press("f3")
        await pilot.pause()
        assert top_line(reader(pilot)) == line


async def test_words_looked_up_are_not_where_one_reads_until_one_moves_from_them(library: Library) -> None:
    read, looked_up = Place(GUIDE_EDITION, 30, 0), Place(GUIDE_EDITION, 90, 4)
    library.texts.save_position(read, "").result()
    app = SergeApp(library)
    async with app.run_test(size=(100, 30)) as pilot:
        app.go_to(ReadAt(looked_up, (90, 4, 90, 9)))
        await until(pilot, lambda: app.current_mode == "reader" and reader(pilot).text.opened is not None)
        await pilot.press("f2")
        await pilot.pause()
        position = library.texts.last_position()
        assert position is not None
        assert position.place == read
        await pilot.press("f3", "space")
        await pilot.pause()
    position = library.texts.last_position()
    assert position is not None
    assert position.place.passage >= 85


@pytest.mark.pty
def test_the_place_survives_a_kill(database: Path) -> None:
    with Terminal(database, "read", "4") as terminal:
        terminal.wait("What happens")
        terminal.press(*"jjjjjjjjjjjj")
        terminal.wait(lambda text: "What happens" not in text)
        with Library.open(database) as library:
            chapter = library.texts.canonical(GUIDE_EDITION, 4)
            assert chapter is not None
            while (
                now := library.texts.position(GUIDE_EDITION)
            ) is None or now.place.passage < chapter.first_passage + 2:
                terminal.read()
        terminal.kill()
    with Library.open(database) as library:
        place = library.texts.last_position()
        assert place is not None
        passage = library.passages.at(GUIDE_EDITION, place.place.passage)
        assert passage is not None
        words = passage.text[place.place.offset :][:40]
    with Terminal(database, "read") as terminal:
        assert terminal.wait(words).splitlines()[1].strip().startswith(words)
