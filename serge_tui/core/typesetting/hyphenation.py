"""Hyphenation after F. M. Liang, "Word Hy-phen-a-tion by Com-put-er" (Stanford, 1983).

The patterns are those that pyphen ships. Pyphen itself parses every pattern when a language is first asked for, which
takes 70 ms for English and half a second for German; here a pattern's digits are read when the pattern first matches,
so that the first page does not wait. A test compares the two.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from serge_tui.core.typesetting.display_text import Drawn

MIN_LEFT: Final = 2
"""Fewest letters before a hyphen; TeX has the same for most languages."""
MIN_RIGHT: Final = 3
"""Fewest letters after a hyphen."""

_SHORTEST_WORD: Final = 6
_MOST_WORDS_KEPT: Final = 20_000
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
# Beside one of these a run of letters is a part of something: a compound, an elision, an address.
_JOINED: Final = frozenset("-\u2010'\u2019_@/&=\\")
_NOUNS_HAVE_CAPITALS: Final = frozenset({"de", "lb"})


class Hyphenator:
    """Divides the words of one language. `patterns` holds Liang's patterns, each under its letters alone."""

    def __init__(self, language: str, patterns: dict[str, str]) -> None:
        self._patterns = patterns
        self._divides_capitalised = language[:2].lower() in _NOUNS_HAVE_CAPITALS
        self._known: dict[str, tuple[int, ...]] = {}

    def points(self, word: str) -> tuple[int, ...]:
        """Return the positions in a word before which it may be divided, ascending."""
        word = word.lower()
        points = self._known.get(word)
        if points is None:
            if len(self._known) >= _MOST_WORDS_KEPT:
                self._known.clear()
            points = self._known[word] = self._find(word)
        return points

    def _find(self, word: str) -> tuple[int, ...]:
        dotted, patterns = f".{word}.", self._patterns
        size = len(dotted)
        values = [0] * (size + 1)
        for start in range(size - 1):
            for stop in range(start + 1, size + 1):
                if pattern := patterns.get(dotted[start:stop]):
                    at = start
                    for char in pattern:
                        if "0" <= char <= "9":
                            values[at] = max(values[at], int(char))
                        else:
                            at += 1
        return tuple(at for at in range(MIN_LEFT, len(word) - MIN_RIGHT + 1) if values[at + 1] % 2)

    def places(self, drawn: Drawn, start: int, stop: int) -> list[int]:
        """Return the positions between `start` and `stop` where a hyphen may be inserted, ascending.

        Names are not divided: in most languages any word with a capital, in German only words all in capitals.
        A word in which the text itself has soft hyphens is divided at those and nowhere else.
        """
        text, soft = drawn.text, drawn.soft
        found: list[int] = []
        for match in _WORD.finditer(text, start, stop):
            left, right = match.span()
            if soft and not soft.isdisjoint(range(left + 1, right)):
                found.extend(sorted(soft.intersection(range(left + 1, right))))
                continue
            if right - left < _SHORTEST_WORD:
                continue
            word = match.group()
            if not word.islower() and not (self._divides_capitalised and word[1:].islower()):
                continue
            if text[left - 1 : left] in _JOINED or text[right : right + 1] in _JOINED:
                continue
            found.extend(left + point for point in self.points(word))
        if drawn.never:
            found = [place for place in found if place not in drawn.never]
        return found


@lru_cache(maxsize=4)
def hyphenator(language: str) -> Hyphenator | None:
    """Return the hyphenator for a language (`en`, `en-GB`), made once, or None if there are no patterns for it.

    The first call takes some milliseconds; a thread can make it in advance.
    """
    from pyphen import LANGUAGES, language_fallback

    name = language_fallback(language) if language else None
    if name is None:
        return None
    raw: bytes = LANGUAGES[name].read_bytes().replace(b"\r", b"")
    encoding, _, raw = raw.partition(b"\n")
    codec = encoding.decode("ascii").strip()
    letters = raw.translate(None, b"0123456789").decode(codec).split("\n")
    patterns = dict(zip(letters, raw.decode(codec).split("\n"), strict=True))
    patterns.pop("", None)
    return Hyphenator(name, patterns)
