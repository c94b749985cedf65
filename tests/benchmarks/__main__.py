"""Run every benchmark, or those named, and print one table."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.report import Row, print_table

if TYPE_CHECKING:
    from collections.abc import Iterator


def all_rows(names: list[str]) -> Iterator[Row]:
    """Rows of the benchmarks named, of all if none is."""
    found = sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py"))
    for name in names or found:
        yield Row(f"— {name} —", "")
        yield from import_module(f"tests.benchmarks.bench_{name}").rows()


if __name__ == "__main__":
    print_table(all_rows(sys.argv[1:]))
