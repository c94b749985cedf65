"""An (X)HTML document into the flow: what is a passage, what is a style, what is a note, what is left out."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from db.text import sanitise_line
from import_scripts import limits
from import_scripts.flow import Anchor, FlowBuilder, Rich
from import_scripts.markup import attribute, local_name, text_of
from import_scripts.tables import Cell, compose, is_layout

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from db.book import PassageKind, SpanStyle
    from import_scripts.markup import Element

_INLINE: Final[dict[str, SpanStyle]] = {
    "em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strong": "strong", "b": "strong",
    "sup": "super", "sub": "sub",
}  # fmt: skip
_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dir div dl dt fieldset figcaption figure footer form "
    "frameset h1 h2 h3 h4 h5 h6 header hgroup html legend li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul caption noscript".split()
)
_SKIPPED: Final = frozenset(
    "script style head template iframe audio video canvas map button input select textarea rp rt object embed".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_VERSE_WORDS: Final = frozenset("verse poem poetry song hymn lyrics stanza versep linegroup lg".split())
_STANZA_WORDS: Final = frozenset("stanza linegroup lg".split())
_LETTER_WORDS: Final = frozenset("letter epistle".split())
_CAPTION_WORDS: Final = frozenset("caption figcaption".split())
_QUOTE_WORDS: Final = frozenset("blockquote extract epigraph".split())
_NOTE_TYPES: Final = frozenset("footnote endnote rearnote note doc-footnote doc-endnote".split())
_NOTES_TYPES: Final = frozenset("footnotes endnotes rearnotes doc-endnotes doc-footnotes".split())
_REF_TYPES: Final = frozenset("noteref doc-noteref".split())
_BACK_TYPES: Final = frozenset("backlink doc-backlink referrer".split())
_PAGE_TYPES: Final = frozenset("pagebreak doc-pagebreak".split())
_PAGE_CLASSES: Final = frozenset("pagenum pageno page-number pagenumber pgnum pb newpage".split())
_ORNAMENT: Final = re.compile(r"ornament|orn\b|break|separator|divider|fleuron|asterism", re.IGNORECASE)
_PAGE_LABEL: Final = re.compile(
    r"(?:p(?:a?ge?|ág(?:ina)?)?s?[._\s-]*)?([0-9]{1,5}[a-z]?|[ivxlcdm]{1,12})", re.IGNORECASE
)
_WITHIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_OUTSIDE: Final = ("http://", "https://", "mailto:")
_DROP_CAP: Final = 3

INSIDE: Final = "\N{SECTION SIGN}"
"""Marks the address of a link within the book while it is not yet a place: `§document#name`."""
BACK: Final = "\N{SECTION SIGN}back:"
"""Marks a link back from a note."""


@dataclass(slots=True)
class _Context:
    """What holds for the text inside an element and is taken back at its end."""

    kind: PassageKind | None = None
    level: int = 0
    stanza: int = 0


@dataclass(slots=True)
class _State:
    contexts: list[_Context] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    cells: list[list[list[Cell]]] = field(default_factory=list)
    captions: list[Rich] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    captioned: int = 0
    preformatted: int = 0
    headings: int = 0
    stanzas: int = 0
    last_stanza: int = 0
    notes: int = 0


class Walker:
    """Feeds documents to a builder, one after the other.

    `styles` gives what a stylesheet says of a class: `{"italic": ("em",)}`.
    """

    def __init__(self, builder: FlowBuilder, styles: Mapping[str, tuple[SpanStyle, ...]] | None = None) -> None:
        self.builder = builder
        self.styles = styles or {}
        self._document = ""
        self._state = _State()

    def walk(self, root: Element, document: str) -> None:
        """Read one document; `document` is its name in the archive, empty for a single file."""
        builder = self.builder
        builder.end_block()
        self._document = document
        self._state = _State()
        builder.flow.documents.setdefault(document, len(builder.flow.blocks))
        for child, leave in self._descend(root):
            if leave is None:
                self._text(child)
            else:
                leave()
        self._end_block()

    def _descend(self, root: Element) -> Iterator[tuple[str, Callable[[], None] | None]]:
        """Yield texts and endings in order; an own stack, for a hostile file nests deeper than Python may."""
        leave = self._enter(root)
        if leave is None:
            return
        stack = [(root, iter(root), leave)]
        if root.text:
            yield root.text, None
        while stack:
            element, children, leave = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                yield "", leave
                if stack and element.tail:
                    yield element.tail, None
                continue
            if not isinstance(child.tag, str):
                left = None
            elif len(stack) >= limits.MAX_DEPTH:
                if flat := text_of(child):
                    yield flat, None
                left = None
            else:
                left = self._enter(child)
            if left is None:
                if child.tail:
                    yield child.tail, None
                continue
            if child.text:
                yield child.text, None
            stack.append((child, iter(child), left))

    # --- text --------------------------------------------------------------------------------------------------------

    def _text(self, text: str) -> None:
        if self._state.preformatted and not self._state.cells:
            self.builder.add_lines(text)
        else:
            self.builder.add(text)

    def _end_block(self, kind: PassageKind | None = None, level: int | None = None) -> None:
        """Close the passage under way as what its surroundings make it."""
        state, builder = self._state, self.builder
        if state.cells:
            builder.add(" ")
            return
        if state.headings:
            return
        if builder.is_empty:
            if state.pictures and kind is None:
                self._put_pictures()
            return
        context = state.contexts[-1] if state.contexts else _Context()
        block = builder.end_block(kind or context.kind or "paragraph", context.level if level is None else level)
        if block is not None and block.kind == "verse" and context.stanza and kind is None:
            self._join_verse(context.stanza)
        self._put_pictures()

    def _join_verse(self, stanza: int) -> None:
        """Join a line that is a paragraph of its own to the stanza it belongs to."""
        state, blocks = self._state, self.builder.flow.blocks
        if (
            state.last_stanza == stanza
            and len(blocks) > 1
            and blocks[-2].kind == "verse"
            and "\n" not in blocks[-1].text
        ):
            self.builder.join_last("\n")
        state.last_stanza = stanza if "\n" not in blocks[-1].text or state.last_stanza == stanza else 0

    def _put_pictures(self) -> None:
        pictures, self._state.pictures = self._state.pictures, []
        for caption in pictures:
            self.builder.put(Rich(caption), "figure")

    # --- elements ----------------------------------------------------------------------------------------------------

    def _enter(self, element: Element) -> Callable[[], None] | None:
        """Open an element; give what closes it, or None when what it holds is to be left out."""
        name = local_name(element.tag)
        types = _types(element)
        if name in _SKIPPED or element.get("hidden") is not None:
            self._anchor_here(element)
            return None
        if name == "br":
            self._line_break()
            return None
        if name == "hr":
            self._end_block()
            if not self._state.cells and not self._state.headings:
                self.builder.put_break()
            self._anchor_here(element)
            return None
        if name in {"img", "svg", "image"}:
            self._anchor_here(element)
            self._picture(element, name)
            return None
        if name == "math":
            self._anchor_here(element)
            self.builder.add(element.get("alttext") or text_of(element))
            return None
        if self._is_page_mark(element, types):
            self._anchor_here(element)
            self._mark_page(element)
            return None
        if name == "nav" and types & {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}:
            return None
        leave = self._enter_block(element, name, types) if name in _BLOCKS else self._enter_inline(element, name, types)
        return self._with_anchor(element, types, leave)

    def _enter_inline(self, element: Element, name: str, types: frozenset[str]) -> Callable[[], None]:
        builder = self.builder
        opened = 0
        if name == "a" and (href := attribute(element, "href")):
            style, target = self._link(href, types)
            if target:
                builder.open_span(style, target)
                opened += 1
        if style_of := _INLINE.get(name):
            builder.open_span(style_of)
            opened += 1
        for style in self._class_styles(element):
            if style != style_of:
                builder.open_span(style)
                opened += 1
        if name == "q":
            builder.add("“")
        if not opened and name != "q":
            return _nothing

        def leave() -> None:
            if name == "q":
                builder.add("”")
            for _ in range(opened):
                builder.close_span()

        return leave

    def _enter_block(self, element: Element, name: str, types: frozenset[str]) -> Callable[[], None]:
        state, builder = self._state, self.builder
        if name in _HEADINGS or name == "hgroup":
            return self._enter_heading(element, name)
        if state.headings:
            if not builder.is_empty:
                builder.add_separator()
            return _nothing
        self._end_block()
        if state.cells:
            return self._enter_in_table(element, name)
        if name == "table" and not is_layout(element):
            state.cells.append([])
            state.captions.append(Rich(""))
            return self._leave_table
        styles = self._class_styles(element)
        for style in styles:
            builder.open_span(style)
        leave = self._enter_container(element, name, types)

        def close() -> None:
            leave()
            for _ in styles:
                builder.close_span()

        return close if styles else leave

    def _enter_container(self, element: Element, name: str, types: frozenset[str]) -> Callable[[], None]:
        state, builder = self._state, self.builder
        outer = state.contexts[-1] if state.contexts else _Context()
        words = types | _class_words(element)
        context: _Context | None = None
        leaves: list[Callable[[], None]] = []
        if types & _NOTES_TYPES:
            start = len(builder.flow.blocks)
            state.notes += 1
            leaves.append(lambda: self._leave_notes(start))
        if name in {"ol", "ul", "dir", "menu", "dl"}:
            state.counters.append(_first_number(element) if name == "ol" else None)
            leaves.append(lambda: _drop(state.counters))
        if name == "pre":
            state.preformatted += 1
            context = _Context("verse", outer.level)
            leaves.append(self._leave_pre)
        elif words & _VERSE_WORDS:
            if outer.kind != "verse" or words & _STANZA_WORDS:
                state.stanzas += 1
                context = _Context("verse", outer.level, state.stanzas)
        elif name in {"li", "dt", "dd"}:
            depth = len(state.counters) + (1 if name == "dd" else 0)
            context = _Context("list", max(depth, 1))
            if name == "li" and not state.notes:
                builder.prefix(self._bullet(element))
        elif outer.kind == "verse":
            pass
        elif words & _LETTER_WORDS:
            context = _Context("letter", outer.level)
        elif name == "blockquote" or (name in {"div", "section", "p"} and words & _QUOTE_WORDS):
            if outer.kind == "letter":
                pass
            elif outer.kind in {"list", "quote"}:
                context = _Context("quote", outer.level + 1)
            else:
                context = _Context("quote", 1)
        elif name == "figcaption" or (name in {"p", "div"} and words & _CAPTION_WORDS):
            context = _Context("figure", 0)
        elif name == "figure" and any(local_name(inner.tag) == "figcaption" for inner in element.iter()):
            state.captioned += 1
            leaves.append(self._leave_captioned)
        if context is not None:
            state.contexts.append(context)

        def leave() -> None:
            self._end_block()
            for action in leaves:
                action()
            if context is not None:
                state.contexts.pop()

        return leave

    def _enter_heading(self, element: Element, name: str) -> Callable[[], None]:
        """Open a heading; a group of headings is one, its parts divided by a colon."""
        state, builder = self._state, self.builder
        if state.headings:
            if not builder.is_empty:
                builder.add_separator()
            return _nothing
        self._end_block()
        if state.cells:
            return _nothing
        level = _HEADINGS.get(name) or min(
            (_HEADINGS[tag] for child in element if (tag := local_name(child.tag)) in _HEADINGS), default=2
        )
        state.headings += 1

        def leave() -> None:
            state.headings -= 1
            self._end_block("heading", level)

        return leave

    # --- tables ------------------------------------------------------------------------------------------------------

    def _enter_in_table(self, element: Element, name: str) -> Callable[[], None]:
        state, builder = self._state, self.builder
        rows = state.cells[-1]
        if name == "tr":
            rows.append([])
        elif name in {"td", "th"}:
            self._keep_stray(rows)
            columns = _columns(element)

            def leave() -> None:
                if not rows:
                    rows.append([])
                rows[-1].append(Cell(builder.take(), columns))

            return leave
        elif name == "caption":
            self._keep_stray(rows)

            def leave_caption() -> None:
                state.captions[-1] = builder.take()

            return leave_caption
        return _nothing

    def _keep_stray(self, rows: list[list[Cell]]) -> None:
        """Keep what stands in a table outside its cells as a row of its own."""
        stray = self.builder.take()
        if stray.text:
            rows.append([Cell(stray)])
        else:
            for mark in stray.pages:
                self.builder.mark_page(mark.label)

    def _leave_table(self) -> None:
        rows, caption = self._state.cells.pop(), self._state.captions.pop()
        self._keep_stray(rows)
        if caption.text:
            rows.insert(0, [Cell(caption)])
        self.builder.put(compose(rows), "table")

    # --- the smaller things ------------------------------------------------------------------------------------------

    def _line_break(self) -> None:
        state, builder = self._state, self.builder
        if state.cells:
            builder.add(" ")
        elif state.headings:
            builder.add_separator()
        else:
            builder.end_line()

    def _leave_captioned(self) -> None:
        self._state.captioned -= 1

    def _leave_pre(self) -> None:
        self._state.preformatted -= 1

    def _leave_notes(self, start: int) -> None:
        self._state.notes -= 1
        self.builder.flow.note_sections.append((start, len(self.builder.flow.blocks)))

    def _bullet(self, element: Element) -> str:
        counters = self._state.counters
        number = counters[-1] if counters else None
        if number is None:
            return "• "
        given = element.get("value", "")
        if given.isdecimal() and len(given) < 6:
            number = int(given)
        counters[-1] = number + 1
        return f"{number}. "

    def _picture(self, element: Element, name: str) -> None:
        if name == "svg":
            alt = next((text_of(child) for child in element if local_name(child.tag) == "title"), "") or "Picture"
        else:
            given = element.get("alt")
            alt = "Picture" if given is None else sanitise_line(given)
        look = f"{element.get('class', '')} {element.get('role', '')}"
        if not alt or element.get("role") == "presentation":
            if _ORNAMENT.search(look) and self.builder.is_empty and not self._state.cells:
                self.builder.put_break()
        elif self._state.captioned:
            pass
        elif len(alt) <= _DROP_CAP and alt.isalnum():
            self.builder.add(alt)
        elif self._state.cells or self._state.headings:
            if name != "svg" and element.get("alt"):
                self.builder.add(alt)
        else:
            self._state.pictures.append(alt)

    def _is_page_mark(self, element: Element, types: frozenset[str]) -> bool:
        if types & _PAGE_TYPES:
            return True
        return bool(element.get("class")) and bool(_class_words(element) & _PAGE_CLASSES) and len(text_of(element)) < 16

    def _mark_page(self, element: Element) -> None:
        for label in (element.get("title"), element.get("aria-label"), text_of(element), element.get("id")):
            cleaned = (label or "").strip(" []{}().-–—:")
            if found := _PAGE_LABEL.search(cleaned):
                self.builder.mark_page(found[1])
                return

    def _class_styles(self, element: Element) -> tuple[SpanStyle, ...]:
        names = element.get("class")
        if not names or not self.styles:
            return ()
        return tuple(dict.fromkeys(style for word in names.split() for style in self.styles.get(word, ())))

    # --- links and anchors -------------------------------------------------------------------------------------------

    def _link(self, href: str, types: frozenset[str]) -> tuple[SpanStyle, str]:
        href = href.strip()
        if href.lower().startswith(_OUTSIDE):
            return "link", sanitise_line(href)[: limits.MAX_ADDRESS_CHARACTERS]
        if _WITHIN.match(href):
            return "link", ""
        address = resolve(self._document, href)
        if types & _BACK_TYPES:
            return "link", BACK + address
        return ("note" if types & _REF_TYPES else "link"), INSIDE + address

    def _anchor_here(self, element: Element) -> None:
        for name in _names(element):
            block, offset = self.builder.position
            self._anchor(name, Anchor(block, offset, block, offset))

    def _with_anchor(self, element: Element, types: frozenset[str], leave: Callable[[], None]) -> Callable[[], None]:
        names = _names(element)
        is_note = bool(types & _NOTE_TYPES)
        if not names:
            return leave
        in_table = bool(self._state.cells)
        block, offset = self.builder.position
        anchor = Anchor(block, 0 if in_table else offset, block, offset, is_note)
        for name in names:
            self._anchor(name, anchor)

        def close() -> None:
            leave()
            anchor.end_block, anchor.end_offset = self.builder.position

        return close

    def _anchor(self, name: str, anchor: Anchor) -> None:
        self.builder.flow.anchors.setdefault(f"{self._document}#{name}", anchor)


def resolve(document: str, href: str) -> str:
    """Give the address `document#name` that a relative reference in `document` leads to."""
    path, _, name = href.partition("#")
    path = unquote(path.partition("?")[0])
    target = posixpath.normpath(posixpath.join(posixpath.dirname(document), path)) if path else document
    return f"{target}#{unquote(name)}" if name else target


def _nothing() -> None:
    pass


def _drop(values: list[int | None]) -> None:
    values.pop()


def _names(element: Element) -> list[str]:
    found = [element.get("id"), attribute(element, "id") if element.get("id") is None else None]
    if local_name(element.tag) == "a":
        found.append(element.get("name"))
    return list(dict.fromkeys(name for name in found if name))


def _types(element: Element) -> frozenset[str]:
    """What the file says an element is: `epub:type` and `role`, vocabulary prefixes taken off."""
    if len(element.attrib) == 0:
        return _NONE
    words = f"{attribute(element, 'type')} {element.get('role', '')}".split()
    return frozenset(word.rpartition(":")[2].lower() for word in words) if words else _NONE


def _class_words(element: Element) -> frozenset[str]:
    names = element.get("class")
    return frozenset(names.lower().split()) if names else _NONE


def _first_number(element: Element) -> int:
    start = element.get("start", "")
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _columns(element: Element) -> int:
    """How many columns a cell spans."""
    span = element.get("colspan", "")
    return min(int(span), _MOST_COLUMNS) if span.isdecimal() and len(span) < 4 and int(span) else 1


_MOST_COLUMNS: Final = 20
_NONE: Final[frozenset[str]] = frozenset()
