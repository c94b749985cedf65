"""Memory over an hour of use: 5,000 keys over all modes, against the memory after the first round."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.fixtures import big_database
from tests.benchmarks.report import Row
from tests.benchmarks.session import ROUND

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = 5_000
BAR = 1.10
MOST = 120
"""Megabytes after the session, interpreter and libraries included."""


def rows() -> Iterator[Row]:
    """Run the session in a process of its own."""
    rounds = -(-KEYS // len(ROUND))
    with tempfile.TemporaryDirectory() as folder:
        database = big_database(Path(folder), reviews=1_000)
        command = [sys.executable, "-m", "tests.benchmarks.session", str(database), str(rounds)]
        printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    measured = [json.loads(line) for line in printed.splitlines()]
    first, last = measured[0]["megabytes"], measured[-1]["megabytes"]
    yield Row(
        f"memory after {measured[-1]['keys']:,} keys over all modes",
        f"{last:.0f} MB", f"{last / first:.2f} x after the first round ({first:.0f} MB)",
        f"at most {BAR} x", last <= BAR * first,
    )  # fmt: skip
