"""Look words up with a program of the reader's: an argument list, never a shell; what it prints is sanitised.

The command is in `config.toml` (`lookup_command = "dict {}"`), never in the database: that may be a copy of somebody
else's, and must not choose what is run.

The program gets the words as one argument, in place of `{}` (or as the last one), and nothing else of the reader's: an
empty standard input, and a limit of time and of output.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import signal
import subprocess
import tempfile
import tomllib
from contextlib import suppress
from pathlib import Path
from shutil import which
from typing import TYPE_CHECKING, Any, Final

from db.errors import SergeError
from db.files import write_private
from db.text import sanitise, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

LOOKUP_COMMAND: Final = "lookup_command"
"""Name in `config.toml`: the program and its arguments, `{}` where the words go; a text or a list of texts."""
SECONDS: Final = 5.0
"""How long the program may take."""
MOST_BYTES: Final = 200_000
"""How much of its output is read."""
LONGEST_WORDS: Final = 500
"""How many characters of the words are looked up."""
_PLACE: Final = "{}"
_LINE: Final = re.compile(rf"^{LOOKUP_COMMAND}\s*=.*\n?", re.MULTILINE)
_SHELLS: Final = frozenset(("sh", "bash", "dash", "zsh", "fish", "ksh", "cmd", "powershell", "pwsh"))


def stored_command(file: Path) -> list[str]:
    """Return the command in the file; an empty list if there is none. Raises SergeError if it cannot be read."""
    written = _read(file).get(LOOKUP_COMMAND, "")
    if isinstance(written, str):
        return read_command(written) if written.strip() else []
    if fault := fault_of(written):
        raise SergeError(fault)
    return [str(part) for part in written]


def store_command(file: Path, written: str) -> list[str]:
    """Store the command as a person writes it, and return it; an empty text removes it. The rest of the file stays.

    Raises SergeError if it is no command, or the file has a form that cannot be changed safely.
    """
    command = read_command(written) if written.strip() else []
    before = _read(file)
    text = file.read_text("utf-8") if file.exists() else ""
    line = f"{LOOKUP_COMMAND} = {json.dumps(written, ensure_ascii=False)}\n" if command else ""
    rest = _LINE.sub("", text)
    changed = line + rest  # first, as below a [table] it would be the table's
    wanted = {name: value for name, value in before.items() if name != LOOKUP_COMMAND}
    try:
        is_safe = tomllib.loads(changed) == wanted | ({LOOKUP_COMMAND: written} if command else {})
    except tomllib.TOMLDecodeError:
        is_safe = False
    if not is_safe:
        raise SergeError(
            f"{file} has a form that cannot be changed safely; write {line.strip() or 'it'} there yourself."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_private(file, changed)
    except OSError as error:
        raise SergeError(f"{file} cannot be written: {error.strerror}.") from error
    return command


def _read(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SergeError(f"{file} could not be read ({error}).") from error


def read_command(written: str) -> list[str]:
    """Return the argument list that a person writes as on a command line. Raises SergeError if it is none."""
    try:
        command = shlex.split(written)
    except ValueError as error:
        raise SergeError(f"{LOOKUP_COMMAND}: it cannot be read: {str(error).lower()}.") from error
    if fault := fault_of(command):
        raise SergeError(fault)
    return command


def fault_of(command: object) -> str:
    """Return what is wrong with a stored command, in a sentence; an empty string if it can be run."""
    if not isinstance(command, list) or not command or not all(isinstance(part, str) and part for part in command):
        return f"{LOOKUP_COMMAND}: it must be a program and its arguments, such as: dict {{}}"
    program = command[0]
    if _PLACE in program:
        return f"{LOOKUP_COMMAND}: the words cannot be the program; write it first, such as: dict {{}}"
    if Path(program).name.removesuffix(".exe") in _SHELLS:
        return f"{LOOKUP_COMMAND}: {program} is a shell, to which words are commands; name the program itself."
    if which(str(Path(program).expanduser())) is None:
        return f"{LOOKUP_COMMAND}: there is no program {sanitise_line(program)} here."
    return ""


def arguments_for(command: Sequence[str], words: str) -> list[str]:
    """Return the command with the words in their place; words that begin with `-` are no option of the program's."""
    text = " ".join(sanitise_line(words).split())[:LONGEST_WORDS].lstrip("-").strip()
    program = str(Path(command[0]).expanduser())
    rest = [part.replace(_PLACE, text) for part in command[1:]]
    return [program, *rest] if any(_PLACE in part for part in command[1:]) else [program, *rest, text]


def look_up(command: Sequence[str], words: str, seconds: float = SECONDS) -> str:
    """Run the command on some words and return what it prints. Blocks: call it in a thread.

    Raises:
        SergeError: There is nothing to look up or no such program, it takes too long, or it fails and prints nothing.
    """
    if fault := fault_of(list(command)):
        raise SergeError(fault)
    arguments = arguments_for(command, words)
    if not " ".join(sanitise_line(words).split()).lstrip("-").strip():
        raise SergeError("there are no words to look up.")
    name = sanitise_line(Path(arguments[0]).name)
    # Into files, not pipes: a child that the program leaves behind would hold a pipe open beyond the time limit.
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as faults:
        try:
            process = subprocess.Popen(  # noqa: S603  an argument list of the reader's own
                arguments, stdin=subprocess.DEVNULL, stdout=out, stderr=faults, start_new_session=True,
                env={**os.environ, "PAGER": "cat", "TERM": "dumb", "NO_COLOR": "1"},
            )  # fmt: skip
        except (OSError, ValueError) as error:
            raise SergeError(f"{name} could not be run: {getattr(error, 'strerror', None) or error}.") from error
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            raise SergeError(f"{name} did not answer within {seconds:g} seconds.") from None
        finally:
            _end(process)
        out.seek(0)
        faults.seek(0)
        printed = _text(out.read(MOST_BYTES))
        said = sanitise_line(_text(faults.read(2_000))).strip()
    if printed:
        return printed
    if code:
        raise SergeError(f"{name} found nothing" + (f": {said}" if said else f" (it ended with code {code})."))
    raise SergeError(f"{name} printed nothing.")


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the program and whatever it has started."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _text(data: bytes) -> str:
    return sanitise(data.decode("utf-8", "replace").replace("\r\n", "\n")).strip()
