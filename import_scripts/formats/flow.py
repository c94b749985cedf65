"""The flow of a book: passages in reading order, with the places that links, notes and contents point to.

A builder takes text, beginnings and ends of styles, and ends of passages; it normalises white space, sanitises, and
keeps offsets valid. The result is one flow for a whole book, even if it has many files.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.book import Block, PageMark, PassageKind, Span, SpanStyle
from db.text import sanitise, sanitise_line
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

BREAK_TEXT: Final = "* * *"
"""Text of a break between scenes."""

_BLANK: Final = (
    " \n\u00a0\u00ad\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u2060\u3000"
)
_RUN: Final = re.compile(" {2,}")
_TO_SPACE: Final = str.maketrans({"\n": " ", "\t": " ", "\r": " ", "\x0c": " ", "\u2028": " ", "\u2029": " "})
_UNSEEN: Final = re.compile("[\u00ad\u200b\u2060\u200e\u200f\u061c\ufeff]")
_NEEDS_SPACES: Final = re.compile("[\n\t\r\x0c\u2028\u2029]|  ")
_BREAK: Final = re.compile(
    r"(?:[*\u2042\u2022\u00b7\u2217\u25c6\u2756~#_=\u2014\u2013-] ?){1,12}|\u2042|\u2042\u2042\u2042"
)
_LONGEST_BREAK: Final = 26
_DROP_CAP: Final = re.compile(r"[“‘«\"'(]?\s?([^\W\d_])")
_AFTER_LETTER: Final = {
    "I": frozenset(
        "was had am have will would could saw came went felt met knew heard thought remember left lived found do did"
        " must can should never still always was too shall do".split()
    ),
    "A": frozenset(
        "few man woman great new certain little long small young short good large year day month week".split()
    ),
}
"""Words before which such a letter is a word of its own."""
_NUMERALS: Final = frozenset("IVXLCDM")
_SHORT_LINE: Final = 70
_LONGEST_VERSE: Final = 90


@dataclass(slots=True)
class Anchor:
    """A place with a name (an `id` in the file), and where what bears the name ends.

    Blocks are counted in the flow, offsets in characters. An element of whole passages ends at the block after its
    last one, offset 0. `is_note` says that the file marks it as a foot- or endnote.
    """

    block: int
    offset: int
    end_block: int
    end_offset: int
    is_note: bool = False
    is_gone: bool = False
    """Whether the element was taken out of the running text."""


@dataclass(slots=True)
class Flow:
    """A book as one sequence of passages. Links still have their address in the file: `document#name`."""

    blocks: list[Block] = field(default_factory=list)
    documents: dict[str, int] = field(default_factory=dict)
    """First block of each document, by its name in the archive."""
    anchors: dict[str, Anchor] = field(default_factory=dict)
    """By `document#name`."""
    note_sections: list[tuple[int, int]] = field(default_factory=list)
    """Ranges of blocks that the file marks as foot- or endnotes."""
    emptied: set[str] = field(default_factory=set)
    """Documents that are now empty, because they contained only notes."""
    report: list[str] = field(default_factory=list)

    def is_gone(self, address: str) -> bool:
        """Return whether the target of an address was taken out of the running text."""
        anchor = self.anchors.get(address)
        return anchor.is_gone if anchor else address.partition("#")[0] in self.emptied

    def move(self, gone: set[int]) -> None:
        """Remove blocks, by index, and update all places."""
        moved: list[int] = []
        kept: list[Block] = []
        for index, block in enumerate(self.blocks):
            moved.append(len(kept))
            if index not in gone:
                kept.append(block)
            elif kept and block.pages:
                kept[-1].pages.extend(PageMark(len(kept[-1].text), mark.label) for mark in block.pages)
        moved.append(len(kept))
        last = len(moved) - 1
        starts = sorted({*self.documents.values(), last})
        ends = dict(pairwise(starts))
        for name, start in self.documents.items():
            end = ends.get(start, last)
            if start < end and moved[min(start, last)] == moved[min(end, last)]:
                self.emptied.add(name)
        self.blocks = kept
        self.documents = {name: moved[min(start, last)] for name, start in self.documents.items()}
        for anchor in {id(anchor): anchor for anchor in self.anchors.values()}.values():
            first, end = min(anchor.block, last), min(anchor.end_block, last)
            if first in gone:
                anchor.offset = 0
                anchor.is_gone = end <= first or moved[end] == moved[first]
            anchor.block, anchor.end_block = moved[first], moved[end]
        self.note_sections = []

    def place(self, address: str) -> tuple[int, int] | None:
        """Return block and offset of an address; the document's start if the name is unknown."""
        if anchor := self.anchors.get(address):
            return anchor.block, anchor.offset
        start = self.documents.get(address.partition("#")[0])
        return None if start is None else (start, 0)


