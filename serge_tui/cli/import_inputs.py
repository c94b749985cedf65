"""Turn the arguments of `serge import` (names, patterns, folders, `-`) into a list of files."""

from __future__ import annotations

import glob
import re
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_URL: Final = re.compile(r"(?:https?|ftp):/{1,2}\S", re.IGNORECASE)
_PATTERN: Final = re.compile(r"[*?\[]")
_SUFFIXES: Final = frozenset(
    ".epub .pdf .txt .text .html .htm .xhtml .md .markdown .fb2 .docx .mht .mhtml .zip .lua .csv .json .sqlite".split()
)
"""Suffixes of files that are read from a folder; a file that is named may have any suffix."""
_OF_HISTORIES: Final = frozenset((".apkg", ".colpkg", ".anki2", ".anki21", ".anki21b"))
_SIDECAR: Final = "metadata.*.lua"
_STANDARD_INPUT: Final = "-"
_LARGEST_INPUT: Final = 1_000_000_000


@contextmanager
def input_files(given: Sequence[Path]) -> Iterator[list[Path]]:
    """Yield the files that the arguments name; standard input is kept in a temporary file meanwhile.

    Raises:
        SergeError: An argument is a web address, or a pattern or folder without files.
    """
    with tempfile.TemporaryDirectory(prefix="serge-") as folder:
        files: list[Path] = []
        for path in given:
            files += _files(path, Path(folder))
        yield list(dict.fromkeys(files))


def _files(path: Path, folder: Path) -> list[Path]:
    return [_from_standard_input(folder)] if str(path) == _STANDARD_INPUT else files_named(path)


def files_named(path: Path) -> list[Path]:
    """Return the files of a name, a pattern or a folder.

    Raises SergeError for an address on the web, and for a pattern or folder with nothing in it.
    """
    written = str(path)
    if _URL.match(written):
        shown = sanitise_line(re.sub(r":/(?=[^/])", "://", written, count=1))
        raise SergeError(f"{shown} is a web address; download the file, then import it by its name.")
    if path.is_dir():
        return _in_folder(path)
    if not path.exists() and _PATTERN.search(written):
        found = sorted(map(Path, glob.glob(written, recursive=True)))  # noqa: PTH207  # Path.glob takes no absolute pattern
        if not found:
            raise SergeError(f"No file matches {sanitise_line(written)}; check the name and the folder.")
        return [file for one in found for file in (_in_folder(one) if one.is_dir() else [one])]
    return [path]


def has_known_suffix(path: Path) -> bool:
    """Return whether a file's name ends as those of books, highlights and histories of answers do."""
    return path.suffix.lower() in _SUFFIXES | _OF_HISTORIES


def _in_folder(folder: Path) -> list[Path]:
    """Return the books and highlights in a folder and its subfolders. A KOReader sidecar folder counts as one file."""
    if any(folder.glob(_SIDECAR)):
        return [folder]
    found: list[Path] = []
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if any(part.startswith(".") for part in parts) or any(path.is_relative_to(one) for one in found):
            continue
        is_sidecar = path.is_dir() and any(path.glob(_SIDECAR))
        if is_sidecar or (path.is_file() and path.suffix.lower() in _SUFFIXES):
            found.append(path)
    if not found:
        raise SergeError(f"{sanitise_line(str(folder))} contains no books or highlights; name a file, such as an EPUB.")
    return found


def _from_standard_input(folder: Path) -> Path:
    if sys.stdin.isatty():
        raise SergeError("“-” reads a book from a pipe, such as: curl ADDRESS | serge import -")
    path = folder / "standard input"
    size = 0
    with path.open("wb") as file:
        while piece := sys.stdin.buffer.read(1 << 20):
            size += len(piece)
            if size > _LARGEST_INPUT:
                raise SergeError("Standard input is too large to be a book; it was not read.")
            file.write(piece)
    return path
