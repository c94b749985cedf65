"""A damaged page met inside the app is told in one sentence that says what to do; never a traceback."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty
PAGE = 4096


def destroy(database: Path, table: str) -> None:
    """Overwrite the first page of a table."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("pragma wal_checkpoint(truncate)").fetchall()
        (root,) = connection.execute("select rootpage from sqlite_master where name = ?", [table]).fetchone()
    with database.open("r+b") as file:
        file.seek((root - 1) * PAGE)
        file.write(b"\xff" * PAGE)


@pytest.mark.parametrize("table", ["figure", "event", "chapter", "annotation"])
def test_a_damaged_table_is_told_in_a_sentence(database: Path, table: str) -> None:
    destroy(database, table)
    seen = []
    with Terminal(database, columns=120, rows=40) as terminal:
        for key in ("", "\x1bOS", "\x1b[15~", "\x1b[18~", "\x1b[19~", "\x1b[20~"):
            if not terminal.process.isalive():
                break
            terminal.press(*([key] if key else []))
            for _ in range(8):
                terminal.read(0.2)
                seen.append(terminal.text)
        terminal.read(1.0)
        seen.append(terminal.raw.decode("utf-8", "replace"))
    said = " ".join(" ".join(seen).split())
    assert "serge doctor --repair" in said
    assert "Traceback" not in said
