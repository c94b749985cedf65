"""EPUB 2 and 3 to a book. `python -m import_scripts.formats.epub FILE` prints what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.book import Book
from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.epub_contents import read_contents
from import_scripts.formats.epub_package import Package, read_package
from import_scripts.formats.flow import FlowBuilder
from import_scripts.formats.pictures import from_archive, keep_pictures
from import_scripts.formats.stylesheets import class_styles, hidden_classes
from import_scripts.formats.wrappers import unwrap_flow
from import_scripts.formats.xhtml import Walker
from import_scripts.input.archive import Archive
from import_scripts.input.limits import TooLargeError
from import_scripts.input.markup import parse_markup

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from db.book import SpanStyle


def read_epub(path: Path, *, progress: Callable[[float], None] | None = None) -> Book:
    """Read an EPUB.

    `progress` is called with 0 to 1. Whatever cannot be read is left out and listed in the book's report.

    Raises SergeError when the file is no archive, is cut off, is encrypted, or holds nothing to read.
    """
    with Archive(path) as archive:
        package = read_package(archive)
        contents, pages = read_contents(archive, package)
        builder = FlowBuilder()
        styles, hidden = _styles(archive, package)
        walker = Walker(builder, styles, hidden)
        documents = [name for name in package.spine if name != package.nav]
        failures: list[str] = []
        for number, name in enumerate(documents):
            try:
                parsed = parse_markup(archive.read(name), name)
            except TooLargeError:
                raise
            except SergeError as error:
                failures.append(str(error))
                continue
            if parsed.remark:
                package.report.append(parsed.remark)
            walker.walk(parsed.root, name)
            if progress is not None:
                progress((number + 1) / (len(documents) + 1))
        flow = builder.finish()
        pictures = keep_pictures(flow.blocks, from_archive(archive), package.report)
    if not flow.blocks:
        raise SergeError(f"{path.name} contains no readable text. {' '.join(failures[:1])}".rstrip())
    book = Book(
        title=package.title or sanitise_line(path.stem),
        chapters=[],
        author=package.author,
        language=package.language,
        format="epub",
        source_name=sanitise_line(path.name),
        identifier=package.identifier,
        report=package.report + failures,
        pictures=pictures,
    )
    unwrap_flow(flow, book)
    assemble(flow, book, contents, pages)
    if progress is not None:
        progress(1.0)
    return book


def _styles(archive: Archive, package: Package) -> tuple[dict[str, tuple[SpanStyle, ...]], frozenset[str]]:
    """What the style sheets say of classes: how they look, and which are not shown."""
    sheets: list[str] = []
    for name in package.stylesheets[:50]:
        try:
            sheets.append(archive.read(name).decode("utf-8", errors="replace"))
        except SergeError as error:
            package.report.append(str(error))
    return class_styles(sheets), hidden_classes(sheets)


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_epub)
