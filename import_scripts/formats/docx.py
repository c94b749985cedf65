"""Read a Word document (DOCX) into a book. `python -m import_scripts.formats.docx FILE` prints the result.

Office Open XML (ECMA-376): paragraphs with their styles, emphasis, foot- and endnotes, links, tables, lists.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from string import ascii_lowercase
from typing import TYPE_CHECKING, Final

from lxml import etree

from db.book import Book
from db.errors import SergeError
from db.numerals import roman_of
from db.text import sanitise_line
from import_scripts.formats.assembly import assemble
from import_scripts.formats.flow import FlowBuilder
from import_scripts.formats.pictures import from_archive, keep_pictures
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
_CONTAINERS: Final = frozenset(
    "ins moveto smarttag sdt sdtcontent fldsimple customxml bdo dir alternatecontent".split()
)
"""Elements that only contain others. Deleted and moved text (`del`, `moveFrom`) is left out."""
_LEVELS: Final = 9
_LARGEST_ROMAN: Final = 400
_MOST_BASES: Final = 12
"""The longest chain of styles based on each other; a longer one is a circle."""
_OFF: Final = frozenset({"0", "false", "off", "none"})
_LOOKS: Final = {"b": "strong", "i": "em", "smallcaps": "smallcaps"}


def read_docx(path: Path, *, progress: Callable[[float], None] | None = None) -> Book:
    """Read a Word document.

    `progress` is called with 0 to 1.

    Raises SergeError if it is too damaged to read or has no text.
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
        links, pictures = _relations(archive)
        translator = _Translator(_styles(archive), links, pictures, _number_formats(archive))
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
        book.pictures = keep_pictures(flow.blocks, from_archive(archive), book.report)
    if not flow.blocks:
        raise SergeError(f"{path.name} contains no readable text.")
    assemble(flow, book)
    if progress is not None:
        progress(1.0)
    return book


@dataclass(frozen=True, slots=True)
class Style:
    """The effect of a paragraph style: a heading of a level from 1, a quotation, or running text."""

    level: int = 0
    is_quote: bool = False


class _Translator:
    """Translates the elements of Word to XHTML."""

    def __init__(
        self, styles: dict[str, Style], links: dict[str, str], pictures: dict[str, str], formats: dict[str, str]
    ) -> None:
        self._styles = styles
        self._links = links
        self._pictures = pictures
        self._formats = formats
        self._numbers: dict[tuple[str, str], int] = {}
        self._boxes: list[Element] = []

    def page(self, root: Element) -> Element:
        """Translate the main part."""
        page = etree.Element("body")
        body = next((element for element in root.iter() if local_name(element.tag) == "body"), root)
        self._blocks(body, page)
        return page

    def add_notes(self, page: Element, root: Element, kind: str) -> None:
        """Append the notes, each in an element with its name."""
        for note in root:
            if local_name(note.tag) != kind or attribute(note, "type") in {"separator", "continuationSeparator"}:
                continue
            aside = etree.SubElement(page, "aside", role=f"doc-{kind}", id=f"{kind}-{attribute(note, 'id')}")
            self._blocks(note, aside)

    def _blocks(self, source: Element, target: Element) -> None:
        """Translate paragraphs and tables; a stack, not recursion, follows the elements that wrap them."""
        stack = list(reversed(source))
        open_paragraph: Element | None = None
        while stack:
            element = stack.pop()
            name = local_name(element.tag)
            if name == "p":
                open_paragraph = self._paragraph(element, target, open_paragraph)
            elif name == "tbl":
                self._table(element, target)
                open_paragraph = None
            elif name in _CONTAINERS:
                stack.extend(reversed(_inside(element)))

    def _table(self, source: Element, target: Element) -> None:
        table = etree.SubElement(target, "table")
        for row in (child for child in source if local_name(child.tag) == "tr"):
            line = etree.SubElement(table, "tr")
            for cell in (child for child in row if local_name(child.tag) == "tc"):
                held = etree.SubElement(line, "td")
                for paragraph in (child for child in cell.iter() if local_name(child.tag) == "p"):
                    self._runs(paragraph, etree.SubElement(held, "p"))

    def _paragraph(self, source: Element, target: Element, open_paragraph: Element | None) -> Element | None:
        """Translate a paragraph; return it if its end was deleted, so that the next one continues it."""
        properties = next((child for child in source if local_name(child.tag) == "ppr"), None)
        style = self._styles.get(_value(properties, "pstyle"), Style())
        level = _outline(properties) or style.level
        name = "p"
        if level:
            name = f"h{min(level, 6)}"
        elif style.is_quote:
            name = "blockquote"
        elif properties is not None and any(local_name(child.tag) == "numpr" for child in properties):
            name = "li"
        paragraph = etree.SubElement(target, name) if open_paragraph is None else open_paragraph
        self._runs(source, paragraph)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self._blocks(box, target)
        return paragraph if _ends_deleted(properties) else None

    def _runs(self, source: Element, target: Element) -> None:
        """Translate the content of a paragraph, including runs inside other elements, without deleted text."""
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
                case "omath" | "omathpara":
                    _append_text(parent, text_of(element))
                case name if name in _CONTAINERS:
                    stack.extend((child, parent) for child in reversed(_inside(element)))
                case _:
                    pass

    def _run(self, run: Element, parent: Element) -> None:
        properties = next((child for child in run if local_name(child.tag) == "rpr"), None)
        if _is_on(properties, "vanish"):
            return
        target = parent
        for look in _looks(properties):
            target = etree.SubElement(target, "span" if look == "smallcaps" else look)
            if look == "smallcaps":
                target.set("class", look)
        for child in run:
            self._run_part(child, target)

    def _run_part(self, child: Element, target: Element) -> None:
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
                link.text = self._note_number(kind, number)
            case "drawing" | "pict" | "object":
                self._picture(child, target)
            case "alternatecontent":
                for inner in _inside(child):
                    self._run_part(inner, target)
            case _:
                pass

    def _picture(self, source: Element, target: Element) -> None:
        """Put in a picture's description; the text of a text box goes after the paragraph the box is anchored to."""
        boxes = [inner for inner in source.iter() if local_name(inner.tag) == "txbxcontent"]
        if boxes:
            self._boxes += boxes[:1]
            return
        described = (attribute(inner, "descr") for inner in source.iter() if local_name(inner.tag) == "docpr")
        shown = (
            attribute(inner, "embed") or attribute(inner, "id")
            for inner in source.iter()
            if local_name(inner.tag) in {"blip", "imagedata"}
        )
        name = next((self._pictures[relation] for relation in shown if relation in self._pictures), "")
        etree.SubElement(target, "img", alt=next(described, "") or "Picture", src=name)

    def _note_number(self, kind: str, name: str) -> str:
        """Return the number shown for a note: notes are counted in the order of their references."""
        known = sum(1 for of, _ in self._numbers if of == kind)
        number = self._numbers.setdefault((kind, name), known + 1)
        return _written(number, self._formats.get(kind, "decimal"))


