"""Completion as README and `serge --help` promise it: in each shell that is on this machine, through the program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

BIN = Path(sys.executable).parent
MARKS = {"bash": "complete -o nosort -F", "zsh": "compdef", "fish": "complete --no-files --command serge"}


def asked(database: Path, line: str, position: int, shell: str = "bash") -> list[str]:
    """What a shell gets when Tab is pressed in a word of a line."""
    environment = {
        **os.environ, "SERGE_DB": str(database), "_SERGE_COMPLETE": f"{shell}_complete",
        "COMP_WORDS": line, "COMP_CWORD": str(position),
    }  # fmt: skip
    done = subprocess.run([BIN / "serge"], env=environment, capture_output=True, text=True, check=True, timeout=30)
    assert done.stderr == ""
    return [answer.partition(",")[2] for answer in done.stdout.splitlines() if answer]


@pytest.mark.parametrize("shell", MARKS)
def test_a_bare_serge_prints_the_script_of_a_shell(tmp_path: Path, shell: str) -> None:
    environment = {**os.environ, "_SERGE_COMPLETE": f"{shell}_source", "SERGE_DB": str(tmp_path / "none.db")}
    done = subprocess.run([BIN / "serge"], env=environment, capture_output=True, text=True, check=True, timeout=30)
    assert MARKS[shell] in done.stdout
    assert not list(tmp_path.iterdir()), "nothing is built for a shell"


@pytest.mark.parametrize(
    ("line", "position", "offered"),
    [
        ("serge wh", 1, ["who"]),
        ("serge who trot", 2, ["trotsky"]),
        ("serge who lenin zinov", 3, ["zinoviev"]),
        ("serge search --figure trot", 3, ["trotsky"]),
        ("serge read --edition gu", 3, ["guide"]),
        ("serge read 1", 2, ["1", "10"]),
        ("serge quiz --deck portr", 3, ["Portraits"]),
        ("serge who nobodyatall", 2, []),
    ],
)
def test_words_of_the_database_are_completed(database: Path, line: str, position: int, offered: list[str]) -> None:
    assert asked(database, line, position) == offered


@pytest.mark.parametrize(
    "content",
    [None, b"", b"no database at all", b"SQLite format 3\0" + bytes(5000)],
    ids=["missing", "empty", "text", "damaged"],
)
def test_without_a_sound_database_there_is_nothing_to_complete(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "serge.db"
    if content is not None:
        path.write_bytes(content)
    assert asked(path, "serge who trot", 2) == []
    assert (path.read_bytes() if path.exists() else None) == content


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_tab_in_bash_as_the_readme_sets_it_up(database: Path) -> None:
    script = """
        eval "$(_SERGE_COMPLETE=bash_source serge)"
        COMP_WORDS=(serge who trots); COMP_CWORD=2
        _serge_completion serge
        printf '%s\\n' "${COMPREPLY[@]}"
    """
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "SERGE_DB": str(database)}
    done = subprocess.run(
        ["bash", "--norc", "-c", script], env=environment, capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["trotsky"]


@pytest.mark.parametrize(("shell", "options"), [("zsh", ["-f"]), ("fish", ["--no-config"])])
def test_tab_in_the_other_shells(database: Path, shell: str, options: list[str]) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")
    scripts = {
        "fish": '_SERGE_COMPLETE=fish_source serge | source; complete -C "serge who trots"',
        "zsh": (
            'autoload -Uz compinit; compinit -D; eval "$(_SERGE_COMPLETE=zsh_source serge)";'
            " words=(serge who trots); CURRENT=3;"
            " _describe() { print -r -- ${(P)3} };"
            " _serge_completion"
        ),
    }
    environment = {**os.environ, "PATH": f"{BIN}:{os.environ['PATH']}", "SERGE_DB": str(database)}
    done = subprocess.run(
        [shell, *options, "-c", scripts[shell]], env=environment, capture_output=True, text=True, check=True, timeout=30
    )
    assert "trotsky" in done.stdout
