"""What is drawn over the text of the open chapter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serge_tui.core.study.acquaintance import Memory
from serge_tui.modes.reader.stretch import Stretch
from serge_tui.modes.reader.widgets.page_styling import SPAN_STYLES, Layer, layer_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from serge_tui.modes.reader.chapter import OpenChapter
    from serge_tui.modes.reader.opened_text import OpenedText
    from serge_tui.modes.reader.widgets.page import PageView


class PageLayers:
    """Draws the layers of the open chapter in one order: its own styles and links, then those of `sources`."""

    def __init__(
        self, page: PageView, text: OpenedText, sources: Sequence[Callable[[OpenChapter], Sequence[Layer]]]
    ) -> None:
        self._page, self._text, self._sources = page, text, tuple(sources)
        text.chapter_opened.add(self._chapter_opened)

    def _chapter_opened(self, _opened: OpenChapter) -> None:
        self.draw()

    def draw(self) -> None:
        """Draw every layer again."""
        opened = self._text.opened
        if opened is not None:
            self._page.put_layers(
                [*text_layers(opened), *(layer for source in self._sources for layer in source(opened))]
            )


def text_layers(opened: OpenChapter) -> list[Layer]:
    """Return the styles and links of the text itself."""
    styles = {name: Layer(name) for name in [*SPAN_STYLES.values(), "page--capitals"]}
    for passage in opened.passages:
        for span in passage.spans:
            if span.style == "smallcaps":
                styles["page--capitals"].add(passage.ordinal, span.start, span.end)
            elif span.style in SPAN_STYLES and span.style != "link":
                styles[SPAN_STYLES[span.style]].add(passage.ordinal, span.start, span.end)
    links = layer_of("page--link", (link.stretch for link in opened.links if not link.is_note))
    return [*(layer for layer in styles.values() if layer.stretches), links]


def name_layer(opened: OpenChapter) -> Layer:
    """Return the layer that underlines everybody named."""
    return layer_of("page--name", map(Stretch.of, opened.others))


def fading_layer(opened: OpenChapter, remembered: Mapping[str, Memory]) -> Layer:
    """Return the layer that underlines who was never asked, the first letter of who is slipping, nobody who is held.

    Terminals cannot dim an underline without its letters, and these must stay readable: so it grows shorter.
    """
    layer = Layer("page--name")
    for name in opened.others:
        memory = remembered.get(name.figure)
        if memory is Memory.SLIPPING:
            layer.add(name.passage, name.start, name.start + 1)
        elif memory is None:
            layer.add(name.passage, name.start, name.end)
    return layer


def stranger_layer(opened: OpenChapter) -> Layer:
    """Return the layer that underlines everybody named who is in no glossary."""
    return layer_of(
        "page--stranger", (Stretch(one.passage, one.start, one.passage, one.end) for one in opened.strangers)
    )
