"""Looking words up with a program of the reader's: never a shell, bounded, sanitised."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path

import pytest

from db.errors import SergeError
from serge_tui.services.lookup_command import (
    LONGEST_WORDS,
    MOST_BYTES,
    arguments_for,
    look_up,
    read_command,
    store_command,
    stored_command,
)

ECHO = [sys.executable, "-c", "import sys; print(sys.argv[1:])"]


def python(program: str) -> list[str]:
    return [sys.executable, "-c", program, "{}"]


@pytest.mark.parametrize("words", ["$(id)", "a; rm -rf x", "`id`", "a | b > c", "'quo\"te", "$HOME", "*"])
def test_words_are_one_argument_and_no_shell_reads_them(words: str) -> None:
    assert look_up([*ECHO, "{}"], words) == repr([words])
    assert look_up(ECHO, words) == repr([words]), "without a place they are the last argument"


def test_words_are_no_option_and_are_one_line_of_a_bounded_length() -> None:
    assert arguments_for(["dict", "{}"], "--config=/etc/passwd") == ["dict", "config=/etc/passwd"]
    assert arguments_for(["dict", "-d", "x={}"], "old\nregime ") == ["dict", "-d", "x=old regime"]
    assert len(arguments_for(["dict"], "a" * 10_000)[-1]) == LONGEST_WORDS


def test_what_it_prints_cannot_steer_the_terminal() -> None:
    told = look_up(python(r"print('a\x1b[2Jb\x07\r\nc\u202e')"), "x")
    assert not [char for char in told if ord(char) < 32 and char != "\n"]
    assert "\u202e" not in told
    assert told.startswith("a")


def test_it_is_ended_in_time_with_what_it_started(tmp_path: Path) -> None:
    seen = tmp_path / "pid"
    child = (
        "import subprocess, sys, pathlib, time; p = subprocess.Popen(['sleep', '60']);"
        f"pathlib.Path({str(seen)!r}).write_text(str(p.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(SergeError, match="did not answer within 3 seconds"):
        look_up(python(child), "x", seconds=3)
    assert time.monotonic() - began < 20
    for _ in range(100):
        if not _runs(int(seen.read_text())):
            return
        time.sleep(0.05)
    pytest.fail("its child still runs")


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    try:  # ended, and only not yet waited for by whoever adopted it
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return False


def test_a_flood_is_cut_and_input_is_empty() -> None:
    assert len(look_up(python("print('x' * 3_000_000)"), "x")) == MOST_BYTES
    assert look_up(python("import sys; print(repr(sys.stdin.read()))"), "x") == "''"


@pytest.mark.parametrize(
    ("program", "sentence"),
    [
        ("raise SystemExit(3)", "found nothing (it ended with code 3)"),
        ("import sys; sys.exit('no \\x1b[31mdefinition')", "found nothing: no "),
        ("pass", "printed nothing"),
    ],
)
def test_a_program_that_finds_nothing_says_so_in_a_sentence(program: str, sentence: str) -> None:
    with pytest.raises(SergeError) as raised:
        look_up(python(program), "x")
    assert sentence in str(raised.value)
    assert "\x1b" not in str(raised.value)


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("", "must be a program"),
        ("no-such-program-here {}", "there is no program"), ("{} x", "cannot be the program"),
        ("sh -c {}", "is a shell"), ("/bin/bash -c 'dict {}'", "is a shell"), ("dict 'x", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_command_is_refused(written: str, sentence: str) -> None:
    with pytest.raises(SergeError, match=sentence):
        read_command(written)


def test_nothing_to_look_up_is_said() -> None:
    with pytest.raises(SergeError, match="no words"):
        look_up(ECHO, " -- ")


def test_it_is_stored_beside_the_keys_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "new folder" / "config.toml"
    assert stored_command(file) == []
    store_command(file, "echo '{} x'")
    assert stored_command(file) == ["echo", "{} x"]
    file.write_text('# mine\n[other]\nkey = "value"\n')
    store_command(file, "echo {}")
    assert file.read_text() == 'lookup_command = "echo {}"\n# mine\n[other]\nkey = "value"\n'
    store_command(file, "")
    assert file.read_text() == '# mine\n[other]\nkey = "value"\n'


def test_a_list_is_a_command_too_and_a_form_that_is_not_understood_stays(tmp_path: Path) -> None:
    file = tmp_path / "config.toml"
    file.write_text('lookup_command = [\n  "echo",\n  "{}",\n]\n')
    assert stored_command(file) == ["echo", "{}"]
    with pytest.raises(SergeError, match="cannot be changed safely"):
        store_command(file, "echo x {}")
    assert stored_command(file) == ["echo", "{}"]
    file.write_text("lookup_command = ")
    with pytest.raises(SergeError, match="could not be read"):
        stored_command(file)
    file.write_text("lookup_command = 3")
    with pytest.raises(SergeError, match="must be a program"):
        stored_command(file)
