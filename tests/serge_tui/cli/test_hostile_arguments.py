"""Every argument and option of every command, given text that steers a terminal; and every command in plain places."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest

from serge_tui.cli import main
from serge_tui.cli.group import serge
from tests.serge_tui.cli.test_damage import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Iterator

CHECKOUT = Path(__file__).resolve().parent.parent.parent.parent


def commands() -> dict[str, click.Command]:
    """Every command by its words, those of groups too."""
    found: dict[str, click.Command] = {}
    context = click.Context(serge)
    for name in serge.list_commands(context):
        command = serge.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            within = click.Context(command)
            for inner in command.list_commands(within):
                known = command.get_command(within, inner)
                assert known is not None
                found[f"{name} {inner}"] = known
        else:
            found[name] = command
    return found


COMMANDS = commands()


def lines_of(name: str, value: str) -> Iterator[list[str]]:
    """Command lines of a command with a value in each of its arguments and options, one after the other."""
    words, command = name.split(), COMMANDS[name]
    arguments = [one for one in command.params if isinstance(one, click.Argument)]
    plain = ["x" for one in arguments if one.required]
    yield [*words, *(value for _ in arguments), value]  # one too many as well
    for at, _ in enumerate(arguments):
        yield [*words, *("x" * at), value]
    for option in command.params:
        if isinstance(option, click.Option) and not option.is_flag:
            yield [*words, f"{option.opts[-1]}={value}", *plain]
            yield [*words, option.opts[0], value, value]
    yield [*words, f"--{value}"]


def test_every_command_takes_part() -> None:
    assert len(COMMANDS) > len(serge.list_commands(click.Context(serge)))
    assert all(list(lines_of(name, "x")) for name in COMMANDS)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_argument_of_a_command_reaches_the_terminal_as_it_is(
    name: str, database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    monkeypatch.chdir(place)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    # Into a pipe an export goes as it is; here is a terminal.
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for line in lines_of(name, "".join(HOSTILE)):
        monkeypatch.setattr(sys, "argv", ["serge", "--db", str(database), *line])
        with pytest.raises(SystemExit):
            main()
        text = "".join(capsys.readouterr())
        assert "Traceback" not in text
        assert not [char for char in text if (ord(char) < 32 and char not in "\n\t") or 127 <= ord(char) < 160], line
        assert not set(text) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"), line


_EACH = """
import sys
from serge_tui.cli import main
for words in sys.argv[1:]:
    sys.argv = ["serge", "--db", DB, *words.split()]
    try:
        main()
    except SystemExit as end:
        print(f"<ended with {end.code}>")
"""


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONIOENCODING": "latin-1"}, {"PYTHONIOENCODING": "ascii"}, {"LC_ALL": "C"}, {"TERM": "dumb"}],
    ids=lambda environment: "-".join(*environment.items()),
)
def test_every_command_runs_in_a_plain_place(database: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    given = {
        "import": "import nothing.epub", "read": "read 5", "who": "who Троцкий", "search": "search —",
        "restore": "restore", "sync": f"sync {tmp_path}", "locate": "locate", "backup": "backup",
        "export vault": f"export vault -o {tmp_path}/vault", "serve": "serve --port nowhere",
    }  # fmt: skip
    lines = [given.get(name, name) for name in COMMANDS] + [f"{name} --help" for name in COMMANDS]
    program = f"DB = {str(database)!r}\n" + _EACH
    done = subprocess.run(
        [sys.executable, "-c", program, *lines], capture_output=True, cwd=CHECKOUT, check=False,
        stdin=subprocess.DEVNULL, env={**os.environ, "HOME": str(tmp_path), **environment}, timeout=300,
    )  # fmt: skip
    text = (done.stdout + done.stderr).decode("latin-1" if "PYTHONIOENCODING" in environment else "utf-8")
    assert "Traceback" not in text
    assert text.count("<ended with ") == len(lines)
    assert "\x1b" not in text


def test_the_first_build_is_plain_in_a_terminal_that_only_prints_lines(tmp_path: Path) -> None:
    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "serge_tui", "--db", str(tmp_path / "new.db"), "who", "trotsky"],
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=follower, cwd=CHECKOUT,
        env={**os.environ, "TERM": "dumb"},
    )  # fmt: skip
    process.communicate(timeout=120)
    os.close(follower)
    said = os.read(leader, 100_000).decode()
    os.close(leader)
    assert process.returncode == 0
    assert said == "Preparing Serge…\r\n"