def _looks(properties: Element | None) -> Iterator[str]:
    for child in () if properties is None else properties:
        name = local_name(child.tag)
        if name in _LOOKS and attribute(child, "val").lower() not in _OFF:
            yield _LOOKS[name]
        elif name == "vertalign":
            value = attribute(child, "val")
            if value in {"superscript", "subscript"}:
                yield "sup" if value == "superscript" else "sub"


def _is_on(properties: Element | None, name: str) -> bool:
    return any(
        local_name(child.tag) == name and attribute(child, "val").lower() not in _OFF
        for child in (() if properties is None else properties)
    )


def _inside(element: Element) -> list[Element]:
    """Return the content of a container; of alternatives for the same content, the first."""
    if local_name(element.tag) != "alternatecontent":
        return list(element)
    chosen = next((child for child in element if local_name(child.tag) in {"choice", "fallback"}), None)
    return [] if chosen is None else list(chosen)


def _outline(properties: Element | None) -> int:
    """Return the heading level that a paragraph or a style sets itself; 0 for running text."""
    said = _value(properties, "outlinelvl")
    return int(said) + 1 if said.isdecimal() and int(said) < _LEVELS else 0


def _ends_deleted(properties: Element | None) -> bool:
    """Return whether the end of a paragraph was deleted while changes were tracked."""
    for child in () if properties is None else properties:
        if local_name(child.tag) == "rpr":
            return any(local_name(inner.tag) == "del" for inner in child)
    return False


def _written(number: int, form: str) -> str:
    """Return a number in one of Word's number formats."""
    if form in {"lowerRoman", "upperRoman"} and number < _LARGEST_ROMAN:
        written = roman_of(number)
        return written if form == "lowerRoman" else written.upper()
    if form in {"lowerLetter", "upperLetter"} and number <= len(ascii_lowercase):
        letter = ascii_lowercase[number - 1]
        return letter if form == "lowerLetter" else letter.upper()
    return str(number)


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


def _styles(archive: Archive) -> dict[str, Style]:
    """Return the effect of each paragraph style, by the style's id; a style inherits from the one it is based on."""
    root = _part(archive, "word/styles.xml")
    names: dict[str, str] = {}
    bases: dict[str, str] = {}
    levels: dict[str, int] = {}
    for style in () if root is None else root:
        if local_name(style.tag) != "style":
            continue
        key = attribute(style, "styleId")
        names[key], bases[key] = _value(style, "name") or key, _value(style, "basedon")
        properties = next((child for child in style if local_name(child.tag) == "ppr"), None)
        levels[key] = _outline(properties)
    found: dict[str, Style] = {}
    for key in names:
        level, is_quote, at = 0, False, key
        for _ in range(_MOST_BASES):
            heading = _HEADING.match(names.get(at, ""))
            level = level or levels.get(at, 0) or (int(heading[1] or 1) if heading else 0)
            is_quote = is_quote or _QUOTE.search(names.get(at, "")) is not None
            at = bases.get(at, "")
        found[key] = Style(level, is_quote and not level)
    return found


def _number_formats(archive: Archive) -> dict[str, str]:
    """Return how footnotes and endnotes are numbered; Word's default for endnotes is Roman numerals."""
    formats = {"footnote": "decimal", "endnote": "lowerRoman"}
    for part in ("word/settings.xml", _MAIN):
        root = _part(archive, part)
        for element in () if root is None else root.iter():
            kind = local_name(element.tag).removesuffix("pr")
            if kind in formats and local_name(element.tag).endswith("pr") and (said := _value(element, "numfmt")):
                formats[kind] = said
    return formats


def _relations(archive: Archive) -> tuple[dict[str, str], dict[str, str]]:
    """Return, by their names, the addresses outside that the text links to, and the pictures in the file."""
    root = _part(archive, "word/_rels/document.xml.rels")
    links: dict[str, str] = {}
    pictures: dict[str, str] = {}
    for element in () if root is None else root:
        name, target = element.get("Id", ""), element.get("Target", "")
        if element.get("TargetMode") == "External":
            links[name] = target
        elif element.get("Type", "").endswith("/image"):
            pictures[name] = target[1:] if target.startswith("/") else f"word/{target}"
    return links, pictures


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
