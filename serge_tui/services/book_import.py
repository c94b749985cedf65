"""What the app asks of the importers, without knowing them, and the paths that a person types, pastes or drops."""

from __future__ import annotations

import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias
from urllib.parse import unquote, urlsplit

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Progress = Callable[[str, float], None]

_NEEDS_QUOTES: Final = re.compile(r"[^\w@%+=:,./~-]")
_MARKED: Final = re.compile(r"['\"\\]|file:", re.IGNORECASE)
_MOST_NAMES: Final = 2_000
"""Names looked at in a folder to complete a path."""


ImportKind: TypeAlias = Literal["auto", "book", "review", "highlights", "history", "decisions"]
"""What a file is taken for: `auto` is what its content says."""
KINDS: Final[dict[ImportKind, tuple[str, str]]] = {
    "book": ("A book", "to read"),
    "review": ("A review or an article", "its quotations and their pages, for you to accept or reject"),
    "highlights": ("Highlights or notes", "made in another program, or exported from Serge"),
    "history": ("A history of answers", "to cards, from Anki or `serge export reviews`"),
    "decisions": ("Decisions on your own copy", "on portraits and sayings, from `serge export found`"),
}
"""What a reader can take a file for, with a few words on it."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file is by its content: its kind, `auto` for a folder of several, and a few words on it."""

    kind: ImportKind
    sentence: str


@dataclass(frozen=True, slots=True)
class FileToImport:
    """A file, and what the reader has said of it: an edition it replaces, that it is a new one, what kind it is."""

    path: Path
    replace: str | None = None
    as_new: bool = False
    kind: ImportKind = "auto"


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What came of one file. One of `sentences`, `error` and `replaceable` is not empty."""

    path: Path
    title: str = ""
    edition: str = ""
    """The key of the text that can be read now; empty for highlights and for what failed."""
    sentences: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()
    """What could not be read, and how the file was read."""
    error: str = ""
    is_encrypted: bool = False
    replaceable: tuple[tuple[str, str], ...] = ()
    """Editions, key and title, that this may be another form of: the reader has to say."""


class ImportCancelledError(SergeError):
    """The reader cancelled an import."""


class BookImporter(Protocol):
    """Recognises files and imports them. Both are called in a thread."""

    def recognise(self, path: Path) -> Recognised:
        """Return what a file is, told by its content; raises SergeError if it cannot be imported."""

    def can_read(self, path: Path) -> bool:
        """Return whether a file may be one that can be imported, told by its name: what a list of files shows."""

    def run(
        self, files: Sequence[FileToImport], progress: Progress, is_cancelled: Callable[[], bool]
    ) -> list[ImportOutcome]:
        """Import files and folders, each in one transaction.

        Raises ImportCancelledError soon after `is_cancelled` returns True, SergeError if nothing could be begun.
        """


def paths_in(typed: str) -> list[Path]:
    """Return the paths in typed, pasted or dropped text: quoted, escaped, `file://`, `~`, several on one line.

    Text that as a whole names something is one path, whatever spaces or quotes are in it.
    """
    text = typed.strip()
    if not text:
        return []
    if (whole := _path(text)) is not None and _exists(whole):
        return [whole]
    try:
        # On Windows a backslash is part of a path.
        lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
        lexer.whitespace_split = True
        lexer.commenters = ""
        lexer.escape = "" if os.name == "nt" else "\\"
        parts = list(lexer)
    except ValueError:
        # A quotation mark without its fellow, as in: Serge's book.epub
        parts = [text]
    paths = [path for part in parts if (path := _path(part)) is not None]
    is_plain = not _MARKED.search(text)
    if len(paths) > 1 and is_plain and whole is not None and not any(map(_exists, paths)):
        return [whole]  # one name with spaces in it, begun or mistyped
    return list(dict.fromkeys(paths))


def quoted(path: str) -> str:
    """Return a path as it has to be typed: in quotes if it has spaces or quotation marks in it."""
    return shlex.quote(path) if _NEEDS_QUOTES.search(path) else path


def complete_path(typed: str) -> str:
    """Return typed text with its path completed as far as it is unambiguous."""
    paths = paths_in(typed)
    if len(paths) > 1:
        return typed
    begun = str(paths[0]) if paths else "."
    if typed.rstrip("'\"").endswith(("/", os.sep)) and not begun.endswith(os.sep):
        begun += os.sep
    folder, _, start = begun.rpartition(os.sep)
    if os.sep not in begun:
        folder, start = ".", begun
    names = _names_in(Path(folder or os.sep), start)
    if not names:
        return typed
    common = os.path.commonprefix(names)  # noqa: RUF071  # of names, letter by letter
    completed = begun[: len(begun) - len(start)] + common if paths else common
    if len(names) == 1 and Path(completed).is_dir():
        completed += os.sep
    return quoted(completed)


def _names_in(folder: Path, start: str) -> list[str]:
    """Return the names in a folder with this beginning; hidden ones only if it begins with a full stop."""
    names = []
    try:
        with os.scandir(folder) as entries:
            for number, entry in enumerate(entries):
                if number > _MOST_NAMES:
                    break
                if entry.name.startswith(start) and (start.startswith(".") or not entry.name.startswith(".")):
                    names.append(entry.name)
    except OSError:
        return []
    return sorted(names)


def _path(text: str) -> Path | None:
    if text.casefold().startswith("file:"):
        try:
            text = unquote(urlsplit(text).path)
        except ValueError:
            return None
    if not text or "\0" in text:
        return None
    path = Path(text)
    if text.startswith("~"):
        try:
            path = path.expanduser()
        except RuntimeError:
            return path
    return path


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:
        return False
