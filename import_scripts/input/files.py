"""Files on disk, before anything is read from them."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.input import limits

if TYPE_CHECKING:
    from pathlib import Path

HEAD_BYTES: Final = 4_096
"""How much of a file is read to recognise its kind."""


def read_bytes(path: Path) -> bytes:
    """Return the content of a file that is text throughout.

    Raises SergeError when it is larger than any such book.
    """
    size = path.stat().st_size
    if size > limits.MAX_TEXT_FILE_BYTES:
        raise limits.TooLargeError(
            f"{path.name} holds {size // limits.MEGABYTE:,} MB of text, which no book does; it was not read."
        )
    return path.read_bytes()


def first_bytes(path: Path) -> bytes:
    """Return the first bytes of a file that can be read at all."""
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
            raise limits.TooLargeError(f"{name} is larger than {megabytes:,} MB, which no book is; it was not read.")
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except FileNotFoundError as error:
        raise SergeError(f"There is no file {name}; check the name and the folder.") from error
    except PermissionError as error:
        raise SergeError(f"{name} cannot be read; check its permissions.") from error
    except (OSError, ValueError) as error:
        raise SergeError(f"{name} cannot be read: {sanitise_line(str(error))}.") from error
