"""The pictures of a book: which of them are kept, and how they are found beside or inside a single file."""

from __future__ import annotations

import binascii
import re
import stat
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from db.pictures import raster_suffix
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from db.book import Block
    from import_scripts.input.archive import Archive

_EMBEDDED: Final = re.compile(rb"data:image/[a-z.+-]{1,20};base64,([A-Za-z0-9+/=\s]{1,})", re.IGNORECASE)
_STAND_IN: Final = "data:,"
"""How the address of an embedded picture begins after it was taken out of the page; its number follows."""


def keep_pictures(blocks: Iterable[Block], read: Callable[[str], bytes | None], report: list[str]) -> dict[str, bytes]:
    """Return the pictures that passages name, by their names, as far as the limits allow.

    `read` returns what a name stands for, or None. What is no picture made of dots is left out. A sentence is added to
    `report` if there were too many.
    """
    kept: dict[str, bytes] = {}
    seen: set[str] = set()
    size = left_out = 0
    for name in (name for block in blocks for name in block.pictures):
        if name in seen:
            continue
        seen.add(name)
        if len(kept) >= limits.MAX_PICTURES:
            left_out += 1
            continue
        data = read(name)
        if data is None or not raster_suffix(data):
            continue
        if size + len(data) > limits.MAX_PICTURES_BYTES:
            left_out += 1
            continue
        size += len(data)
        kept[name] = data
    if left_out:
        report.append(
            f"{left_out} of its pictures are not kept: a book may have {limits.MAX_PICTURES},"
            f" of {limits.MAX_PICTURES_BYTES // limits.MEGABYTE} MB together."
        )
    return kept


def from_archive(archive: Archive) -> Callable[[str], bytes | None]:
    """Return a reader of pictures in an archive; their names may be in another form there."""

    def read(name: str) -> bytes | None:
        entry = archive.find(name)
        return None if entry is None else archive.read_at_most(entry, limits.MAX_PICTURE_BYTES)

    return read


def take_embedded(page: bytes) -> tuple[bytes, list[bytes]]:
    """Take the pictures that are written out inside a page (`data:` addresses) out of it.

    Returns the page with short addresses in their place, and the pictures in base64.
    """
    found: list[bytes] = []

    def stand_in(match: re.Match[bytes]) -> bytes:
        found.append(match[1])
        return f"{_STAND_IN}{len(found) - 1}".encode()

    return _EMBEDDED.sub(stand_in, page), found


def of_page(folder: Path | None, embedded: list[bytes]) -> Callable[[str], bytes | None]:
    """Return a reader of the pictures of a single page: inside it, or in files beside it, never above its folder."""

    def read(name: str) -> bytes | None:
        if name.startswith(_STAND_IN):
            number = name.removeprefix(_STAND_IN)
            within = number.isdecimal() and len(number) < 6 and int(number) < len(embedded)
            return decoded(embedded[int(number)]) if within else None
        return None if folder is None else _beside(folder, name)

    return read


def decoded(text: bytes) -> bytes | None:
    """Return what is written in base64; None if it is damaged or larger than a picture may be."""
    if len(text) * 3 // 4 > limits.MAX_PICTURE_BYTES * 1.1:
        return None
    try:
        data = binascii.a2b_base64(text)
    except binascii.Error:
        return None
    return data if len(data) <= limits.MAX_PICTURE_BYTES else None


def _beside(folder: Path, address: str) -> bytes | None:
    """Read a file in a page's folder or below it; None for any other, for links that lead out, and for devices."""
    path = unquote(address.partition("#")[0].partition("?")[0])
    if not path or path.startswith(("/", "\\")) or ":" in path or "\\" in path:
        return None
    try:
        root = folder.resolve()
        file = (root / path).resolve()
        if not file.is_relative_to(root) or not stat.S_ISREG((info := file.stat()).st_mode):
            return None
        return file.read_bytes() if info.st_size <= limits.MAX_PICTURE_BYTES else None
    except (OSError, ValueError, RuntimeError):
        return None
