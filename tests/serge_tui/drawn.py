"""What is drawn on the screen and how well it is read: words with their colours, taken from the app's own picture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from textual.geometry import Region

_SVG: Final = "{http://www.w3.org/2000/svg}"
_CELL_WIDTH, _LINE_HEIGHT, _FIRST_LINE = 12.2, 24.4, 1.5  # of Rich's picture of a terminal
_RULE = re.compile(r"\.\S+-(r\d+) \{ fill: (#[0-9a-f]{6})", re.IGNORECASE)
_LINE = re.compile(r"-line-(\d+)\)")
NO_TEXT: Final = re.compile(r"[\s\u2500-\u259f\u2800-\u28ff·…]+")
"""What is no text: rules, frames, blocks, bars, shades (an end that is hidden), strips of Braille dots, leaders."""


@dataclass(frozen=True)
class Drawn:
    """Words in one style, at a column of a line; colours as `#rrggbb`."""

    words: str
    column: int
    line: int
    colour: str
    ground: str

    @property
    def contrast(self) -> float:
        """Contrast of the words on their ground, 1 to 21."""
        return contrast(self.colour, self.ground)


def _linear(colour: str) -> Iterator[float]:
    for part in (colour[1:3], colour[3:5], colour[5:7]):
        value = int(part, 16) / 255
        yield value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance of `#rrggbb`, 0 to 1, after WCAG 2."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def lightness(colour: str) -> float:
    """Lightness L* of `#rrggbb`, 0 to 100."""
    light = luminance(colour)
    return float(116 * light ** (1 / 3) - 16 if light > 0.008856 else 903.3 * light)


def as_seen(colour: str, matrix: Sequence[Sequence[float]]) -> str:
    """Return a colour as it looks to a reader for whom linear red, green and blue are mixed by a matrix."""
    linear = list(_linear(colour))
    mixed = (min(1.0, max(0.0, sum(a * b for a, b in zip(row, linear, strict=True)))) for row in matrix)
    parts = (value * 12.92 if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055 for value in mixed)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def contrast(one: str, other: str) -> float:
    """Contrast of two colours after WCAG 2, 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def drawn_text(picture: str, within: Sequence[Region] | None = None) -> Iterator[Drawn]:
    """Each stretch of text in a picture from `App.export_screenshot`, with what is no text left out.

    `within` leaves out what stands outside some regions of the screen.
    """
    root = ET.fromstring(picture)
    style = "".join(element.text or "" for element in root.iter(f"{_SVG}style"))
    colours = {name: colour.lower() for name, colour in _RULE.findall(style)}
    grounds: dict[tuple[int, int], str] = {}
    for rect in root.iter(f"{_SVG}rect"):
        if rect.get("shape-rendering") != "crispEdges":
            continue
        line = round((float(rect.get("y", 0)) - _FIRST_LINE) / _LINE_HEIGHT)
        first = round(float(rect.get("x", 0)) / _CELL_WIDTH)
        for column in range(first, first + round(float(rect.get("width", 0)) / _CELL_WIDTH)):
            grounds[column, line] = rect.get("fill", "").lower()
    for text in root.iter(f"{_SVG}text"):
        at = _LINE.search(text.get("clip-path", ""))
        words = (text.text or "").replace("\xa0", " ")
        if at is None or not NO_TEXT.sub("", words):
            continue
        line, column = int(at[1]), round(float(text.get("x", 0)) / _CELL_WIDTH)
        if within is not None and not any(region.contains(column, line) for region in within):
            continue
        colour = colours[text.get("class", "").rpartition("-")[2]]
        yield Drawn(words.strip(), column, line, colour, grounds[column, line])
