"""From a file to the database: read, recognise, link, locate, and store in one transaction."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.build import migrate
from db.chapter_corrections import correct_book, corrections_of
from db.connection import connect
from db.edition_corrections import chapter_map as chapter_map_of
from db.edition_corrections import keep_chapter_map
from db.errors import SergeError
from db.links import decisions_in
from db.models import GUIDE_EDITION
from db.store import (
    EditionFindings,
    StoredEdition,
    get_build,
    replace_edition,
    replace_findings,
    replace_pack,
)
from db.stored_book import book_of
from db.writer import in_transaction
from import_scripts.editions import choose_edition
from import_scripts.highlights.place import place_waiting
from import_scripts.linking.linker import NameLinker
from import_scripts.linking.terms import TermLinker
from import_scripts.locating.quotations import locate_quotations
from import_scripts.pack import checked_pack, stamp_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.book import Book
    from db.library import Library
    from db.models import Quotation, Term
    from db.pack import Pack
    from import_scripts.chapters import ChapterMapping

    Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing one file."""

    edition: StoredEdition
    book: Book
    mapping: ChapterMapping
    mentions: int
    people: int
    quotations: int
    highlights_placed: int = 0
    """How many highlights imported before this book are now placed in it."""


def pack_is_current(path: Path) -> bool:
    """Whether the database holds the study pack that ships with this program."""
    with closing(connect(path, read_only=True)) as connection:
        return get_build(connection, "pack") == stamp_of()


def prepare(path: Path, progress: Progress | None = None) -> Path | None:
    """Make a database ready: created or upgraded, and holding the study pack; gives the copy made before an upgrade.

    Raises DatabaseUnusableError, NewerDatabaseError, PackError.
    """
    report = progress or _quiet
    report("Preparing the database", 0.0)
    copy = migrate(path)
    if not pack_is_current(path):
        store_pack(path, report)
    report("Ready", 1.0)
    return copy


def store_pack(path: Path, progress: Progress) -> None:
    """Read the study pack and store it in one transaction, in which every imported edition is linked anew.

    Raises PackError, with every fault, when the content files do not hold; nothing is changed then.
    """
    pack = checked_pack(progress=lambda share: progress("Reading the study pack", 0.05 + 0.55 * share))
    assert pack.guide is not None
    progress("Linking names", 0.6)
    with closing(connect(path)) as connection:
        found = {GUIDE_EDITION: _link(connection, GUIDE_EDITION, pack.guide, pack)}
        imported = connection.execute("select key from edition where key <> ?", [GUIDE_EDITION]).fetchall()
        for (key,) in imported:
            found[key] = _link(connection, key, book_of(connection, key), pack)
        progress("Storing", 0.8)

        def store(c: sqlite3.Connection) -> None:
            replace_pack(c, pack, found.pop(GUIDE_EDITION))
            for key, findings in found.items():
                replace_findings(c, key, findings)

        in_transaction(connection, path, store)


def _link(connection: sqlite3.Connection, key: str, book: Book, pack: Pack) -> EditionFindings:
    return _findings(book, NameLinker(pack.figures, decisions_in(connection, key)), pack.quotations, pack.terms)


def import_book(
    library: Library,
    path: Path,
    *,
    key: str | None = None,
    as_new: bool = False,
    replace: str | None = None,
    chapter_map: str | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> Imported:
    """Read a book file and store it as an edition; the same book again replaces its derived data.

    `key` names the edition to store it as, `as_new` asks for a new edition beside those of the same title, `replace`
    names the one to replace; without them the files decide (see `import_scripts.editions`). `chapter_map`
    (`5=1,6=2,7=-`) says which chapter is which of the Memoirs; it is the reader's own, kept and used again when the
    book is imported again. `encoding` overrules what a text file seems to be written in.

    Raises UnsureEditionError if the files do not show whether this is an edition that is here, SergeError with one
    clear sentence when the file cannot be read.
    """
    from import_scripts.chapters import mapping_of, parse_map, recognise_chapters
    from import_scripts.formats.book_file import read_book

    report = progress or _quiet
    report("Reading", 0.0)
    canonical = library.chronicle.chapters()
    titles = [title for chapter in canonical for title in (chapter.title, *(known for _, known, _ in chapter.titles))]
    book = read_book(
        path, progress=lambda share: report("Reading", 0.5 * share), known_titles=titles, encoding=encoding or ""
    )
    choice = choose_edition(library, book, key=key, as_new=as_new, replace=replace)
    edition = choice.key
    told = chapter_map if chapter_map is not None else chapter_map_of(library.reader(), edition)
    mapping = recognise_chapters(book, canonical, parse_map(told) if told else None, is_remembered=chapter_map is None)
    in_file = correct_book(book, marks := corrections_of(library.reader(), edition))
    if marks:
        mapping = mapping_of(book, canonical, mapping)
    report("Linking names", 0.5)
    figures = library.figures.all()
    linker = NameLinker(figures, library.links.decisions(edition))
    findings = _findings(book, linker, library.quotations.all(), library.terms.all())
    report("Storing", 0.8)
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()

    def store(c: sqlite3.Connection) -> StoredEdition:
        if choice.is_new and c.execute("select 1 from edition where key = ?", [edition]).fetchone() is not None:
            raise SergeError(f"Another window has just imported an edition {edition}; import this file again.")
        if chapter_map is not None:
            keep_chapter_map(c, edition, chapter_map)
        done = replace_edition(c, edition, book, digest, findings, in_file)
        waiting.append(place_waiting(c, edition, book))
        return done

    waiting: list[int] = []
    stored = library.writer.run(store)
    report("Done", 1.0)
    people = len({figure for _, _, _, figure, _ in findings.mentions})
    return Imported(stored, book, mapping, len(findings.mentions), people, len(findings.places), waiting[-1])


def _findings(
    book: Book, linker: NameLinker, quotations: Iterable[Quotation], terms: Iterable[Term]
) -> EditionFindings:
    linked = linker.link_book(book)
    # Only the book's own words can be found in it: not lines from other works, nor translations of our own.
    own = [quotation for quotation in quotations if not quotation.work and not quotation.own_translation]
    places = locate_quotations(own, book.texts, book.language, book.chapter_starts)
    people = [(passage, start, end) for passage, start, end, _, _ in linked.mentions]
    mentioned = TermLinker(terms, book.language).mentions(linked.back_matter.without(book.texts), people)
    return EditionFindings(linked.mentions, places, linked.questions, linked.suggestions, mentioned)


def _quiet(_stage: str, _share: float) -> None:
    """Report to nobody."""
