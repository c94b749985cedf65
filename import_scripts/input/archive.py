"""Reading a zip archive that may have been made to do harm.

Nothing is ever written to disk, so a name that climbs out of the archive leads nowhere; such names, links and doubled
entries are still left out. Sizes are counted while unpacking and never believed.
"""

from __future__ import annotations

import posixpath
import stat
import unicodedata
import zipfile
import zlib
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.input import limits
from import_scripts.input.files import first_bytes

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_LOCAL_HEADER_BYTES: Final = 30
_ENCRYPTED_FLAG: Final = 0x1
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_PIECE: Final = 1 << 20
_MOST_ESCAPES: Final = 3
"""Times a name may have been escaped over."""


class DamagedEntryError(SergeError):
    """One file of an archive cannot be read; the rest may be."""


class Archive:
    """An open zip archive; a context manager. Names are as `normal_name` gives them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.refused: list[str] = []
        self._unpacked = 0
        first_bytes(path)  # a missing file, a folder or a device is refused in one sentence
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, ValueError, OverflowError) as error:
            raise SergeError(
                f"{path.name} cannot be unpacked: it looks cut off or damaged; copy or download it again."
            ) from error
        except UnicodeDecodeError as error:
            raise SergeError(
                f"{path.name} cannot be unpacked: its list of files is damaged; copy or download it again."
            ) from error
        try:
            self._entries = self._usable_entries()
        except SergeError:
            self._zip.close()
            raise

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    @property
    def names(self) -> list[str]:
        """Names of the files that may be read, in the archive's order."""
        return list(self._entries)

    @property
    def all_encrypted(self) -> bool:
        """Whether the archive itself is locked with a password."""
        entries = self._entries.values()
        return bool(entries) and all(info.flag_bits & _ENCRYPTED_FLAG for info in entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def find(self, name: str) -> str | None:
        """Return the entry's name for `name`, whatever its case, slashes, escapes and accents; None without one."""
        if name in self._entries:
            return name
        if not self._folded:
            self._folded.update({one_form(entry): entry for entry in reversed(self._entries)})
        return self._folded.get(one_form(name))

    def read(self, name: str) -> bytes:
        """Unpack one file.

        Raises DamagedEntryError when this file cannot be read, is encrypted or is larger than `limits.MAX_ENTRY_BYTES`;
        SergeError when the whole archive unpacks to more than `limits.MAX_ARCHIVE_BYTES`.
        """
        info = self._entries.get(name)
        shown = sanitise_line(name)
        if info is None:
            raise DamagedEntryError(f"The file {shown} is missing from the book.")
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise DamagedEntryError(f"The file {shown} is encrypted and was left out.")
        pieces: list[bytes] = []
        size = 0
        try:
            with self._zip.open(info) as stream:
                while piece := stream.read(_PIECE):
                    size += len(piece)
                    self._check_size(shown, size, info.compress_size)
                    pieces.append(piece)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise DamagedEntryError(f"The file {shown} is damaged and was left out.") from error
        self._unpacked += size
        return b"".join(pieces)

    def read_at_most(self, name: str, most: int) -> bytes | None:
        """Unpack a file that the book can do without, such as a picture; None if it is damaged or larger than `most`.

        It does not count towards what a book may unpack to.
        """
        info = self._entries.get(name)
        if info is None or info.flag_bits & _ENCRYPTED_FLAG:
            return None
        try:
            with self._zip.open(info) as stream:
                data = stream.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError):
            return None
        return data if len(data) <= most else None

    def _check_size(self, shown: str, size: int, packed: int) -> None:
        if size > limits.MAX_ENTRY_BYTES:
            megabytes = limits.MAX_ENTRY_BYTES // limits.MEGABYTE
            raise DamagedEntryError(f"The file {shown} unpacks to more than {megabytes} MB and was left out.")
        if size > limits.RATIO_FREE_BYTES and size > packed * limits.MAX_RATIO:
            raise DamagedEntryError(
                f"The file {shown} unpacks to over {limits.MAX_RATIO} times its size and was left out."
            )
        if self._unpacked + size > limits.MAX_ARCHIVE_BYTES:
            megabytes = limits.MAX_ARCHIVE_BYTES // limits.MEGABYTE
            raise limits.TooLargeError(
                f"{self.path.name} unpacks to more than {megabytes} MB of text, which no book does; it was not read."
            )

    def _usable_entries(self) -> dict[str, zipfile.ZipInfo]:
        infos = self._zip.infolist()
        if len(infos) > limits.MAX_ENTRIES:
            raise limits.TooLargeError(
                f"{self.path.name} holds {len(infos):,} files, more than the {limits.MAX_ENTRIES:,} a book may have; "
                "it was not read."
            )
        self._folded: dict[str, str] = {}
        overlapping = self._overlapping(infos)
        entries: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            if info.is_dir():
                continue
            name = normal_name(info.filename)
            shown = sanitise_line(info.filename)[: limits.MAX_TITLE_CHARACTERS]
            if name is None:
                self.refused.append(f"The file {shown} names a place outside the book and was left out.")
            elif stat.S_ISLNK(info.external_attr >> 16):
                self.refused.append(f"The file {shown} is a link and was left out.")
            elif info.compress_type not in _METHODS:
                self.refused.append(f"The file {shown} is packed in a way that is not supported and was left out.")
            elif info.header_offset in overlapping:
                self.refused.append(f"The file {shown} overlaps another file in the archive and was left out.")
            elif name in entries:
                self.refused.append(f"The file {shown} is in the archive twice; the first one was read.")
            else:
                entries[name] = info
        return entries

    def _overlapping(self, infos: list[zipfile.ZipInfo]) -> set[int]:
        """Return the offsets of entries whose data overlap the next entry, as in overlapping-file zip bombs."""
        found: set[int] = set()
        end = 0
        for info in sorted(infos, key=lambda info: info.header_offset):
            if info.header_offset < end:
                found.add(info.header_offset)
            least = _LOCAL_HEADER_BYTES + len(info.filename) + info.compress_size
            end = max(end, info.header_offset + least)
        return found


def normal_name(name: str) -> str | None:
    """Give an archive name in one form (slashes, no dots), or None when it is absolute or climbs out."""
    name = name.replace("\\", "/")
    if not name or name.startswith("/") or ":" in name.partition("/")[0] or "\0" in name:
        return None
    normal = posixpath.normpath(name)
    return None if normal == ".." or normal.startswith("../") else normal


def one_form(name: str) -> str:
    """Return a name in the form in which names are compared: writers escape and decompose them at will."""
    for _ in range(_MOST_ESCAPES):
        plain = unquote(name)
        if plain == name:
            break
        name = plain
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).casefold()
    return posixpath.normpath(name) if name else name
