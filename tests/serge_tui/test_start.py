"""What is imported when: the first paint waits for nothing it does not need."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

FIRST_PAINT = """
import asyncio, json, sys
from pathlib import Path
from db.library import Library
from serge_tui.app import SergeApp

async def first_paint(path):
    with Library.open(path) as library:
        async with SergeApp(library).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            print(json.dumps(sorted(sys.modules)))

asyncio.run(first_paint(Path(sys.argv[1])))
"""
VERSION = """
import json, sys
sys.argv = ["serge", "--version"]
from serge_tui.cli import main
try:
    main()
except SystemExit:
    print(json.dumps(sorted(sys.modules)))
"""
HEAVY = {"sqlite_utils", "lxml", "import_scripts", "rapidfuzz", "fsrs", "pyphen", "markdown_it", "msgspec", "click"}


def modules_after(program: str, *arguments: str) -> set[str]:
    """Top-level names of the modules a program has imported, in a fresh interpreter."""
    result = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, timeout=60
    )
    return {name.partition(".")[0] for name in json.loads(result.stdout.splitlines()[-1])}


def test_the_first_paint_imports_nothing_heavy(database: Path) -> None:
    # Textual's own Markdown support is imported with the command palette's help; ours is not on the way.
    assert modules_after(FIRST_PAINT, str(database)) & HEAVY <= {"markdown_it"}


def test_the_version_is_told_without_textual() -> None:
    assert not modules_after(VERSION) & {"textual", "rich", "sqlite3", "import_scripts", *HEAVY - {"click"}}
