"""A signal ends the app as quitting does: the place is kept and the terminal is as it was."""

from __future__ import annotations

import os
import signal
import time
from typing import TYPE_CHECKING

import pytest

from db.library import Library
from db.open_marker import marker_of
from tests.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path


def left(terminal: Terminal) -> None:
    """The alternate screen and the mouse are off again, in this order after they were on."""
    for on, off in (
        (b"\x1b[?1049h", b"\x1b[?1049l"),
        (b"\x1b[?1000h", b"\x1b[?1000l"),
        (b"\x1b[?2004h", b"\x1b[?2004l"),
    ):
        assert terminal.raw.rindex(off) > terminal.raw.rindex(on)


def assert_place_is_kept(database: Path) -> None:
    with Library.open(database) as library:
        position = library.texts.last_position()
        assert position is not None
        chapter = library.texts.chapter_of(position.place.edition, position.place.passage)
        assert chapter is not None
        assert position.place.passage > chapter.first_passage


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_as_quitting_does(database: Path, number: signal.Signals) -> None:
    terminal = Terminal(database, "read", "1")
    terminal.wait("What happens")
    for _ in range(16):
        terminal.press("j")
    time.sleep(0.3)
    terminal.process.kill(number)
    assert terminal.end() == 0
    left(terminal)
    assert b"Traceback" not in terminal.raw
    assert not marker_of(database).exists()
    assert_place_is_kept(database)


def test_serge_draws_itself_again_after_it_was_suspended(database: Path) -> None:
    with Terminal(database) as terminal:
        terminal.wait("Portrait of the day")
        terminal.press("\x1a")
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        terminal.read()
        left(terminal)
        terminal.screen.reset()
        terminal.process.kill(signal.SIGCONT)
        terminal.wait("Portrait of the day")
        terminal.press("\x11")
        assert terminal.end() == 0


def test_a_terminal_that_goes_away_ends_it_too(database: Path) -> None:
    terminal = Terminal(database, "read", "1")
    terminal.wait("What happens")
    for _ in range(16):
        terminal.press("j")
    time.sleep(0.3)
    pid = terminal.process.pid
    os.close(terminal.process.child_fd)
    deadline = time.monotonic() + 20
    while os.waitpid(pid, os.WNOHANG) == (0, 0):
        assert time.monotonic() < deadline, "it goes on without a terminal"
        time.sleep(0.05)
    assert_place_is_kept(database)
