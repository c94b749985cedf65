"""Where links lead and what they are called by, while documents are read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.text import sanitise_line
from import_scripts.formats.addresses import BACK, INSIDE, resolve
from import_scripts.formats.elements import BACK_TYPES, NOTE_TYPES, REF_TYPES, names_of
from import_scripts.formats.flow import Anchor
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.book import SpanStyle
    from import_scripts.formats.flow import FlowBuilder
    from import_scripts.input.markup import Element

_WITHIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
_OUTSIDE: Final = ("http://", "https://", "mailto:")


class Anchors:
    """Enters the names of elements into the flow, with the places where they begin and end.

    `document` is the name of the document being read, empty for a single file.
    """

    def __init__(self, builder: FlowBuilder) -> None:
        self.document = ""
        self._builder = builder

    def here(self, element: Element) -> None:
        """Enter the names of an element that holds no text."""
        block, offset = self._builder.position
        for name in names_of(element):
            self._enter(name, Anchor(block, offset, block, offset))

    def around(
        self, element: Element, types: frozenset[str], leave: Callable[[], None], *, in_table: bool
    ) -> Callable[[], None]:
        """Enter the names of an element whose text begins here; give what closes it, `leave` and its end."""
        names = names_of(element)
        if not names:
            return leave
        builder = self._builder
        block, offset = builder.position
        anchor = Anchor(block, 0 if in_table else offset, block, offset, bool(types & NOTE_TYPES))
        for name in names:
            self._enter(name, anchor)

        def close() -> None:
            leave()
            anchor.end_block, anchor.end_offset = builder.position

        return close

    def link(self, href: str, types: frozenset[str]) -> tuple[SpanStyle, str]:
        """Give style and target for a link; the target is empty for what is never followed (scripts, local files)."""
        href = href.strip()
        if href.lower().startswith(_OUTSIDE):
            return "link", sanitise_line(href)[: limits.MAX_ADDRESS_CHARACTERS]
        if _WITHIN.match(href):
            return "link", ""
        address = resolve(self.document, href)
        if types & BACK_TYPES:
            return "link", BACK + address
        return ("note" if types & REF_TYPES else "link"), INSIDE + address

    def _enter(self, name: str, anchor: Anchor) -> None:
        self._builder.flow.anchors.setdefault(f"{self.document}#{name}", anchor)
