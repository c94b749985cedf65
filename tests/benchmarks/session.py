"""A long session: a round of keys over all modes, repeated, and the memory after each round.

`python -m tests.benchmarks.session DATABASE ROUNDS` prints one JSON object a round: keys so far, resident megabytes. It
runs the app headless in this process, so that nothing but the app's own memory is counted.
"""

from __future__ import annotations

import asyncio
import gc
import json
import re
import sys
from pathlib import Path
from typing import Final

from db.library import Library
from serge_tui.app import SergeApp

ROUND: Final = (
    "f3", *"jjjjjjjjjj", "space", "space", "ctrl+d", "ctrl+u", "ctrl+b", "right_square_bracket", "p", "x", "escape",
    "X", "escape", "X", "t", "j", "escape", *"jjjj", "G", "g", "g", "f1", "escape",
    "f4", *"sinow", "enter", *"jjj", "space", "escape", "down", *"jjjjj", "enter", "escape", "f1", "escape",
    "f5", "space", "3", "space", "3", "u", "f1", "escape",
    "f6", "1", "enter", "2", "f1", "escape",
    "f7", *"jjjj", "escape",
    "f8", *"jjjjjjj", "right_square_bracket", "left_square_bracket", "escape",
    "f9", *"jjjj", "space", "f1", "escape",
    "slash", *"kronst", "down", "down", "escape",
    "f2", "c", "c",
)  # fmt: skip
"""Keys of one round: every mode is visited, something is opened and closed in each, help over most of them."""


def resident() -> float:
    """Return the resident memory of this process in megabytes (Linux), 0 where it is not told."""
    status = Path("/proc/self/status")
    found = re.search(r"VmRSS:\s+(\d+) kB", status.read_text("ascii")) if status.exists() else None
    return int(found[1]) / 1024 if found else 0.0


async def session(database: Path, rounds: int) -> list[tuple[int, float]]:
    """Press the round so many times; return the keys pressed and the memory after each round."""
    measured, pressed = [], 0
    with Library.open(database) as library:
        app = SergeApp(library)
        async with app.run_test(size=(120, 40)) as pilot:
            await pilot.pause()
            for _ in range(rounds):
                await pilot.press(*ROUND)
                pressed += len(ROUND)
                await app.workers.wait_for_complete()
                await pilot.pause()
                gc.collect()
                measured.append((pressed, resident()))
    return measured


def main() -> None:
    """Print the memory after each round."""
    for keys, megabytes in asyncio.run(session(Path(sys.argv[1]), int(sys.argv[2]))):
        print(json.dumps({"keys": keys, "megabytes": round(megabytes, 1)}), flush=True)


if __name__ == "__main__":
    main()
