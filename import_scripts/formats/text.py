"""Read plain text into a book. `python -m import_scripts.formats.text FILE` prints the result.

Detects the encoding, removes the header and footer of a digital library and joins hard-wrapped lines. `_words_` become
emphasis, `[12]` with its note a footnote, `[Illustration: …]` a picture, `[Pg 12]` a page mark.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from db.book import Book, PageMark, Span
from db.errors import SergeError
from db.text import sanitise, sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.flow import FlowBuilder, Rich, divided
from import_scripts.formats.headings import Chunk, find_headings
from import_scripts.formats.hyphens import joined_lines, words_within_lines
from import_scripts.formats.paged_text import without_pages
from import_scripts.formats.wrappers import unwrap
from import_scripts.input import limits
from import_scripts.input.encoding import decode
from import_scripts.input.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from db.book import PassageKind, SpanStyle

_BREAK: Final = re.compile(r"\s*(?:[*\u2042\u2022\u00b7~#=_-]\s*){1,40}")
_FIGURE: Final = re.compile(r"\[\s*(?:Illustration|Graphic|Image|Picture|Figure)\b(?P<caption>[^\]]*)\]", re.IGNORECASE)
_PAGE: Final = re.compile(r"\s?(?:\[(?:Pg|Page|p\.)\s*([0-9]{1,5}|[ivxlcdm]{1,10})\]|\{([0-9]{1,4}|[ivxlcdm]{1,10})\})")
_LINE_ENDS: Final = str.maketrans(
    {"\r": "\n", "\x0b": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n\n", "\x1c": "\n", "\x1d": "\n", "\x1e": "\n"}
)
"""Every way to end a line or a paragraph in plain text."""
_DIVIDED: Final = re.compile(r"[^\W\d_][-\u2010\u00ad]$")
_MARKUP: Final = re.compile(r"(?<![_=])[_=](?![_=])")
_COLUMNS: Final = re.compile(r"\S {3,}\S")
_BY: Final = re.compile(r"(?:by|par|por|di|von|de|автор:?)\s+(\S.{2,80})", re.IGNORECASE)
_LONGEST_TITLE: Final = 120
_LONG_LINE: Final = 140
_LEAST_PAGES: Final = 3
_BARS: Final = re.compile(r"\s*(?:\+[-=+]{3,}|\|.*\|\s*$)")
_FAR_IN: Final = 8
_FILLED: Final = 0.8
_VERSE_SHARE: Final = 0.72


def read_text(
    path: Path,
    *,
    progress: Callable[[float], None] | None = None,
    known_titles: Collection[str] = (),
    encoding: str = "",
) -> Book:
    """Read a plain text file in any common encoding.

    `known_titles` are chapter titles to look for; `encoding` is the encoding the reader chose, if any; `progress` is
    called with 0 to 1.

    Raises SergeError if the file is empty or not text.
    """
    decoded = decode(read_bytes(path), path.name, chosen=encoding)
    book = Book(
        title=sanitise_line(path.stem), chapters=[], format="text", source_name=sanitise_line(path.name),
        report=[decoded.remark] if decoded.remark else [],
    )  # fmt: skip
    return fill_from_text(book, decoded.text, progress=progress, known_titles=known_titles)


def fill_from_text(
    book: Book, text: str, *, progress: Callable[[float], None] | None = None, known_titles: Collection[str] = ()
) -> Book:
    """Make the chapters of `book` from running text.

    Raises SergeError when there is none.
    """
    text = text.lstrip("\ufeff").replace("\r\n", "\n").translate(_LINE_ENDS)
    unwrapped = unwrap(sanitise(without_pages(text)).split("\n"))
    book.title = unwrapped.title or book.title
    book.author = unwrapped.author or book.author
    book.language = unwrapped.language or book.language
    chunks = chunks_of(unwrapped.lines)
    if not chunks:
        raise SergeError(f"{book.source_name} contains no text.")
    if progress is not None:
        progress(0.3)
    headings = find_headings(chunks, known_titles)
    if not unwrapped.title:
        _read_title_page(book, chunks)
    builder = FlowBuilder()
    width = _wrap_width(chunks)
    lines = [line for chunk in chunks for line in chunk.lines]
    words = words_within_lines(lines) if any(map(_DIVIDED.search, lines)) else Counter[str]()
    keep_pages = sum(len(_PAGE.findall(line)) for chunk in chunks for line in chunk.lines) >= _LEAST_PAGES
    skip = 0
    for index, chunk in enumerate(chunks):
        if skip:
            skip -= 1
        elif (heading := headings.get(index)) is not None:
            builder.put(_rich(heading.title, keep_pages=keep_pages), "heading", heading.rank)
            skip = heading.chunks - 1
        else:
            _put_chunk(builder, chunk, width, words, keep_pages=keep_pages)
        if progress is not None and index % 500 == 0:
            progress(0.3 + 0.6 * index / len(chunks))
    flow = builder.finish()
    assemble(flow, book)
    if progress is not None:
        progress(1.0)
    return book


def _read_title_page(book: Book, chunks: Sequence[Chunk]) -> None:
    """Read title and author from the first lines if the second says "by …"."""
    if len(chunks) < 3 or max(chunk.length for chunk in chunks[:2]) > _LONGEST_TITLE:
        return
    if len(chunks[0].lines) <= 2 and (found := _BY.fullmatch(chunks[1].text)):
        book.title = sanitise_line(chunks[0].text) or book.title
        book.author = book.author or sanitise_line(found[1])


def chunks_of(lines: Sequence[str]) -> list[Chunk]:
    """Divide lines at blank lines, or at each line or indented line if that is how the file marks paragraphs."""
    filled = [line.rstrip() for line in lines]
    longest = sorted(map(len, filter(None, filled)))
    if not longest:
        return []
    one_a_line = longest[len(longest) * 9 // 10] > _LONG_LINE
    chunks: list[Chunk] = []
    gap = 0
    for line in filled:
        if not line:
            gap += 1
        elif gap or not chunks or one_a_line:
            chunks.append(Chunk([line], gap))
            gap = 0
        else:
            chunks[-1].lines.append(line)
    if len(chunks) * 40 < len(longest):
        return _by_indent(chunks)
    return chunks


def _by_indent(chunks: list[Chunk]) -> list[Chunk]:
    """Divide long chunks at indented lines, for texts without blank lines between paragraphs."""
    divided: list[Chunk] = []
    for chunk in chunks:
        divided.append(Chunk(chunk.lines[:1], chunk.gap))
        for line in chunk.lines[1:]:
            if line.startswith((" ", "\u3000")) and not divided[-1].lines[-1].startswith((" ", "\u3000")):
                divided.append(Chunk([line.strip()], 1))
            else:
                divided[-1].lines.append(line)
    return divided


def _wrap_width(chunks: Sequence[Chunk]) -> int:
    lengths = sorted(len(line) for chunk in chunks if len(chunk.lines) > 2 for line in chunk.lines[:-1])
    return lengths[len(lengths) * 8 // 10] if lengths else 0


def _put_chunk(builder: FlowBuilder, chunk: Chunk, width: int, words: Counter[str], *, keep_pages: bool) -> None:
    parts = _parts(chunk, width)
    if len(parts) > 1:
        for part in parts:
            _put_chunk(builder, part, width, words, keep_pages=keep_pages)
        return
    text = chunk.text
    if len(text) < 100 and _BREAK.fullmatch(text):
        if not text.isalnum():
            builder.put_break()
        return
    if (figure := _FIGURE.fullmatch(text)) is not None:
        builder.put(_rich(figure["caption"].strip(" :.,") or "Picture", keep_pages=False), "figure")
        return
    kind = _kind(chunk, width)
    if kind in {"verse", "table"}:
        indent = min(len(line) - len(line.lstrip()) for line in chunk.lines)
        rich = _rich("\n".join(line[indent:] for line in chunk.lines), keep_pages=keep_pages)
    else:
        rich = _rich(joined_lines(chunk.lines, words), keep_pages=keep_pages)
    for piece in divided(rich):
        builder.put(piece, kind, 1 if kind == "quote" else 0)


def _parts(chunk: Chunk, width: int) -> list[Chunk]:
    """Divide running text from deeply indented lines above or below it: a centred title, a signature on the right."""
    far = [len(line) - len(line.lstrip()) >= _FAR_IN for line in chunk.lines]
    running = [number for number, is_far in enumerate(far) if not is_far]
    filled = sum(1 for number in running if len(chunk.lines[number]) > _FILLED * width)
    if not any(far) or len(running) < 2 or filled * 2 < len(running) or not width:
        return [chunk]
    first, last = running[0], running[-1] + 1
    if any(far[first:last]) or _is_table(chunk.lines):
        return [chunk]
    pieces = (chunk.lines[:first], chunk.lines[first:last], chunk.lines[last:])
    return [Chunk(list(lines), chunk.gap) for lines in pieces if lines]


def _is_table(lines: Sequence[str]) -> bool:
    """Return whether lines are in columns: with wide gaps, or bars and rules drawn with characters."""
    marked = sum(1 for line in lines if _COLUMNS.search(line.strip()) or _BARS.match(line))
    return len(lines) > 1 and marked > len(lines) / 2


def _kind(chunk: Chunk, width: int) -> PassageKind:
    lines = chunk.lines
    indents = [len(line) - len(line.lstrip()) for line in lines]
    if _is_table(lines):
        return "table"
    longest = max(map(len, lines))
    if min(indents) >= 2 and len(lines) > 1:
        filled = sum(1 for line in lines[:-1] if len(line) > _FILLED * width)
        return "quote" if filled >= len(lines) / 2 and max(indents) - min(indents) < 8 else "verse"
    if len(lines) > 1 and (max(indents) >= 8 or (len(lines) > 2 and width and longest < _VERSE_SHARE * width)):
        return "verse"
    return "paragraph"


def _rich(text: str, *, keep_pages: bool) -> Rich:
    """Return text with its emphasis marks turned into spans and its page numbers into page marks."""
    pages: list[PageMark] = []
    if keep_pages and ("[" in text or "{" in text):
        text, pages = _without_pages(text)
    if "_" not in text and "=" not in text:
        return Rich(text, [], pages)
    marks = [found for found in _MARKUP.finditer(text) if _is_mark(text, found.start())]
    spans: list[Span] = []
    parts: list[str] = []
    opened: dict[str, int] = {}
    usable = {sign for sign in "_=" if sum(1 for mark in marks if mark[0] == sign) % 2 == 0}
    position = length = 0
    shifts: list[tuple[int, int]] = []
    for mark in marks:
        sign = mark[0]
        if sign not in usable:
            continue
        parts.append(text[position : mark.start()])
        length += mark.start() - position
        position = mark.end()
        shifts.append((mark.start(), position - length))
        if sign in opened:
            style: SpanStyle = "em" if sign == "_" else "strong"
            start = opened.pop(sign)
            if start < length:
                spans.append(Span(start, length, style))
        else:
            opened[sign] = length
    parts.append(text[position:])
    plain = "".join(parts)
    pages = [PageMark(min(_shifted(mark.offset, shifts), len(plain)), mark.label) for mark in pages]
    return Rich(plain, spans[: limits.MAX_SPANS], pages)


def _is_mark(text: str, offset: int) -> bool:
    """Return whether an underscore or equals sign is at the edge of a word, as a mark is, not inside one or alone."""
    before = text[offset - 1 : offset] or " "
    after = text[offset + 1 : offset + 2] or " "
    return not (before.isalnum() and after.isalnum()) and not (before.isspace() and after.isspace())


def _shifted(offset: int, shifts: Sequence[tuple[int, int]]) -> int:
    taken = 0
    for start, total in shifts:
        if start >= offset:
            break
        taken = total
    return offset - taken


def _without_pages(text: str) -> tuple[str, list[PageMark]]:
    parts: list[str] = []
    pages: list[PageMark] = []
    position = length = 0
    for found in _PAGE.finditer(text):
        parts.append(text[position : found.start()])
        length += found.start() - position
        position = found.end()
        pages.append(PageMark(length, found[1] or found[2]))
    parts.append(text[position:])
    plain = "".join(parts)
    stripped = plain.lstrip()
    shift = len(plain) - len(stripped)
    return stripped, [PageMark(max(mark.offset - shift, 0), mark.label) for mark in pages]


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_text)
