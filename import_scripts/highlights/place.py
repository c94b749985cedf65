"""Import highlights of other programs: match them to an edition, place them by their words, store each once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from db.annotations import select, store
from db.book import Book
from db.clock import utc_now
from db.errors import SergeError
from db.imported_marks import MarkSource, keep_sources, sources_in
from db.models import Annotation
from db.store import edition_key
from db.text import fold, sanitise_line
from import_scripts.editions import listed_keys
from import_scripts.highlights.detect import read_highlights
from import_scripts.highlights.placement import EditionText, is_same_book, place_all, unplaced_anchor
from import_scripts.highlights.record import Highlight, HighlightFile, keys_of
from import_scripts.highlights.serge_notes import import_own, is_own_export
from import_scripts.locating.quotations import locate_text

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from db.library import Library

_SAMPLE: Final = 12
"""If a title is unknown, this many highlights of the book are searched in each edition."""
_ENOUGH_PLACED: Final = 0.5
_SAME_BOOK: Final = 90.0
_MOST_PAGES: Final = 1_000_000


@dataclass(slots=True)
class ImportedHighlights:
    """Result of importing one file.

    Every entry is counted once: `found` = `added` + `known` + `merged` + `joined` + `limited` + `other_books` +
    `left_out`. `added` are new annotations: `placed` in an edition, or `orphans`, not placed yet. `known` were
    imported before; `merged` were older versions or duplicates; `joined` are notes on a highlight; `limited` are
    without words because of the publisher's limit; `other_books` are of books that were not chosen; `left_out` could
    not be read.
    """

    source: str
    found: int = 0
    added: int = 0
    known: int = 0
    placed: int = 0
    orphans: int = 0
    merged: int = 0
    joined: int = 0
    limited: int = 0
    other_books: int = 0
    left_out: int = 0
    editions: tuple[str, ...] = ()
    report: list[str] = field(default_factory=list)


def import_highlights(
    library: Library,
    path: Path,
    *,
    edition: str | None = None,
    books: Collection[str] = (),
    progress: Callable[[str, float], None] | None = None,
) -> ImportedHighlights:
    """Read highlights and store new ones, each placed in an imported edition by its words.

    Args:
        library: The open database.
        path: The file.
        edition: Key of the edition; by default it is found by title, or by the words of the highlights.
        books: Only highlights of these titles, or parts of titles; `HighlightFile.books` lists those of a file.

    Raises:
        SergeError: The file cannot be read, or there is no such edition or book.
    """
    report = progress or _quiet
    report("Reading", 0.0)
    if edition is not None and library.texts.edition(edition) is None:
        known = listed_keys(one.key for one in library.texts.editions() if not one.is_guide)
        raise SergeError(f"There is no edition “{sanitise_line(edition)}”; there are: {known}.")
    if not path.is_dir() and is_own_export(path):
        return _own(library, path)
    file = read_highlights(path)
    done = ImportedHighlights(
        file.source, file.entries, merged=file.merged, joined=file.joined, limited=file.limited,
        left_out=file.left_out, report=file.report,
    )  # fmt: skip
    if books:
        chosen = _of_books(file, books)
        done.other_books = len(file.highlights) - len(chosen)
        file.highlights = chosen
    report("Placing", 0.3)
    annotations, sources = _placed(file, _Editions(library), edition)
    done.merged += len(file.highlights) - len(annotations)
    report("Storing", 0.9)
    new = library.writer.run(lambda connection: _store(connection, annotations, sources))
    done.added, done.known = len(new), len(annotations) - len(new)
    done.orphans = sum(annotation.state == "orphan" for annotation in new)
    done.placed = len(new) - done.orphans
    done.editions = tuple(
        dict.fromkeys(one.anchor.edition for one in new if one.anchor is not None and one.state != "orphan")
    )
    report("Done", 1.0)
    return done


def place_waiting(connection: sqlite3.Connection, edition: str, book: Book) -> int:
    """Place imported highlights of a book that was just stored as `edition`; return how many.

    Runs in the transaction that stores the book.
    """
    sources = sources_in(connection)
    if not sources:
        return 0
    here = {str(key) for (key,) in connection.execute("select key from edition")} - {edition}
    waiting = [
        one
        for one in select(connection, "state = 'orphan' and deleted_at = ''", [])
        if one.anchor is not None
        and one.key in sources
        and one.anchor.edition not in here
        and (
            one.anchor.edition == edition
            or is_same_book(sources[one.key].book, sources[one.key].author, book.title, book.author)
        )
    ]
    highlights = [_again(one, sources[one.key]) for one in waiting]
    placed = 0
    anchors = place_all(highlights, _text_of(edition, book)) if highlights else []
    for one, highlight, (anchor, is_placed) in zip(waiting, highlights, anchors, strict=True):
        placed += is_placed
        body = "" if is_placed and one.body == _where(highlight) else one.body
        store(connection, replace(one, anchor=anchor, body=body, state="drifted" if is_placed else "orphan"))
    return placed


def _again(one: Annotation, source: MarkSource) -> Highlight:
    """Return a highlight from its stored form."""
    assert one.anchor is not None
    text = one.anchor.exact if one.anchor.exact != one.body else ""
    kind = "highlight" if one.kind not in {"highlight", "note", "bookmark"} else one.kind
    return Highlight(
        source.book, source.author, kind, text, one.body, chapter=source.chapter, page=source.page,
        location=source.location, prefix=one.anchor.prefix, suffix=one.anchor.suffix,
    )  # fmt: skip


def _text_of(key: str, book: Book) -> EditionText:
    first = 0
    chapters: list[tuple[str, int, int]] = []
    pages: dict[str, tuple[int, int]] = {}
    for chapter in book.chapters:
        chapters.append((chapter.title, first, len(chapter.blocks)))
        for number, block in enumerate(chapter.blocks):
            for mark in block.pages:
                pages.setdefault(mark.label, (first + number, mark.offset))
        first += len(chapter.blocks)
    return EditionText(key, book.texts, chapters, pages)


class _Editions:
    """Finds the edition that a book of another program is; each text is read once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._texts: dict[str, EditionText] = {}
        self._editions = [edition for edition in library.texts.editions() if not edition.is_guide]

    def edition_of(self, title: str, author: str, highlights: list[Highlight]) -> str | None:
        """Return the edition of a book: by its title, or else by the words of its highlights."""
        likely = [one.key for one in self._editions if is_same_book(title, author, one.title, one.author)]
        if len(likely) == 1:
            return likely[0]
        sample = [highlight for highlight in highlights if len(highlight.text) > 20][:_SAMPLE]
        counts = {
            key: sum(locate_text(highlight.text, self.text(key).index) is not None for highlight in sample)
            for key in likely or [edition.key for edition in self._editions]
        }
        best = max(counts, key=lambda key: counts[key], default=None)
        if best is not None and sample and counts[best] >= _ENOUGH_PLACED * len(sample):
            return best
        return likely[0] if likely else None

    def text(self, edition: str) -> EditionText:
        """Return the text of an edition."""
        if edition not in self._texts:
            texts = self._library.texts
            chapters = [(one.title, one.first_passage, one.passages) for one in texts.chapters(edition)]
            pages: dict[str, tuple[int, int]] = {}
            for page in texts.pages(edition, 0, _MOST_PAGES):
                pages.setdefault(page.label, (page.passage, page.offset))
            self._texts[edition] = EditionText(edition, self._library.passages.texts(edition), chapters, pages)
        return self._texts[edition]


