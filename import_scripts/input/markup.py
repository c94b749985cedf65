"""Parse foreign XML and HTML: no entities are expanded, nothing is fetched.

The document type declaration is cut off before any parser sees it, so there are no entities to expand; the named
characters of HTML (`&nbsp;`) are put in beforehand. XML is tried first; what is not well-formed is read as HTML.
"""

from __future__ import annotations

import html
import html.entities
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from lxml import etree

from db.errors import SergeError
from import_scripts.input.encoding import declared_encoding, decode

if TYPE_CHECKING:
    from typing import TypeAlias

    Element: TypeAlias = etree._Element  # noqa: SLF001  (lxml has no public name for the type)

_DECLARATION: Final = re.compile(r"\s*<\?xml\b[^>]{0,400}?>")
_DOCTYPE_START: Final = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9._-]{0,40});")
_NUMBERED_CHARACTER: Final = re.compile(r"&#(?:[xX]([0-9A-Fa-f]{1,40})|([0-9]{1,40}));?")
_BARE_AMPERSAND: Final = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|(?:amp|lt|gt|quot|apos);)")
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LONGEST_TAG: Final = 4_000
_LONG_TAG: Final = re.compile(rf"<([A-Za-z][\w:.-]{{0,60}})\b[^<>]{{{_LONGEST_TAG},}}>")
_LONG_VALUE: Final = re.compile(r"""=\s*(?:"[^"]{1000,}"|'[^']{1000,}')""")
_TAG: Final = re.compile(r"<[^<>]{0,4000}>")
_BLOCK_TAG: Final = re.compile(
    r"</?(?:p|div|h[1-6]|li|br|tr|td|blockquote|section|article|body|ul|ol|table)\b[^<>]{0,4000}>", re.IGNORECASE
)
_UNSEEN: Final = re.compile(r"<(head|script|style)\b", re.IGNORECASE)
_DOCTYPE_PART: Final = re.compile(r"""[\[\]>"']|<!--""")
_XML_CONTROLS: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF, *range(0xD800, 0xE000)])
_FLAT: Final = "body"
_FORM_FEED: Final = "\x0c"
_XML_OWN: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_PROLOGUE: Final = 100_000


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed document, and a sentence for the report if it was not well-formed."""

    root: Element
    remark: str = ""


def parse_markup(data: bytes, name: str) -> Parsed:
    """Parse an XHTML or HTML document: as XML when it is well-formed, else as a browser would.

    Raises SergeError when there is nothing in it to read.
    """
    decoded = decode(data, name, declared=declared_encoding(data))
    remarks = [decoded.remark] if decoded.remark else []
    source = _prepared(decoded.text)
    root = _as_xml(source)
    if root is None:
        root = _as_html(source)
        if root is None:
            raise SergeError(f"There is no text in {name}.")
        if root.tag == _FLAT:
            remarks.append(f"{name} is nested too deeply; it was read as plain paragraphs.")
        elif "<html" in source[:_PROLOGUE] and "xmlns" in source[:_PROLOGUE]:
            remarks.append(f"{name} is not well-formed; it was read as far as it makes sense.")
    return Parsed(root, " ".join(remarks))


def parse_html(data: bytes, name: str, *, encoding: str = "", declared: str = "") -> Parsed:
    """Parse HTML of any age, for files that never claimed to be XML.

    `encoding` is what the reader says it is written in, `declared` what came with it.

    Raises SergeError when there is nothing in it to read.
    """
    decoded = decode(data, name, declared=declared or declared_encoding(data), chosen=encoding)
    source = _prepared(decoded.text)
    root = _as_xml(source) if "xmlns" in source[:_PROLOGUE] else None
    if root is None:
        root = _as_html(source)
    if root is None:
        raise SergeError(f"There is no text in {name}.")
    return Parsed(root, decoded.remark)


def parse_xml(data: bytes, name: str, *, encoding: str = "") -> Parsed:
    """Parse XML that is no HTML (a package, a contents list, FB2); what is not well-formed is read as far as it goes.

    Raises SergeError when nothing can be made of it.
    """
    decoded = decode(data, name, declared=declared_encoding(data), chosen=encoding)
    source = _prepared(decoded.text)
    root = _as_xml(source)
    if root is not None:
        return Parsed(root, decoded.remark)
    root = _parse(_BARE_AMPERSAND.sub("&amp;", source), _xml_parser(recover=True))
    if root is None:
        raise SergeError(f"{name} is damaged: it cannot be read as XML.")
    return Parsed(root, f"{name} is not well-formed; it was read as far as it makes sense.")


def local_name(tag: object) -> str:
    """Return an element's name without its namespace, in lower case; empty for comments and the like."""
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str:
    """Return an attribute by its local name, in any namespace; empty if it is missing."""
    value = element.get(name)
    if value is not None:
        return value
    endings = ("}" + name, ":" + name)
    for key in element.attrib:  # its keys alone: lxml needs a time squared in their number for its items
        if str(key).endswith(endings):
            return element.get(key) or ""
    return ""


