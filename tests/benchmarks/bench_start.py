"""The first useful screen against a bare Textual app's, both under a pseudo-terminal, in turn."""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pexpect

from tests.benchmarks.report import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("Portrait of the day")
Bare().run()
"""
REVIEWS = 5_000
BAR = 1.3
TIMES = 9


def first_text(*arguments: str, database: Path | None = None) -> float:
    """Start a program; gives the milliseconds until its first text is on the terminal. To end it is not counted."""
    # Both with their bytecode at hand, as in any installation, whatever the environment says of writing it.
    environment = {**os.environ, "TERM": "xterm-256color", "SERGE_DB": str(database or "")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    start = time.perf_counter()
    child = pexpect.spawn(sys.executable, list(arguments), env=environment, dimensions=(40, 120), timeout=20)
    child.expect_exact("ortrait of the day")
    taken = 1000 * (time.perf_counter() - start)
    child.kill(9)
    child.close(force=True)
    return taken


def rows() -> Iterator[Row]:
    """Measure with a 250,000-word edition and 5,000 reviews in the database."""
    from tests.benchmarks.fixtures import big_database

    with tempfile.TemporaryDirectory() as folder:
        database = big_database(Path(folder), reviews=REVIEWS)
        first_text("-m", "serge_tui", database=database)
        taken = [(first_text("-m", "serge_tui", database=database), first_text("-c", BARE)) for _ in range(TIMES)]
        serge, bare = (statistics.median(times) for times in zip(*taken, strict=True))
        built = first_text("-m", "serge_tui", database=Path(folder) / "new.db") / 1000
    yield Row(
        "first useful screen, 250,000 words and 5,000 reviews",
        f"{serge:.0f} ms", f"{serge / bare:.2f} x a bare Textual app",
        f"at most {BAR} x", serge / bare <= BAR,
    )  # fmt: skip
    yield Row("the very first start, building the database", f"{built:.2f} s", "", "about 1 s", built < 1.5)
