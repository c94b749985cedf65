"""Read an (X)HTML document into the flow: passages, styles, notes; the rest is left out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from import_scripts.formats.addresses import resolve
from import_scripts.formats.anchors import Anchors
from import_scripts.formats.elements import (
    BACK_TO_TOP,
    BLOCKS,
    CAPTION_WORDS,
    DROP_CAP,
    HEADINGS,
    INLINE,
    LETTER_WORDS,
    NOTES_TYPES,
    ORNAMENT,
    QUOTE_WORDS,
    SKIPPED,
    STANZA_WORDS,
    VERSE_WORDS,
    class_words,
    first_number,
    holds_notes,
    is_hidden,
    is_page_mark,
    names_of,
    page_label,
    picture_address,
    picture_text,
    types_of,
)
from import_scripts.formats.flow import FlowBuilder, Rich
from import_scripts.formats.stylesheets import hidden_classes
from import_scripts.formats.tables import TableBuilder, is_layout
from import_scripts.input import limits
from import_scripts.input.archive import one_form
from import_scripts.input.markup import attribute, local_name, text_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from db.book import PassageKind, SpanStyle
    from import_scripts.input.markup import Element

_DROP_CAP: Final = 3


@dataclass(slots=True)
class _Context:
    """State that applies inside an element and is restored at its end."""

    kind: PassageKind | None = None
    level: int = 0
    stanza: int = 0


@dataclass(slots=True)
class _State:
    contexts: list[_Context] = field(default_factory=list)
    counters: list[int | None] = field(default_factory=list)
    table: TableBuilder | None = None
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """The words for each picture that waits for the end of its paragraph, and its name in the file."""
    captioned: list[list[str]] = field(default_factory=list)
    """Names of the pictures in each open figure that has a caption."""
    preformatted: int = 0
    headings: int = 0
    stanzas: int = 0
    last_stanza: int = 0
    notes: int = 0


class Walker:
    """Feed documents to a builder, one after the other.

    `styles` gives what a stylesheet says of a class: `{"italic": ("em",)}`; `hidden` are classes that are not shown.
    """

    def __init__(
        self,
        builder: FlowBuilder,
        styles: Mapping[str, tuple[SpanStyle, ...]] | None = None,
        hidden: Collection[str] = (),
    ) -> None:
        self.builder = builder
        self.styles = styles or {}
        self._hidden = frozenset(hidden)
        self._hidden_here = self._hidden
        self._referred: frozenset[str] = frozenset()
        self._is_glued = False
        self._anchors = Anchors(builder)
        self._state = _State()

    def walk(self, root: Element, document: str) -> None:
        """Read one document; `document` is its name in the archive, empty for a single file."""
        builder = self.builder
        builder.end_block()
        document = one_form(document) if document else document
        self._anchors.document = document
        self._state = _State()
        self._read_own_styles(root)
        builder.flow.documents.setdefault(document, len(builder.flow.blocks))
        for child, leave in self._descend(root):
            if leave is None:
                self._text(child)
            else:
                leave()
        self._end_block()

    def _descend(self, root: Element) -> Iterator[tuple[str, Callable[[], None] | None]]:
        """Yield texts and ends of elements in order; by a stack, because a hostile file may nest very deeply."""
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

    def _read_own_styles(self, root: Element) -> None:
        """Collect the classes that the document hides, and the targets of its links."""
        links = (element.get("href", "") for element in root.iter("{*}a", "a"))
        self._referred = frozenset(href[1:] for href in links if href.startswith("#"))
        sheets = [str(element.text or "") for element in root.iter("{*}style", "style")]
        self._hidden_here = self._hidden | hidden_classes(sheets) if sheets else self._hidden

    def _text(self, text: str) -> None:
        if self._is_glued and text.strip():
            self._is_glued = False
            if text.lstrip()[:1].islower():
                text = text.lstrip()
        if self._state.preformatted and not self._state.table:
            self.builder.add_lines(text)
        else:
            self.builder.add(text)

    def _end_block(self, kind: PassageKind | None = None, level: int | None = None) -> None:
        """Close the current passage with the kind its surroundings give it."""
        state, builder = self._state, self.builder
        if state.table:
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
        """Join a line of verse that is its own paragraph to its stanza."""
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
        for caption, name in pictures:
            block = self.builder.put(Rich(caption), "figure")
            if block is not None and name:
                block.pictures.append(name)

    # --- elements ----------------------------------------------------------------------------------------------------

    def _enter(self, element: Element) -> Callable[[], None] | None:
        """Begin an element; return what ends it, or None if its content is left out."""
        name = local_name(element.tag)
        types = types_of(element)
        is_not_shown = is_hidden(element, self._hidden_here) and not is_page_mark(element, types)
        is_note = is_not_shown and (holds_notes(element) or not self._referred.isdisjoint(names_of(element)))
        if name in SKIPPED or (is_not_shown and not is_note):
            self._anchors.here(element)
            return None
        if name == "a" and self._state.headings and BACK_TO_TOP.fullmatch(text_of(element)):
            return None
        if name == "br":
            self._line_break()
            return None
        if name == "hr":
            self._end_block()
            if not self._state.table and not self._state.headings:
                self.builder.put_break()
            self._anchors.here(element)
            return None
        if name in {"img", "svg", "image"}:
            self._anchors.here(element)
            self._picture(element, name)
            return None
        if name == "math":
            self._anchors.here(element)
            self.builder.add(element.get("alttext") or text_of(element))
            return None
        if is_page_mark(element, types):
            self._anchors.here(element)
            self._mark_page(element)
            return None
        if name == "nav" and types & {"toc", "landmarks", "page-list", "doc-toc", "doc-pagelist"}:
            return None
        start = len(self.builder.flow.blocks)
        leave = self._enter_block(element, name, types) if name in BLOCKS else self._enter_inline(element, name, types)
        if is_note:
            leave = self._leaving_hidden_note(leave, start)
        return self._anchors.around(element, types, leave, in_table=self._state.table is not None)

    def _leaving_hidden_note(self, leave: Callable[[], None], start: int) -> Callable[[], None]:
        """Return what ends a hidden element that a link refers to: it is a note, whatever its mark-up."""

        def close() -> None:
            leave()
            self.builder.flow.note_sections.append((start, len(self.builder.flow.blocks)))

        return close

    def _enter_inline(self, element: Element, name: str, types: frozenset[str]) -> Callable[[], None]:
        builder = self.builder
        opened = 0
        if name == "a" and (href := attribute(element, "href")):
            style, target = self._anchors.link(href, types)
            if target:
                builder.open_span(style, target)
                opened += 1
        if style_of := INLINE.get(name):
            builder.open_span(style_of)
            opened += 1
        for style in self._class_styles(element):
            if style != style_of:
                builder.open_span(style)
                opened += 1
        if name == "q":
            builder.add("“")
        is_drop_cap = bool(element.get("class")) and DROP_CAP.search(element.get("class", "")) is not None
        if not opened and name != "q" and not is_drop_cap:
            return _nothing

        def leave() -> None:
            self._is_glued = is_drop_cap
            if name == "q":
                builder.add("”")
            for _ in range(opened):
                builder.close_span()

        return leave

    def _enter_block(self, element: Element, name: str, types: frozenset[str]) -> Callable[[], None]:
        state, builder = self._state, self.builder
        if name in HEADINGS or name == "hgroup":
            return self._enter_heading(element, name)
        if state.headings:
            if not builder.is_empty:
                builder.add_separator()
            return _nothing
        self._end_block()
        if state.table:
            return state.table.enter(element, name) or _nothing
        if name == "table" and not is_layout(element):
            state.table = TableBuilder(builder)
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
        words = types | class_words(element)
        context: _Context | None = None
        leaves: list[Callable[[], None]] = []
        if types & NOTES_TYPES:
            start = len(builder.flow.blocks)
            state.notes += 1
            leaves.append(lambda: self._leave_notes(start))
        if name in {"ol", "ul", "dir", "menu", "dl"}:
            state.counters.append(first_number(element) if name == "ol" else None)
            leaves.append(lambda: _drop(state.counters))
        if name == "pre":
            state.preformatted += 1
            context = _Context("verse", outer.level)
            leaves.append(self._leave_pre)
        elif words & VERSE_WORDS:
            if outer.kind != "verse" or words & STANZA_WORDS:
                state.stanzas += 1
                context = _Context("verse", outer.level, state.stanzas)
        elif name in {"li", "dt", "dd"}:
            depth = len(state.counters) + (1 if name == "dd" else 0)
            context = _Context("list", max(depth, 1))
            if name == "li" and not state.notes:
                builder.prefix(self._bullet(element))
        elif outer.kind == "verse":
            pass
        elif words & LETTER_WORDS:
            context = _Context("letter", outer.level)
        elif name == "blockquote" or (name in {"div", "section", "p"} and words & QUOTE_WORDS):
            if outer.kind == "letter":
                pass
            elif outer.kind in {"list", "quote"}:
                context = _Context("quote", outer.level + 1)
            else:
                context = _Context("quote", 1)
        elif name == "figcaption" or (name in {"p", "div"} and words & CAPTION_WORDS):
            context = _Context("figure", 0)
        elif name == "figure" and any(local_name(inner.tag) == "figcaption" for inner in element.iter()):
            state.captioned.append([])
            first = len(builder.flow.blocks)
            leaves.append(lambda: self._leave_captioned(first))
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
        """Begin a heading; a group of headings is one heading, its parts separated by a colon."""
        state, builder = self._state, self.builder
        if state.headings:
            if not builder.is_empty:
                builder.add_separator()
            return _nothing
        self._end_block()
        if state.table:
            return _nothing
        level = HEADINGS.get(name) or min(
            (HEADINGS[tag] for child in element if (tag := local_name(child.tag)) in HEADINGS), default=2
        )
        state.headings += 1

        def leave() -> None:
            state.headings -= 1
            self._end_block("heading", level)

        return leave

    # --- the smaller things ------------------------------------------------------------------------------------------

    def _leave_table(self) -> None:
        table, self._state.table = self._state.table, None
        if table is not None:
            table.finish()

    def _line_break(self) -> None:
        state, builder = self._state, self.builder
        if state.table:
            builder.add(" ")
        elif state.headings:
            builder.add_separator()
        elif builder.is_at_line_start and not state.preformatted:
            self._end_block()  # two in a row divide paragraphs
        else:
            builder.end_line()

    def _leave_captioned(self, first: int) -> None:
        """Give the pictures of a figure to its caption."""
        pictures = self._state.captioned.pop()
        blocks = self.builder.flow.blocks[first:]
        caption = next((block for block in blocks if block.kind == "figure" and not block.pictures), None)
        if caption is not None:
            caption.pictures += pictures

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
        alt = picture_text(element)
        look = f"{element.get('class', '')} {element.get('role', '')}"
        if not alt or element.get("role") == "presentation":
            if ORNAMENT.search(look) and self.builder.is_empty and not self._state.table:
                self.builder.put_break()
        elif self._state.captioned:
            if source := self._picture_name(element):
                self._state.captioned[-1].append(source)
        elif len(alt) <= _DROP_CAP and alt.isalnum():
            self.builder.add(alt)
        elif self._state.table or self._state.headings:
            if name != "svg" and element.get("alt"):
                self.builder.add(alt)
        else:
            self._state.pictures.append((alt, self._picture_name(element)))

    def _picture_name(self, element: Element) -> str:
        """Return where a picture is in the book, or an empty string: a drawing of lines (SVG) may hold one."""
        address = picture_address(element)
        document = self._anchors.document
        return resolve(document, address) if document and address else address

    def _mark_page(self, element: Element) -> None:
        self.builder.mark_page(page_label(element))

    def _class_styles(self, element: Element) -> tuple[SpanStyle, ...]:
        names = element.get("class")
        if not names or not self.styles:
            return ()
        return tuple(dict.fromkeys(style for word in names.split() for style in self.styles.get(word, ())))


def _nothing() -> None:
    pass


def _drop(values: list[int | None]) -> None:
    values.pop()