def text_of(element: Element) -> str:
    """Return all text inside an element, with white space as one space."""
    return " ".join("".join(map(str, element.itertext())).split())


def _prepared(text: str) -> str:
    if declaration := _DECLARATION.match(text):
        text = text[declaration.end() :]
    if doctype := _DOCTYPE_START.search(text, 0, _PROLOGUE):
        text = text[: doctype.start()] + text[_doctype_end(text, doctype.end()) :]
    if "&" in text:
        text = _ENTITY.sub(_character, text)
    if "&#" in text:
        text = _NUMBERED_CHARACTER.sub(_numbered_character, text)
    text = _LONG_TAG.sub(_shortened, text)
    if _FORM_FEED in text:
        text = text.replace(_FORM_FEED, " ")
    return _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def _doctype_end(text: str, start: int) -> int:
    """Return where the declaration ends, with its internal subset, quoted texts and comments."""
    position, depth = start, 0
    while found := _DOCTYPE_PART.search(text, position):
        position = found.end()
        match found[0]:
            case "[":
                depth += 1
            case "]":
                depth -= 1
            case ">":
                if depth <= 0:
                    return position
            case opening:
                closing = "-->" if opening == "<!--" else opening
                end = text.find(closing, position)
                if end < 0:
                    return start
                position = end + len(closing)
    return start


def _character(found: re.Match[str]) -> str:
    name = found[1]
    if name in _XML_OWN:
        return found[0]
    character = html.entities.html5.get(name + ";")
    return f"&amp;{name};" if character is None or character in "<&" else character


def _numbered_character(found: re.Match[str]) -> str:
    """Return a numeric reference unchanged; a number of Windows-1252 as its character, an invalid one as U+FFFD."""
    number = int(found[1], 16) if found[1] else int(found[2])
    if 0x80 <= number < 0xA0:
        return bytes([number]).decode("cp1252", errors="replace")
    if number in {9, 10, 13} or 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000:
        return found[0]
    return "\N{REPLACEMENT CHARACTER}"


def _xml_parser(*, recover: bool = False) -> etree.XMLParser:
    return etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=recover,
        remove_comments=True, remove_pis=True, strip_cdata=True,
    )  # fmt: skip


def _as_xml(source: str) -> Element | None:
    return _parse(source, _xml_parser())


def _as_html(source: str) -> Element | None:
    """Parse as a browser would; if it is nested too deeply, read plain paragraphs."""
    parser = etree.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True, huge_tree=True, recover=True
    )
    root = _parse(source, parser)
    if root is not None and any(text.strip() for text in root.itertext()):
        return root
    flat = _flattened(source)
    return root if flat is None else flat


def _flattened(source: str) -> Element | None:
    paragraphs = [_TAG.sub("", part) for part in _BLOCK_TAG.split(_without_unseen(source))]
    page = etree.Element(_FLAT)
    for paragraph in paragraphs:
        if paragraph.strip():
            etree.SubElement(page, "p").text = html.unescape(paragraph).translate(_XML_CONTROLS)
    return page if len(page) else None


def _without_unseen(source: str) -> str:
    kept: list[str] = []
    position = 0
    while found := _UNSEEN.search(source, position):
        kept.append(source[position : found.start()])
        end = source.find(f"</{found[1]}", found.end())
        if end < 0:
            return "".join(kept)
        position = end
    return "".join([*kept, source[position:]])


def _shortened(found: re.Match[str]) -> str:
    """Return a tag without very long values (embedded pictures), or only its name if it is still too long."""
    tag = _LONG_VALUE.sub("=''", found[0])
    return tag if len(tag) <= _LONGEST_TAG else f"<{found[1]}{'/' if tag.endswith('/>') else ''}>"


def _parse(source: str, parser: etree.XMLParser | etree.HTMLParser) -> Element | None:
    try:
        root = etree.fromstring(source.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, etree.ParserError, ValueError):
        return None
    return root if isinstance(getattr(root, "tag", None), str) else None
