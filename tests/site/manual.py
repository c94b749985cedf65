"""The manual page of `serge`, made from the command line: `python -m tests.site.manual`, with `--accept` to store it.

Macros of man(7) alone, so that groff and mandoc both draw it.
"""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Final

from serge_tui import __version__
from tests.site.command_tree import commands, help_of, options
from tests.site.pages import ROOT

if TYPE_CHECKING:
    import click

STORED: Final = ROOT / "docs" / "serge.1"
_FILES: Final = (
    ("~/.local/share/serge/serge.db", "The database, on Linux; `serge doctor` prints where it is."),
    ("backups/", "Beside it: copies made by Serge and by `serge backup`."),
    ("~/.config/serge/keys.toml", "Keys of your own; `serge keys` names the file."),
    ("~/.config/serge/config.toml", "The program that looks words up; `serge config` tells of it."),
)
_ENVIRONMENT: Final = (
    ("SERGE_DB", "The database, where --db is not given."),
    ("VISUAL, EDITOR", "Your editor, for long notes."),
    ("ESCDELAY", "How many milliseconds Serge waits after Esc for the rest of a key."),
    ("NO_COLOR", "No colours."),
)
_EXIT: Final = (
    ("0", "Done."),
    ("1", "Not found, or it could not be done; a sentence on standard error says why."),
    ("2", "A slip on the command line."),
    ("130", "Stopped by you."),
)
_ABOUT: Final = (
    "Serge is a terminal reader and study companion for Victor Serge's Memoirs of a Revolutionary: it reads your own"
    " copy of the book, tells who somebody is, asks cards and keeps notes. Without a command it opens where you left"
    " it; `?` in it shows the keys. It works offline, on one file that is yours."
)


def manual() -> str:
    """Return the page as roff."""
    (context, serge), *rest = commands()
    lines = [
        f'.TH SERGE 1 "{released()}" "serge {__version__}" "User Commands"',
        ".SH NAME",
        r"serge \- read Victor Serge's Memoirs of a Revolutionary, and know who is who",
        ".SH SYNOPSIS",
        ".B serge",
        r"[\fB\-\-db\fR \fIPATH\fR] [\fICOMMAND\fR [\fIARGUMENTS\fR]]",
        ".SH DESCRIPTION",
        text(_ABOUT),
        *_tagged(options(context, serge)),
        *_blocks(help_of(serge.epilog or "").blocks),
        ".SH COMMANDS",
        r"Every command has \fB\-\-help\fR.",
    ]
    for below, command in rest:
        told = help_of(command.help or "")
        lines += [f'.SS "{escaped(below.command_path)}"', *_usage(below, command)]
        lines += [line for paragraph in told.prose for line in (".PP", text(paragraph))]
        lines += [*_tagged(options(below, command)), *_blocks(told.blocks)]
    for heading, rows in (("EXIT STATUS", _EXIT), ("ENVIRONMENT", _ENVIRONMENT), ("FILES", _FILES)):
        lines += [f".SH {heading}", *_tagged(rows)]
    return "\n".join(lines) + "\n"


def released() -> str:
    """Return the day on which this version was released, as the changelog says; empty before."""
    found = re.search(
        rf"^## \[{re.escape(__version__)}\] - (\S+)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )
    return found[1] if found else ""


def escaped(words: str) -> str:
    """Return words as roff shows them: a hyphen is a hyphen-minus, so that what is copied from the page works."""
    told = words.replace("\\", r"\e").replace("-", r"\-").replace("'", r"\(aq").replace("`", r"\(ga")
    return told.replace("“", r"\(lq").replace("”", r"\(rq").replace("’", r"\(cq").replace("…", r"\&...")


def text(paragraph: str) -> str:
    """Return a paragraph; what stands in backquotes is bold. A line never begins with a sign that is a request."""
    parts = re.split(r"`([^`]*)`", paragraph)
    shown = "".join(rf"\fB{escaped(part)}\fR" if at % 2 else escaped(part) for at, part in enumerate(parts))
    return rf"\&{shown}" if shown.startswith((".", "'")) else shown


def _usage(context: click.Context, command: click.Command) -> list[str]:
    return [rf"\fB{escaped(context.command_path)}\fR {escaped(' '.join(command.collect_usage_pieces(context)))}"]


def _tagged(rows: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> list[str]:
    return [line for tag, words in rows for line in (".TP", rf"\fB{escaped(tag)}\fR", text(words) or r"\&")]


def _blocks(blocks: list[tuple[str, list[str]]]) -> list[str]:
    lines = []
    for heading, block in blocks:
        shown = [rf"\&{escaped(line)}" for line in block]
        lines += [".PP", text(f"{heading}:"), ".RS 4", ".nf", *shown, ".fi", ".RE"]
    return lines


if __name__ == "__main__":
    if sys.argv[1:] == ["--accept"]:
        STORED.write_text(manual(), "utf-8")
    else:
        print(manual(), end="")
