"""`serge import`: books, highlights, reviews and answers."""

from __future__ import annotations

import sys
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from db.errors import SergeError
from serge_tui.cli.common import open_library, progress_bar, say, say_aside, say_json, say_status
from serge_tui.cli.completion import complete_edition
from serge_tui.core.wording import counted

if TYPE_CHECKING:
    from db.library import Library
    from import_scripts.editions import UnsureEditionError
    from import_scripts.found_decisions import ImportedDecisions
    from import_scripts.highlights.place import ImportedHighlights
    from import_scripts.highlights.serge_notes import ImportedNotes
    from import_scripts.pipeline import Imported

SURE: Final = 0.8
"""Confidence (0 to 1) below which a mapping of chapters is said to be uncertain."""


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """Options of the command line on how to read files and where to store them."""

    key: str | None = None
    as_new: bool = False
    replace: str | None = None
    chapter_map: str | None = None
    encoding: str | None = None
    books: tuple[str, ...] = ()
    with_report: bool = False
    as_json: bool = False

    @property
    def names_one_edition(self) -> bool:
        """Whether an option is about one edition, and so allows one file only."""
        return any(one is not None for one in (self.key, self.replace, self.chapter_map))


@dataclass(slots=True)
class _Outcome:
    """Results of all files, for `--json` and for the exit code."""

    results: list[dict[str, object]] = field(default_factory=list)
    failed: bool = False

    def fail(self, error: SergeError) -> None:
        self.failed = True
        say_aside(str(error))


