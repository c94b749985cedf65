"""FictionBook 2 to a book. `python -m import_scripts.formats.fb2 FILE` prints what was found.

The elements of FB2 (http://www.fictionbook.org, schema 2.1) are given their names in XHTML, and the one reader of XHTML
does the rest.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from db.book import Book
from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.addresses import resolve
from import_scripts.formats.assembly import assemble
from import_scripts.formats.chapter_starts import ContentsEntry
from import_scripts.formats.flow import FlowBuilder, is_break
from import_scripts.formats.pictures import decoded, keep_pictures
from import_scripts.formats.xhtml import Walker
from import_scripts.input import limits
from import_scripts.input.archive import Archive
from import_scripts.input.files import read_bytes
from import_scripts.input.markup import attribute, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from import_scripts.input.markup import Element

_NAMES: Final = {
    "emphasis": "em", "style": "span", "strikethrough": "span", "cite": "blockquote", "text-author": "p", "date": "p",
    "poem": "div", "stanza": "div", "v": "p", "epigraph": "blockquote", "annotation": "div", "code": "span",
}  # fmt: skip
_SHARED: Final = frozenset("body p strong table tr td th sub sup".split())
_NOTES: Final = frozenset({"notes", "footnotes", "comments", "endnotes"})
_LEFT_OUT: Final = frozenset({"binary", "description", "stylesheet"})


def read_fb2(path: Path, *, progress: Callable[[float], None] | None = None, encoding: str = "") -> Book:
    """Read an FB2 file, plain or zipped.

    `progress` is called with 0 to 1; `encoding` is what the reader says the file is written in.

    Raises SergeError when it is damaged beyond reading or holds no text.
    """
    data, refused = _data(path)
    parsed = parse_xml(data, path.name, encoding=encoding)
    root = parsed.root
    book = Book(
        title=sanitise_line(path.stem), chapters=[], format="fb2", source_name=sanitise_line(path.name),
        report=[line for line in (parsed.remark, *refused) if line],
    )  # fmt: skip
    _read_description(root, book)
    contents: list[ContentsEntry] = []
    builder = FlowBuilder()
    walker = Walker(builder)
    bodies = [element for element in root if local_name(element.tag) == "body"]
    for number, body in enumerate(bodies):
        document = f"body{number}"
        _as_xhtml(body, document, contents)
        _localise(body, document, _documents_of_names(bodies))
        walker.walk(body, document)
        if progress is not None:
            progress(0.2 + 0.7 * (number + 1) / len(bodies))
    flow = builder.finish()
    if not flow.blocks:
        raise SergeError(f"{path.name} contains no readable text.")
    book.pictures = keep_pictures(flow.blocks, _binaries(root), book.report)
    assemble(flow, book, contents)
    if progress is not None:
        progress(1.0)
    return book


def _data(path: Path) -> tuple[bytes, list[str]]:
    with path.open("rb") as file:
        is_archive = file.read(2) == b"PK"
    if not is_archive:
        return read_bytes(path), []
    with Archive(path) as archive:
        name = next((name for name in archive.names if name.lower().endswith(".fb2")), "")
        return archive.read(name), archive.refused


def _binaries(root: Element) -> Callable[[str], bytes | None]:
    """Return a reader of pictures, which stand at the end of the file in base64, by name."""
    found = {attribute(element, "id"): element for element in root if local_name(element.tag) == "binary"}

    def read(name: str) -> bytes | None:
        element = found.get(name.partition("#")[2])
        return None if element is None else decoded(str(element.text or "").encode())

    return read


def _as_xhtml(body: Element, document: str, contents: list[ContentsEntry]) -> None:
    """Rename the elements of one body; titled sections go into the contents."""
    is_notes = attribute(body, "name").lower() in _NOTES
    depths: dict[Element, int] = {body: 0}
    elements = list(body.iter())
    for number, element in enumerate(elements):
        name = local_name(element.tag)
        parent = element.getparent()
        depth = depths.get(parent, 0) if parent is not None and element is not body else 0
        depths[element] = depth + (1 if name == "section" else 0)
        match name:
            case "section":
                if is_notes and depth == 0:
                    element.tag = "aside"
                    element.set("role", "doc-footnote")
                else:
                    _list_section(element, f"section-{number}", document, depth + 1, contents, listed=not is_notes)
            case "title":
                if is_notes and parent is not None and parent is not body:
                    element.tag = "p"
                else:
                    _as_heading(element, min(depth or 1, 6))
            case "subtitle":
                element.tag = "hr" if is_break(text_of(element)) else f"h{min(depth + 2, 6)}"
            case "empty-line":
                element.tag = "div"
            case "image":
                _as_picture(element)
            case "poem" | "stanza":
                element.tag = "div"
                element.set("class", name)
            case "epigraph" | "cite" if _holds_poem(element):
                element.tag = "div"
            case "a":
                _as_reference(element)
            case _ if name in _LEFT_OUT:
                element.tag = "template"
            case _:
                element.tag = _NAMES.get(name) or (name if name in _SHARED else "span")


def _list_section(
    element: Element, spare: str, document: str, level: int, contents: list[ContentsEntry], *, listed: bool
) -> None:
    element.tag = "section"
    title = next((child for child in element if local_name(child.tag) == "title"), None)
    if title is None or not listed or len(contents) >= limits.MAX_CONTENTS_ENTRIES:
        return
    if not element.get("id"):
        element.set("id", spare)
    parts = [text_of(child) for child in title if local_name(child.tag) == "p"] or [text_of(title)]
    text = sanitise_line(_joined([part for part in parts if part]))[: limits.MAX_TITLE_CHARACTERS]
    if text:
        contents.append(ContentsEntry(text, f"{document}#{element.get('id')}", min(level, limits.MAX_CONTENTS_DEPTH)))


def _joined(parts: list[str]) -> str:
    whole = ""
    for part in parts:
        whole += (" " if whole.endswith((".", ":", "!", "?")) else ": ") + part if whole else part
    return whole


def _as_heading(title: Element, level: int) -> None:
    """A title of several paragraphs is one heading of several parts."""
    title.tag = "hgroup"
    first = next((child for child in title if local_name(child.tag) == "p"), None)
    if first is None:
        title.tag = f"h{level}"
    else:
        first.tag = f"h{level}"


def _as_picture(element: Element) -> None:
    alt = attribute(element, "title") or attribute(element, "alt")
    inline = local_name(getattr(element.getparent(), "tag", "")) in {"p", "v", "td"}
    element.tag = "img"
    element.set("alt", alt if alt or inline else "Picture")


def _as_reference(element: Element) -> None:
    if attribute(element, "type") == "note":
        element.set("role", "doc-noteref")


def _holds_poem(element: Element) -> bool:
    return any(local_name(child.tag) == "poem" for child in element)


def _documents_of_names(bodies: list[Element]) -> dict[str, str]:
    """Return the body that contains each name: FB2 links give only the name."""
    found: dict[str, str] = {}
    for number, body in enumerate(bodies):
        for element in body.iter():
            if name := attribute(element, "id"):
                found.setdefault(name, f"body{number}")
    return found


def _localise(body: Element, document: str, where: dict[str, str]) -> None:
    for element in body.iter():
        if local_name(element.tag) != "a":
            continue
        href = attribute(element, "href")
        if href.startswith("#"):
            name = resolve("", href)[1:]
            element.set("href", f"{where.get(name, document)}#{name}")
        elif href:
            element.set("href", href)


def _read_description(root: Element, book: Book) -> None:
    info = next(_named(root, "title-info"), None)
    if info is None:
        return
    title = next(_named(info, "book-title"), None)
    if title is not None:
        book.title = sanitise_line(text_of(title))[: limits.MAX_TITLE_CHARACTERS] or book.title
    authors: list[str] = []
    for author in _named(info, "author"):
        parts = {local_name(child.tag): text_of(child) for child in author}
        names = [parts.get(part, "") for part in ("first-name", "middle-name", "last-name")]
        name = sanitise_line(" ".join(names)) or sanitise_line(parts.get("nickname", ""))
        if name:
            authors.append(name)
    book.author = ", ".join(authors[:6])[: limits.MAX_TITLE_CHARACTERS]
    language = next(_named(info, "lang"), None)
    book.language = "" if language is None else sanitise_line(text_of(language))[: limits.MAX_LABEL_CHARACTERS]
    identifier = next(_named(root, "id"), None)
    book.identifier = "" if identifier is None else sanitise_line(text_of(identifier))[: limits.MAX_TITLE_CHARACTERS]


def _named(root: Element, name: str) -> Iterator[Element]:
    return (element for element in root.iter() if local_name(element.tag) == name)


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_fb2)
