"""What several commands need: a ready database, output that is safe, numbers with their nouns."""

from __future__ import annotations

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
    """Open the database, building or upgrading it first if it is not ready."""
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
    """Create or upgrade the database and store the study pack, with a progress bar where somebody is looking."""
    from import_scripts.pipeline import prepare

    with progress_bar("Preparing Serge") as report:
        copy = prepare(path, report)
    if copy is not None:
        click.echo(f"The database was upgraded; a copy of it as it was is {copy}.", err=True)


@contextmanager
def progress_bar(label: str) -> Iterator[Any]:
    """Give a function to report a stage and a share (0 to 1) to; silent where standard error is no terminal."""
    if not sys.stderr.isatty():
        yield lambda _stage, _share: None
        return
    with click.progressbar(length=100, label=label, file=sys.stderr, show_eta=False, width=30) as bar:

        def report(stage: str, share: float) -> None:
            bar.label = f"{stage:<24}"
            bar.update(max(0, round(share * 100) - bar.pos))

        yield report


def say(text: str = "") -> None:
    """Print text for a person; nothing in it can steer the terminal."""
    print_text(text)


def say_aside(sentence: str) -> None:
    """Tell a person something beside the output, which stays clean for pipes."""
    print_error(sentence)


def say_status(sentence: str) -> None:
    """Tell a person what was done, on standard error."""
    print_text(sentence, stream=sys.stderr)


def say_json(value: object, *, indent: int | None = 2) -> None:
    """Print a value as JSON, with every control character escaped."""
    print_text(json_text(value, indent=indent))


def need_words(text: str, command: str) -> None:
    """Raise SergeError when there is nothing in `text` to look for."""
    if not text.strip():
        example = "Zinoviev" if command == "who" else "Kronstadt"
        raise SergeError(f"give a word to look for, such as `serge {command} {example}`.")


def write_out(text: str, output: Path | None) -> None:
    """Write to a file of the reader's own, or to standard output.

    Raises SergeError when the file cannot be written; what was there before is then still there.
    """
    if output is None:
        print_data(text)
        return
    from db.files import write_private

    try:
        write_private(output, text)
    except OSError as error:
        raise SergeError(f"{output} cannot be written: {error.strerror}.") from error
