"""Read a book file of any kind. `python -m import_scripts.formats.book_file FILE` prints what was found.

A new format is one module and one line in `FORMATS`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats import file_kinds
from import_scripts.formats.file_kinds import BookSample

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from db.book import Book


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What a reader of books may use besides the file."""

    progress: Callable[[float], None] | None = None
    known_titles: Collection[str] = ()
    encoding: str = ""
    """The encoding to read a text in, when the reader says so; empty to find it out."""


@dataclass(frozen=True, slots=True)
class BookFormat:
    """One kind of book file: its name, how to recognise it, and how to read it."""

    name: str
    recognise: Callable[[BookSample], bool]
    read: Callable[[Path, ReadOptions], Book]


# Each reader is imported when a file of its kind is read: PDF, Markdown and markup need libraries that cost time.


def _epub(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.epub import read_epub

    return read_epub(path, progress=options.progress)


def _docx(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.docx import read_docx

    return read_docx(path, progress=options.progress)


def _pdf(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.pdf import read_pdf

    return read_pdf(path, progress=options.progress, known_titles=options.known_titles)


def _fb2(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.fb2 import read_fb2

    return read_fb2(path, progress=options.progress, encoding=options.encoding)


def _html(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.html import read_html

    return read_html(path, progress=options.progress, encoding=options.encoding)


def _markdown(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.markdown import read_markdown

    return read_markdown(path, progress=options.progress, encoding=options.encoding)


def _text(path: Path, options: ReadOptions) -> Book:
    from import_scripts.formats.text import read_text

    return read_text(path, progress=options.progress, known_titles=options.known_titles, encoding=options.encoding)


FORMATS: Final = (
    BookFormat("DOCX", file_kinds.is_docx, _docx),
    BookFormat("EPUB", file_kinds.is_epub, _epub),
    BookFormat("FB2, zipped", file_kinds.is_zipped_fb2, _fb2),
    BookFormat("PDF", file_kinds.is_pdf, _pdf),
    BookFormat("FB2", file_kinds.is_fb2, _fb2),
    BookFormat("HTML", file_kinds.is_html, _html),
    BookFormat("Markdown", file_kinds.is_markdown, _markdown),
    BookFormat("plain text", file_kinds.is_text, _text),
)
"""Every kind of book file, in the order in which they are tried; binary ones first."""


def book_format(path: Path) -> BookFormat:
    """Return the format of a book file.

    Raises SergeError for a file that is no book, saying what it is and what to do.
    """
    sample = BookSample(path)
    found = next((known for known in FORMATS if known.recognise(sample)), None)
    if found is None:
        raise SergeError(f"{sanitise_line(path.name)} contains no text.")
    return found


def read_book(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    known_titles: Collection[str] = (),
    encoding: str = "",
) -> Book:
    """Read a book file of any supported kind.

    `progress` is called with 0 to 1. `known_titles` are chapter titles to look for where a format has no marked
    headings; `encoding` overrules what a text, HTML, Markdown or FB2 file seems to be written in.
    Whatever cannot be read is left out and reported in the book's `report`, in sentences.

    Raises SergeError, with what is wrong, where, and what to do, when nothing can be read.
    """
    found = book_format(path)
    try:
        return found.read(path, ReadOptions(progress, known_titles, encoding))
    except RecursionError as error:
        raise SergeError(f"{sanitise_line(path.name)} is nested too deeply to be a book; it was not read.") from error
    except MemoryError as error:
        raise SergeError(f"{sanitise_line(path.name)} needs more memory than there is; it was not read.") from error
    except OSError as error:
        reason = sanitise_line(error.strerror or str(error))
        raise SergeError(f"{sanitise_line(path.name)} cannot be read: {reason}.") from error


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_book)
