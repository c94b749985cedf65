"""A chapter of 60,000 words set in every way: opened at its end, set anew for another width, scrolled, paged.

`python -m tests.benchmarks.bench_typesetting [TEXT FILE]` measures a chapter of made-up words, or of that file.
"""

from __future__ import annotations

import re
import sys
import tracemalloc
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final, get_args

from db.models import Passage
from serge_tui.core.typesetting import ChapterLayout, Setting, Settings, pages
from serge_tui.core.typesetting.hyphenation import hyphenator
from tests.benchmarks.generate import chapters
from tests.benchmarks.report import Row, milliseconds, print_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS: Final = 60_000
SCREEN: Final = 40
FRAME: Final = 16.0
OPENING: Final = 50.0


def invented() -> list[str]:
    """Paragraphs of made-up words."""
    return [" ".join(paragraph.words) for chapter in chapters(WORDS, 1) for paragraph in chapter.paragraphs]


def read(path: Path) -> list[str]:
    """Paragraphs of a plain text file, as many as make a chapter."""
    found: list[str] = []
    words = 0
    for block in re.split(r"\n\s*\n", path.read_text("utf-8-sig")):
        found.append(" ".join(block.split()))
        words += len(found[-1].split())
        if words >= WORDS:
            break
    return found


def passages_of(paragraphs: list[str]) -> list[Passage]:
    """Make a chapter of them."""
    return [Passage("bench", at, 0, "paragraph", 0, text, ()) for at, text in enumerate(paragraphs)]


def screen_at_end(layout: ChapterLayout) -> None:
    """Make the lines a reader sees who comes back to a chapter's end."""
    last = layout.passages[-1]
    index = layout.index_of(last.ordinal, len(last.text))
    layout.lines(index - SCREEN, index + 1)


def opened(passages: list[Passage], settings: Settings) -> None:
    """Lay a chapter out and show its end."""
    screen_at_end(ChapterLayout(passages, settings))


def resized(layout: ChapterLayout, settings: Settings) -> None:
    """Set a chapter anew and show its end."""
    screen_at_end(layout.with_settings(settings))


def slowest_line(passages: list[Passage], settings: Settings) -> float:
    """Milliseconds for a line that comes into view, scrolling up from the end: the slowest of a hundred."""
    layout = ChapterLayout(passages, settings)
    taken: list[float] = []
    for index in range(len(layout) - 1, len(layout) - 801, -1):
        start = perf_counter()
        layout.line(index)
        taken.append((perf_counter() - start) * 1_000)
    return sorted(taken)[int(len(taken) * 0.99)]


def megabytes(passages: list[Passage], settings: Settings) -> float:
    """What a layout holds beside the passages when all of it has been looked at."""
    tracemalloc.start()
    layout = ChapterLayout(passages, settings)
    for index in range(len(layout)):
        layout.line(index)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6


def rows(paragraphs: list[str] | None = None) -> Iterator[Row]:
    """Measure every setting, each as a ratio to the greedy wrapping of the same chapter."""
    start = perf_counter()
    hyphenator("en")
    yield Row("patterns for English read, once", f"{(perf_counter() - start) * 1_000:.1f} ms")
    several = passages_of(paragraphs or invented())
    one = passages_of([" ".join(passage.text for passage in several)])
    greedy = milliseconds(lambda: ChapterLayout(several, Settings()))
    lines = len(ChapterLayout(several, Settings()))
    yield Row(
        f"greedy wrapping, {len(several)} paragraphs, {lines} lines", f"{greedy:.1f} ms", "1.00", "20 ms", greedy <= 20
    )

    def row(what: str, run: Callable[[], object], bar: float) -> Row:
        taken = milliseconds(run)
        return Row(what, f"{taken:.1f} ms", f"{taken / greedy:.2f} x greedy wrapping", f"{bar:.0f} ms", taken <= bar)

    for setting in get_args(Setting):
        settings, narrow = Settings(setting=setting), Settings(measure=60, setting=setting)
        layout = ChapterLayout(several, settings)
        yield row(f"{setting}: opened at its end", partial(opened, several, settings), OPENING)
        yield row(f"{setting}: set for another width", partial(resized, layout, narrow), OPENING)
        yield row(f"{setting}: as one paragraph", partial(opened, one, settings), OPENING)
        slow = slowest_line(several, settings)
        yield Row(f"{setting}: a scrolled line, 99th of 100", f"{slow:.2f} ms", "", f"{FRAME:.0f} ms", slow <= FRAME)
        yield Row(f"{setting}: memory of the layout", f"{megabytes(several, settings):.1f} MB")
    layout = ChapterLayout(several, Settings())
    yield row(f"cut into pages of {SCREEN} lines", lambda: pages(layout, SCREEN), FRAME)


if __name__ == "__main__":
    print_table(rows(read(Path(sys.argv[1])) if len(sys.argv) > 1 else None))
