"""Sanitise outside text, and fold text for comparison.

Everything from a file goes through `sanitise` before it is stored, and again where it is drawn: a terminal obeys
escape sequences from any source, and no widget removes them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

VISIBLE_STAND_IN: Final = "\N{REPLACEMENT CHARACTER}"

# C0 (except tab and newline), DEL and C1 controls; bidi marks, embeddings, overrides and isolates; the byte-order
# mark; line and paragraph separators; tag characters; interlinear annotation; lone surrogates.
_DANGEROUS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_INVISIBLE: Final = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f]")
_FOLDS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u02b9\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u0141\u0142", "l"),
        **dict.fromkeys("\u00d8\u00f8", "o"),
        **dict.fromkeys("\u00c6\u00e6", "ae"),
        **dict.fromkeys("\u0152\u0153", "oe"),
        "\u0111": "d",
        "\u0131": "i",
        "\u2026": "...",
    }
)


def sanitise(text: str) -> str:
    r"""Replace every character that could steer a terminal with a visible stand-in.

    Tabs become spaces and `\r\n` or `\r` become `\n`; nothing else that a reader can see changes. Idempotent.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ")
    return _DANGEROUS.sub(VISIBLE_STAND_IN, text) if not text.isascii() or not text.isprintable() else text


def sanitise_in_place(text: str) -> str:
    """Sanitise without changing offsets: each character keeps its place.

    A tab or carriage return becomes one space; what could steer a terminal becomes one visible stand-in.
    """
    if text.isascii() and text.isprintable():
        return text
    return _DANGEROUS.sub(VISIBLE_STAND_IN, text.replace("\t", " ").replace("\r", " "))


def sanitise_line(text: str) -> str:
    """Sanitise text shown on one line: every run of white space becomes one space."""
    return " ".join(sanitise(text).split())


def without_accents(text: str) -> str:
    """Drop combining marks: *café* becomes *cafe*, Cyrillic *й* becomes *и*."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def fold(text: str) -> str:
    """Fold text so that two spellings of one thing are equal.

    Case, accents, invisible characters, kinds of quotation mark, dash and space do not count.
    """
    text = _INVISIBLE.sub("", text).translate(_FOLDS)
    return " ".join(without_accents(text).casefold().split())


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """Fold one character, cached: a text has few different ones."""
    return fold(char)


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Fold `text`; return it with the offset in `text` of each of its characters.

    Unlike `fold`, nothing is stripped at the ends; runs of white space become one space.
    """
    folded: list[str] = []
    origin: list[int] = []
    in_space = False
    for offset, char in enumerate(text):
        if char.isspace() or char in "\u00a0\u2007\u2009\u200a\u202f\u3000":
            if not in_space:
                folded.append(" ")
                origin.append(offset)
            in_space = True
            continue
        in_space = False
        for part in _folded(char):
            folded.append(part)
            origin.append(offset)
    return "".join(folded), origin
