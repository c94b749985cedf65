"""Words of a text as names need them: capitalised, with invisible characters and combining marks inside."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Final

from db.text import fold

INVISIBLE: Final = "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f"
_MARKS: Final = "\u0300-\u036f\u0483-\u0489"
LETTER: Final = rf"(?:[^\W\d_]|[{INVISIBLE}{_MARKS}])"
APOSTROPHES: Final = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4"
HYPHENS: Final = "\\-\u2010\u2011\u2012\u2013"
_SEPARATOR: Final = rf"[\s{HYPHENS}{APOSTROPHES}.{INVISIBLE}]{{1,4}}"

_CASED_RANGES: Final = ((0x41, 0x24F), (0x370, 0x58F), (0x10A0, 0x10CF), (0x1E00, 0x1FFF))


@cache
def capitals() -> str:
    """Capital letters of the Latin, Greek, Cyrillic, Armenian and Georgian scripts, for a character class."""
    return "".join(
        chr(code)
        for first, last in _CASED_RANGES
        for code in range(first, last + 1)
        if unicodedata.category(chr(code)) in ("Lu", "Lt")
    )


@cache
def capitalised_word() -> re.Pattern[str]:
    """A word that begins with a capital letter, or the rest of a word from its first capital on.

    The text before is not examined here: a look-behind at each capital would make the search four times as slow.
    """
    return re.compile(rf"[{capitals()}][^\W\d_]*(?:[{INVISIBLE}{_MARKS}]+[^\W\d_]*)*")


NEXT_WORD: Final = re.compile(rf"{_SEPARATOR}({LETTER}+)")
"""From the end of a word: what may stand between two words of one name, and the next word."""
ANY_WORD: Final = re.compile(rf"{LETTER}+")
REST_OF_WORD: Final = re.compile(
    rf"(?:[{HYPHENS}\u00ad][{INVISIBLE}]*\s?|[{APOSTROPHES}])([{INVISIBLE}]*[^\W\d_]{LETTER}+)"
)
"""The rest of a word after a line-end hyphen, or after an apostrophe for a soft sign."""
CASELESS: Final = re.compile("[\u05d0-\u08ff\u0900-\u0dff\u0e00-\u109f\u1100-\u11ff\u3040-\u9fff\uac00-\ud7af]")


def words_of(text: str) -> tuple[str, ...]:
    """The folded words of a name; hyphens, apostrophes and full stops part them."""
    return tuple(folded for word in ANY_WORD.findall(text) if (folded := fold_word(word)))


def fold_word(word: str) -> str:
    """One word folded as `db.text.fold` does, quickly when there is nothing but ASCII."""
    return word.lower() if word.isascii() else fold(word)


def marked(word: str) -> str:
    """One word in lower case with its diacritics, as `db.names.readings` wants it."""
    return word.lower() if word.isascii() else unicodedata.normalize("NFC", re.sub(f"[{INVISIBLE}]", "", word).lower())
