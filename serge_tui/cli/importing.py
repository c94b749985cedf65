"""`serge import`: books into the database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.errors import SergeError
from serge_tui.cli.common import counted, open_library, progress_bar, say, say_json

if TYPE_CHECKING:
    from import_scripts.pipeline import Imported


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--key", metavar="KEY", help="Store as this edition (to replace one, or to keep two side by side).")
@click.option("--report", "with_report", is_flag=True, help="Say everything that could not be read.")
@click.option("--json", "as_json", is_flag=True, help="Print what was imported as JSON.")
@click.pass_obj
def import_command(path: Path, files: tuple[Path, ...], key: str | None, with_report: bool, as_json: bool) -> None:
    r"""Add books to read: EPUB and plain text.

    The same book imported again replaces its text and keeps everything of yours.

    \b
    Examples:
      serge import memoirs.epub
      serge import --key my-copy memoirs.txt
    """
    if key is not None and len(files) > 1:
        raise SergeError("--key names one edition, so it goes with one file only.")
    from db.backups import make_backup, remove_old
    from import_scripts.pipeline import import_book

    done: list[Imported] = []
    failed: list[str] = []
    with open_library(path) as library:
        make_backup(path, "import")
        remove_old(path)
        for file in files:
            try:
                with progress_bar(f"Importing {file.name}") as report:
                    imported = import_book(library, file, key=key, progress=report)
            except SergeError as error:
                failed.append(str(error))
                click.echo(f"serge: {error}", err=True)
                continue
            done.append(imported)
            if not as_json:
                _tell(imported, with_report)
    if as_json:
        say_json([_as_dict(imported) for imported in done])
    if failed:
        raise SystemExit(1)


def _tell(imported: Imported, with_report: bool) -> None:
    book, edition = imported.book, imported.edition
    say(f"{book.title}{f' by {book.author}' if book.author else ''}: {edition.key}")
    say(
        f"  {counted(len(book.chapters), 'chapter')}, {counted(book.words, 'word')},"
        f" {counted(len(book.notes), 'note')};"
        f" {counted(imported.mentions, 'mention')} of {counted(imported.people, 'person', 'people')},"
        f" {counted(imported.quotations, 'quotation')} found"
    )
    if edition.replaced:
        own = f"{edition.kept} of your annotations stand where they stood"
        moved = f", {edition.drifted} moved with their words" if edition.drifted else ""
        lost = f", {edition.orphaned} did not find theirs and are kept in Notes" if edition.orphaned else ""
        say(f"  replaced; {own}{moved}{lost}")
    if book.report and with_report:
        for sentence in book.report:
            say(f"  · {sentence}")
    elif book.report:
        say(f"  {counted(len(book.report), 'thing')} could not be read; --report says what.")


def _as_dict(imported: Imported) -> dict[str, object]:
    book = imported.book
    return {
        "edition": asdict(imported.edition),
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "chapters": [{"title": chapter.title, "canonical": chapter.canonical} for chapter in book.chapters],
        "words": book.words,
        "notes": len(book.notes),
        "mentions": imported.mentions,
        "people": imported.people,
        "quotations": imported.quotations,
        "report": book.report,
    }
