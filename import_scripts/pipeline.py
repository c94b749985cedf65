"""From a file to the database: read, recognise, link, locate, and store in one transaction."""

from __future__ import annotations

import hashlib
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.build import migrate
from db.connection import connect
from db.links import decisions_in
from db.models import GUIDE_EDITION
from db.store import (
    EditionFindings,
    StoredEdition,
    edition_key,
    get_build,
    replace_edition,
    replace_pack,
)
from db.writer import in_transaction
from import_scripts.link import NameLinker
from import_scripts.locate import locate_quotations
from import_scripts.pack import load_pack, stamp_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.book import Book
    from db.library import Library
    from db.models import Quotation

    Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of importing one file."""

    edition: StoredEdition
    book: Book
    mentions: int
    people: int
    quotations: int


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
    """Read the study pack and store it in one transaction; every imported edition is linked anew."""
    pack = load_pack(progress=lambda share: progress("Reading the study pack", 0.05 + 0.55 * share))
    assert pack.guide is not None
    progress("Linking names", 0.6)
    with closing(connect(path)) as connection:
        linker = NameLinker(pack.figures, decisions_in(connection, GUIDE_EDITION))
        findings = _findings(pack.guide, linker, pack.quotations)
        progress("Storing", 0.8)
        in_transaction(connection, path, lambda c: replace_pack(c, pack, findings))


def import_book(library: Library, path: Path, *, key: str | None = None, progress: Progress | None = None) -> Imported:
    """Read a book file and store it as an edition; the same book again replaces its derived data.

    Raises SergeError with one clear sentence when the file cannot be read.
    """
    from import_scripts.chapters import recognise_chapters
    from import_scripts.reading import read_book

    report = progress or _quiet
    report("Reading", 0.0)
    book = read_book(path, progress=lambda share: report("Reading", 0.5 * share))
    recognise_chapters(book, library.chronicle.chapters())
    report("Linking names", 0.5)
    figures = [figure for name in library.figures.names() if (figure := library.figures.by_key(name.key))]
    edition = key or edition_key(book)
    findings = _findings(book, NameLinker(figures, library.links.decisions(edition)), library.quotations.all())
    report("Storing", 0.8)
    digest = hashlib.blake2b(path.read_bytes(), digest_size=16).hexdigest()
    stored = library.writer.run(lambda c: replace_edition(c, edition, book, digest, findings))
    report("Done", 1.0)
    people = len({figure for _, _, _, figure, _ in findings.mentions})
    return Imported(stored, book, len(findings.mentions), people, len(findings.places))


def _findings(book: Book, linker: NameLinker, quotations: Iterable[Quotation]) -> EditionFindings:
    linked = linker.link_book(book)
    places = locate_quotations(quotations, book.texts, book.language, book.chapter_starts)
    return EditionFindings(linked.mentions, places, linked.questions, linked.suggestions)


def _quiet(_stage: str, _share: float) -> None:
    """Report to nobody."""
