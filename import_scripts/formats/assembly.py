"""Turn a flow into a book: cut it into chapters, mark its pages, resolve links, report problems."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.book import Block, Book, BookChapter, PageMark, Span
from db.text import fold, sanitise_line
from import_scripts.formats.addresses import BACK, INSIDE
from import_scripts.formats.chapter_starts import SHORT_PARAGRAPH, chapter_starts, first_words
from import_scripts.formats.languages import settle_language
from import_scripts.formats.notes import pull_notes
from import_scripts.formats.text_notes import pull_bracketed_notes
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from import_scripts.formats.chapter_starts import ContentsEntry, Start
    from import_scripts.formats.flow import Flow

_PAGE_NAME: Final = re.compile(r"(?:page|pg|p)[._-]?0*([0-9]{1,4})", re.IGNORECASE)
_LONGEST_NAME: Final = 20
_STAND_INS: Final = frozenset(
    map(
        fold,
        (
            "unknown|unknown author|unknown title|anonymous|anon|various|untitled|untitled document|no title|title|"
            "author|python-docx|microsoft word|calibre|user|admin|administrator|owner|default|document|document1|"
            "inconnu|auteur inconnu|anonyme|sans titre|unbekannt|unbekannter autor|anonym|ohne titel|unbenannt|"
            "desconocido|autor desconocido|anónimo|sin título|sconosciuto|autore sconosciuto|anonimo|senza titolo|"
            "неизвестен|неизвестный автор|неизвестно|без названия|desconhecido|sem título|onbekend|zonder titel"
        ).split("|"),
    )
)
"""Placeholders that programs write for an unknown title or author."""
_WORDLESS: Final = frozenset({"Picture", "Cover", "cover", "Cover image"})


@dataclass(frozen=True, slots=True)
class PageEntry:
    """An entry of a page list: the label of a printed page and where it begins."""

    label: str
    address: str


def assemble(flow: Flow, book: Book, contents: Sequence[ContentsEntry] = (), pages: Sequence[PageEntry] = ()) -> Book:
    """Fill `book` with the chapters, notes and report of a finished flow."""
    _drop_stand_ins(book)
    add_pages(flow, pages or _pages_by_name(flow))
    book.notes = pull_notes(flow) or pull_bracketed_notes(flow)
    starts = chapter_starts(flow, contents, book.title)
    book.chapters = _cut(flow, starts, book.title)
    _drop_blank(book, flow)
    _tie_links(flow, book)
    settle_language(book)
    book.report = tidy_report([*book.report, *flow.report])
    return book


def _drop_stand_ins(book: Book) -> None:
    """Remove placeholders for an unknown title or author."""
    if fold(book.title).strip(" .[]()") in _STAND_INS:
        book.title = sanitise_line(book.source_name.rpartition(".")[0] or book.source_name)
    if fold(book.author).strip(" .[]()") in _STAND_INS:
        book.author = ""


def add_pages(flow: Flow, pages: Sequence[PageEntry]) -> None:
    """Add the pages of a page list to the blocks, except pages already marked there."""
    for page in pages:
        label = sanitise_line(page.label)[: limits.MAX_LABEL_CHARACTERS]
        place = flow.place(page.address)
        if place is None or not label or not flow.blocks:
            continue
        block, offset = place
        if block >= len(flow.blocks):
            block, offset = len(flow.blocks) - 1, len(flow.blocks[-1].text)
        marks = flow.blocks[block].pages
        if any(mark.label == label for mark in marks):
            continue
        marks.append(PageMark(min(offset, len(flow.blocks[block].text)), label))
        marks.sort(key=lambda mark: mark.offset)


def _pages_by_name(flow: Flow) -> list[PageEntry]:
    """Use anchors called `page_12` as pages, if nothing else marks pages and they count up through the book."""
    if any(block.pages for block in flow.blocks):
        return []
    found = [
        (anchor.block, anchor.offset, int(named[1]), address)
        for address, anchor in flow.anchors.items()
        if (named := _PAGE_NAME.fullmatch(address.rpartition("#")[2][:_LONGEST_NAME]))
    ]
    found.sort()
    rising = all(before[2] < after[2] for before, after in pairwise(found))
    return [PageEntry(str(number), address) for _, _, number, address in found] if rising and len(found) > 4 else []


def _cut(flow: Flow, starts: list[Start], title: str) -> list[BookChapter]:
    chapters: list[BookChapter] = []
    starts = [start for start in starts if start.block < len(flow.blocks)]
    first = starts[0].block if starts else len(flow.blocks)
    if first > 0:
        chapters.append(BookChapter(title, flow.blocks[:first]))
    for number, start in enumerate(starts):
        end = starts[number + 1].block if number + 1 < len(starts) else len(flow.blocks)
        blocks = flow.blocks[start.block : end]
        if not blocks:
            continue
        _name_heading(blocks[0], start.title)
        name = sanitise_line(start.title)[: limits.MAX_TITLE_CHARACTERS].strip()
        chapters.append(BookChapter(name or first_words(blocks[0].text), blocks, max(1, start.level)))
    return chapters


def _name_heading(block: Block, title: str) -> None:
    """Make a heading of a first paragraph that is the chapter's title."""
    if block.kind == "paragraph" and len(block.text) < SHORT_PARAGRAPH and fold(block.text) == fold(title):
        block.kind, block.level = "heading", 1


def _drop_blank(book: Book, flow: Flow) -> None:
    """Remove chapters without words, such as a cover picture."""
    gone = {
        id(block)
        for chapter in book.chapters
        if all(
            block.kind == "break" or (block.kind == "figure" and block.text in _WORDLESS) for block in chapter.blocks
        )
        for block in chapter.blocks
    }
    if gone and len(gone) < len(flow.blocks):
        book.chapters = [chapter for chapter in book.chapters if id(chapter.blocks[0]) not in gone]
        flow.move({index for index, block in enumerate(flow.blocks) if id(block) in gone})


def _tie_links(flow: Flow, book: Book) -> None:
    """Resolve each link inside the book to `#passage:offset`; links without a target become text."""
    astray = 0
    for block in flow.blocks:
        if not any(span.target.startswith(INSIDE) for span in block.spans):
            continue
        spans: list[Span] = []
        for span in block.spans:
            if not span.target.startswith(INSIDE):
                spans.append(span)
                continue
            address = span.target[len(BACK if span.target.startswith(BACK) else INSIDE) :]
            place = flow.place(address)
            if place is None or flow.is_gone(address):
                astray += place is None
                continue
            passage = min(place[0], len(flow.blocks) - 1)
            offset = min(place[1], len(flow.blocks[passage].text))
            spans.append(Span(span.start, span.end, "link", f"#{passage}:{offset}"))
        block.spans = spans
    if astray:
        book.report.append(
            f"{astray:,} {'link leads' if astray == 1 else 'links lead'} nowhere; the words stand as plain text."
        )


def tidy_report(lines: Sequence[str]) -> list[str]:
    """Return the report without repetitions, limited in length."""
    unique = list(dict.fromkeys(sanitise_line(line) for line in lines if line))
    if len(unique) <= limits.MAX_REPORT_LINES:
        return unique
    rest = len(unique) - limits.MAX_REPORT_LINES
    return [*unique[: limits.MAX_REPORT_LINES], f"And {rest:,} more of the kind."]
