"""Read foreign JSON without trusting its structure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.input.encoding import decode
from import_scripts.input.files import first_bytes, read_bytes

if TYPE_CHECKING:
    from pathlib import Path

Json: TypeAlias = str | int | float | bool | list["Json"] | dict[str, "Json"] | None


def read_json(path: Path) -> Json:
    """Read a JSON file.

    Raises:
        SergeError: It is not valid JSON; the message names the line.
    """
    name = sanitise_line(path.name)
    first_bytes(path)
    try:
        data: Json = json.loads(decode(read_bytes(path), path.name).text.lstrip("\ufeff"))
    except json.JSONDecodeError as error:
        raise SergeError(f"{name} is not a JSON file: {error.msg} in line {error.lineno}.") from error
    except RecursionError as error:
        raise SergeError(f"{name} is nested too deeply to be an export; it was not read.") from error
    except ValueError as error:
        raise SergeError(f"{name} has a number too long for an export; it was not read.") from error
    return data


def member(data: Json, name: str) -> Json:
    """Return a member of an object; None if there is no such member, or it is not an object."""
    return data.get(name) if isinstance(data, dict) else None


def items(data: Json) -> list[Json]:
    """Return the items of a list; empty if it is not a list."""
    return data if isinstance(data, list) else []


def text(data: Json) -> str:
    """Return a text; empty if it is not a text."""
    return data if isinstance(data, str) else ""


def number(data: Json) -> int:
    """Return a whole number that is not negative; 0 if it is not one."""
    return max(0, data) if isinstance(data, int) and not isinstance(data, bool) else 0
