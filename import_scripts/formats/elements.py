"""What (X)HTML elements and their attributes mean for a book: pure look-ups, used by the walker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line
from import_scripts.input import limits
from import_scripts.input.markup import attribute, local_name, text_of

if TYPE_CHECKING:
    from db.book import SpanStyle
    from import_scripts.input.markup import Element

INLINE: Final[dict[str, SpanStyle]] = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strong": "strong", "b": "strong",
    "sup": "super", "sub": "sub",
}  # fmt: skip
BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul caption noscript".split()
)
SKIPPED: Final = frozenset(
    "script style head template iframe audio video canvas map button input select textarea rp rt object embed".split()
)
HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
VERSE_WORDS: Final = frozenset("verse poem poetry song hymn lyrics stanza versep linegroup lg".split())
STANZA_WORDS: Final = frozenset("stanza linegroup lg".split())
LETTER_WORDS: Final = frozenset("letter epistle".split())
CAPTION_WORDS: Final = frozenset("caption figcaption".split())
QUOTE_WORDS: Final = frozenset("blockquote extract epigraph".split())
NOTE_TYPES: Final = frozenset("footnote endnote rearnote note doc-footnote doc-endnote".split())
NOTES_TYPES: Final = frozenset("footnotes endnotes rearnotes doc-endnotes doc-footnotes".split())
REF_TYPES: Final = frozenset("noteref doc-noteref".split())
BACK_TYPES: Final = frozenset("backlink doc-backlink referrer".split())
PAGE_TYPES: Final = frozenset("pagebreak doc-pagebreak".split())
PAGE_CLASSES: Final = frozenset("pagenum pageno page-number pagenumber pgnum pb newpage".split())
ORNAMENT: Final = re.compile(r"ornament|orn\b|break|separator|divider|fleuron|asterism", re.IGNORECASE)
DROP_CAP: Final = re.compile(r"drop|lettrine|initial|\bdc\b|first-?letter|versal", re.IGNORECASE)
"""Classes of the large letter that a chapter opens with."""
BACK_TO_TOP: Final = re.compile(
    r"[\s\[({]*(?:toc|contents|top|back(?: to (?:top|contents))?|up|table of contents|[↑⇧▲^↩]|retour|haut|sommaire"
    r"|inhalt|nach oben|índice|volver|indice|su|содержание|наверх)[\s\])}]*",
    re.IGNORECASE,
)
"""Links in headings that lead back to the contents."""
_NOTE_CLASS: Final = re.compile(r"(?:foot|end)?note", re.IGNORECASE)
_NOT_SHOWN: Final = re.compile(r"(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_PAGE_LABEL: Final = re.compile(
    r"(?:p(?:a?ge?|ág(?:ina)?)?s?[._\s-]*)?([0-9]{1,5}[a-z]?|[ivxlcdm]{1,12})", re.IGNORECASE
)
_LONGEST_NAME: Final = 100
_PAGE_NAME: Final = re.compile(r"(?:.*[^a-z])?(?:page|pg|p)[._-]*([0-9]{1,5}|[ivxlcdm]{1,12})", re.IGNORECASE)


def names_of(element: Element) -> list[str]:
    """Return the names by which a link can refer to an element."""
    found = [element.get("id"), attribute(element, "id") if element.get("id") is None else None]
    if local_name(element.tag) == "a":
        found.append(element.get("name"))
    return list(dict.fromkeys(name for name in found if name))


def types_of(element: Element) -> frozenset[str]:
    """What the file says an element is: `epub:type` and `role`, vocabulary prefixes taken off."""
    if len(element.attrib) == 0:
        return _NONE
    words = f"{attribute(element, 'type')} {element.get('role', '')}".split()
    return frozenset(word.rpartition(":")[2].lower() for word in words) if words else _NONE


def class_words(element: Element) -> frozenset[str]:
    """Return the classes of an element, in lower case."""
    names = element.get("class")
    return frozenset(names.lower().split()) if names else _NONE


def is_hidden(element: Element, hidden: frozenset[str]) -> bool:
    """Whether an element is not shown: by its attribute, its own style, or one of the `hidden` classes."""
    if len(element.attrib) == 0:
        return False
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if style and _NOT_SHOWN.search(style):
        return True
    return bool(hidden) and not hidden.isdisjoint((element.get("class") or "").split())


def holds_notes(element: Element) -> bool:
    """Whether an element is a foot- or endnote, or has such in it: they are hidden until they are asked for."""
    return any(
        types_of(inner) & (NOTE_TYPES | NOTES_TYPES)
        or (names_of(inner) and (local_name(inner.tag) == "aside" or _NOTE_CLASS.search(inner.get("class", ""))))
        for inner in element.iter("*")
    )


def first_number(element: Element) -> int:
    """Return the number a list begins with."""
    start = element.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def columns_of(element: Element) -> int:
    """How many columns a cell spans."""
    span = element.get("colspan", "")
    return min(int(span), _MOST_COLUMNS) if span.isdecimal() and len(span) < 4 and int(span) else 1


_MOST_COLUMNS: Final = 20
_LONGEST_PAGE_MARK: Final = 16
_NONE: Final[frozenset[str]] = frozenset()


def page_label(element: Element) -> str:
    """Return the page that a page break begins, from its title, label, text or name; empty if none has it."""
    for text in (element.get("title"), element.get("aria-label"), text_of(element)):
        if found := _PAGE_LABEL.fullmatch((text or "").strip(" []{}().-\u2013\u2014:")):
            return found[1]
    found = _PAGE_NAME.fullmatch((attribute(element, "id") or attribute(element, "name"))[:_LONGEST_NAME])
    return (found[1].lstrip("0") or "0") if found else ""


def is_page_mark(element: Element, types: frozenset[str]) -> bool:
    """Whether an element of these types says that a page of the printed book begins."""
    if types & PAGE_TYPES:
        return True
    if not element.get("class") or not class_words(element) & PAGE_CLASSES:
        return False
    text = text_of(element)
    return len(text) < _LONGEST_PAGE_MARK and bool(not text or page_label(element))


def picture_address(element: Element) -> str:
    """Return the address of a picture, as the file gives it; empty if there is none, or it is too long to be one."""
    if local_name(element.tag) == "svg":
        inner = (child for child in element.iter() if local_name(child.tag) == "image")
        address = next((attribute(child, "href") for child in inner), "")
    else:
        address = attribute(element, "src") or attribute(element, "href")
    address = address.strip()
    return address if len(address) <= limits.MAX_ADDRESS_CHARACTERS else ""


def picture_text(element: Element) -> str:
    """Return the words for a picture; empty if the file marks it as decoration."""
    if local_name(element.tag) == "svg":
        return next((text_of(child) for child in element if local_name(child.tag) == "title"), "") or "Picture"
    given = element.get("alt")
    return "Picture" if given is None else sanitise_line(given)
