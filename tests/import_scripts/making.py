"""Small book files made on the spot, whole or broken on purpose."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from db.book import Block, Book

CONTAINER: Final = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
_TYPES: Final = {
    "xhtml": "application/xhtml+xml",
    "html": "text/html",
    "css": "text/css",
    "ncx": "application/x-dtbncx+xml",
}


def xhtml(body: str, title: str = "") -> str:
    """Give a whole XHTML document around a body."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml" '
        f'xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head><body>{body}</body></html>'
    )


def opf(names: Sequence[str], *, metadata: str = "", spine: Sequence[str] | None = None, toc: str = "") -> str:
    """Give a package that lists files; the spine holds all documents unless told."""
    items = "".join(
        f'<item id="{name}" href="{name}" media-type="{_TYPES.get(name.rpartition(".")[2], "image/png")}"'
        + (' properties="nav"/>' if name == "nav.xhtml" else "/>")
        for name in names
    )
    order = [name for name in names if name.endswith("html") and name != "nav.xhtml"] if spine is None else spine
    return (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        + (
            metadata
            or "<dc:title>A Small Book</dc:title><dc:creator>Somebody</dc:creator><dc:language>en</dc:language>"
        )
        + f"</metadata><manifest>{items}</manifest>"
        + f'<spine toc="{toc}">'
        + "".join(f'<itemref idref="{name}"/>' for name in order)
        + "</spine></package>"
    )


def nav(entries: str, extra: str = "") -> str:
    """Give a navigation document around the items of a contents list."""
    return xhtml(f'<nav epub:type="toc"><ol>{entries}</ol></nav>{extra}')


def make_epub(
    path: Path,
    documents: Mapping[str, str],
    *,
    others: Mapping[str, str | bytes] | None = None,
    package: str | None = None,
    container: str | None = CONTAINER,
    stored: bool = False,
) -> Path:
    """Write an EPUB of documents (whole, or bodies to be wrapped) and other files, named from the book's folder."""
    others = dict(others or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        if container is not None:
            archive.writestr("META-INF/container.xml", container)
        listed = [*documents, *(name for name in others if not name.startswith("META-INF"))]
        archive.writestr("OEBPS/content.opf", opf(listed, toc="toc.ncx") if package is None else package)
        for name, body in documents.items():
            archive.writestr(
                f"OEBPS/{name}", body if body.lstrip().startswith(("<?xml", "<html", "<!")) else xhtml(body)
            )
        for name, content in others.items():
            archive.writestr(name if name.startswith("META-INF") else f"OEBPS/{name}", content)
    return path


def blocks_of(book: Book) -> list[Block]:
    """Give all passages of a book in order."""
    return [block for chapter in book.chapters for block in chapter.blocks]


def styled(block: Block) -> list[tuple[str, str, str]]:
    """Give the spans of a passage as style, words, target."""
    return [(span.style, block.text[span.start : span.end], span.target) for span in block.spans]
