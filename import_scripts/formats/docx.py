"""A Word document (DOCX) to a book. `python -m import_scripts.formats.docx FILE` prints what was found.

Office Open XML (ECMA-376): paragraphs with their styles, emphasis, foot- and endnotes, links, tables, lists.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from lxml import etree

from db.book import Book
from db.errors import SergeError
from db.text import sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.flow import FlowBuilder
from import_scripts.formats.xhtml import Walker
from import_scripts.input import limits
from import_scripts.input.archive import Archive
from import_scripts.input.markup import attribute, local_name, parse_xml, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from import_scripts.input.markup import Element

_MAIN: Final = "word/document.xml"
_HEADING: Final = re.compile(
    r"(?:heading|überschrift|titre|título|titolo|заголовок|kop)\s*([1-9])|(title|titel|название)\b", re.IGNORECASE
)
_QUOTE: Final = re.compile(r"quot|zitat|citation|cita\b|цитата", re.IGNORECASE)
_OFF: Final = frozenset({"0", "false", "off", "none"})
_LOOKS: Final = {"b": "strong", "i": "em", "smallcaps": "smallcaps"}


def read_docx(path: Path, *, progress: Callable[[float], None] | None = None) -> Book:
    """Read a Word document.

    `progress` is called with 0 to 1.

    Raises SergeError when it is damaged beyond reading or holds no text.
    """
    with Archive(path) as archive:
        main = archive.find(_MAIN) or _MAIN
        parsed = parse_xml(archive.read(main), main)
        report = [line for line in (parsed.remark, *archive.refused) if line]
        book = Book(
            title=sanitise_line(path.stem),
            chapters=[],
            format="docx",
            source_name=sanitise_line(path.name),
            report=report,
        )
        _read_properties(archive, book)
        translator = _Translator(_styles(archive), _links(archive))
        page = translator.page(parsed.root)
        for kind in ("footnote", "endnote"):
            notes = _part(archive, f"word/{kind}s.xml")
            if notes is not None:
                translator.add_notes(page, notes, kind)
    if progress is not None:
        progress(0.4)
    builder = FlowBuilder()
    Walker(builder, {"smallcaps": ("smallcaps",)}).walk(page, "")
    flow = builder.finish()
    if not flow.blocks:
        raise SergeError(f"{path.name} holds no text that can be read.")
    assemble(flow, book)
    if progress is not None:
        progress(1.0)
    return book


class _Translator:
    """Gives the elements of Word their names in XHTML."""

    def __init__(self, styles: dict[str, str], links: dict[str, str]) -> None:
        self._styles = styles
        self._links = links

    def page(self, root: Element) -> Element:
        """Translate the main part."""
        page = etree.Element("body")
        body = next((element for element in root.iter() if local_name(element.tag) == "body"), root)
        self._blocks(body, page)
        return page

    def add_notes(self, page: Element, root: Element, kind: str) -> None:
        """Append notes, each in an element that bears its name."""
        for note in root:
            if local_name(note.tag) != kind or attribute(note, "type") in {"separator", "continuationSeparator"}:
                continue
            aside = etree.SubElement(page, "aside", role=f"doc-{kind}", id=f"{kind}-{attribute(note, 'id')}")
            self._blocks(note, aside)

    def _blocks(self, source: Element, target: Element) -> None:
        """Translate paragraphs and tables, with an own stack for what wraps them."""
        stack = list(reversed(source))
        while stack:
            element = stack.pop()
            match local_name(element.tag):
                case "p":
                    self._paragraph(element, target)
                case "tbl":
                    self._table(element, target)
                case "sdt" | "sdtcontent" | "ins" | "smarttag" | "customxml":
                    stack.extend(reversed(element))
                case _:
                    pass

    def _table(self, source: Element, target: Element) -> None:
        table = etree.SubElement(target, "table")
        for row in (child for child in source if local_name(child.tag) == "tr"):
            line = etree.SubElement(table, "tr")
            for cell in (child for child in row if local_name(child.tag) == "tc"):
                held = etree.SubElement(line, "td")
                for paragraph in (child for child in cell.iter() if local_name(child.tag) == "p"):
                    self._runs(paragraph, held)

    def _paragraph(self, source: Element, target: Element) -> None:
        properties = next((child for child in source if local_name(child.tag) == "ppr"), None)
        style = self._styles.get(_value(properties, "pstyle"), _value(properties, "pstyle"))
        name = "p"
        if heading := _HEADING.match(style):
            name = f"h{min(int(heading[1] or 1), 6)}"
        elif _QUOTE.search(style):
            name = "blockquote"
        elif properties is not None and any(local_name(child.tag) == "numpr" for child in properties):
            name = "li"
        self._runs(source, etree.SubElement(target, name))

    def _runs(self, source: Element, target: Element) -> None:
        """Translate what stands in a paragraph; what wraps runs is looked through, deleted text left out."""
        stack: list[tuple[Element, Element]] = [(child, target) for child in reversed(source)]
        while stack:
            element, parent = stack.pop()
            match local_name(element.tag):
                case "r":
                    self._run(element, parent)
                case "hyperlink":
                    anchor = attribute(element, "anchor")
                    address = self._links.get(attribute(element, "id"), "") or (f"#{anchor}" if anchor else "")
                    link = etree.SubElement(parent, "a", href=address)
                    stack.extend((child, link) for child in reversed(element))
                case "bookmarkstart":
                    if name := attribute(element, "name"):
                        etree.SubElement(parent, "a", id=name)
                case "ins" | "smarttag" | "sdt" | "sdtcontent" | "fldsimple" | "customxml":
                    stack.extend((child, parent) for child in reversed(element))
                case _:
                    pass

    def _run(self, run: Element, parent: Element) -> None:
        properties = next((child for child in run if local_name(child.tag) == "rpr"), None)
        target = parent
        for look in _looks(properties):
            target = etree.SubElement(target, "span" if look == "smallcaps" else look)
            if look == "smallcaps":
                target.set("class", look)
        for child in run:
            match local_name(child.tag):
                case "t":
                    _append_text(target, str(child.text or ""))
                case "tab":
                    _append_text(target, " ")
                case "br" | "cr":
                    if attribute(child, "type") != "page":
                        etree.SubElement(target, "br")
                case "nobreakhyphen":
                    _append_text(target, "\N{NON-BREAKING HYPHEN}")
                case "footnotereference" | "endnotereference":
                    kind = "footnote" if local_name(child.tag).startswith("foot") else "endnote"
                    number = attribute(child, "id")
                    link = etree.SubElement(target, "a", role="doc-noteref", href=f"#{kind}-{number}")
                    link.text = number
                case "drawing" | "pict":
                    described = (
                        attribute(inner, "descr") for inner in child.iter() if local_name(inner.tag) == "docpr"
                    )
                    etree.SubElement(target, "img", alt=next(described, "") or "Picture")
                case _:
                    pass


def _looks(properties: Element | None) -> Iterator[str]:
    for child in () if properties is None else properties:
        name = local_name(child.tag)
        if name in _LOOKS and attribute(child, "val").lower() not in _OFF:
            yield _LOOKS[name]
        elif name == "vertalign":
            value = attribute(child, "val")
            if value in {"superscript", "subscript"}:
                yield "sup" if value == "superscript" else "sub"


def _append_text(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text
    else:
        element.text = (element.text or "") + text


def _value(properties: Element | None, name: str) -> str:
    for child in () if properties is None else properties:
        if local_name(child.tag) == name:
            return attribute(child, "val")
    return ""


def _part(archive: Archive, name: str) -> Element | None:
    found = archive.find(name)
    if found is None:
        return None
    try:
        return parse_xml(archive.read(found), found).root
    except SergeError:
        return None


def _styles(archive: Archive) -> dict[str, str]:
    """Names of the styles by their ids; ids are in the language of the program that wrote the file."""
    root = _part(archive, "word/styles.xml")
    found: dict[str, str] = {}
    for style in () if root is None else root:
        if local_name(style.tag) == "style" and (name := _value(style, "name")):
            found[attribute(style, "styleId")] = name
    return found


def _links(archive: Archive) -> dict[str, str]:
    root = _part(archive, "word/_rels/document.xml.rels")
    if root is None:
        return {}
    return {
        element.get("Id", ""): element.get("Target", "") for element in root if element.get("TargetMode") == "External"
    }


def _read_properties(archive: Archive, book: Book) -> None:
    root = _part(archive, "docProps/core.xml")
    if root is None:
        return
    said = {local_name(child.tag): sanitise_line(text_of(child))[: limits.MAX_TITLE_CHARACTERS] for child in root}
    book.title = said.get("title") or book.title
    book.author = said.get("creator", "")
    book.language = said.get("language", "")


if __name__ == "__main__":
    from import_scripts.formats.summary import run

    run(read_docx)
