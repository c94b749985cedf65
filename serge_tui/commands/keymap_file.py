"""Changing one command's keys in `keys.toml`; whatever else the reader wrote there stays as it is."""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from serge_tui.commands.command import key_label
from serge_tui.commands.keymap import read_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


_SPECIAL: Final = frozenset(',"\\')
"""Characters that mean something in the file."""


def written_keys(keys: Sequence[str]) -> str:
    """Return a sequence of keys as written in the file: as shown on the keyboard if that can be read back."""
    return " ".join(_written_key(key) for key in keys)


def _written_key(key: str) -> str:
    label = key_label(key)
    return label if read_key(label) == key and not _SPECIAL & set(label) else key


def with_keys(text: str, command: str, keys: str | None) -> str:
    """Return the text of a key map with a command's keys in it; None takes the command out.

    Raises:
        SergeError: The text cannot be read, or names the command in a way that is not one line of its own.
    """
    line = f'"{command}" = "{keys}"\n' if keys is not None else ""
    before = _parsed(text)
    own = re.compile(rf'^[ \t]*"?{re.escape(command)}"?[ \t]*=.*(?:\n|\Z)', re.MULTILINE)
    changed = own.sub(lambda _: line, text, count=1) if own.search(text) else line + text
    expected = {name: value for name, value in before.items() if name != command}
    if keys is not None:
        expected[command] = keys
    with suppress(SergeError):
        if _parsed(changed) == expected:
            return changed
    raise SergeError(f'"{command}" is in keys.toml in a form that only you can change; change it there.')


def write_keys(path: Path, text: str | None) -> None:
    """Put a text in the place of the key map, whole or not at all; None removes the file.

    Raises:
        SergeError: It cannot be written.
    """
    try:
        if text is None:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        target = path.resolve()  # a link to a file elsewhere stays a link
        beside = target.with_name(f"{target.name}.new")
        beside.write_text(text, "utf-8")
        beside.replace(target)
    except OSError as error:
        raise SergeError(f"{path} cannot be written: {error.strerror or error}.") from error


def text_of(path: Path) -> str | None:
    """Return the text of the key map; None without one.

    Raises:
        SergeError: It cannot be read.
    """
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        return None
    except (OSError, UnicodeDecodeError) as error:
        raise SergeError(f"{path} cannot be read: {error}.") from error


def _parsed(text: str) -> dict[str, object]:
    try:
        return _flat(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SergeError(f"keys.toml has a mistake ({error}); mend it first.") from error


def _flat(data: dict[str, object], before: str = "") -> dict[str, object]:
    found: dict[str, object] = {}
    for name, value in data.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{before}{name}.")
        else:
            found[f"{before}{name}"] = value
    return found
