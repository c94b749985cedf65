"""A key in the figures box to the painted list, at 500 and 10,000 figures, beside the same key in a bare Textual box.

Textual paints at most sixty times a second, so a key waits for up to a sixtieth whatever is done with it: what the
bare box takes is that wait and Textual's own work. Whole-text search is in `bench_search`, the finder alone in
`bench_finder`.
"""

from __future__ import annotations

import asyncio
import tempfile
from functools import partial
from pathlib import Path
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from textual.app import App
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from db.library import Library
from import_scripts.pipeline import prepare
from serge_tui.app import SergeApp
from serge_tui.core.name_finder.names import NameFinder
from serge_tui.modes.figures.screen import FiguresScreen
from serge_tui.modes.figures.widgets.name_list import NameList
from serge_tui.navigation import ShowMode
from serge_tui.services.find_anything import find_anything
from serge_tui.services.hidden_ends import ALL_SHOWN
from tests.benchmarks.fixtures import big_database
from tests.benchmarks.report import Row, alternating

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from textual.app import ComposeResult
    from textual.pilot import Pilot

TYPED = ("zinoviev", "sinowjew", "trotsky", "radek", "petrov", "kamnev", "boecharin")
BARS = {500: 16.0, 10_000: 33.0}
SYLLABLES = "ba ce di fo gu ha ke li mo nu pa re si to va we xo ya zu bri cla dren fla gor stan tem vil nor sel".split()


class Echo(Widget):
    """Shows what is typed: the least that a key can lead to."""

    painted = 0.0
    text = ""

    def render_line(self, y: int) -> Strip:  # noqa: ARG002  # every line is the same
        """Paint, and remember when."""
        type(self).painted = perf_counter()
        return Strip.blank(self.size.width)


class Bare(App[None]):
    """A box and what is typed into it."""

    def compose(self) -> ComposeResult:
        """The two of them."""
        yield Input()
        yield Echo()

    def on_input_changed(self) -> None:
        """Paint for each key."""
        self.query_one(Echo).refresh()


def rows() -> Iterator[Row]:
    """Measure the whole way of a key."""
    bare = asyncio.run(_bare())
    yield Row("a key in a bare Textual box, painted", f"{_middle(bare):.1f} ms", "the wait for Textual's clock in it")
    for count, bar in BARS.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "serge.db"
            prepare(path)
            with Library.open(path) as library:
                library.writer.run(partial(_grow, count=count))
                taken, handled = asyncio.run(_figures(library))
        yield Row(
            f"a key to the painted list of {count:,} figures", f"{_middle(taken):.1f} ms",
            f"{_middle(taken) / _middle(bare):.1f} x the bare box", f"{bar:.0f} ms", _middle(taken) <= bar,
        )  # fmt: skip
        slow = sorted(handled)[len(handled) * 95 // 100]
        yield Row(
            f"of it found, narrowed, listed, {count:,} figures", f"{_middle(handled):.1f} ms",
            f"95 of 100 below {slow:.1f} ms", f"{bar:.0f} ms", slow <= bar,
        )  # fmt: skip

    yield from _anything()


def _anything() -> Iterator[Row]:
    """Measure one key of find anything, with every kind asked, beside whole-text search alone."""
    with tempfile.TemporaryDirectory() as folder, Library.open(big_database(Path(folder))) as library:
        finder = NameFinder(library.figures.names(), library.figures.texts())
        finder.prepare()
        for words in ("trotsky", "of the", "trotzki wintr"):
            whole, passages = alternating(
                partial(find_anything, library, finder, (), words, ends=ALL_SHOWN),
                partial(library.search.passages, words),
            )
            yield Row(
                f"find anything in 250,000 words: {words}", f"{whole:.1f} ms",
                f"passages alone {passages:.1f} ms", "in a thread",
            )  # fmt: skip


def _middle(values: list[float]) -> float:
    return sorted(values)[len(values) // 2]


def _grow(connection: sqlite3.Connection, count: int) -> None:
    """Add made-up people until there are as many as asked."""
    chance = Random(1890)
    have = connection.execute("select count(*) from figure").fetchone()[0]
    columns = "key, name, sort_name, native_name, sex, one_line, life, serge, doubt, in_memoirs, confidence, born,"
    columns += " born_place, born_doubt, died, died_place, died_doubt, fate, fate_text"
    for number in range(have, count):
        first, last = ("".join(chance.choices(SYLLABLES, k=2)).capitalize() for _ in range(2))
        connection.execute(
            f"insert into figure ({columns}) values (?, ?, ?, '', 'm', '', '', '', '', 'context', 'low', '1890', '',"
            " '', '1938', '', '', 'shot', '')",
            [f"made-up-{number}", f"{first} {last}ov", f"{last}ov, {first}"],
        )
        connection.execute(
            "insert into alias values (?, 0, ?, 'spelling', 0)", [f"made-up-{number}", f"{first} {last}off"]
        )


async def _bare() -> list[float]:
    app = Bare()
    async with app.run_test(size=(120, 40)) as pilot:
        box = app.query_one(Input)
        return [moments[0] for word in TYPED for moments in await _typed(pilot, word, box, lambda: [Echo.painted])]


async def _figures(library: Library) -> tuple[list[float], list[float]]:
    """For each key: milliseconds to the painted list, and to the list filled."""
    painted = filled = 0.0
    draw, fill = NameList.render_line, NameList.show

    def render_line(self: NameList, y: int) -> Strip:
        nonlocal painted
        painted = perf_counter()
        return draw(self, y)

    def show(self: NameList, *arguments: object, **keywords: object) -> None:
        nonlocal filled, painted
        fill(self, *arguments, **keywords)  # type: ignore[arg-type]  # passed on as they came
        filled, painted = perf_counter(), 0.0

    NameList.render_line, NameList.show = render_line, show  # type: ignore[method-assign,assignment]  # to note when
    try:
        app = SergeApp(library, start=ShowMode("figures"))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            await app.workers.wait_for_complete()
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, FiguresScreen)
            box = screen.box
            taken = [moments for word in TYPED for moments in await _typed(pilot, word, box, lambda: [painted, filled])]
            return [moments[0] for moments in taken], [moments[1] for moments in taken]
    finally:
        NameList.render_line, NameList.show = draw, fill  # type: ignore[method-assign]  # as it was


async def _typed(pilot: Pilot[None], word: str, box: Input, moments: Callable[[], list[float]]) -> list[list[float]]:
    """Type a word letter by letter, each key when the one before has been painted.

    For each key the milliseconds to each of the moments, which are told as the clock has them.
    """
    taken = []
    box.value = ""
    for length in range(1, len(word) + 1):
        await pilot.pause(0.05)
        start = perf_counter()
        box.value = word[:length]
        while min(moments()) <= start:  # noqa: ASYNC110  # an event would come with a later frame
            await asyncio.sleep(0.0005)
        taken.append([1000 * (moment - start) for moment in moments()])
    return taken
