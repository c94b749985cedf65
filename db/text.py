"""Sanitise outside text, and fold text for comparison.

Everything from a file goes through `sanitise` before it is stored, and again where it is drawn: a terminal obeys
escape sequences from any source, and no widget removes them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

VISIBLE_STAND_IN: Final = "\N{REPLACEMENT CHARACTER}"

# C0 (except tab and newline), DEL and C1 controls; bidi marks, embeddings, overrides and isolates; the byte-order
# mark; line and paragraph separators; tag characters; interlinear annotation; lone surrogates.
_DANGEROUS: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
_INVISIBLE: Final = re.compile("[\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f]")
_FOLDS: Final = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bb\u02bc\u02bd\u02b9\u2032`\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
        **dict.fromkeys("\u00a0\u2007\u2009\u200a\u202f\u3000", " "),
        **dict.fromkeys("\u0141\u0142", "l"),
        **dict.fromkeys("\u00d8\u00f8\u01fe\u01ff", "o"),
        **dict.fromkeys("\u00c6\u00e6\u01e2\u01e3\u01fc\u01fd", "ae"),
        **dict.fromkeys("\u0152\u0153", "oe"),
        **dict.fromkeys("\u0110\u0111", "d"),
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
    return " ".join(text.translate(_FOLDED).split())


@lru_cache(maxsize=4096)
def _folded(char: str) -> str:
    """Fold one character, cached: a text has few different ones. Spaces stay."""
    return without_accents(_INVISIBLE.sub("", char).translate(_FOLDS)).casefold()


class _FoldedCharacters(dict[int, str]):
    """The folded form of each character that was met, by its code: folding never looks at two at once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_FOLDED: Final = _FoldedCharacters()


def fold_with_map(text: str) -> tuple[str, list[int]]:
    """Fold `text`; return it with the offset in `text` of each of its characters.

    Unlike `fold`, nothing is stripped at the ends; runs of white space become one space.
    """
    folded: list[str] = []
    origin: list[int] = []
    for offset, char in enumerate(text):
        for part in _folded(char):
            if not part.isspace():
                folded.append(part)
            elif not folded or folded[-1] != " ":
                folded.append(" ")
            else:
                continue
            origin.append(offset)
    return "".join(folded), origin


def in_original(origin: Sequence[int], start: int, end: int) -> tuple[int, int]:
    """Return where in a text a stretch of its folded form stands; `origin` is from `fold_with_map`.

    Accents and invisible characters that follow the last letter belong to it.
    """
    last = origin[end - 1]
    following = origin[end] if end < len(origin) else last
    return origin[start], max(last + 1, following)


# Characters that SQLite's tokenizer `unicode61 remove_diacritics 2` folds as `fold` does, word by word.
_FOLDED_BY_SQLITE: Final = re.compile(
    "[\x00-\x7f\u00a0-\u00a9\u00ab\u00ac\u00ae-\u00b1\u00b6\u00b7\u00bb\u00bf-\u00c5\u00c7-\u00d7\u00d9-\u00de\u00e0-\u00e5"
    "\u00e7-\u00f7\u00f9-\u0107\u010c-\u010f\u0118-\u011b\u0143\u0144\u0147\u0148\u0158-\u0161\u016e\u016f\u0179-\u017e\u0410-\u0418"
    "\u041a-\u0438\u043a-\u044f\u2010-\u2027\u202f-\u205f]*"
)


def folded_for_index(text: str) -> str | None:
    """Return the folded text that search has to index, or None where SQLite folds the text itself as `fold` does."""
    return None if _FOLDED_BY_SQLITE.fullmatch(text) else fold(text)
