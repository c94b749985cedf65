"""What an importer found, on one screen: every importer runs alone with this."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from db.errors import SergeError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from db.book import Book


def summary(book: Book) -> Iterator[str]:
    """Yield the lines of a summary of a book."""
    blocks = [block for chapter in book.chapters for block in chapter.blocks]
    kinds: dict[str, int] = {}
    styles: dict[str, int] = {}
    for block in blocks:
        kinds[block.kind] = kinds.get(block.kind, 0) + 1
        for span in block.spans:
            styles[span.style] = styles.get(span.style, 0) + 1
    pages = [mark.label for block in blocks for mark in block.pages]
    yield f"{book.title}" + (f", by {book.author}" if book.author else "")
    yield f"format {book.format}, language {book.language or 'not stated'}, {book.words:,} words"
    yield "passages  " + (", ".join(f"{count:,} {kind}" for kind, count in sorted(kinds.items())) or "none")
    yield "spans     " + (", ".join(f"{count:,} {style}" for style, count in sorted(styles.items())) or "none")
    yield f"notes     {len(book.notes):,}"
    yield f"pages     {len(pages):,}" + (f", {pages[0]} to {pages[-1]}" if pages else "")
    yield f"chapters  {len(book.chapters):,}"
    for chapter in book.chapters:
        words = sum(len(block.text.split()) for block in chapter.blocks)
        mark = f" [{chapter.canonical}]" if chapter.canonical else ""
        yield f"  {words:>7,}  {'  ' * (chapter.level - 1)}{chapter.title}{mark}"
    for line in book.report:
        yield f"! {line}"


def run(read: Callable[[Path], Book]) -> None:
    """Read the file named on the command line and print its summary; exit with 1 and one sentence when that fails."""
    if len(sys.argv) != 2 or sys.argv[1] in {"-h", "--help"}:
        sys.exit("Give one file to read.")
    try:
        book = read(Path(sys.argv[1]))
    except SergeError as error:
        sys.exit(str(error))
    with contextlib.suppress(BrokenPipeError):  # `… | head` is no error
        for line in summary(book):
            sys.stdout.write(line + "\n")
