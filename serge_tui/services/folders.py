"""What a list of files shows of a folder: its folders, and the files that can be read."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

LAST_FOLDER: Final = "import.folder"
"""Setting: the folder that the last file was chosen from."""
MOST_ENTRIES: Final = 5_000
"""Entries of a folder that are looked at."""


@dataclass(frozen=True, slots=True)
class FolderEntry:
    """A folder or a file; `size` is in bytes, 0 for a folder."""

    path: Path
    is_folder: bool
    size: int = 0


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder's entries: the folders first, each group by name. `error` says why it cannot be read."""

    path: Path
    entries: tuple[FolderEntry, ...] = ()
    error: str = ""
    is_cut: bool = False
    """Whether there are more entries than were looked at."""


def read_folder(path: Path, can_read: Callable[[Path], bool], *, hidden: bool = False) -> Folder:
    """List a folder; what a name with a full stop in front hides is left out unless `hidden`."""
    entries: list[FolderEntry] = []
    is_cut = False
    try:
        with os.scandir(path) as found:
            for number, entry in enumerate(found):
                if number >= MOST_ENTRIES:
                    is_cut = True
                    break
                if (hidden or not entry.name.startswith(".")) and (known := _entry(entry, can_read)) is not None:
                    entries.append(known)
    except OSError as error:
        return Folder(path, error=f"This folder cannot be read: {error.strerror or error}.")
    entries.sort(key=lambda one: (not one.is_folder, one.path.name.casefold(), one.path.name))
    return Folder(path, tuple(entries), is_cut=is_cut)


def first_folder(typed: Path | None, remembered: str) -> Path:
    """Return the folder to begin in: that of what was typed, else the one chosen from last, else the home folder."""
    wanted = [typed, typed.parent] if typed is not None and str(typed) != "." else []
    if remembered:
        wanted.append(Path(remembered))
    for path in wanted:
        if path.is_dir():
            return path.absolute()
    try:
        return Path.home()
    except RuntimeError:
        return Path.cwd()


def _entry(entry: os.DirEntry[str], can_read: Callable[[Path], bool]) -> FolderEntry | None:
    path = Path(entry.path)
    try:
        if entry.is_dir():
            return FolderEntry(path, is_folder=True)
        if entry.is_file() and can_read(path):
            return FolderEntry(path, is_folder=False, size=entry.stat().st_size)
    except OSError:
        return None  # a link that leads nowhere, or a file that has just gone
    return None
