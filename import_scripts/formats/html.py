"""HTML to a book: one file, or a saved page. `python -m import_scripts.formats.html FILE` prints what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.book import Book
from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.flow import FlowBuilder
from import_scripts.formats.pictures import keep_pictures, of_page, take_embedded
from import_scripts.formats.stylesheets import class_styles
from import_scripts.formats.wrappers import unwrap_flow
from import_scripts.formats.xhtml import Walker
from import_scripts.input import limits
from import_scripts.input.files import read_bytes
from import_scripts.input.markup import local_name, parse_html, text_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from import_scripts.input.markup import Element

_MAIN_SHARE: Final = 0.5
_AROUND: Final = frozenset({"nav", "aside", "footer", "form", "dialog"})
_AUTHOR_NAMES: Final = frozenset({"author", "dc.creator", "dcterms.creator", "citation_author", "article:author"})


def read_html(path: Path, *, progress: Callable[[float], None] | None = None, encoding: str = "") -> Book:
    """Read an HTML file of any age, or a page saved as MHTML.

    `progress` is called with 0 to 1; `encoding` is what the reader says the file is written in.

    Raises SergeError when there is nothing in it to read.
    """
    data, declared = read_bytes(path), ""
    if is_mhtml(data):
        data, declared = page_of_mhtml(data, path.name)
    book = Book(title=sanitise_line(path.stem), chapters=[], format="html", source_name=sanitise_line(path.name))
    return fill_from_html(book, data, progress=progress, encoding=encoding, declared=declared, folder=path.parent)


def fill_from_html(
    book: Book,
    data: bytes,
    *,
    progress: Callable[[float], None] | None = None,
    encoding: str = "",
    declared: str = "",
    folder: Path | None = None,
) -> Book:
    """Make the chapters of `book` from a whole HTML document.

    `folder` is where its pictures may be; None to keep only those that are written out in it.

    Raises SergeError when there is nothing in it to read.
    """
    data, embedded = take_embedded(data)
    parsed = parse_html(data, book.source_name, encoding=encoding, declared=declared)
    root = parsed.root
    if progress is not None:
        progress(0.3)
    _read_head(root, book)
    styles = class_styles(str(element.text or "") for element in root.iter() if local_name(element.tag) == "style")
    builder = FlowBuilder()
    Walker(builder, styles).walk(_main(root), "")
    flow = builder.finish()
    if not flow.blocks:
        raise SergeError(f"{book.source_name} contains no readable text.")
    if progress is not None:
        progress(0.8)
    unwrap_flow(flow, book)
    book.report = [parsed.remark] if parsed.remark else []
    book.pictures = keep_pictures(flow.blocks, of_page(folder, embedded), book.report)
    assemble(flow, book)
    if progress is not None:
        progress(1.0)
    return book


def is_mhtml(data: bytes) -> bool:
    """Whether a file is a web page saved with everything in one mail-like file."""
    head = data[: limits.MEGABYTE // 100].lower()
    return b"multipart/related" in head and b"<html" not in head.partition(b"multipart/related")[0]


def page_of_mhtml(data: bytes, name: str) -> tuple[bytes, str]:
    """Return the page in a saved web page, and the encoding that is declared for it, or an empty string.

    Raises SergeError when there is none in it.
    """
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() in {"text/html", "application/xhtml+xml"}:
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return payload, part.get_content_charset("") or ""
    raise SergeError(f"{name} is a saved web page that contains no page; save it again as HTML.")


def _read_head(root: Element, book: Book) -> None:
    """Take title, author and language from where pages say them."""
    title = author = ""
    for element in root.iter("{*}title", "{*}meta", "title", "meta"):
        if local_name(element.tag) == "title":
            title = title or sanitise_line(text_of(element))
            continue
        name = (element.get("name") or element.get("property") or "").lower()
        content = sanitise_line(element.get("content", ""))
        if name in _AUTHOR_NAMES:
            author = author or content
        elif name in {"og:title", "dc.title", "citation_title"}:
            title = content or title
    book.title = title[: limits.MAX_TITLE_CHARACTERS] or book.title
    book.author = author[: limits.MAX_TITLE_CHARACTERS] or book.author
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
    book.language = sanitise_line(language)[: limits.MAX_LABEL_CHARACTERS] or book.language


def _main(root: Element) -> Element:
    """Return the part of a page with its text: the article or main part if one holds most of it, else all of it."""
    body = next((element for element in root.iter() if local_name(element.tag) == "body"), root)
    parts = [element for element in body.iter() if local_name(element.tag) in {"article", "main"}]
    outer = [part for part in parts if not any(above in parts for above in part.iterancestors())]
    if len(outer) != 1:
        return body
    whole = sum(map(len, map(str, body.itertext())))
    inside = sum(map(len, map(str, outer[0].itertext())))
    return outer[0] if inside > _MAIN_SHARE * whole else body


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_html)
