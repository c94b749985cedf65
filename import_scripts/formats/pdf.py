"""Read a PDF with a text layer into a book. `python -m import_scripts.formats.pdf FILE` prints the result.

A separate process reads the pages (`pdf_pages`), `pdf_layout` puts them in order, and this module makes a book of
them: chapters from the bookmarks, else from headings by their size and wording; page labels become page marks;
footnotes are tied to their references.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

from db.book import Book, BookNote, PageMark, Span
from db.errors import EncryptedFileError, SergeError
from db.text import fold, sanitise, sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.chapter_starts import ContentsEntry
from import_scripts.formats.flow import Anchor, FlowBuilder, Rich, divided
from import_scripts.formats.headings import CHAPTER, Chunk, find_headings
from import_scripts.formats.pdf_layout import LARGE, NOTE_START, Paragraph, body_size, paragraphs_of
from import_scripts.formats.pdf_lines import Page, Piece, lay_out
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from db.book import Block
    from import_scripts.formats.flow import Flow

_ERRORS: Final = {
    "encrypted": "{name} is locked with a password; import a copy that is not.",
    "damaged": "{name} is damaged or cut off: it cannot be read as PDF; copy or download it again.",
    "missing": "Reading PDFs needs the package pypdfium2; install it, or convert {name} to EPUB.",
}
_LINE_END_HYPHENS: Final = str.maketrans({"\x02": "-", "\ufffe": "-"})
"""The character PDFium uses for the hyphen of a word divided at a line's end."""
_LEAST_CHARACTERS: Final = 20
_NO_TEXT_SHARE: Final = 0.1
_QUOTE: Final = 0.96
_LONGEST_HEADING: Final = 160
_MOST_CHARACTERS: Final = 64 * limits.MEGABYTE


class _About(TypedDict, total=False):
    """The first message of the reading process."""

    error: str
    pages: int
    title: str
    author: str
    outline: list[tuple[str, int, int]]


class _Read(TypedDict, total=False):
    """The message of the reading process about one page."""

    failed: int
    label: str
    width: float
    height: float
    pieces: list[tuple[float, float, float, float, float, int, str]]


def read_pdf(
    path: Path, *, progress: Callable[[float], None] | None = None, known_titles: Collection[str] = ()
) -> Book:
    """Read a PDF.

    `known_titles` are chapter titles to look for; `progress` is called with 0 to 1.

    Raises SergeError if it is locked, damaged, or has no text layer.
    """
    name = sanitise_line(path.name)
    book = Book(title=sanitise_line(path.stem), chapters=[], format="pdf", source_name=name)
    outline: list[tuple[str, int, int]] = []
    pages = []
    for page in _pages(path, book, outline, progress):
        lay_out(page, None)  # while the other process reads the next one
        pages.append(page)
    with_text = sum(1 for page in pages if sum(len(piece.text) for piece in page.pieces) > _LEAST_CHARACTERS)
    if not with_text:
        raise SergeError(
            f"{name} has no text layer: its pages are pictures; run text recognition (OCR) on it, or import an EPUB."
        )
    empty = len(pages) - with_text
    if empty > len(pages) * _NO_TEXT_SHARE and empty > 2:
        book.report.append(f"{empty:,} of {len(pages):,} pages have no text; they are pictures or blank.")
    paragraphs = paragraphs_of(pages)
    if progress is not None:
        progress(0.85)
    _fill(book, pages, paragraphs, outline, known_titles)
    if progress is not None:
        progress(1.0)
    return book


def _pages(
    path: Path, book: Book, outline: list[tuple[str, int, int]], progress: Callable[[float], None] | None
) -> Iterator[Page]:
    """Yield the pages as the reading process sends them."""
    root = str(Path(__file__).resolve().parents[2])
    environment = {**os.environ, "PYTHONPATH": root, "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-P", "-m", "import_scripts.formats.pdf_pages", str(path.resolve())]
    with subprocess.Popen(  # noqa: S603  (our own module, no shell)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
    ) as process:
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            about: _About = json.loads(first) if first else {"error": "damaged"}
            if error := about.get("error"):
                refusal = EncryptedFileError if error == "encrypted" else SergeError
                raise refusal(_ERRORS[error].format(name=book.source_name))
            count = about["pages"]
            book.title = sanitise_line(about["title"])[: limits.MAX_TITLE_CHARACTERS] or book.title
            book.author = sanitise_line(about["author"])[: limits.MAX_TITLE_CHARACTERS]
            outline += [(sanitise_line(title), level, page) for title, level, page in about["outline"]]
            seen = failed = characters = 0
            for line in process.stdout:
                seen += 1
                read: _Read = json.loads(line)
                if "failed" in read:
                    failed += 1
                    yield Page("", 1.0, 1.0, [])
                    continue
                pieces = [
                    Piece(left, bottom, right, top, size, look, sanitise(text.translate(_LINE_END_HYPHENS)))
                    for left, bottom, right, top, size, look, text in read["pieces"]
                ]
                characters += sum(len(piece.text) for piece in pieces)
                if characters > _MOST_CHARACTERS:
                    raise limits.TooLargeError(f"{book.source_name} holds more text than any book; it was not read.")
                yield Page(sanitise_line(read["label"]), read["width"], read["height"], pieces)
                if progress is not None and seen % 10 == 0:
                    progress(0.8 * seen / max(count, 1))
            if failed:
                book.report.append(f"{failed:,} of {count:,} pages are damaged and were left out.")
            if seen < count:
                book.report.append(f"Reading stopped after page {seen:,} of {count:,}; the rest was left out.")
        finally:
            with suppress(ProcessLookupError):
                process.kill()