def _placed(
    file: HighlightFile, editions: _Editions, edition: str | None
) -> tuple[list[Annotation], dict[str, MarkSource]]:
    """Return annotations of a file, and the sources of those not placed yet."""
    books: defaultdict[tuple[str, str], list[Highlight]] = defaultdict(list)
    for highlight in file.highlights:
        books[highlight.book, highlight.author].append(highlight)
    annotations: dict[str, Annotation] = {}
    sources: dict[str, MarkSource] = {}
    for (title, author), highlights in books.items():
        chosen = edition or editions.edition_of(title, author, highlights)
        if chosen is not None:
            anchors = place_all(highlights, editions.text(chosen))
        else:
            anchors = [(unplaced_anchor(one, _absent(title, one.format)), False) for one in highlights]
        for one, key, (anchor, is_placed) in zip(highlights, keys_of(highlights), anchors, strict=True):
            annotation = Annotation(
                key, one.kind, "", anchor, one.colour, one.note or ("" if is_placed else _where(one)),
                "anchored" if is_placed else "orphan", one.created_at, one.modified_at or one.created_at or utc_now(),
                tags=one.tags,
            )  # fmt: skip
            if annotations.setdefault(key, annotation) is annotation and not is_placed:
                sources[key] = MarkSource(title, author, one.chapter, one.page, one.location)
    return list(annotations.values()), sources


def _where(one: Highlight) -> str:
    """Return the text of a bookmark that is not placed."""
    if one.kind != "bookmark" or one.text:
        return ""
    parts = [one.chapter, f"p. {one.page}" if one.page else "", f"location {one.location[0]}" if one.location else ""]
    return ", ".join(filter(None, [one.book, *parts]))


def _store(
    connection: sqlite3.Connection, annotations: Sequence[Annotation], sources: dict[str, MarkSource]
) -> list[Annotation]:
    """Store and return annotations whose key is new, also not in the bin."""
    known = {str(key) for (key,) in connection.execute("select key from annotation")}
    new = [annotation for annotation in annotations if annotation.key not in known]
    for annotation in new:
        store(connection, annotation)
    keep_sources(connection, {one.key: sources[one.key] for one in new if one.key in sources})
    return new


def _of_books(file: HighlightFile, wanted: Collection[str]) -> list[Highlight]:
    """Return highlights of the books named, by a part of the title or a similar title."""
    from rapidfuzz import fuzz

    titles = {title for title, _, _ in file.books}
    chosen: set[str] = set()
    for name in wanted:
        folded = fold(name)
        found = {title for title in titles if folded in fold(title)} or {
            title for title in titles if fuzz.ratio(folded, fold(title)) >= _SAME_BOOK
        }
        if not found:
            listed = "; ".join(sorted(filter(None, titles))[:20])
            raise SergeError(f"No book called “{sanitise_line(name)}” has highlights in this file. It has: {listed}.")
        chosen |= found
    return [one for one in file.highlights if one.book in chosen]


def _absent(title: str, file_format: str) -> str:
    """Return the key for a book without an edition, so that its highlights are found when it is imported."""
    return edition_key(Book(title or "untitled", [], format=file_format or "epub"))


def _own(library: Library, path: Path) -> ImportedHighlights:
    """Import an export of Serge itself, by its keys."""
    notes = import_own(library, path)
    found = notes.new + notes.changed + notes.known
    return ImportedHighlights("serge", found, notes.new, notes.known + notes.changed, notes.new, report=[*notes.report])


def _quiet(_stage: str, _share: float) -> None:
    """Ignore progress."""
