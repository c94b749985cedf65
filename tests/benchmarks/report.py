"""What a benchmark measured, and the table it is printed in.

Every module `bench_*.py` has a function `rows()` that measures and gives rows. Speed is told as a ratio to something
measured in the same run, alternating with it, so that the machine's mood falls on both.
"""

from __future__ import annotations

import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `bar` is what the design asks for; empty where nothing is asked."""

    what: str
    measured: str
    against: str = ""
    bar: str = ""
    met: bool | None = None


def milliseconds(run: Callable[[], object], times: int = 7) -> float:
    """Median time of a call, in milliseconds, after one call that does not count."""
    run()
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(taken)


def alternating(one: Callable[[], object], other: Callable[[], object], times: int = 7) -> tuple[float, float]:
    """Median times of two calls made in turn, in milliseconds."""
    first: list[float] = []
    second: list[float] = []
    one()
    other()
    for _ in range(times):
        for run, taken in ((one, first), (other, second)):
            start = time.perf_counter()
            run()
            taken.append(1000 * (time.perf_counter() - start))
    return statistics.median(first), statistics.median(second)


def print_table(rows: Iterable[Row]) -> None:
    """Print rows in aligned columns, each as soon as it is there."""
    print(f"{'what':<58} {'measured':>16}  {'against':<34} {'bar':<16}")
    for row in rows:
        verdict = "" if row.met is None else "  met" if row.met else "  NOT MET"
        print(f"{row.what:<58} {row.measured:>16}  {row.against:<34} {row.bar:<16}{verdict}", flush=True)
