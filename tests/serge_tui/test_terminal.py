"""The whole program in a real pseudo-terminal."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty


def test_the_first_start_builds_the_database_and_opens_today(tmp_path: Path) -> None:
    with Terminal(tmp_path / "home" / "serge.db") as terminal:
        text = terminal.wait("Portrait of the day")
        assert "Read the guide" in text
        terminal.press("q")
        assert terminal.end() == 0


def test_every_mode_opens_by_its_key(database: Path) -> None:
    with Terminal(database, columns=120, rows=40) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("g", "r")
        terminal.wait("World Without Possible Escape")
        for key, seen in (
            ("\x1bOS", "Adler"),
            ("\x1b[15~", "new"),
            ("\x1b[17~", "ten questions"),
            ("\x1b[18~", "No notes yet"),
            ("\x1b[19~", "events"),
            ("\x1b[20~", "What you know"),
            ("\x1bOQ", "Portrait of the day"),
        ):
            terminal.press(key)
            terminal.wait(seen)
        terminal.press("\x11")
        assert terminal.end() == 0


@pytest.mark.parametrize(("columns", "rows"), [(40, 12), (59, 30), (80, 19)])
def test_a_terminal_that_is_too_small_is_refused_with_a_sentence(database: Path, columns: int, rows: int) -> None:
    with Terminal(database, columns=columns, rows=rows) as terminal:
        assert terminal.end() == 1
        said = " ".join(terminal.raw.decode().split())
        assert f"this terminal has {columns} columns and {rows} rows" in said
        assert "Traceback" not in said


@pytest.mark.parametrize(("columns", "rows"), [(60, 20), (80, 24), (200, 60)])
def test_today_fits_every_size(database: Path, columns: int, rows: int) -> None:
    with Terminal(database, columns=columns, rows=rows) as terminal:
        terminal.wait("Where to get the text")
        if "Portrait of the day" not in terminal.text:
            terminal.press("\x1b[6~")  # on a small screen it is a page further down
        terminal.wait("Portrait of the day")
        terminal.press("q")
        assert terminal.end() == 0


def test_read_opens_the_edition_that_is_named(database: Path, tmp_path: Path) -> None:
    book = tmp_path / "a walk.txt"
    book.write_text("A Walk\n\nWe went along the river until the evening, and nobody spoke.\n", encoding="utf-8")
    subprocess.run(
        [sys.executable, "-m", "serge_tui", "--db", str(database), "import", "--key", "walk", str(book)],
        check=True, capture_output=True, timeout=60,
    )  # fmt: skip
    for _ in range(2):  # at its beginning, and where it was left
        with Terminal(database, "read", "--edition", "walk") as terminal:
            terminal.wait("nobody spoke")
            terminal.press("q")
            assert terminal.end() == 0


def test_a_card_being_written_outlives_a_kill_and_opens_again(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("\x1b[15~")
        terminal.wait("new")
        terminal.press("n")
        terminal.wait("A card of your own")
        terminal.press(*"Who was at Oryol?")
        terminal.wait("Who was at Oryol?")
        time.sleep(1.5)
        terminal.kill()
    with Terminal(database) as terminal:
        terminal.wait("A card you were writing")
        terminal.press("\r")
        assert "Who was at Oryol?" in terminal.wait("Your text was kept.")
        terminal.press("\x1b")
        terminal.read(1)
        terminal.press("\x1b")
        terminal.wait("Portrait of the day")
        terminal.press("q")
        assert terminal.end() == 0


def test_a_terminal_that_only_prints_lines_is_told_so(database: Path) -> None:
    with Terminal(database, environment={"TERM": "dumb"}) as terminal:
        assert terminal.end() == 1
        said = " ".join(terminal.raw.decode().split())
        assert "TERM=dumb" in said
        assert "\x1b" not in said


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}],
    ids=["latin-1", "C"],
)
def test_the_screen_is_whole_under_any_locale(database: Path, environment: dict[str, str]) -> None:
    with Terminal(database, environment=environment) as terminal:
        terminal.wait("Portrait of the day")
        assert "“" in terminal.wait("“")
        assert "\\u" not in terminal.text
        terminal.press("q")
        assert terminal.end() == 0


def test_letters_sent_with_the_key_that_opens_find_anything_are_typed_there(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("/len")
        terminal.wait("Lenin")
        assert any(line.strip().startswith("Find") and "len" in line for line in terminal.text.splitlines())
        terminal.press("\x1b")
        terminal.wait("Portrait of the day")
        terminal.press("q")
        assert terminal.end() == 0


def test_space_in_the_first_moment_of_cards_reveals_and_does_not_grade(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("gc  3")
        terminal.wait("Again")
        terminal.press("\x11")
        assert terminal.end() == 0
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("select count(*) from review").fetchone() == (0,)
