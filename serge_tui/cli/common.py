"""Shared by the commands: opening the database, progress, printing."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from db.errors import SergeError
from serge_tui.output import json_text, print_data, print_error, print_text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from db.library import Library


@contextmanager
def open_library(path: Path) -> Iterator[Library]:
    """Open the database; build or upgrade it first if necessary."""
    from db.connection import holds_pack, is_ready
    from db.library import Library
    from db.schema import REPLAY_SETTING
    from serge_tui.cli.damage import offer_copy

    offer_copy(path)
    if not is_ready(path) or not holds_pack(path):
        build(path)
    with Library.open(path) as library:
        if library.settings.get(REPLAY_SETTING, list[str]()):
            from serge_tui.services.replay import replay_after_upgrade

            replay_after_upgrade(library)
        yield library


def build(path: Path) -> None:
    """Create or upgrade the database and store the study pack, with a progress bar in a terminal."""
    from import_scripts.pipeline import prepare

    with progress_bar("Preparing Serge") as report:
        copy = prepare(path, report)
    if copy is not None:
        say_status(f"The database was upgraded; a copy from before the upgrade is {copy}.")


@contextmanager
def progress_bar(label: str) -> Iterator[Any]:
    """Show a progress bar on standard error, if that is a terminal; one that only prints lines gets a sentence.

    Yields:
        A function that takes the name of a stage and the share done (0 to 1).
    """
    if not sys.stderr.isatty():
        yield lambda _stage, _share: None
        return
    if os.environ.get("TERM") == "dumb":
        say_status(f"{label}…")
        yield lambda _stage, _share: None
        return
    with click.progressbar(length=100, label=label, file=sys.stderr, show_eta=False, width=30) as bar:

        def report(stage: str, share: float) -> None:
            bar.label = f"{stage:<24}"
            bar.update(max(0, round(share * 100) - bar.pos))

        yield report


def say(text: str = "") -> None:
    """Print text on standard output, without control characters."""
    print_text(text)


def say_aside(sentence: str) -> None:
    """Print a warning on standard error, so that the output stays clean for pipes."""
    print_error(sentence)


def say_status(sentence: str) -> None:
    """Print what was done on standard error."""
    print_text(sentence, stream=sys.stderr)


def say_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value as JSON, with every control character escaped."""
    print_text(json_text(value, indent=indent))


def need_words(text: str, command: str) -> None:
    """Raise SergeError if `text` is blank."""
    if not text.strip():
        example = "Zinoviev" if command == "who" else "Kronstadt"
        raise SergeError(f"give a word to look for, such as `serge {command} {example}`.")


def write_out(text: str, output: Path | None) -> None:
    """Write to a file readable by its owner alone, or to standard output if `output` is None.

    Raises:
        SergeError: The file cannot be written; an older file of that name is unchanged.
    """
    if output is None:
        print_data(text)
        return
    from db.files import write_private

    try:
        write_private(output, text)
    except OSError as error:
        raise SergeError(f"{output} cannot be written: {error.strerror}.") from error
