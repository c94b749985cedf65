"""`serge export vault` and `serge export dossier`: people and chapters as Markdown pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from db.text import sanitise_line
from serge_tui.cli.common import open_library, say_status, write_out
from serge_tui.cli.completion import complete_person
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from collections.abc import Mapping


_WITH_MY_COPY = click.option(
    "--with-my-copy", is_flag=True,
    help="Show the words around each mention in your own copy, for your own study: they are not ours to pass on.",
)  # fmt: skip


@click.command("vault")
@click.argument("filter_words", nargs=-1, metavar="[FILTER]...")
@_WITH_MY_COPY
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), required=True, help="The folder to write to."
)
@click.pass_obj
def export_vault(path: Path, filter_words: tuple[str, ...], with_my_copy: bool, output: Path) -> None:
    """Write a folder of pages for Obsidian or Logseq: one for each person and each chapter, with your notes.

    Every link leads to a page. With FILTER, only notes that match. Files of the same names are replaced, others stay.

    \b
    Examples:
      serge export vault -o ~/vault/serge
      serge export vault "#doubt" -o ~/vault/doubts
    """
    from serge_tui.cli.export_notes import chosen_notes
    from serge_tui.services.vaults import vault_files

    with open_library(path) as library:
        files = vault_files(library, chosen_notes(library, filter_words), whole=True, with_my_copy=with_my_copy)
    write_files(files, output)


def write_files(files: Mapping[str, str], folder: Path) -> None:
    """Write files into a folder, by their paths in it, and say how many. Raises SergeError if one cannot be written."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for parent in {Path(name).parent for name in files}:
            (folder / parent).mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise SergeError(f"{folder} cannot be created: {error.strerror}.") from error
    for name, text in files.items():
        write_out(text, folder / name)
    say_status(f"{counted(len(files), 'file')} written to {folder}.")


@click.command("dossier")
@click.argument("name", shell_complete=complete_person)
@_WITH_MY_COPY
@click.option("--fates", is_flag=True, help="Tell how lives ended, even if that is hidden in the app.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if left out."
)
@click.pass_obj
def export_dossier(path: Path, name: str, with_my_copy: bool, fates: bool, output: Path | None) -> None:
    """Export all that is known of one person as Markdown, with your notes on them.

    \b
    Examples:
      serge export dossier Radek -o radek.md
      serge export dossier "the Old Man" --fates
    """
    from serge_tui.core.export.person import person_markdown
    from serge_tui.core.name_finder.names import NameFinder
    from serge_tui.services.hidden_ends import hidden_ends
    from serge_tui.services.person_records import PersonRecords

    with open_library(path) as library:
        figure = library.figures.by_key(name)
        if figure is None:
            found = NameFinder(library.figures.names(), library.figures.texts()).identify(name)
            if found.best is None or not found.accepted:
                raise SergeError(f"{sanitise_line(name)}: {found.reason}")
            figure = library.figures.by_key(found.best.figure)
        assert figure is not None
        ends = hidden_ends(library, hidden=False if fates else None)
        person = PersonRecords(library, ends, with_my_copy=with_my_copy).of(figure)
    write_out(person_markdown(person), output)
