"""The reader in the running app: a long chapter opened at its end, scrolled, turned, set anew; a card opened.

Each row is the whole way of a key: database, typesetting, drawing every row of a screen of 120 x 40.
"""

from __future__ import annotations

import asyncio
import tempfile
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.library import Library
from db.models import GUIDE_EDITION, Place
from import_scripts.pipeline import import_book, prepare
from serge_tui.app import SergeApp
from serge_tui.core.typesetting import ChapterLayout, Settings
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from tests.benchmarks.generate import make_epub
from tests.benchmarks.report import Row, milliseconds

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

WORDS: Final = 60_000
SIZE: Final = (120, 40)
FRAME: Final = 16.0
OPENING: Final = 50.0


def one_chapter(folder: Path) -> tuple[Path, str]:
    """Make a database with an edition whose text is one chapter; its path and the edition's key."""
    path, book = folder / "reader.db", folder / "long.epub"
    prepare(path)
    make_epub(book, WORDS, seed=3)
    with Library.open(path) as library:
        edition = import_book(library, book).edition.key

        def merge(connection: sqlite3.Connection) -> None:
            connection.execute("delete from chapter where edition = ? and ordinal > 0", [edition])
            connection.execute("update passage set chapter = 0 where edition = ?", [edition])
            connection.execute(
                "update chapter set passages = (select count(*) from passage where edition = ?1), characters ="
                " (select sum(length(text)) from passage where edition = ?1) where edition = ?1",
                [edition],
            )

        library.writer.run(merge)
    return path, edition


def rows() -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        path, edition = one_chapter(Path(name))
        with Library.open(path) as library:
            yield from asyncio.run(_measure(library, edition))


async def _measure(library: Library, edition: str) -> list[Row]:
    app = SergeApp(library, start=ReadAt(Place(edition, 0, 0)))
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        screen = app.screen
        assert isinstance(screen, ReaderScreen)
        page, opened = screen.page, screen.text.opened
        assert opened is not None
        last = opened.passages[-1]
        wrapped = milliseconds(lambda: ChapterLayout(opened.passages, Settings()))

        def draw() -> None:
            for y in range(page.size.height):
                page.render_line(y)

        def at_end() -> None:
            screen.text.open_place(Place(GUIDE_EDITION, 0, 0))
            screen.text.open_place(Place(edition, last.ordinal, len(last.text)))
            draw()

        def guide() -> None:
            screen.text.open_place(Place(GUIDE_EDITION, 0, 0))
            draw()

        def row(what: str, taken: float, bar: float) -> Row:
            against = f"{taken / wrapped:.2f} x greedy wrapping"
            return Row(what, f"{taken:.1f} ms", against, f"{bar:.0f} ms", taken <= bar)

        found = [Row("greedy wrapping of 60,000 words alone", f"{wrapped:.1f} ms", "1.00")]
        found.append(row("opened at its end", max(0.0, milliseconds(at_end) - milliseconds(guide)), OPENING))
        at_end()
        found.append(row("a scrolled line, 99th of 100", _slowest(lambda: page.scroll_lines(-1), draw), FRAME))
        found.append(row("a page turned, 99th of 100", _slowest(lambda: page.turn(-1), draw), FRAME))

        def set_anew() -> None:
            page.set_settings(replace(page.settings, measure=60 if page.settings.measure == 66 else 66))
            draw()

        found.append(row("set for another width", milliseconds(set_anew), OPENING))
        names = opened.names[:50]
        taken = sorted(milliseconds(partial(screen.people.open_card, name), 1) for name in names)
        found.append(row(f"card opened, slowest of {len(names)}", taken[-1], FRAME))
        screen.people.close_card()
        found.append(row("people panel filled", milliseconds(screen.panel.fill), FRAME))
    return found


def _slowest(step: Callable[[], object], draw: Callable[[], None]) -> float:
    """Milliseconds for a step and drawing the screen: the second slowest of a hundred."""
    taken = []
    for _ in range(100):
        start = time.perf_counter()
        step()
        draw()
        taken.append(1_000 * (time.perf_counter() - start))
    return sorted(taken)[-2]
