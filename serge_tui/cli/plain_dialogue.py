"""Questions and answers line by line: for `serge cards --plain` and `serge quiz --plain`."""

from __future__ import annotations

import sys

from db.text import sanitise_line
from serge_tui.cli.common import say
from serge_tui.cli.plain_read import plain_width
from serge_tui.core.export.plain import wrapped
from serge_tui.core.study.card import GAP
from serge_tui.output import print_text

_BLANK = "____"
"""Instead of the gap of a card, whose characters a screen reader has no name for."""


def tell(*paragraphs: str) -> None:
    """Print paragraphs that are not empty, in lines of the terminal's width, and an empty line after them."""
    shown = [paragraph for paragraph in paragraphs if paragraph]
    for paragraph in shown:
        for line in paragraph.replace(GAP, _BLANK).split("\n"):
            text = line.lstrip(" ")
            say(wrapped(text, plain_width(), line[: len(line) - len(text)]))
    if shown:
        say()


def ask(prompt: str) -> str | None:
    """Print a prompt and read a line; None at the end of the input, or when the reader ends it with `q`."""
    print_text(f"{prompt} ", end="")
    line = sys.stdin.readline()
    if not sys.stdin.isatty():
        say()  # nobody has pressed Enter on the screen
    answer = sanitise_line(line).strip()
    return None if not line or answer.casefold() in ("q", "quit") else answer
