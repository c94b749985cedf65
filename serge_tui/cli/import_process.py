"""The process that imports for the app: a request on standard input, lines of JSON on standard output."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import EncryptedFileError, SergeError
from db.text import sanitise_line
from serge_tui.cli.child_process import tell
from serge_tui.cli.import_inputs import files_named
from serge_tui.core.wording import counted
from serge_tui.services.book_import import FileToImport, ImportOutcome

if TYPE_CHECKING:
    from db.library import Library
    from import_scripts.found_decisions import ImportedDecisions
    from import_scripts.highlights.place import ImportedHighlights
    from import_scripts.highlights.serge_notes import ImportedNotes
    from import_scripts.history import ImportedHistory
    from import_scripts.pipeline import Imported, Progress
    from import_scripts.reviews.review import ImportedReview

_SURE: Final = 0.8
_CHAPTERS: Final = 10


def main() -> None:
    """Import what standard input asks for; the last line has the sentence of an error, or an empty one."""
    request = json.load(sys.stdin)
    error = ""
    try:
        _import_all(Path(request["database"]), [FileToImport(Path(path), *rest) for path, *rest in request["files"]])
    except SergeError as raised:
        error = str(raised)
    tell({"end": error})


def _import_all(database: Path, named: list[FileToImport]) -> None:
    from db.backups import make_backup, remove_old
    from db.library import Library

    files: list[FileToImport] = []
    outcomes: list[ImportOutcome] = []
    for one in named:
        try:
            files += [replace(one, path=path) for path in files_named(one.path)]
        except SergeError as error:
            outcomes.append(_failed(one.path, error))
    for outcome in outcomes:
        tell({"outcome": _as_json(outcome)})
    if not files:
        return
    with Library.open(database) as library:
        make_backup(database, "import")
        remove_old(database)
        for number, file in enumerate(files):
            tell({"outcome": _as_json(_import(library, file, _progress(file.path, number, len(files))))})


def _progress(path: Path, number: int, files: int) -> Progress:
    name = sanitise_line(path.name)
    which = f" ({number + 1} of {files})" if files > 1 else ""

    def report(stage: str, share: float) -> None:
        tell({"progress": [f"{name}{which}: {stage}", (number + share) / files]})

    return report


def _import(library: Library, file: FileToImport, report: Progress) -> ImportOutcome:
    from import_scripts.editions import UnsureEditionError
    from import_scripts.found_decisions import import_decisions
    from import_scripts.highlights.place import import_highlights
    from import_scripts.highlights.serge_notes import import_own, is_own_export
    from import_scripts.pipeline import import_book
    from import_scripts.reviews.review import import_review
    from serge_tui.cli.file_kind import recognise_file
    from serge_tui.cli.import_history import import_history

    path = file.path
    try:
        match file.kind if file.kind != "auto" else recognise_file(path).kind:
            case "highlights" if not path.is_dir() and is_own_export(path):
                return _notes(path, import_own(library, path))
            case "highlights":
                return _highlights(path, import_highlights(library, path))
            case "history":
                return _history(path, import_history(library, path))
            case "decisions":
                return _decisions(path, import_decisions(library, path))
            case "review":
                return _review(path, import_review(library, path, report))
            case _:
                done = import_book(library, path, as_new=file.as_new, replace=file.replace, progress=report)
                return _book(path, done)
    except UnsureEditionError as unsure:
        titles = {edition.key: edition.title for edition in library.texts.editions()}
        pairs = tuple((key, sanitise_line(titles.get(key, key))) for key in unsure.keys)
        return ImportOutcome(path, sanitise_line(path.name), replaceable=pairs)
    except SergeError as error:
        return _failed(path, error)


def _failed(path: Path, error: SergeError) -> ImportOutcome:
    return ImportOutcome(
        path, sanitise_line(path.name), error=str(error), is_encrypted=isinstance(error, EncryptedFileError)
    )


def _book(path: Path, imported: Imported) -> ImportOutcome:
    book, edition, mapping = imported.book, imported.edition, imported.mapping
    sentences = [f"{counted(len(book.chapters), 'chapter')}, {counted(book.words, 'word')}"]
    if mapping.matches:
        sure = "" if mapping.confidence >= _SURE else "; not all of them surely"
        sentences.append(
            f"{len({match.canonical for match in mapping.matches})} of the {_CHAPTERS} chapters of the Memoirs"
            f" recognised{sure}"
        )
    elif mapping.says_memoirs:
        sentences.append("None of the ten chapters of the Memoirs recognised")
    else:
        sentences.append("Not the Memoirs: its chapters stay as they are")
    if imported.people:
        named = f"named {counted(imported.mentions, 'time')}"
        sentences.append(f"{counted(imported.people, 'person', 'people')} linked, {named}")
    else:
        sentences.append("Nobody of the study pack is named in it")
    if imported.quotations:
        sentences.append(f"{counted(imported.quotations, 'quotation')} of the study pack found in it")
    else:
        sentences.append("No quotation of the study pack found in it")
    if edition.replaced:
        moved = f", {edition.drifted:,} found again by their words" if edition.drifted else ""
        lost = f", {edition.orphaned:,} unplaced (see Notes)" if edition.orphaned else ""
        sentences.append(
            f"Replaced the text that was here; {edition.kept:,} of your notes are where they were{moved}{lost}"
        )
    if imported.highlights_placed:
        sentences.append(f"{counted(imported.highlights_placed, 'highlight')} imported earlier placed in this text")
    return ImportOutcome(path, sanitise_line(book.title), edition.key, tuple(sentences), tuple(book.report))


def _highlights(path: Path, done: ImportedHighlights) -> ImportOutcome:
    sentences = (
        f"{counted(done.found, 'entry', 'entries')} read: {done.added:,} new, {done.known:,} known already",
        f"{done.placed:,} placed in the text, {done.orphans:,} unplaced (see Notes)",
    )
    return ImportOutcome(path, sanitise_line(path.name), sentences=sentences, remarks=tuple(done.report))


def _history(path: Path, done: ImportedHistory) -> ImportOutcome:
    on = f" on {counted(len(done.cards), 'card')}" if done.cards else ""
    sentences = [f"{counted(done.new, 'answer')} new{on}, {done.known:,} here already"]
    if done.other_cards:
        sentences.append(f"{counted(done.other_cards, 'answer')} to cards that Serge does not have left out")
    return ImportOutcome(path, sanitise_line(path.name), sentences=tuple(sentences), remarks=done.report)


def _review(path: Path, done: ImportedReview) -> ImportOutcome:
    sentences = (
        f"{counted(done.found, 'quotation')}, {done.with_page:,} with a page, {done.known:,} in the study pack already",
        f"{done.new:,} new, to accept or reject under To review in Notes",
    )
    return ImportOutcome(path, sanitise_line(path.name), sentences=sentences)


def _notes(path: Path, done: ImportedNotes) -> ImportOutcome:
    sentence = f"Notes: {done.new:,} new, {done.changed:,} newer than here, {done.known:,} here already"
    return ImportOutcome(path, sanitise_line(path.name), sentences=(sentence,), remarks=tuple(done.report))


def _decisions(path: Path, done: ImportedDecisions) -> ImportOutcome:
    sentence = f"Decisions: {done.new:,} new, {done.changed:,} newer than here, {done.known:,} here already"
    return ImportOutcome(path, sanitise_line(path.name), sentences=(sentence,), remarks=done.report)


def _as_json(outcome: ImportOutcome) -> dict[str, object]:
    return asdict(outcome) | {"path": str(outcome.path)}


if __name__ == "__main__":
    main()
