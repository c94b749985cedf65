"""The `serge` command and everything below it, as click knows it: for the page of commands and the manual."""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from serge_tui.cli.group import serge

if TYPE_CHECKING:
    from collections.abc import Iterator

_LITERAL: Final = "\b"
"""What click wants before lines that are left as they are."""


@dataclass(frozen=True, slots=True)
class Help:
    """A help text in parts: paragraphs of prose, and blocks of lines that are shown as they stand."""

    prose: list[str]
    blocks: list[tuple[str, list[str]]]
    """The heading of each block ("Examples") and its lines."""


def commands() -> Iterator[tuple[click.Context, click.Command]]:
    """Yield every command with its context, a group before what is in it."""
    yield from _below(click.Context(serge, info_name="serge"), serge)


def _below(context: click.Context, command: click.Command) -> Iterator[tuple[click.Context, click.Command]]:
    yield context, command
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below is not None
            yield from _below(click.Context(below, parent=context, info_name=name), below)


def usage(context: click.Context, command: click.Command) -> str:
    """Return the command line: the command's path, and what may follow."""
    return f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"


def options(context: click.Context, command: click.Command) -> list[tuple[str, str]]:
    """Return the options of a command without `--help`, each with its sentence."""
    records = [option.get_help_record(context) for option in command.params if isinstance(option, click.Option)]
    return [record for record in records if record is not None and "--help" not in record[0]]


def help_of(text: str) -> Help:
    """Return a help text, or an epilog, in parts."""
    prose, blocks = [], []
    for part in re.split(r"\n[ \t]*\n|\n(?=[ \t]*\x08)", inspect.cleandoc(text)):
        if not part.strip(" \n").startswith(_LITERAL):
            prose.append(" ".join(part.split()))
            continue
        lines = [line for line in part.replace(_LITERAL, "").splitlines() if line.strip()]
        if lines:
            blocks.append((lines[0].strip().removesuffix(":"), textwrap.dedent("\n".join(lines[1:])).splitlines()))
    return Help([one for one in prose if one], blocks)
