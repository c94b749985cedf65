"""Measure text in terminal cells, and find the character at a cell.

Nearly all characters of a European book take one cell: a pattern recognises them, and nothing is measured.
Other text is measured with wcwidth, imported only when needed.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from functools import cache, lru_cache
from itertools import accumulate
from typing import Final

# One cell each, whatever is next to them, and harmless: Latin, Greek, Cyrillic, Armenian, Georgian, the usual
# punctuation, currency, letter-like and number forms, arrows, mathematics, lines and blocks. No breaking space but the
# plain one, no soft hyphen, nothing invisible. The line feed is let through because it is never drawn.
_PLAIN: Final = (
    "\n\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0377\u037b-\u037f\u0384-\u038a\u038e-\u03a1\u03a3-\u0482"
    "\u048a-\u052f\u0531-\u0556\u0561-\u0587\u10d0-\u10ff\u1e00-\u1f15\u2007\u2010-\u2027\u202f\u2030-\u205e"
    "\u2070\u2071\u2074-\u208e\u20a0-\u20bf\u2100-\u2138\u213c-\u218b\u2190-\u2193\u2200-\u22ff\u2500-\u25fc\ufffd"
)
_ONE_CELL: Final = re.compile(f"[{_PLAIN}]*")


@cache
def _unjoined() -> re.Pattern[str]:
    """Text in which each character's width is its own.

    The characters above, combining marks of European scripts, Hebrew, Arabic, Chinese, Japanese, composed Korean. Any
    other text is cut into grapheme clusters first: joined emoji, flags, skin tones, the scripts of South and
    South-East Asia.
    """
    return re.compile(
        f"[{_PLAIN}\u0300-\u034e\u0350-\u036f\u0483-\u0489\u0591-\u05ff\u0610-\u061a\u0620-\u06dc\u1ab0-\u1abe"
        "\u1dc0-\u1df5\u20d0-\u20dc\u3001-\u3029\u3041-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe20-\ufe2f"
        "\uff01-\uff60]*"
    )


class _CharacterWidths(dict[str, int]):
    """Widths of single characters, filled as they are met."""

    def __missing__(self, char: str) -> int:
        from wcwidth import wcwidth

        width = self[char] = max(0, wcwidth(char))
        return width


_CHARACTER_WIDTHS: Final = _CharacterWidths()


@lru_cache(maxsize=2048)
def _cluster_width(cluster: str) -> int:
    from wcwidth import wcswidth

    return max(0, wcswidth(cluster))


def is_one_cell(text: str) -> bool:
    """Return whether every character takes one cell and is harmless; line feeds are allowed."""
    return (text.isascii() and text.isprintable()) or _ONE_CELL.fullmatch(text) is not None


def character_widths(text: str) -> list[int]:
    """Return the cells of each character: a grapheme cluster's are given to its first character, the others have 0."""
    if _unjoined().fullmatch(text):
        return list(map(_CHARACTER_WIDTHS.__getitem__, text))
    from wcwidth import iter_graphemes

    widths: list[int] = []
    for cluster in iter_graphemes(text):
        widths.append(_cluster_width(cluster))
        widths.extend([0] * (len(cluster) - 1))
    return widths


def cell_positions(text: str) -> array[int] | None:
    """Return the cells before each character and, last, before the end; None if they equal the character's index."""
    if is_one_cell(text):
        return None
    return array("I", accumulate(character_widths(text), initial=0))


@lru_cache(maxsize=512)
def _cached_positions(text: str) -> array[int] | None:
    return cell_positions(text)


def cell_width(text: str) -> int:
    """Return how many cells a line of text takes."""
    positions = _cached_positions(text)
    return len(text) if positions is None else positions[-1]


def cell_of(text: str, index: int) -> int:
    """Return the first cell of the grapheme cluster of the character at `index`; the end of the text has one too."""
    positions = _cached_positions(text)
    if positions is None:
        return index
    if 0 < index < len(text) and positions[index] == positions[index + 1]:
        index = max(0, bisect_left(positions, positions[index]) - 1)
    return positions[index]


def index_at(text: str, cell: int) -> int:
    """Return the index of the character drawn at a cell, or the text's length if it ends before."""
    positions = _cached_positions(text)
    if positions is None:
        return max(0, min(cell, len(text)))
    return max(0, min(bisect_right(positions, cell) - 1, len(text)))
