"""Styles of the text: from a typeset line and the layers over it to styled pieces."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from serge_tui.core.typesetting.line import index_of_offset

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from rich.style import Style

    from db.book import SpanStyle
    from serge_tui.core.typesetting import Line
    from serge_tui.modes.reader.stretch import Stretch

SPAN_STYLES: Final[Mapping[SpanStyle, str]] = {
    "em": "page--em",
    "strong": "page--strong",
    "super": "page--note-mark",
    "note": "page--note-mark",
    "link": "page--link",
}
"""Component class for each style of a span; the others look like plain text, small capitals are drawn as capitals."""
KIND_STYLES: Final[Mapping[str, str]] = {
    "heading": "page--heading",
    "quote": "page--quote",
    "letter": "page--quote",
    "verse": "page--quote",
    "figure": "page--caption",
    "break": "page--caption",
}


def colour_style(colour: str) -> str:
    """Return the component class of words highlighted in a colour."""
    return f"page--{colour}"


def sign_style(colour: str) -> str:
    """Return the component class of a sign in the margin for a highlight in a colour."""
    return f"page--sign-{colour}"


@dataclass(slots=True)
class Layer:
    """Stretches of passages that look the same, by passage: character offsets from and to."""

    style: str
    stretches: dict[int, list[tuple[int, int]]] = field(default_factory=dict)

    def add(self, passage: int, start: int, end: int) -> None:
        """Add one stretch of one passage."""
        self.stretches.setdefault(passage, []).append((start, end))


def layer_of(style: str, stretches: Iterable[Stretch]) -> Layer:
    """Make a layer of stretches that may go over several passages."""
    layer = Layer(style)
    endless = 1 << 40
    for stretch in stretches:
        for passage in range(stretch.passage, stretch.end_passage + 1):
            within = stretch.within(passage, endless)
            if within is not None and within[0] < within[1]:
                layer.add(passage, *within)
    return layer


def styled_pieces(
    line: Line, layers: Iterable[Layer], styles: Mapping[str, Style], base: Style, letters: Mapping[int, str] | None
) -> list[tuple[str, Style]]:
    """Draw a line's text, without its indent: the layers lie over one another and over `base`, the last on top.

    `letters` are drawn over the text, by offset in the passage.
    """
    text = line.text
    if line.kind in KIND_STYLES:
        base += styles[KIND_STYLES[line.kind]]
    runs: list[tuple[int, int, Style]] = []
    for layer in layers:
        for start, end in layer.stretches.get(line.passage, ()):
            if start < line.end and end > line.start and start < end:
                # An end is reckoned from its last character: a widened space after it is not part of it.
                low = index_of_offset(line, max(start, line.start))
                high = index_of_offset(line, min(end, line.end) - 1) + 1
                if layer.style == "page--capitals":
                    text = text[:low] + capitals(text[low:high]) + text[high:]
                elif low < high:
                    runs.append((low, high, styles[layer.style]))
    for offset, letter in (letters or {}).items():
        if line.start <= offset < line.end:
            at = index_of_offset(line, offset)
            end = min(at + len(letter), len(text))
            text = text[:at] + letter[: end - at] + text[end:]
            runs.append((at, end, styles["page--letter"]))
    if not runs:
        return [(text, base)] if text else []
    cuts = sorted({0, len(text), *(cut for low, high, _ in runs for cut in (low, min(high, len(text))))})
    drawn: list[tuple[str, Style]] = []
    for left, right in pairwise(cuts):
        style = base
        for low, high, more in runs:
            if low <= left < high:
                style += more
        drawn.append((text[left:right], style))
    return drawn


def capitals(text: str) -> str:
    """Return small capitals as a terminal can draw them; text whose capitals have another length stays as it is."""
    upper = text.upper()
    return upper if len(upper) == len(text) else text


@dataclass(frozen=True, slots=True, order=True)
class Sign:
    """A sign in the margin, at an offset of a passage; of several on a line the highest `weight` is shown."""

    weight: int
    offset: int
    character: str
    style: str


def sign_for(signs: Iterable[Sign], start: int, end: int) -> Sign | None:
    """Return the sign of a line that shows the offsets from `start` to `end`, or None."""
    return max((sign for sign in signs if start <= sign.offset < end), default=None)
