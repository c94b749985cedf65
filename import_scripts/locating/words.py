"""A text as a sequence of folded words, each with its passage and offset.

Two printings of a sentence may differ in quotation marks, dashes, spaces, line ends, capitals and accents, but not in
their words. All searches for words in a text use this.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, Final

from db.text import fold, fold_with_map

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD: Final = re.compile(r"[^\W_]+")
_INVISIBLE: Final = "\u00ad\u034f\u180e\u200b-\u200d\u2060-\u2064\ufe00-\ufe0f"
_APOSTROPHES: Final = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4"
_WRITTEN: Final = re.compile(rf"[^\W_](?:[^\W_]|[{_APOSTROPHES}{_INVISIBLE}\u0300-\u036f])*")
_PASSAGE_END: Final = "\x1e"
_QUICK: Final = (
    ("\u2019", ""), ("'", ""), ("\u2018", ""), ("\u2060", ""), ("\u00ad", ""), ("\u200b", ""), ("\u201c", " "),
    ("\u201d", " "), ("\u2014", " "), ("\u2013", " "), ("\u2026", " "), ("\u00a0", " "), ("\u202f", " "),
    ("\u200a", " "), ("\u00ab", " "), ("\u00bb", " "), ("\u2010", " "), ("\u2011", " "),
)  # fmt: skip
_FOLDED_APOSTROPHE: Final = "'"


def plain_words(text: str) -> list[str]:
    """The words of a text without case, accents, apostrophes and invisible characters; hyphens separate words."""
    return _WORD.findall(_plain(_quick(text)))


class WordIndex:
    """Passages as one sequence of words. Offsets are computed only when they are needed."""

    def __init__(self, texts: Sequence[str]) -> None:
        self.texts = texts
        self.words: list[str] = []
        self._starts: list[int] = []
        self._offsets: dict[int, list[tuple[int, int]]] = {}
        whole = _PASSAGE_END.join(text.replace(_PASSAGE_END, " ") for text in texts) if texts else ""
        for text in _quick(whole).split(_PASSAGE_END) if texts else ():
            self._starts.append(len(self.words))
            self.words += _WORD.findall(_plain(text))

    def positions(self, wanted: Iterable[str]) -> dict[str, list[int]]:
        """Return the positions of each of the wanted words."""
        found: defaultdict[str, list[int]] = defaultdict(list, {word: [] for word in wanted})
        keep = found.keys() & self.words if len(found) < 64 else found.keys()
        for at, word in enumerate(self.words):
            if word in keep:
                found[word].append(at)
        return found

    def passage_of(self, word: int) -> int:
        """Return the ordinal of the passage a word belongs to."""
        return bisect_right(self._starts, word) - 1

    def place(self, first: int, last: int) -> tuple[int, int, int, int]:
        """Return passage and offset of the beginning and of the end of a stretch of words; `last` is included."""
        passage, end_passage = self.passage_of(first), self.passage_of(last)
        start, _ = self._offset(passage, first - self._starts[passage])
        _, end = self._offset(end_passage, last - self._starts[end_passage])
        return passage, start, end_passage, end

    def first_word(self, passage: int) -> int:
        """Return the position of the first word of a passage, or of the next word if it has none."""
        return self._starts[passage] if passage < len(self._starts) else len(self.words)

    def _offset(self, passage: int, word: int) -> tuple[int, int]:
        offsets = self._offsets.get(passage)
        if offsets is None:
            offsets = self._offsets[passage] = self._offsets_of(passage)
        return offsets[word]

    def _offsets_of(self, passage: int) -> list[tuple[int, int]]:
        text = self.texts[passage]
        following = self._starts[passage + 1] if passage + 1 < len(self._starts) else len(self.words)
        words = self.words[self._starts[passage] : following]
        written = [
            (match.start(), match.start() + len(match[0].rstrip(_TRAILING))) for match in _WRITTEN.finditer(text)
        ]
        if [plain_words(text[start:end]) for start, end in written] == [[word] for word in words]:
            return written
        # Characters that fold to several words (such as a fraction): go back character by character.
        folded, origin = fold_with_map(text)
        kept = [(char, at) for char, at in zip(folded, origin, strict=True) if char != _FOLDED_APOSTROPHE]
        plain = "".join(char for char, _ in kept)
        offsets = [(kept[match.start()][1], kept[match.end() - 1][1] + 1) for match in _WORD.finditer(plain)]
        return offsets if len(offsets) == len(words) else [(0, len(text))] * len(words)


_TRAILING: Final = "'\u2018\u2019\u02bc\u02b9\u2032`\u00b4\u00ad\u200b\u2060"


def _quick(text: str) -> str:
    """Replace the commonest characters outside ASCII with `str.replace`, which is fast."""
    for character, instead in _QUICK:
        if character in text:
            text = text.replace(character, instead)
    return text


def _plain(text: str) -> str:
    return text.lower() if text.isascii() else fold(text).replace(_FOLDED_APOSTROPHE, "")
