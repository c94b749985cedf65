"""Tables of contents and page lists of an EPUB: the navigation document of EPUB 3, the NCX of EPUB 2."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.addresses import resolve
from import_scripts.formats.assembly import PageEntry
from import_scripts.formats.chapter_starts import ContentsEntry
from import_scripts.input import limits
from import_scripts.input.markup import attribute, local_name, parse_markup, parse_xml, text_of

if TYPE_CHECKING:
    from import_scripts.formats.epub_package import Package
    from import_scripts.input.archive import Archive
    from import_scripts.input.markup import Element

_PAGE: Final = re.compile(r"(?:p(?:age|g)?\.?\s*)?([0-9]{1,5}|[ivxlcdm]{1,12})", re.IGNORECASE)


def read_contents(archive: Archive, package: Package) -> tuple[list[ContentsEntry], list[PageEntry]]:
    """Read the contents and the page list, from the navigation document or else from the NCX."""
    contents: list[ContentsEntry] = []
    pages: list[PageEntry] = []
    if package.nav:
        try:
            parsed = parse_markup(archive.read(package.nav), package.nav)
            contents, pages = _read_nav(parsed.root, package.nav)
        except SergeError as error:
            package.report.append(str(error))
    if package.ncx and not (contents and pages):
        try:
            parsed = parse_xml(archive.read(package.ncx), package.ncx)
            listed, paged = _read_ncx(parsed.root, package.ncx)
        except SergeError as error:
            package.report.append(str(error))
        else:
            contents, pages = contents or listed, pages or paged
    if not contents:
        package.report.append("The book has no usable table of contents; chapters were made from headings.")
    elif len(contents) >= limits.MAX_CONTENTS_ENTRIES:
        package.report.append(
            f"The table of contents is longer than {limits.MAX_CONTENTS_ENTRIES:,} lines; the rest was left out."
        )
    return contents, pages


def _read_nav(root: Element, document: str) -> tuple[list[ContentsEntry], list[PageEntry]]:
    contents: list[ContentsEntry] = []
    pages: list[PageEntry] = []
    untyped: list[ContentsEntry] = []
    for nav in (element for element in root.iter() if local_name(element.tag) == "nav"):
        types = {word.lower() for word in f"{attribute(nav, 'type')} {nav.get('role', '')}".split()}
        entries = _nav_entries(nav, document)
        labels = [entry for entry in entries if _PAGE.fullmatch(entry.title)]
        if types & {"page-list", "doc-pagelist"} or (
            "landmarks" in types and len(labels) > 5 and len(labels) > 0.8 * len(entries)
        ):
            pages += [PageEntry(_page_label(entry.title), entry.address) for entry in entries]
        elif types & {"toc", "doc-toc"}:
            contents += entries
        elif not types:
            untyped += entries
    return contents or untyped, pages


def _nav_entries(nav: Element, document: str) -> list[ContentsEntry]:
    """Entries in order, with an own stack; a heading without a link takes the place of the first entry under it."""
    entries: list[ContentsEntry] = []
    waiting: list[tuple[str, int]] = []
    stack: list[tuple[Element, int]] = [(child, 0) for child in reversed(nav)]
    while stack and len(entries) < limits.MAX_CONTENTS_ENTRIES:
        element, level = stack.pop()
        name = local_name(element.tag)
        if name in {"ol", "ul"}:
            level += 1
        elif name in {"a", "span"} and level:
            title = sanitise_line(text_of(element))[: limits.MAX_TITLE_CHARACTERS]
            href = attribute(element, "href")
            if name == "a" and href and title:
                address = resolve(document, href.strip())
                entries += [
                    ContentsEntry(above, address, min(deep, limits.MAX_CONTENTS_DEPTH)) for above, deep in waiting
                ]
                waiting = []
                entries.append(ContentsEntry(title, address, min(level, limits.MAX_CONTENTS_DEPTH)))
                continue
            if name == "span" and title:
                waiting = [(above, deep) for above, deep in waiting if deep < level]
                waiting.append((title, level))
                continue
        if level <= limits.MAX_DEPTH:
            stack.extend((child, level) for child in reversed(element))
    return entries


def _read_ncx(root: Element, document: str) -> tuple[list[ContentsEntry], list[PageEntry]]:
    contents: list[ContentsEntry] = []
    pages: list[PageEntry] = []
    stack: list[tuple[Element, int]] = [(root, 0)]
    while stack and len(contents) < limits.MAX_CONTENTS_ENTRIES and len(pages) < limits.MAX_ENTRIES:
        element, level = stack.pop()
        name = local_name(element.tag)
        if name in {"navpoint", "pagetarget"}:
            label = sanitise_line(_child_text(element, "navlabel"))[: limits.MAX_TITLE_CHARACTERS]
            source = next((child.get("src", "") for child in element if local_name(child.tag) == "content"), "")
            if name == "pagetarget":
                if source and (label or element.get("value")):
                    pages.append(PageEntry(_page_label(label or element.get("value", "")), resolve(document, source)))
                continue
            level += 1
            if source and label:
                contents.append(ContentsEntry(label, resolve(document, source), min(level, limits.MAX_CONTENTS_DEPTH)))
        stack.extend((child, level) for child in reversed(element))
    return contents, pages


def _child_text(element: Element, name: str) -> str:
    return next((text_of(child) for child in element if local_name(child.tag) == name), "")


def _page_label(text: str) -> str:
    found = _PAGE.fullmatch(text.strip())
    return found[1] if found else text
