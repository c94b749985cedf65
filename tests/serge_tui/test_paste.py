"""A paste whose end never comes, in a real terminal: what was pasted arrives, and keys work again."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.pty

BEGIN, END = "\x1b[200~", "\x1b[201~"


def test_a_paste_without_an_end_does_not_swallow_keys(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("g", "f")
        terminal.wait("Adler")
        terminal.press("/")
        terminal.press(f"{BEGIN}Trot")
        terminal.wait("Trot")
        terminal.press("s")
        terminal.wait("Trots")
        terminal.press("\x1b")
        terminal.wait("Adler")
        terminal.press("\x11")
        assert terminal.end() == 0


def test_a_paste_with_its_end_arrives_as_it_is(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("g", "f")
        terminal.wait("Adler")
        terminal.press("/")
        for part in (f"{BEGIN}Tro", "tsk\x1b", "[20", "1~y"):
            terminal.press(part)
            time.sleep(0.5)
        terminal.wait("Trotsky")
        terminal.press("\x11")
        assert terminal.end() == 0


def test_a_byte_that_is_no_text_does_not_end_the_app(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.process.send(b"\xff\xc3")
        time.sleep(0.3)
        terminal.press("g", "f")
        terminal.wait("Adler")
        terminal.press("\x11")
        assert terminal.end() == 0
        assert b"Traceback" not in terminal.raw
