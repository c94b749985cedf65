"""Recognise the kind of a book file by its content; for any other file, say what it is."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Final

from db.errors import EncryptedFileError, SergeError
from db.text import sanitise_line
from import_scripts.input.archive import Archive
from import_scripts.input.files import first_bytes

if TYPE_CHECKING:
    from pathlib import Path

_PICTURE: Final = "a picture"
_CONVERT: Final = "convert it to EPUB, for example with calibre, and import that"
_SAVE: Final = "save it as EPUB, DOCX or plain text, and import that"
_OTHERS: Final[tuple[tuple[int, bytes, str, str], ...]] = (
    (0, b"\xff\xd8\xff", _PICTURE, ""),
    (0, b"\x89PNG\r\n", _PICTURE, ""),
    (0, b"GIF8", _PICTURE, ""),
    (0, b"II*\x00", _PICTURE, ""),
    (0, b"MM\x00*", _PICTURE, ""),
    (0, b"BM", _PICTURE, ""),
    (8, b"WEBP", _PICTURE, ""),
    (60, b"BOOKMOBI", "a Kindle book (MOBI or AZW)", _CONVERT),
    (60, b"TEXtREAd", "an old Palm book", _CONVERT),
    (0, b"TPZ", "a Kindle book (Topaz)", _CONVERT),
    (0, b"\xeaDRMION\xee", "an encrypted Kindle book", "import a copy without copy protection"),
    (0, b"CONT\x02\x00", "a Kindle book (KFX)", _CONVERT),
    (0, b"ITSF", "a Windows help file (CHM)", _CONVERT),
    (0, b"L\x00R\x00F\x00", "a Sony Reader book (LRF)", _CONVERT),
    (0, b"AT&TFORM", "a scan (DjVu)", "import a copy with text, such as an EPUB"),
    (0, b"{\\rtf", "a document in Rich Text Format", _SAVE),
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", _SAVE),
    (0, b"Rar!\x1a\x07", "a RAR archive", "unpack it and import the book that is in it"),
    (0, b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it and import the book that is in it"),
    (0, b"\x1f\x8b", "a gzip archive", "unpack it and import the book that is in it"),
    (0, b"BZh", "a bzip2 archive", "unpack it and import the book that is in it"),
    (0, b"\xfd7zXZ\x00", "an xz archive", "unpack it and import the book that is in it"),
    (257, b"ustar", "a tar archive", "unpack it and import the book that is in it"),
    (0, b"SQLite format 3\x00", "a database", ""),
    (0, b"\x7fELF", "a program", ""),
    (0, b"MZ", "a program", ""),
    (0, b"\xcf\xfa\xed\xfe", "a program", ""),
    (0, b"ID3", "a sound recording", ""),
    (0, b"OggS", "a sound recording", ""),
    (0, b"fLaC", "a sound recording", ""),
    (4, b"ftyp", "a recording", ""),
    (0, b"%!PS", "a PostScript file", "convert it to PDF or EPUB, and import that"),
)
_HTML: Final = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_FB2: Final = re.compile(r"<(?:\w+:)?FictionBook\b")
_XML: Final = re.compile(r"\s*<\?xml\b")
_MHTML: Final = re.compile(r"^content-type:\s*multipart/related", re.IGNORECASE | re.MULTILINE)
_MARKDOWN_NAMES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_DRM: Final = b"\xeaDRMION\xee"
_PRINTABLE_MAGIC: Final = frozenset({b"BM", b"MZ", b"BZh", b"ID3", b"TPZ", b"ftyp"})


class BookSample:
    """The beginning of a book file and the names in its archive: they show its kind.

    Raises SergeError, from each of them, when the file cannot be read.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.head = first_bytes(path)

    @cached_property
    def archive_names(self) -> frozenset[str]:
        """Names in the archive, in lower case; none when the file is no ZIP archive."""
        if not self.head.startswith(b"PK"):
            return frozenset()
        with Archive(self.path) as archive:
            return frozenset(name.lower() for name in archive.names)

    @cached_property
    def archive_type(self) -> bytes:
        """What the archive says of itself in its `mimetype` file."""
        if not self.head.startswith(b"PK"):
            return b""
        with Archive(self.path) as archive:
            return archive.read("mimetype")[:100] if "mimetype" in archive else b""

    @cached_property
    def text(self) -> str:
        """The first bytes as text.

        Raises SergeError for a file that is no text and no book, saying what it is and what to do.
        """
        name = sanitise_line(self.path.name)
        if self.head.startswith(b"PK"):
            raise self._refused_archive(name)
        for offset, magic, what, remedy in _OTHERS:
            if self.head.startswith(magic, offset) and not (magic in _PRINTABLE_MAGIC and _is_textual(self.head)):
                kind = EncryptedFileError if magic == _DRM else SergeError
                raise kind(f"{name} is {what}, not a book that can be read here; {remedy or 'give a book file'}.")
        text = _as_text(self.head)
        if _XML.match(text) and "<package" in text:
            raise SergeError(f"{name} is one part of an unpacked EPUB; give the EPUB file itself.")
        return text

    def _refused_archive(self, name: str) -> SergeError:
        names = self.archive_names
        if self.archive_type.startswith(b"application/vnd.oasis") or "content.xml" in names:
            return SergeError(f"{name} is an OpenDocument file; {_SAVE}.")
        with Archive(self.path) as archive:
            if archive.all_encrypted:
                return EncryptedFileError(
                    f"{name} is locked with a password; unpack it and import the book that is in it."
                )
        if any(held.endswith((".epub", ".pdf", ".txt", ".docx")) for held in names):
            return SergeError(f"{name} is an archive of other files; unpack it and import the book that is in it.")
        return SergeError(f"{name} is an archive, but contains no book; give a book file, such as an EPUB.")


