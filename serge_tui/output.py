"""The one way out for sentences: whatever a path, a file or an argument holds, the terminal sees plain text.

Also where the terminal cannot show a character: it is written as an escape, never a traceback.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from db.text import sanitise, sanitise_line

if TYPE_CHECKING:
    from typing import TextIO


def print_text(text: str = "", *, end: str = "\n", stream: TextIO | None = None) -> None:
    """Print text for a person on standard output, or on another stream, without anything that steers a terminal."""
    _write(sanitise(text) + end, stream or sys.stdout)


def _write(text: str, stream: TextIO) -> None:
    encoding = stream.encoding or "ascii"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding))
    stream.flush()


def print_data(text: str) -> None:
    """Write an export to standard output: as it is into a pipe or a file, safe for the terminal where one reads it."""
    if sys.stdout.isatty():
        print_text(text, end="")
    else:
        _write(text, sys.stdout)


def print_error(sentence: str) -> None:
    """Print one sentence on standard error, after the program's name."""
    print_text(f"serge: {sanitise_line(sentence)}", stream=sys.stderr)


def json_text(value: object, *, indent: int | None = 2) -> str:
    """Write a value as JSON in which every character that could steer a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    # Line ends are the JSON's own: inside a string they are escaped already.
    return "".join(_escaped(char) if char != "\n" and sanitise(char) != char else char for char in text)


def _escaped(char: str) -> str:
    code = ord(char)
    if code < 0x10000:
        return f"\\u{code:04x}"
    code -= 0x10000
    return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
