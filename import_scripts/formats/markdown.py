"""Markdown to a book. `python -m import_scripts.formats.markdown FILE` prints what was found.

CommonMark with tables and footnotes (`[^1]`); HTML inside is shown as the characters it is. A head between `---` lines
gives title, author and language.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.book import Book
from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.html import fill_from_html
from import_scripts.input import limits
from import_scripts.input.encoding import decode
from import_scripts.input.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_HEAD: Final = re.compile(r"---[ \t]*\n(.{0,20000}?)\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
_FIELD: Final = re.compile(r"(title|author|lang|language)\s*:\s*(\S.*)", re.IGNORECASE)
_NOTE: Final = re.compile(r"^\[\^([^\]\s]{1,40})\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)", re.MULTILINE)
_REFERENCE: Final = re.compile(r"\[\^([^\]\s]{1,40})\]")
_MOST_CHARACTERS: Final = 16 * limits.MEGABYTE
_OPEN, _CLOSE = "\ue000", "\ue001"


def read_markdown(path: Path, *, progress: Callable[[float], None] | None = None, encoding: str = "") -> Book:
    """Read a Markdown file.

    `progress` is called with 0 to 1; `encoding` is what the reader says the file is written in.

    Raises SergeError when there is nothing in it to read.
    """
    decoded = decode(read_bytes(path), path.name, chosen=encoding)
    book = Book(title=sanitise_line(path.stem), chapters=[], format="markdown", source_name=sanitise_line(path.name))
    text = _read_head(book, decoded.text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > _MOST_CHARACTERS:
        raise limits.TooLargeError(f"{path.name} is larger than any book in Markdown; it was not read.")
    if not text.strip():
        raise SergeError(f"{path.name} contains no text.")
    if progress is not None:
        progress(0.1)
    page = f"<html><body>{_rendered(text)}</body></html>".encode()
    if progress is not None:
        progress(0.5)
    fill_from_html(book, page, folder=path.parent)
    if decoded.remark:
        book.report.insert(0, decoded.remark)
    if book.title == sanitise_line(path.stem) and (first := _only_first_heading(book)):
        book.title = first
    if progress is not None:
        progress(1.0)
    return book


def _rendered(text: str) -> str:
    """Render to HTML, footnotes as links to their notes; raw HTML is escaped."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    notes = {found[1]: found[2] for found in _NOTE.finditer(text)}
    if notes:
        text = _NOTE.sub("", text)
        text = _REFERENCE.sub(lambda found: f"{_OPEN}{found[1]}{_CLOSE}" if found[1] in notes else found[0], text)
    rendered = str(parser.render(text))
    if not notes:
        return rendered
    numbers = {name: number for number, name in enumerate(notes, start=1)}

    def reference(found: re.Match[str]) -> str:
        name = found[1]
        number = numbers.get(name)
        if number is None:
            return ""
        return f'<a epub:type="noteref" href="#note-{number}">{name if name.isdigit() else number}</a>'

    rendered = re.sub(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", reference, rendered)
    bodies = "".join(
        f'<aside epub:type="footnote" id="note-{numbers[name]}">{parser.render(_unindented(body))}</aside>'
        for name, body in notes.items()
    )
    return rendered + bodies


def _unindented(body: str) -> str:
    return "\n".join(line.strip() for line in body.split("\n"))


def _read_head(book: Book, text: str) -> str:
    found = _HEAD.match(text)
    if not found:
        return text
    for line in found[1].split("\n"):
        if named := _FIELD.match(line):
            value = sanitise_line(named[2].strip().strip("\"'"))[: limits.MAX_TITLE_CHARACTERS]
            match named[1].lower():
                case "title":
                    book.title = value
                case "author":
                    book.author = value
                case _:
                    book.language = value
    return text[found.end() :]


def _only_first_heading(book: Book) -> str:
    """Return the one heading of the first rank: the title of the book."""
    blocks = (block for chapter in book.chapters for block in chapter.blocks)
    first = [block.text for block in blocks if block.kind == "heading" and block.level == 1]
    return first[0] if len(first) == 1 else ""


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_markdown)
