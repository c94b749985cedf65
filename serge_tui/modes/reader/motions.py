"""Motions in a text by character, word, sentence and paragraph, and the stretch of each."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from serge_tui.modes.reader.stretch import Stretch

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from db.models import Passage

Place: TypeAlias = tuple[int, int]
"""Passage (ordinal in the edition) and character offset."""
Unit: TypeAlias = Literal["character", "word", "sentence", "paragraph", "line"]
Motion: TypeAlias = Literal["left", "right", "word", "back", "word-end", "sentence", "sentence-back", "paragraph",
                            "paragraph-back", "first", "last"]  # fmt: skip

_WORD: Final = re.compile(r"\w+(?:[’'‐‑-]\w+)*")
_SENTENCE_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*\s+(?=[\"'“‘«(\[¡¿—–]*[\w…])|\n+(?=.)")
_ABBREVIATED: Final = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Prof|Gen|Col|Capt|Lt|No|vol|pp?|ch|cf|etc|e\.g|i\.e|MM?|Mme|Mlle|Sr|Sra|bzw|Nr|Hr|Fr|г|т|д)"
    r"|\b[^\W\d_])\.\s*$",
    re.IGNORECASE,
)


@lru_cache(maxsize=64)
def words(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each word."""
    return [match.span() for match in _WORD.finditer(text)]


@lru_cache(maxsize=64)
def sentences(text: str) -> list[tuple[int, int]]:
    """Return the start and end of each sentence.

    None ends before a small letter, nor after an initial or a usual abbreviation.
    """
    starts = [0]
    for match in _SENTENCE_END.finditer(text):
        found = match.group()
        if "\n" not in found and (
            text[match.end()].islower()
            or (found.strip() == "." and _ABBREVIATED.search(text[starts[-1] : match.end()]))
        ):
            continue
        starts.append(match.end())
    ends = [*starts[1:], len(text)]
    return [(start, start + len(text[start:end].rstrip())) for start, end in zip(starts, ends, strict=True)]


class Text:
    """The passages of a chapter to move in; every place is that of a character."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._texts = {passage.ordinal: passage.text for passage in passages}
        self._ordinals = sorted(self._texts)

    def text(self, passage: int) -> str:
        """Return the text of a passage; empty if it is not in this chapter."""
        return self._texts.get(passage, "")

    def tame(self, place: Place) -> Place:
        """Return the nearest place that has a character."""
        passage = max(self._ordinals[0], min(place[0], self._ordinals[-1])) if self._ordinals else 0
        return passage, max(0, min(place[1], len(self.text(passage)) - 1))

    def move(self, place: Place, motion: Motion) -> Place:
        """Return where a motion leads; the place itself at the ends of the text."""
        match motion:
            case "left":
                return self._step(place, -1)
            case "right":
                return self._step(place, 1)
            case "word":
                return self._next(place, lambda text: [start for start, _ in words(text)])
            case "back":
                return self._before(place, lambda text: [start for start, _ in words(text)])
            case "word-end":
                return self._next(place, lambda text: [end - 1 for _, end in words(text)])
            case "sentence":
                return self._next(place, lambda text: [start for start, _ in sentences(text)])
            case "sentence-back":
                return self._before(place, lambda text: [start for start, _ in sentences(text)])
            case "paragraph":
                return self._next((place[0], len(self.text(place[0]))), lambda _: [0])
            case "paragraph-back":
                return self._before(place, lambda _: [0])
            case "first":
                return self.tame((-1, 0))
            case "last":
                return self.tame((1 << 40, 1 << 40))

    def unit(self, place: Place, unit: Unit, line: Callable[[Place], Stretch]) -> Stretch:
        """Return the word, sentence, paragraph or line a place is in; `line` finds the line."""
        passage, offset = place = self.tame(place)
        text = self.text(passage)
        match unit:
            case "character":
                return Stretch(passage, offset, passage, min(len(text), _after_marks(text, offset + 1)))
            case "line":
                return line(place)
            case "paragraph":
                return Stretch(passage, 0, passage, len(text))
            case "word":
                found = words(text)
                at = bisect_right(found, offset, key=lambda span: span[0]) - 1
                inside = at >= 0 and offset < found[at][1]
                start, end = found[at] if inside else (offset, offset + 1)
            case "sentence":
                found = sentences(text)
                at = max(0, bisect_right(found, offset, key=lambda span: span[0]) - 1)
                start, end = found[at]
        return Stretch(passage, start, passage, min(len(text), max(end, start + 1)))

    def _step(self, place: Place, count: int) -> Place:
        passage, offset = self.tame(place)
        text = self.text(passage)
        offset = _after_marks(text, offset + 1) if count > 0 else _before_marks(text, offset - 1)
        if 0 <= offset < len(text):
            return passage, offset
        at = self._ordinals.index(passage) + count
        if not 0 <= at < len(self._ordinals):
            return self.tame(place)
        other = self._ordinals[at]
        return other, 0 if count > 0 else max(0, len(self.text(other)) - 1)

    def _next(self, place: Place, stops: Callable[[str], Sequence[int]]) -> Place:
        passage, offset = place
        for ordinal in self._ordinals[bisect_left(self._ordinals, passage) :]:
            found = stops(self.text(ordinal))
            at = bisect_right(found, offset) if ordinal == passage else 0
            if at < len(found):
                return ordinal, found[at]
        return self.move(place, "last")

    def _before(self, place: Place, stops: Callable[[str], Sequence[int]]) -> Place:
        passage, offset = place
        for ordinal in reversed(self._ordinals[: bisect_right(self._ordinals, passage)]):
            found = stops(self.text(ordinal))
            at = bisect_left(found, offset) if ordinal == passage else len(found)
            if at > 0:
                return ordinal, found[at - 1]
        return self.move(place, "first")


def _after_marks(text: str, offset: int) -> int:
    """Return the offset after any combining marks."""
    while offset < len(text) and unicodedata.combining(text[offset]):
        offset += 1
    return offset


def _before_marks(text: str, offset: int) -> int:
    """Return the offset before any combining marks."""
    while offset > 0 and unicodedata.combining(text[offset]):
        offset -= 1
    return offset