@dataclass(slots=True)
class Rich:
    """A piece of text with its spans and page marks, offsets from its own start."""

    text: str
    spans: list[Span] = field(default_factory=list)
    pages: list[PageMark] = field(default_factory=list)


@dataclass(slots=True)
class _Open:
    style: SpanStyle
    target: str
    start: int


class FlowBuilder:
    """Builds a flow from text in reading order; `end_block` closes the current passage."""

    def __init__(self, flow: Flow | None = None) -> None:
        self.flow = Flow() if flow is None else flow
        self.kind: PassageKind = "paragraph"
        self.level = 0
        self._parts: list[str] = []
        self._length = 0
        self._at_space = True
        self._open: list[_Open] = []
        self._spans: list[Span] = []
        self._pages: list[PageMark] = []
        self._prefix = ""
        self._lines = 0

    @property
    def is_empty(self) -> bool:
        """Whether the current passage has no text yet."""
        return self._length == 0

    @property
    def is_at_line_start(self) -> bool:
        """Whether the current passage has text and ends with a line break."""
        return self._length > 0 and self._parts[-1].endswith("\n")

    @property
    def position(self) -> tuple[int, int]:
        """Block and offset of the next character."""
        return len(self.flow.blocks), self._length

    def add(self, text: str) -> None:
        """Add running text: white space counts as one space, none at the start of a passage or a line."""
        if _NEEDS_SPACES.search(text):
            text = _RUN.sub(" ", text.translate(_TO_SPACE))
        if self._at_space and text[:1] == " ":
            text = text[1:]
        if not text:
            return
        if not (text := _clean(text)):
            return
        self._append_prefix()
        self._append(text)

    def add_lines(self, text: str) -> None:
        """Add preformatted text: line ends and spaces are kept."""
        lines = sanitise(_UNSEEN.sub("", text)).split("\n")
        for number, line in enumerate(lines):
            if number:
                self.end_line()
            if line:
                self._append_prefix()
                self._append(line)

    def end_line(self) -> None:
        """End a line inside the passage (a verse, an address, a `<br/>`)."""
        if self._length == 0:
            return
        self._drop_trailing_space()
        self._append("\n")
        self._at_space = True
        self._lines += 1

    def add_separator(self) -> None:
        """Separate the parts of a heading by a colon, unless the first part ends with punctuation."""
        if self._length == 0:
            return
        self._drop_trailing_space()
        last = self._parts[-1][-1:]
        self._append(" " if last in " .:;,!?\u2014\u2013-" else ": ")

    def join_last(self, glue: str) -> None:
        """Join the last passage to the one before it."""
        blocks = self.flow.blocks
        tail, head = blocks.pop(), blocks[-1]
        shift = len(head.text) + len(glue)
        head.text += glue + tail.text
        head.spans += [Span(span.start + shift, span.end + shift, span.style, span.target) for span in tail.spans]
        head.pages += [PageMark(mark.offset + shift, mark.label) for mark in tail.pages]

    def prefix(self, text: str) -> None:
        """Put `text` before the next text: the bullet or number of a list entry."""
        self._prefix = text

    def open_span(self, style: SpanStyle, target: str = "") -> None:
        """Begin a style or a link."""
        self._open.append(_Open(style, target, self._length))

    def close_span(self) -> None:
        """End the style or link begun last."""
        opened = self._open.pop()
        self._keep_span(opened)

    def mark_page(self, label: str) -> None:
        """Mark the beginning of a printed page."""
        label = sanitise_line(label)[: limits.MAX_LABEL_CHARACTERS].strip()
        if label and not (self._pages and self._pages[-1].label == label):
            self._pages.append(PageMark(self._length, label))

    def end_block(self, kind: PassageKind | None = None, level: int | None = None) -> Block | None:
        """Close and return the current passage; None if it has no text (page marks move to the next one)."""
        if self._length == 0:
            return None
        rich = self.take()
        if not rich.text.strip(_BLANK):
            self._pages = [PageMark(0, mark.label) for mark in rich.pages] + self._pages
            return None
        kind = kind or self.kind
        level = self.level if level is None else level
        if kind == "paragraph" and self._follows_drop_cap(rich.text):
            head = self.flow.blocks.pop()
            glue = " " if rich.text.split(" ", 1)[0] in _AFTER_LETTER.get(head.text, ()) else ""
            shift = len(head.text) + len(glue)
            rich.text = head.text + glue + rich.text
            rich.spans = [*head.spans, *(moved(span, shift) for span in rich.spans)]
            rich.pages = [*head.pages, *(PageMark(mark.offset + shift, mark.label) for mark in rich.pages)]
            self._move_anchors(len(self.flow.blocks), shift)
        first: Block | None = None
        for piece in divided(rich):
            block = self._place(piece, kind, level)
            first = first or block
        return first

    def _follows_drop_cap(self, text: str) -> bool:
        """Return whether the last passage is only the drop cap of this one."""
        last = self.flow.blocks[-1] if self.flow.blocks else None
        if last is None or last.kind != "paragraph" or not (letter := _DROP_CAP.fullmatch(last.text)):
            return False
        if not letter[1].isupper() or len(self.flow.blocks) in self.flow.documents.values():
            return False
        word = text.split(" ", 1)[0]
        return text[:1].islower() or (len(word) > 1 and word.isupper() and letter[1] not in _NUMERALS)

    def _move_anchors(self, block: int, shift: int) -> None:
        """Let anchors of the passage after `block` point into `block`, which it was joined to."""
        for anchor in reversed(self.flow.anchors.values()):
            if anchor.block <= block and anchor.end_block <= block:
                break
            if anchor.block > block:
                anchor.block, anchor.offset = block, anchor.offset + shift
            if anchor.end_block > block:
                anchor.end_block -= 1

    def take(self) -> Rich:
        """Close the current passage and return its text without adding it to the flow: a cell of a table."""
        for opened in self._open:
            self._keep_span(opened)
            opened.start = 0
        text = "".join(self._parts).rstrip(" \n")
        spans = _trimmed(text, self._spans)
        pages = [PageMark(min(mark.offset, len(text)), mark.label) for mark in self._pages]
        self._parts, self._spans, self._pages = [], [], []
        self._length, self._at_space, self._prefix, self._lines = 0, True, "", 0
        return Rich(text, spans, pages)

    def put(self, rich: Rich, kind: PassageKind, level: int = 0) -> Block | None:
        """Add a finished piece as a passage."""
        self.end_block()
        rich.pages[:0] = [PageMark(0, mark.label) for mark in self._pages]
        self._pages = []
        if not rich.text.strip(_BLANK):
            self._pages = [PageMark(0, mark.label) for mark in rich.pages]
            return None
        return self._place(rich, kind, level)

    def put_break(self) -> None:
        """Add a break, unless there is one already."""
        self.end_block()
        if self.flow.blocks and self.flow.blocks[-1].kind != "break":
            self.put(Rich(BREAK_TEXT), "break")

    def finish(self) -> Flow:
        """Close everything and return the flow; page marks without a passage go to the end of the last one."""
        self.end_block()
        if self.flow.blocks and self._pages:
            last = self.flow.blocks[-1]
            last.pages.extend(PageMark(len(last.text), mark.label) for mark in self._pages)
            self._pages = []
        return self.flow

    def _append_prefix(self) -> None:
        if self._prefix:
            prefix, self._prefix = self._prefix, ""
            self._append(prefix)
            for opened in self._open:
                opened.start = max(opened.start, self._length)

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._at_space = text[-1] == " "

    def _drop_trailing_space(self) -> None:
        if self._at_space and self._parts and self._parts[-1][-1:] == " ":
            self._parts[-1] = self._parts[-1][:-1]
            self._length -= 1

    def _keep_span(self, opened: _Open) -> None:
        if opened.start < self._length and len(self._spans) < limits.MAX_SPANS:
            self._spans.append(Span(opened.start, self._length, opened.style, opened.target))

    def _place(self, rich: Rich, kind: PassageKind, level: int) -> Block:
        if len(self.flow.blocks) >= limits.MAX_BLOCKS:
            raise limits.TooLargeError(
                f"The book has more than {limits.MAX_BLOCKS:,} paragraphs, which no book does; it was not read."
            )
        if kind == "paragraph" or kind == "quote":
            if is_break(rich.text):
                kind, rich.text, rich.spans = "break", BREAK_TEXT, []
            elif "\n" in rich.text:
                kind = "verse" if _is_verse(rich.text) else kind
        if kind not in {"verse", "table", "figure", "letter"} and "\n" in rich.text:
            rich.text = rich.text.replace("\n", " ")
        block = Block(rich.text, kind, rich.spans, rich.pages, level)
        self.flow.blocks.append(block)
        return block


