"""Finding portraits and sayings in 250,000 words, and in twice as many: time and memory; and beside the app, where keys
go on being answered.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from db.library import Library
from db.models import Place
from import_scripts.pipeline import import_book, prepare
from serge_tui.app import SergeApp
from serge_tui.cli.portrait_searcher import ProcessSearcher
from serge_tui.modes.reader.screen import ReaderScreen
from serge_tui.navigation import ReadAt
from tests.benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

FIND = r"""
import json, re, resource, sys, time
from pathlib import Path

def peak():
    # Linux hands a child its parent's peak in ru_maxrss; VmHWM is the process's own.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.search(r"VmHWM:\s+(\d+)", status.read_text())[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

from import_scripts.found.door import find, read_texts
texts = read_texts([Path(name) for name in sys.argv[1:]])
start = time.perf_counter()
found = find(texts)
taken = time.perf_counter() - start
print(json.dumps({"seconds": taken, "peak": peak(), "portraits": len(found["portraits"])}))
"""
TEXTS = Path(__file__).resolve().parents[1] / "import_scripts/found/labels/text"
WORDS = 250_000
FRAME = 16.0
STEPS = 100


def _write_book(folder: Path, words: int) -> list[Path]:
    """Write the labelled chapters over and over, until there are so many words; return the files."""
    chapters = [path.read_text("utf-8") for path in sorted(TEXTS.rglob("*.txt"))]
    folder.mkdir()
    written: list[Path] = []
    while words > 0:
        text = chapters[len(written) % len(chapters)]
        path = folder / f"chapter-{len(written)}.txt"
        path.write_text(text, "utf-8")
        written.append(path)
        words -= len(text.split())
    return written


def measure(files: list[Path]) -> dict[str, float]:
    """Search files in a process of its own; seconds, the process's peak memory in MB, portraits."""
    result = subprocess.run([sys.executable, "-c", FIND, *map(str, files)], capture_output=True, text=True, check=True)
    measured: dict[str, float] = json.loads(result.stdout)
    return measured


def _import_edition(folder: Path, words: int) -> tuple[Path, str]:
    """Import a book of so many words into a new database; its path and the edition's key."""
    path, book = folder / "found.db", folder / "book.txt"
    prepare(path)
    chapters = [file.read_text("utf-8") for file in _write_book(folder / "beside", words)]
    book.write_text("\n\n".join(f"CHAPTER {number}\n\n{text}" for number, text in enumerate(chapters, 1)), "utf-8")
    with Library.open(path) as library:
        return path, import_book(library, book).edition.key


async def _beside(path: Path, edition: str) -> tuple[float, float, float]:
    """Scroll a text while it is searched; return milliseconds of a scrolled line, 99th of 100, alone and meanwhile, and
    seconds of the search.
    """
    with Library.open(path) as library:
        app = SergeApp(library, start=ReadAt(Place(edition, 0, 0)))
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            screen = app.screen
            assert isinstance(screen, ReaderScreen)
            alone = [await _scroll(screen, number) for number in range(STEPS)]
            begun = time.perf_counter()
            search = asyncio.create_task(
                asyncio.to_thread(ProcessSearcher(path).run, [edition], lambda *_told: None, lambda: False)
            )
            meanwhile: list[float] = []
            while not search.done():
                meanwhile.append(await _scroll(screen, len(meanwhile)))
            await search
            taken = time.perf_counter() - begun
    return sorted(alone)[-2], sorted(meanwhile)[-max(2, len(meanwhile) // 100)], taken


async def _scroll(screen: ReaderScreen, number: int) -> float:
    """Scroll by a line and draw the screen, then let the app go on; return milliseconds without that."""
    start = time.perf_counter()
    screen.page.scroll_lines(1 if number // STEPS % 2 == 0 else -1)
    for y in range(screen.page.size.height):
        screen.page.render_line(y)
    taken = 1_000 * (time.perf_counter() - start)
    await asyncio.sleep(0.01)
    return taken


def rows() -> Iterator[Row]:
    """Measure."""
    with tempfile.TemporaryDirectory() as name:
        one = measure(_write_book(Path(name) / "one", WORDS))
        two = measure(_write_book(Path(name) / "two", 2 * WORDS))
        yield Row(
            "find portraits and sayings in 250,000 words: time", f"{one['seconds']:.2f} s",
            f"{one['portraits']:.0f} portraits", "5 s", one["seconds"] <= 5,
        )  # fmt: skip
        yield Row("find in 250,000 words: peak memory", f"{one['peak']:.0f} MB", "", "150 MB", one["peak"] <= 150)
        ratio = two["seconds"] / one["seconds"]
        yield Row("find in 500,000 words: time", f"{two['seconds']:.2f} s", f"{ratio:.1f} x", "2.2 x", ratio <= 2.2)
        alone, meanwhile, taken = asyncio.run(_beside(*_import_edition(Path(name), WORDS)))
        yield Row("an edition of 250,000 words searched beside the app", f"{taken:.2f} s", "", "5 s", taken <= 5)
        yield Row(
            "a scrolled line meanwhile, 99th of 100", f"{meanwhile:.1f} ms", f"{alone:.1f} ms without the search",
            f"{FRAME:.0f} ms", meanwhile <= FRAME,
        )  # fmt: skip
