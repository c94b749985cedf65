"""Archives made to do harm, and archives that came to harm."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING, Final

from tests.import_scripts.corpus.cases import GOOD, TEXT, Case, archive, changed, epub, write
from tests.import_scripts.making import CONTAINER, make_epub, opf, xhtml

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def with_entry(name: str, content: str | bytes = GOOD, attributes: int = 0) -> Callable[[Path], object]:
    """Make a good EPUB with one entry more, under a name nobody should follow."""

    def made(path: Path) -> None:
        make_epub(path, {"one.xhtml": GOOD})
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as file:
            info = zipfile.ZipInfo(name)
            info.external_attr = attributes
            file.writestr(info, content)

    return made


def doubled(path: Path) -> None:
    """A second chapter one that says something else."""
    make_epub(path, {"one.xhtml": GOOD})
    data = path.read_bytes()
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("OEBPS/onf.xhtml", xhtml("<p>The other words.</p>"))
    path.write_bytes(path.read_bytes().replace(b"onf.xhtml", b"one.xhtml"))
    assert len(path.read_bytes()) > len(data)


def overlapping(path: Path) -> None:
    """Hundreds of entries of the list that lead to one and the same packed megabytes."""
    kernel = zlib.compress(b"<p>" + b"bomb " * 600_000 + b"</p>", 9)[2:-4]
    name = b"OEBPS/0000.xhtml"
    size, packed = 3_000_007, len(kernel)
    checksum = zlib.crc32(b"<p>" + b"bomb " * 600_000 + b"</p>")
    local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 8, 0, 33, checksum, packed, size, len(name), 0)
    body = local + name + kernel
    listing = b""
    count = 300
    for number in range(count):
        each = b"OEBPS/%04d.xhtml" % number
        listing += struct.pack(
            "<IHHHHHHIIIHHHHHII", 0x02014B50, 20, 20, 0, 8, 0, 33, checksum, packed, size, len(each), 0, 0, 0, 0, 0, 0
        )
        listing += each
    end = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, count, count, len(listing), len(body), 0)
    path.write_bytes(body + listing + end)


def encrypted_flag(data: bytes) -> bytes:
    """Say of every entry that it is locked with a password."""
    data = data.replace(b"PK\x03\x04\x14\x00\x00\x00", b"PK\x03\x04\x14\x00\x01\x00")
    return data.replace(b"PK\x01\x02\x14\x03\x14\x00\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01\x00")


def damaged_entry(data: bytes) -> bytes:
    """Spoil the packed bytes of the second chapter."""
    start = data.index(b"two.xhtml") + 9
    return data[: start + 20] + bytes(byte ^ 0x55 for byte in data[start + 20 : start + 60]) + data[start + 60 :]


def stored_twice(data: bytes) -> bytes:
    """Lie about how large the first chapter is."""
    at = data.index(b"PK\x01\x02", data.index(b"OEBPS/one.xhtml"))
    while b"OEBPS/one.xhtml" not in data[at : at + 80]:
        at = data.index(b"PK\x01\x02", at + 4)
    return data[: at + 24] + struct.pack("<I", 7) + data[at + 28 :]


def many_bombs(path: Path) -> None:
    """Many chapters, each within the bounds, together far beyond them."""
    page = xhtml("<p>" + "".join(f"{number} " for number in range(1_000_000)) + "</p>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        file.writestr("META-INF/container.xml", CONTAINER)
        names = [f"{number}.xhtml" for number in range(10)]
        file.writestr("OEBPS/content.opf", opf(names))
        for name in names:
            file.writestr(f"OEBPS/{name}", page)


def nested(depth: int) -> bytes:
    """An archive in an archive in an archive."""
    content = b"x" * 1000
    for number in range(depth):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr(f"{number}.zip", content)
        content = buffer.getvalue()
    return content


TWO: Final = {"one.xhtml": GOOD, "two.xhtml": "<h1>Two</h1><p>" + "More words here. " * 40 + "</p>"}

ARCHIVES: Final = [
    Case("bomb", epub({"one.xhtml": GOOD, "two.xhtml": "<p>" + "0" * 60_000_000}), told="unpacks to", text=TEXT),
    Case("only-a-bomb", epub("<p>" + "0" * 50_000_000), refused="contains no readable text.*unpacks to"),
    Case("many-bombs", many_bombs, refused="unpacks to more than 64 MB of text"),
    Case("overlapping", overlapping, refused="overlaps|contains no"),
    Case("nested-archives", write(nested(20)), refused="is an archive, but contains no book"),
    Case("thirty-thousand-entries", archive({f"{n}.xhtml": "" for n in range(30_000)}), refused="30,000 files"),
    Case("climbing-name", with_entry("../../escape.xhtml"), told="names a place outside", text=TEXT),
    Case("absolute-name", with_entry("/etc/escape.xhtml"), told="names a place outside", text=TEXT),
    Case("drive-name", with_entry("C:\\escape.xhtml"), told="names a place outside", text=TEXT),
    Case("link", with_entry("OEBPS/two.xhtml", "/etc/passwd", 0o120777 << 16), told="is a link", text=TEXT),
    Case("doubled-entry", doubled, told="is in the archive twice", text=TEXT, absent="other words"),
    Case("odd-packing", archive({"one.xhtml": xhtml(GOOD)}, zipfile.ZIP_LZMA), refused="contains no"),
    Case("password", changed(epub(TWO), encrypted_flag), refused=r"encrypted|password"),
    Case("cut-in-half", changed(epub(TWO), lambda data: data[: len(data) // 2]), refused="looks cut off or damaged"),
    Case("cut-at-the-end", changed(epub(TWO), lambda data: data[:-10]), refused="looks cut off or damaged"),
    Case("only-a-signature", write(b"PK\x03\x04"), refused="looks cut off or damaged"),
    Case("no-entries", write(b"PK\x05\x06" + bytes(18)), refused="contains no book"),
    Case("spoilt-chapter", changed(epub(TWO), damaged_entry), told=r"two\.xhtml is damaged", text=TEXT),
    Case("lying-size", changed(epub(TWO), stored_twice), told=r"one\.xhtml is damaged", text="More words"),
    Case("long-comment", changed(epub(TWO), lambda data: data[:-2] + b"\xff\xff" + b"c" * 65_535), text=TEXT),
    Case("junk-before", changed(epub(TWO), lambda data: bytes(range(256)) * 4 + data), refused=r"\S"),
    Case("other-archive", archive({"a.txt": "text"}), refused="archive of other files; unpack it"),
    Case("opendocument", archive({"mimetype": "application/vnd.oasis.opendocument.text"}), refused="OpenDocument"),
]