@click.command("import", short_help="Add a book, highlights, a review or a history of answers.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option("--as-new", is_flag=True, help="Store as a new edition, even if one with the same title exists.")
@click.option(
    "--replace",
    metavar="KEY",
    help="Replace this edition; your notes stay with their words.",
    shell_complete=complete_edition,
)
@click.option("--key", metavar="KEY", help="Key of the new edition; for highlights, the edition they belong to.")
@click.option(
    "--as",
    "kind",
    type=click.Choice(["auto", "book", "review", "highlights", "history", "decisions"]),
    default="auto",
    show_default=True,
    help="auto: recognise books and highlights by their content. review: find quotations and their pages in an article,"
    " for you to accept or reject. history: answers to cards, from Anki or `serge export reviews`."
    " decisions: on your own copy, from `serge export found`.",
)
@click.option("--book", "books", metavar="TITLE", multiple=True, help="Only highlights of this book; may be repeated.")
@click.option("--encoding", metavar="NAME", help="Encoding of a text file (such as cp1251), if it was guessed wrongly.")
@click.option(
    "--map",
    "chapter_map",
    metavar="MAP",
    help="Which chapter of the file is which chapter of the Memoirs (5=1,6=2; - for none). If the file does not mark a"
    ' chapter, give its first words ("first words of the chapter"=3). Remembered.',
)
@click.option("--report", "with_report", is_flag=True, help="List everything that could not be read.")
@click.option("--json", "as_json", is_flag=True, help="Print what was imported as JSON.")
@click.pass_obj
def import_command(
    path: Path,
    files: tuple[Path, ...],
    kind: str,
    key: str | None,
    replace: str | None,
    chapter_map: str | None,
    encoding: str | None,
    books: tuple[str, ...],
    *,
    as_new: bool,
    with_report: bool,
    as_json: bool,
) -> None:
    """Add books to read (EPUB, PDF, plain text, HTML, Markdown, FB2, DOCX) and highlights made elsewhere.

    FILE is a file, a folder, a pattern in quotes, or - for standard input. If you import a book again, its text is
    replaced and everything of yours is kept; another text with the same title becomes a new edition. Highlights can
    come from Kindle, KOReader, Readwise, Apple Books, Kobo, Hypothesis, lists of Web Annotations, and
    `serge export notes --json`.

    \b
    Examples:
      serge import memoirs.epub
      serge import --as-new memoirs-1963.epub
      serge import --map "5=1,6=2,7=3" memoirs.epub
      serge import --encoding cp1251 memoirs.txt
      serge import --book Memoirs "My Clippings.txt"
      serge import --as review article.html
      serge import --as history collection.anki2
    """
    from serge_tui.cli.import_inputs import input_files

    options = ImportOptions(key, as_new, replace, chapter_map, encoding, books, with_report, as_json)
    if sum((as_new, replace is not None, key is not None)) > 1:
        raise SergeError("--as-new, --replace and --key exclude each other; give one of them.")
    with input_files(files) as found:
        if options.names_one_edition and len(found) > 1:
            raise SergeError("--key, --replace and --map are about one edition, so they go with one file only.")
        if kind == "history":
            from serge_tui.cli.import_history import import_histories

            import_histories(path, tuple(found), as_json=as_json)
            return
        if kind == "review":
            _import_reviews(path, tuple(found), as_json=as_json)
            return
        outcome = _import_all(path, found, kind, options)
    if as_json:
        say_json(outcome.results)
    if outcome.failed:
        raise SystemExit(1)


def _import_all(path: Path, files: list[Path], kind: str, options: ImportOptions) -> _Outcome:
    """Import books and highlights, one file after the other; a file that fails does not stop the others."""
    from db.backups import make_backup, remove_old
    from import_scripts.found_decisions import holds_decisions, import_decisions
    from import_scripts.highlights.detect import holds_highlights
    from import_scripts.highlights.serge_notes import import_own, is_own_export

    outcome = _Outcome()
    with open_library(path) as library:
        make_backup(path, "import")
        remove_old(path)
        for file in files:
            try:
                if kind != "book" and not file.is_dir() and is_own_export(file):
                    notes = import_own(library, file)
                    outcome.results.append({"kind": "notes", **asdict(notes)})
                    if not options.as_json:
                        _tell_own("Notes", notes, with_report=options.with_report)
                elif kind == "decisions" or (kind == "auto" and not file.is_dir() and holds_decisions(file)):
                    decided = import_decisions(library, file)
                    outcome.results.append({"kind": "decisions", **asdict(decided)})
                    if not options.as_json:
                        _tell_own("Decisions", decided, with_report=options.with_report)
                elif kind == "highlights" or (kind == "auto" and holds_highlights(file)):
                    _import_highlights(library, file, options, outcome)
                else:
                    _import_book(library, file, options, outcome)
            except SergeError as error:
                outcome.fail(error)
        try:
            library.search_index.build(pause=0)
        except SergeError as error:
            say_status(str(error))
    return outcome


def _import_book(library: Library, file: Path, options: ImportOptions, outcome: _Outcome) -> None:
    from import_scripts.editions import UnsureEditionError
    from import_scripts.pipeline import import_book

    def read(*, as_new: bool, replace: str | None) -> Imported:
        with progress_bar(f"Importing {file.name}") as report:
            return import_book(
                library, file, key=options.key, as_new=as_new, replace=replace, chapter_map=options.chapter_map,
                encoding=options.encoding, progress=report,
            )  # fmt: skip

    try:
        imported = read(as_new=options.as_new, replace=options.replace)
    except UnsureEditionError as unsure:
        if options.as_json or not sys.stdin.isatty():
            raise
        answer = _ask_which(unsure)
        if answer is None:
            return
        imported = read(as_new=answer == "", replace=answer or None)
    outcome.results.append(_as_dict(imported))
    if not options.as_json:
        _tell(imported, with_report=options.with_report)


def _ask_which(unsure: UnsureEditionError) -> str | None:
    """Ask whether a book replaces an edition.

    Returns:
        The key of the edition to replace, empty for a new edition, None to skip the file.
    """
    say(str(unsure))
    answers = {"n": "", **{str(number): key for number, key in enumerate(unsure.keys, 1)}, "s": None}
    for number, key in enumerate(unsure.keys, 1):
        say(f"  {number}  replace {key}; your notes stay with their words")
    say(f"  n  store as a new edition, {unsure.new_key}")
    say("  s  skip this file")
    return answers[click.prompt("Which", type=click.Choice(list(answers)), default="n")]


def _import_highlights(library: Library, file: Path, options: ImportOptions, outcome: _Outcome) -> None:
    from import_scripts.highlights.place import import_highlights

    done = import_highlights(library, file, edition=options.key, books=options.books)
    outcome.results.append({"kind": "highlights", **asdict(done)})
    if not options.as_json:
        _tell_highlights(done, with_report=options.with_report)


def _tell_highlights(done: ImportedHighlights, *, with_report: bool) -> None:
    """Say what was done with the entries. The numbers add up to the number of entries in the file."""
    say(
        f"{done.source}: {counted(done.found, 'entry', 'entries')}: {done.added:,} new ({done.placed:,} placed in the"
        f" text, {done.orphans:,} unplaced, see Notes), {done.known:,} already here"
        + "".join(
            f", {number:,} {what}"
            for number, what in (
                (done.joined, "notes joined to their highlights"),
                (done.merged, "merged with a later version"),
                (done.limited, "past the publisher's limit"),
                (done.other_books, "of other books"),
                (done.left_out, "left out"),
            )
            if number
        )
        + "."
    )
    for sentence in done.report if with_report else []:
        say(f"  · {sentence}")


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
        say_json([{"kind": "review", **asdict(review)} for review in done])
    else:
        for review in done:
            say(
                f"{review.source}: {counted(review.found, 'quotation')}, {review.with_page:,} with a page,"
                f" {review.known:,} already in the study pack; {review.new:,} new candidates."
            )
    if failed:
        raise SystemExit(1)


def _tell(imported: Imported, *, with_report: bool) -> None:
    book, edition = imported.book, imported.edition
    say(f"{book.title}{f' by {book.author}' if book.author else ''}: {edition.key}")
    say(
        f"  {counted(len(book.chapters), 'chapter')}, {counted(book.words, 'word')},"
        f" {counted(len(book.notes), 'note')};"
        f" {counted(imported.mentions, 'mention')} of {counted(imported.people, 'person', 'people')},"
        f" {counted(imported.quotations, 'quotation')} found"
    )
    if edition.replaced:
        moved = f", {edition.drifted} moved with their words" if edition.drifted else ""
        lost = f", {edition.orphaned} unplaced (see Notes)" if edition.orphaned else ""
        say(f"  replaced; of your annotations {edition.kept} are unchanged{moved}{lost}")
    if imported.highlights_placed:
        say(f"  {counted(imported.highlights_placed, 'highlight')} imported earlier placed in this text")
    if imported.mapping.matches:
        named = ", ".join(f"{match.chapter + 1}={match.canonical}" for match in imported.mapping.matches)
        sure = "" if imported.mapping.confidence >= SURE else " (uncertain: check it, and correct it with --map)"
        say(f"  chapters of the Memoirs: {named}{sure}")
    elif imported.mapping.says_memoirs:
        listed = ", ".join(f"{number} {chapter.title}" for number, chapter in enumerate(book.chapters[:20], 1))
        say("  this seems to be the Memoirs, but its chapters were not recognised; name them with --map, for example")
        say('  --map "3=1,4=2" or --map \'"first words of the chapter"=1\'. The file has: ' + listed)
    if book.report and with_report:
        for sentence in book.report:
            say(f"  · {sentence}")
    elif book.report:
        say(f"  {counted(len(book.report), 'remark')} on how the file was read; --report shows them.")


def _tell_own(what: str, done: ImportedNotes | ImportedDecisions, *, with_report: bool) -> None:
    say(f"{what}: {done.new:,} new, {done.changed:,} newer than here, {done.known:,} already here.")
    if with_report:
        for sentence in done.report:
            say(f"  · {sentence}")
    elif done.report:
        say(f"  {counted(len(done.report), 'thing')} could not be read; --report lists them.")


def _as_dict(imported: Imported) -> dict[str, object]:
    book = imported.book
    return {
        "kind": "book",
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