def _fill(
    book: Book,
    pages: Sequence[Page],
    paragraphs: Sequence[Paragraph],
    outline: Sequence[tuple[str, int, int]],
    known_titles: Collection[str],
) -> None:
    body = body_size(pages)
    running, notes = _with_notes_tied(paragraphs)
    chunks = [
        Chunk([paragraph.text], max(1, round(paragraph.gap)) if index else 0) for index, paragraph in enumerate(running)
    ]
    worded = {} if outline else find_headings(chunks, known_titles)
    sizes = sorted({round(paragraph.size) for paragraph in running if _is_large(paragraph, body)}, reverse=True)
    labels = _labels(pages)
    builder = FlowBuilder()
    places: dict[int, int] = {}
    skip = 0
    for index, paragraph in enumerate(running):
        for offset, page in paragraph.starts:
            places.setdefault(page, len(builder.flow.blocks) + (1 if offset else 0))
        marks = [PageMark(offset, labels[page]) for offset, page in paragraph.starts if labels[page]]
        rich = Rich(paragraph.text, [span for span in paragraph.spans if span.start < span.end], marks)
        heading = worded.get(index)
        if skip:
            skip -= 1
            builder.flow.blocks[-1].pages += [PageMark(0, mark.label) for mark in marks]
        elif _is_large(paragraph, body):
            rich.spans = [span for span in rich.spans if span.style == "note"]
            builder.put(rich, "heading", min(1 + sizes.index(round(paragraph.size)), 6))
        elif heading is not None and heading.rank <= CHAPTER:
            builder.put(Rich(heading.title, [], marks), "heading", heading.rank)
            skip = heading.chunks - 1
        else:
            quoted = paragraph.size < _QUOTE * body and paragraph.indent > paragraph.size
            for piece in divided(rich):
                builder.put(piece, "quote" if quoted else "paragraph", 1 if quoted else 0)
    flow = builder.finish()
    contents = [_entry(flow, places, *bookmark) for bookmark in outline]
    assemble(flow, book, [entry for entry in contents if entry is not None])
    book.notes = notes or book.notes


def _is_large(paragraph: Paragraph, body: float) -> bool:
    return paragraph.size > body * LARGE and len(paragraph.text) < _LONGEST_HEADING


def _labels(pages: Sequence[Page]) -> list[str]:
    """Label each page with its printed number, or else with the file's label, unless that only counts the pages."""
    if any(page.printed for page in pages):
        return [page.printed for page in pages]
    if all(page.label in {"", str(number)} for number, page in enumerate(pages, start=1)):
        return [""] * len(pages)
    return [page.label for page in pages]


def _entry(flow: Flow, places: dict[int, int], title: str, level: int, page: int) -> ContentsEntry | None:
    """Return the passage a bookmark leads to: the one on its page with its words, else the first that begins there."""
    first = places.get(page)
    if first is None or first >= len(flow.blocks):
        return None
    after = places.get(page + 1, len(flow.blocks))
    wanted = fold(title)
    block = next(
        (index for index in range(first, min(after, len(flow.blocks))) if _begins_with(flow.blocks[index], wanted)),
        first,
    )
    name = f"#bookmark-{page}-{block}"
    flow.anchors.setdefault(name, Anchor(block, 0, block, 0))
    return ContentsEntry(title[: limits.MAX_TITLE_CHARACTERS], name, min(level, limits.MAX_CONTENTS_DEPTH))


def _begins_with(block: Block, wanted: str) -> bool:
    text = fold(block.text[: len(wanted) * 2 + 20])
    return len(block.text) < _LONGEST_HEADING and (text.startswith(wanted) or wanted.endswith(text))


def _with_notes_tied(paragraphs: Sequence[Paragraph]) -> tuple[list[Paragraph], list[BookNote]]:
    """Make notes of the paragraphs at the foot of a page that a raised number on the same page refers to.

    Paragraphs that nothing refers to stay where they were in the running text.
    """
    running: list[Paragraph] = []
    notes: list[BookNote] = []
    for paragraph in paragraphs:
        found = NOTE_START.match(paragraph.text) if paragraph.is_note else None
        reference = _reference(running, found[1], paragraph.page) if found else None
        if found is None or reference is None:
            running.append(paragraph)
            continue
        where, number = reference
        key = f"n{len(notes) + 1}"
        span = where.spans[number]
        where.spans[number] = Span(span.start, span.end, "note", key)
        notes.append(BookNote(key, found[1], paragraph.text[found.end() :].strip()[: limits.MAX_NOTE_CHARACTERS]))
    return running, notes


def _reference(running: Sequence[Paragraph], label: str, page: int) -> tuple[Paragraph, int] | None:
    """Find the raised label on a page: the paragraph and the number of its span."""
    for paragraph in reversed(running):
        for number, span in enumerate(paragraph.spans):
            if span.style == "super" and paragraph.text[span.start : span.end] == label:
                return paragraph, number
        if paragraph.page < page:
            return None
    return None


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_pdf)
