"""What kind of file this is, by what is in it; for what is no book, a sentence that says what it is instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from db.errors import SergeError
from import_scripts.input.archive import Archive

if TYPE_CHECKING:
    from pathlib import Path

Kind: TypeAlias = Literal["epub", "text", "html", "markdown", "fb2", "fb2-zip", "pdf", "docx", "mhtml"]

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
_PRINTABLE_MAGIC: Final = frozenset({b"BM", b"MZ", b"BZh", b"ID3", b"TPZ", b"ftyp"})


def kind_of(path: Path, head: bytes) -> Kind:
    """Say what kind of book a file is, from its first bytes; its name decides only between Markdown and plain text.

    Raises SergeError for a file that is something else, saying what, and what to do.
    """
    name = path.name
    if head.startswith(b"PK"):
        return _kind_of_archive(path)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    for offset, magic, what, remedy in _OTHERS:
        if head.startswith(magic, offset) and not (magic in _PRINTABLE_MAGIC and _is_textual(head)):
            raise SergeError(f"{name} is {what}, not a book that can be read here; {remedy or 'give a book file'}.")
    text = _as_text(head)
    if _FB2.search(text):
        return "fb2"
    if _HTML.search(text):
        return "html"
    if _MHTML.search(text):
        return "mhtml"
    if _XML.match(text) and "<package" in text:
        raise SergeError(f"{name} is one part of an unpacked EPUB; give the EPUB file itself.")
    return "markdown" if path.suffix.lower() in _MARKDOWN_NAMES else "text"


def _kind_of_archive(path: Path) -> Kind:
    with Archive(path) as archive:
        names = archive.names
        lowered = {name.lower() for name in names}
        if "word/document.xml" in lowered:
            return "docx"
        if "meta-inf/container.xml" in lowered or any(name.endswith(".opf") for name in lowered):
            return "epub"
        mimetype = archive.read("mimetype")[:100] if "mimetype" in archive else b""
        if mimetype.startswith(b"application/epub"):
            return "epub"
        if mimetype.startswith(b"application/vnd.oasis") or "content.xml" in lowered:
            raise SergeError(f"{path.name} is an OpenDocument file; {_SAVE}.")
        if any(name.endswith(".fb2") for name in lowered):
            return "fb2-zip"
        if any(name.endswith((".xhtml", ".html", ".htm")) for name in lowered):
            return "epub"
        if archive.all_encrypted:
            raise SergeError(f"{path.name} is locked with a password; unpack it and import the book that is in it.")
        if any(name.endswith((".epub", ".pdf", ".txt", ".docx")) for name in lowered):
            raise SergeError(f"{path.name} is an archive of other files; unpack it and import the book that is in it.")
        raise SergeError(f"{path.name} is an archive, but holds no book; give a book file, such as an EPUB.")


def _is_textual(head: bytes) -> bool:
    """Whether bytes that look like a short signature may as well be the first words of a text."""
    return not any(byte < 9 or 13 < byte < 32 for byte in head)


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", errors="replace")
    if head[:1] == b"\x00" or head[1:2] == b"\x00":
        return head.replace(b"\x00", b"").decode("latin-1")
    return head.decode("latin-1").removeprefix("ï»¿")
