"""Search an edition for portraits and sayings: read it whole, then store chapter by chapter.

Each chapter is one short transaction, so a reader beside it never waits, and a search that was stopped goes on with
the next chapter. Reading the whole is repeated then, because names and quotation marks are told by the whole book.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.found_store import begin_search, note_no_language, store_chapter
from db.models import GUIDE_EDITION
from db.stored_book import book_of
from import_scripts.formats.languages import guess_language, words_of
from import_scripts.found.edition import edition_findings
from import_scripts.found.words import LANGUAGES

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from db.book import Book
    from db.found_store import ChapterFindings
    from db.library import Library
    from db.models import Mention
    from db.models.found_text import FoundSearch

    Progress = Callable[[int, int], None]

_ENGINE: Final = Path(__file__).resolve().parent / "found"
_SAMPLE: Final = 60_000
"""Characters that a book's language is told by."""


def is_searched(library: Library, edition: str) -> bool:
    """Return whether an edition was searched to its end, by this version and with the names linked as they are now."""
    search = library.found.search(edition)
    if search is None or search.state == "searching":
        return False
    return search.version == _version(library, edition, _mentions(library, edition))


def search_edition(library: Library, edition: str, progress: Progress, *, again: bool = False) -> FoundSearch:
    """Search an edition and store what is found; return how that ended.

    A search that this version finished is not repeated, unless `again` says so. `progress` is told chapters done and
    chapters in all.

    Raises SergeError if there is no such text, or it is replaced or removed meanwhile.
    """
    if edition == GUIDE_EDITION or library.texts.edition(edition) is None:
        raise SergeError(f'there is no text of yours "{edition}" in the library.')
    book = book_of(library.reader(), edition)
    mentions = _mentions(library, edition)
    version = _version(library, edition, mentions)
    language = _language(book)
    if language not in LANGUAGES:
        library.writer.run(lambda c: note_no_language(c, edition, language, version))
        return _search_of(library, edition)
    chapters = len(book.chapters)
    done = library.writer.run(lambda c: begin_search(c, edition, language, version, chapters, again=again))
    progress(done, chapters)
    if done < chapters:
        figures = {name.key: figure for name in library.figures.names() if (figure := library.figures.by_key(name.key))}
        for number, findings in enumerate(
            edition_findings(edition, book, mentions, figures, language, done), start=done
        ):
            _store(library, edition, version, number, findings)
            progress(number + 1, chapters)
    return _search_of(library, edition)


def _store(library: Library, edition: str, version: str, number: int, findings: ChapterFindings) -> None:
    def write(connection: sqlite3.Connection) -> bool:
        return store_chapter(connection, edition, version, number, findings)

    if not library.writer.run(write):
        raise SergeError(f'"{edition}" was replaced or removed while it was searched; search it again.')


def _search_of(library: Library, edition: str) -> FoundSearch:
    search = library.found.search(edition)
    if search is None:
        raise SergeError(f'"{edition}" was removed while it was searched.')
    return search


def _language(book: Book) -> str:
    """Return the language of a book, as far as the file says it and its commonest words do not contradict."""
    said = book.language[:2].lower()
    words: list[str] = []
    left = _SAMPLE
    for text in book.texts:
        words += words_of(text)
        left -= len(text)
        if left <= 0:
            break
    guessed = guess_language(words)
    return guessed or said or "en"


def _mentions(library: Library, edition: str) -> list[Mention]:
    return library.passages.mentions(edition, 0, 2**31)


def _version(library: Library, edition: str, mentions: list[Mention]) -> str:
    """Return a digest of all that decides what is found: the engine, the text, the people linked in it."""
    digest = hashlib.blake2b(_engine().encode(), digest_size=8)
    digest.update(library.texts.digest(edition).encode())
    for one in mentions:
        digest.update(f"{one.passage} {one.start} {one.end} {one.figure}\n".encode())
    return digest.hexdigest()


@cache
def _engine() -> str:
    digest = hashlib.blake2b(digest_size=8)
    for file in sorted(path for path in _ENGINE.rglob("*") if path.suffix in {".py", ".toml", ".json"}):
        digest.update(file.read_bytes())
    return digest.hexdigest()
