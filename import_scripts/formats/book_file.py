"""One door for every book file: the kind is told by what is in the file, its name is only a hint."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.file_kinds import kind_of
from import_scripts.input.files import first_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from db.book import Book


def read_book(
    path: Path, *, progress: Callable[[float], None] | None = None, known_titles: Collection[str] = ()
) -> Book:
    """Read a book file of any supported kind.

    `progress` is called with 0 to 1. `known_titles` are chapter titles to look for where a format has no marked
    headings. What cannot be read is left out and told in the book's `report`, in sentences.

    Raises SergeError, with what is wrong, where, and what to do, when nothing can be read.
    """
    head = first_bytes(path)
    kind = kind_of(path, head)
    try:
        return _read(kind, path, progress, known_titles)
    except RecursionError as error:
        raise SergeError(f"{sanitise_line(path.name)} is nested too deeply to be a book; it was not read.") from error
    except MemoryError as error:
        raise SergeError(f"{sanitise_line(path.name)} needs more memory than there is; it was not read.") from error
    except OSError as error:
        reason = sanitise_line(error.strerror or str(error))
        raise SergeError(f"{sanitise_line(path.name)} cannot be read: {reason}.") from error


def _read(kind: str, path: Path, progress: Callable[[float], None] | None, known_titles: Collection[str]) -> Book:
    match kind:
        case "epub":
            from import_scripts.formats.epub import read_epub

            return read_epub(path, progress=progress)
        case "html" | "mhtml":
            from import_scripts.formats.html import read_html

            return read_html(path, progress=progress)
        case "markdown":
            from import_scripts.formats.markdown import read_markdown

            return read_markdown(path, progress=progress)
        case "fb2" | "fb2-zip":
            from import_scripts.formats.fb2 import read_fb2

            return read_fb2(path, progress=progress)
        case "pdf":
            from import_scripts.formats.pdf import read_pdf

            return read_pdf(path, progress=progress, known_titles=known_titles)
        case "docx":
            from import_scripts.formats.docx import read_docx

            return read_docx(path, progress=progress)
        case _:
            from import_scripts.formats.text import read_text

            return read_text(path, progress=progress, known_titles=known_titles)


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_book)
