"""Words divided at a line's end: put together, or left with their hyphen, as the rest of the book spells them."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORDS: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_AT_END: Final = re.compile(r"([^\W\d_]+(?:-[^\W\d_]+)*)[-\u2010\u00ad]$")
_AT_START: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_SOFT: Final = "\u00ad"
_FIRST_PARTS: Final = frozenset(
    "anti semi self non ex vice well ill all half pro neo pseudo ultra quasi pre post counter arch demi mi non contre"
    " avant après sous twenty thirty forty fifty sixty seventy eighty ninety one two three four five six seven eight"
    " nine ten".split()
)
"""First parts of words that are written with a hyphen more often than not."""


def words_within_lines(lines: Iterable[str]) -> Counter[str]:
    """Count the words of a text as they are spelt where no line end divides them."""
    words: Counter[str] = Counter()
    for line in lines:
        words.update(word.casefold() for word in _WORDS.findall(_AT_END.sub("", line.rstrip())))
    return words


def keeps_hyphen(first: str, second: str, words: Counter[str]) -> bool:
    """Whether a hyphen between two parts of a word belongs to it: by the book's spellings, else by the first part."""
    first, second = first.casefold(), second.casefold()
    with_hyphen, without = words[f"{first}-{second}"], words[first + second]
    if with_hyphen != without:
        return with_hyphen > without
    return first.rpartition("-")[2] in _FIRST_PARTS and words[second] > 0


def joined_lines(lines: Sequence[str], words: Counter[str]) -> str:
    """Join the lines of a paragraph; words divided at a line's end are put together."""
    whole = ""
    for line in lines:
        text = line.strip()
        divided = _AT_END.search(whole) if whole else None
        following = _AT_START.match(text)
        if divided is None or following is None or not following[0][:1].islower():
            whole = f"{whole} {text}" if whole else text
        elif not whole.endswith(_SOFT) and keeps_hyphen(divided[1], following[0], words):
            whole += text
        else:
            whole = whole[:-1] + text
    return whole
