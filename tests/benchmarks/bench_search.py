"""Whole-text search in 250,000 words."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from db.library import Library
from tests.benchmarks.fixtures import big_database
from tests.benchmarks.report import Row, milliseconds

if TYPE_CHECKING:
    from collections.abc import Iterator

FRAME = 16.0


def rows() -> Iterator[Row]:
    """Measure common, rare and missing words."""
    with tempfile.TemporaryDirectory() as folder, Library.open(big_database(Path(folder))) as library:
        scan = milliseconds(
            lambda: library.reader().execute("select count(*) from passage where text like '%bridge%'").fetchone()
        )
        for words in ("Trotsky", "winter bridge", '"of the"', "qqqq"):
            taken = milliseconds(partial(library.search.passages, words, limit=50))
            yield Row(
                f"search 250,000 words for {words}", f"{taken:.1f} ms", f"{taken / scan:.2f} x a scan by LIKE",
                "16 ms", taken <= FRAME,
            )  # fmt: skip
