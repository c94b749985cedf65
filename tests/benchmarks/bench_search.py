"""Whole-text search in 250,000 words and in 20 editions of as many; and the index of 20 editions built anew."""

from __future__ import annotations

import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.library import Library
from db.store import EditionFindings, replace_edition
from import_scripts.formats.book_file import read_book
from tests.benchmarks.fixtures import big_database
from tests.benchmarks.generate import make_epub
from tests.benchmarks.report import Row, milliseconds
from tests.db.upgraded import leave_as_upgraded

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from db.book import Book

FRAME = 16.0
EDITIONS = 20
WORDS = ("Trotsky", "winter bridge", '"of the"', "qqqq")


def rows() -> Iterator[Row]:
    """Measure common, rare and missing words."""
    with tempfile.TemporaryDirectory() as folder, Library.open(big_database(Path(folder))) as library:
        yield from _searches(library, "250,000 words", FRAME)
        _fill(library, Path(folder))
        yield from _searches(library, f"{EDITIONS} editions")
        library.writer.run(leave_as_upgraded)
        in_one_go = _seconds(lambda: library.search_index.build(pause=0))
        library.writer.run(leave_as_upgraded)
        beside = _seconds(library.search_index.build)
        yield Row(f"index of {EDITIONS} editions built anew", f"{beside:.1f} s", f"{in_one_go:.1f} s without pauses")


def _searches(library: Library, where: str, bar: float | None = None) -> Iterator[Row]:
    scan = milliseconds(
        lambda: library.reader().execute("select count(*) from passage where text like '%bridge%'").fetchone()
    )
    for words in WORDS:
        taken = milliseconds(partial(library.search.passages, words, limit=50))
        yield Row(
            f"search {where} for {words}", f"{taken:.1f} ms", f"{taken / scan:.2f} x a scan by LIKE",
            f"{bar:.0f} ms" if bar else "", taken <= bar if bar else None,
        )  # fmt: skip
    taken = milliseconds(partial(library.search.forgiving, "kronstatd zinovjev"))
    yield Row(f"search {where} for what nothing says", f"{taken:.1f} ms", f"{taken / scan:.2f} x a scan by LIKE")


def _fill(library: Library, folder: Path) -> None:
    """Store more editions; every other one has letters that SQLite does not fold, so that its folded text is stored."""
    for number in range(1, EDITIONS):
        make_epub(folder / "more.epub", 250_000, seed=number + 1)
        book = read_book(folder / "more.epub")
        if number % 2:
            for chapter in book.chapters:
                for block in chapter.blocks:
                    block.text = block.text.replace("i", "й")
        library.writer.run(partial(_store, key=f"more-{number}", book=book))


def _store(connection: sqlite3.Connection, key: str, book: Book) -> None:
    replace_edition(connection, key, book, key, EditionFindings())


def _seconds(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start
