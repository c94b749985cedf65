"""One door for every book file: the kind is told by what is in the file, its name is only a hint."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from db.book import Book

_HEAD_BYTES: Final = 4_096


def read_book(
    path: Path, *, progress: Callable[[float], None] | None = None, known_titles: Collection[str] = ()
) -> Book:
    """Read a book file of any supported kind.

    `progress` is called with 0 to 1. `known_titles` are chapter titles to look for where a format has no marked
    headings. What cannot be read is left out and told in the book's `report`, in sentences.

    Raises SergeError, with what is wrong, where, and what to do, when nothing can be read.
    """
    head = _head(path)
    kind = kind_of(head)
    if kind == "epub":
        from import_scripts.epub import read_epub

        return read_epub(path, progress=progress)
    from import_scripts.text import read_text

    return read_text(path, progress=progress, known_titles=known_titles)


def kind_of(head: bytes) -> str:
    """Say what kind of book a file is, from its first bytes."""
    if head.startswith(b"PK\x03\x04"):
        return "epub"
    return "text"


def _head(path: Path) -> bytes:
    """Give the first bytes of a file that can be read at all."""
    name = sanitise_line(str(path))
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise SergeError(f"{name} is a folder; give a book file, such as an EPUB.")
        if not stat.S_ISREG(status.st_mode):
            raise SergeError(f"{name} is not an ordinary file; give a book file, such as an EPUB.")
        if status.st_size == 0:
            raise SergeError(f"{name} is empty; copy or download it again.")
        if status.st_size > limits.MAX_FILE_BYTES:
            megabytes = limits.MAX_FILE_BYTES // limits.MEGABYTE
            raise SergeError(f"{name} is larger than {megabytes:,} MB, which no book is; it was not read.")
        with path.open("rb") as file:
            return file.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise SergeError(f"There is no file {name}; check the name and the folder.") from error
    except PermissionError as error:
        raise SergeError(f"{name} may not be read; check its permissions.") from error
    except (OSError, ValueError) as error:
        raise SergeError(f"{name} cannot be read: {sanitise_line(str(error))}.") from error
