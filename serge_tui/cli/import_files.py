"""`serge import`: books into the database."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, progress_bar, say, say_aside, say_json
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from import_scripts.highlights.serge_notes import ImportedNotes
    from import_scripts.pipeline import Imported

SURE: Final = 0.8
"""Confidence from which a mapping of chapters is told without a doubt."""


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--key", metavar="KEY", help="Store as this edition (to replace one, or to keep two side by side).")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["auto", "book", "review", "highlights", "history"]),
    default="auto",
    show_default=True,
    help="review: pull quotations with their pages out of an article, for you to grade_typed. highlights: of Kindle,"
    " KOReader, Readwise, Apple Books, Kobo, Hypothesis. history: answers to the cards, of Anki or of"
    " `serge export reviews`.",
)
@click.option(
    "--map",
    "chapter_map",
    metavar="5=1,6=2",
    help="Which chapter of the file is which of the Memoirs (- for none); remembered.",
)
@click.option("--report", "with_report", is_flag=True, help="Say everything that could not be read.")
@click.option("--json", "as_json", is_flag=True, help="Print what was imported as JSON.")
@click.pass_obj
def import_command(
    path: Path,
    files: tuple[Path, ...],
    key: str | None,
    kind: str,
    chapter_map: str | None,
    with_report: bool,
    as_json: bool,
) -> None:
    """Add books to read: EPUB, PDF, plain text, HTML, Markdown, FB2, DOCX.

    The same book imported again replaces its text and keeps everything of yours. Notes that `serge export notes
    --json` wrote come back as they were.

    \b
    Examples:
      serge import memoirs.epub
      serge import --key my-copy memoirs.txt
      serge import notes.json
      serge import --map "5=1,6=2,7=3" memoirs.epub
      serge import --as review article.html
      serge import "My Clippings.txt"
      serge import --as history collection.anki2
    """
    if (key is not None or chapter_map is not None) and len(files) > 1:
        raise SergeError("--key and --map are about one edition, so they go with one file only.")
    if kind == "review":
        _import_reviews(path, files, as_json=as_json)
        return
    if kind == "history":
        from serge_tui.cli.import_history import import_histories

        import_histories(path, files, as_json=as_json)
        return
    if kind == "highlights" or (kind == "auto" and all(map(_looks_like_highlights, files))):
        _import_highlights(path, files, edition=key, with_report=with_report, as_json=as_json)
        return
    from db.backups import make_backup, remove_old
    from import_scripts.highlights.serge_notes import import_own, is_own_export
    from import_scripts.pipeline import import_book

    done: list[Imported] = []
    notes: list[ImportedNotes] = []
    failed: list[str] = []
    with open_library(path) as library:
        make_backup(path, "import")
        remove_old(path)
        for file in files:
            try:
                if is_own_export(file):
                    notes.append(import_own(library, file))
                    if not as_json:
                        _tell_notes(notes[-1], with_report)
                    continue
                with progress_bar(f"Importing {file.name}") as report:
                    imported = import_book(library, file, key=key, chapter_map=chapter_map, progress=report)
            except SergeError as error:
                failed.append(str(error))
                say_aside(str(error))
                continue
            done.append(imported)
            if not as_json:
                _tell(imported, with_report)
    if as_json:
        say_json([*map(_as_dict, done), *map(asdict, notes)])
    if failed:
        raise SystemExit(1)


def _looks_like_highlights(file: Path) -> bool:
    """Whether a name is that of a file of highlights; what is in it is looked at when it is read."""
    return file.suffix.lower() in (".lua", ".sdr", ".csv", ".sqlite") or "clippings" in file.name.lower()


def _import_highlights(
    path: Path, files: tuple[Path, ...], *, edition: str | None, with_report: bool, as_json: bool
) -> None:
    from db.backups import make_backup, remove_old
    from import_scripts.highlights.place import import_highlights

    done = []
    failed = False
    with open_library(path) as library:
        make_backup(path, "import")
        remove_old(path)
        for file in files:
            try:
                done.append(import_highlights(library, file, edition=edition))
            except SergeError as error:
                failed = True
                say_aside(str(error))
    if as_json:
        say_json([asdict(imported) for imported in done])
    else:
        for imported in done:
            say(
                f"{imported.source}: {counted(imported.found, 'highlight')}, {imported.added:,} new, of which"
                f" {imported.placed:,} hang on their words and {imported.orphans:,} are kept with theirs in Notes;"
                f" {imported.known:,} known already."
            )
            for sentence in imported.report if with_report else []:
                say(f"  · {sentence}")
    if failed:
        raise SystemExit(1)


def _import_reviews(path: Path, files: tuple[Path, ...], *, as_json: bool) -> None:
    from import_scripts.reviews.review import import_review

    done = []
    failed = False
    with open_library(path) as library:
        for file in files:
            try:
                done.append(import_review(library, file))
            except SergeError as error:
                failed = True
                say_aside(str(error))
    if as_json:
        say_json([asdict(review) for review in done])
    else:
        for review in done:
            say(
                f"{review.source}: {counted(review.found, 'quotation')}, {review.with_page:,} with a page,"
                f" {review.known:,} in the study pack already; {review.new:,} new candidates."
            )
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
    if imported.mapping.matches:
        named = ", ".join(f"{match.chapter + 1}={match.canonical}" for match in imported.mapping.matches)
        sure = "" if imported.mapping.confidence >= SURE else " (not sure: look, and correct it with --map)"
        say(f"  chapters of the Memoirs: {named}{sure}")
    if book.report and with_report:
        for sentence in book.report:
            say(f"  · {sentence}")
    elif book.report:
        say(f"  {counted(len(book.report), 'thing')} could not be read; --report says what.")


def _tell_notes(notes: ImportedNotes, with_report: bool) -> None:
    say(f"Notes: {notes.new:,} new, {notes.changed:,} newer than here, {notes.known:,} here already.")
    if with_report:
        for sentence in notes.report:
            say(f"  · {sentence}")
    elif notes.report:
        say(f"  {counted(len(notes.report), 'thing')} could not be read; --report says what.")


def _as_dict(imported: Imported) -> dict[str, object]:
    book = imported.book
    return {
        "edition": asdict(imported.edition),
        "title": book.title,
        "author": book.author,
        "language": book.language,
        "map": {match.chapter + 1: match.canonical for match in imported.mapping.matches},
        "chapters": [{"title": chapter.title, "canonical": chapter.canonical} for chapter in book.chapters],
        "words": book.words,
        "notes": len(book.notes),
        "mentions": imported.mentions,
        "people": imported.people,
        "quotations": imported.quotations,
        "report": book.report,
    }