def is_break(text: str) -> bool:
    """Return whether a line is only a break between scenes: "* * *", a row of dashes."""
    return len(text) < _LONGEST_BREAK and not text.isalnum() and _BREAK.fullmatch(text) is not None


def _clean(text: str) -> str:
    if text.isascii() and text.isprintable():
        return text
    text = _UNSEEN.sub("", text)
    if not text:
        return text
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    return sanitise(text)


def _is_verse(text: str) -> bool:
    lines = text.split("\n")
    return max(map(len, lines)) <= _LONGEST_VERSE and sum(map(len, lines)) <= _SHORT_LINE * len(lines)


def _trimmed(text: str, spans: list[Span]) -> list[Span]:
    """Return spans in reading order, clipped to the text, without spaces at their ends; equal neighbours are joined."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        start, end = span.start, min(span.end, len(text))
        while start < end and text[start] in " \n":
            start += 1
        while start < end and text[end - 1] in " \n":
            end -= 1
        if start >= end:
            continue
        last = kept[-1] if kept else None
        if last and last.style == span.style and last.target == span.target and last.end >= start:
            kept[-1] = Span(last.start, max(end, last.end), span.style, span.target)
        else:
            kept.append(Span(start, end, span.style, span.target))
    return kept


def moved(span: Span, shift: int) -> Span:
    """Return a span moved by some characters."""
    return Span(span.start + shift, span.end + shift, span.style, span.target)


def divided(rich: Rich) -> Iterator[Rich]:
    """Yield the piece; if it is too long for a passage, in parts, divided at a space if possible."""
    start, length = 0, len(rich.text)
    while length - start > limits.MAX_BLOCK_CHARACTERS:
        furthest = start + limits.MAX_BLOCK_CHARACTERS
        cut = rich.text.rfind(" ", start + limits.MAX_BLOCK_CHARACTERS // 2, furthest) + 1 or furthest
        yield piece_of(rich, start, cut)
        start = cut
    yield rich if start == 0 else piece_of(rich, start, length)


def piece_of(rich: Rich, start: int, end: int) -> Rich:
    """Return the part of a piece between two offsets, with its spans and page marks."""
    last = end == len(rich.text)
    return Rich(
        rich.text[start:end],
        [
            Span(max(span.start - start, 0), min(span.end, end) - start, span.style, span.target)
            for span in rich.spans
            if span.start < end and span.end > start
        ],
        [
            PageMark(mark.offset - start, mark.label)
            for mark in rich.pages
            if start <= mark.offset < end or (last and mark.offset == end)
        ],
    )