def is_docx(sample: BookSample) -> bool:
    """Whether a file is a document of Word."""
    return "word/document.xml" in sample.archive_names


def is_epub(sample: BookSample) -> bool:
    """Whether a file is an EPUB, or an archive that holds its parts."""
    names = sample.archive_names
    if not names or "content.xml" in names:
        return False
    if "meta-inf/container.xml" in names or any(name.endswith(".opf") for name in names):
        return True
    if sample.archive_type.startswith(b"application/epub"):
        return True
    return any(name.endswith((".xhtml", ".html", ".htm")) for name in names) and not is_zipped_fb2(sample)


def is_zipped_fb2(sample: BookSample) -> bool:
    """Whether a file is an archive around an FB2 file."""
    return any(name.endswith(".fb2") for name in sample.archive_names)


def is_pdf(sample: BookSample) -> bool:
    """Whether a file is a PDF; some have other bytes before it."""
    return b"%PDF-" in sample.head[:1024]


def is_fb2(sample: BookSample) -> bool:
    """Whether a file is an FB2 file."""
    return _FB2.search(sample.text) is not None


def is_html(sample: BookSample) -> bool:
    """Whether a file is HTML, or a web page saved with its pictures."""
    return _HTML.search(sample.text) is not None or _MHTML.search(sample.text) is not None


def is_markdown(sample: BookSample) -> bool:
    """Return whether a text is named as a Markdown file: a short one cannot be recognised by its content."""
    return bool(sample.text) and sample.path.suffix.lower() in _MARKDOWN_NAMES


def is_text(sample: BookSample) -> bool:
    """Whether a file is text of some kind; what is known to be something else has been refused."""
    return bool(sample.text)


def _is_textual(head: bytes) -> bool:
    """Whether bytes that look like a short signature may as well be the first words of a text."""
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if head[:1] == b"\x00" or head[1:2] == b"\x00":
        return head.replace(b"\x00", b"").decode("latin-1")
    return head.decode("latin-1").removeprefix("ï»¿")
