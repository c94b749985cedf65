"""Explain: which spelling of a figure answered, and which of its letters are to be lit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.names import reading
from db.text import fold
from serge_tui.finder.register import whole_key
from serge_tui.finder.vocabulary import Vocabulary, Way
from serge_tui.finder.words import Word, whole_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.finder.match import Reason
    from serge_tui.finder.ranking import Found
    from serge_tui.finder.register import Entry


def explain(entry: Entry, vocabulary: Vocabulary, found: Found) -> tuple[str, tuple[int, ...], Reason]:
    """The spelling that best shows why a figure was found, the offsets of its lit letters, and the reason in a word.

    The figure's name is shown unless another spelling has more of what was typed.
    """
    typed = whole_key(word.folded for word in found.typed)
    best: tuple[float, int] | None = None
    shown, lit = entry.name, set[int]()
    for order, text in enumerate(entry.spellings):
        words = whole_words(text)
        numbers = {vocabulary.ids.get(word.folded, -1): word for word in words}
        value = 0.0
        letters: set[int] = set()
        for hit, word in zip(found.parts, found.typed, strict=True):
            if hit is None:
                continue
            own = numbers.get(hit[0])
            if own is None:
                own = _same_reading(vocabulary, hit[0], words)
                if own is None:
                    continue
                value += 0.9
            else:
                value += 1.0
            letters |= _letters(text, own, word, hit[2].way)
        if found.whole and whole_key(word.folded for word in words) == typed:
            value += 1.0
        if best is None or value > best[0] + 1e-9:
            best, shown, lit = (value, order), text, letters
    return shown, tuple(sorted(lit)), _reason(entry, found, shown)


def _reason(entry: Entry, found: Found, shown: str) -> Reason:
    if found.has(Way.SOUND):
        return "sounds like"
    if found.has(Way.NEAR):
        return "spelling close"
    if found.has(Way.READ):
        return "other spelling"
    return "name" if shown == entry.name else "alias"


def _same_reading(vocabulary: Vocabulary, number: int, words: Sequence[Word]) -> Word | None:
    """The word of a spelling that reads as the word that was hit: the Latin beside the Cyrillic."""
    read = vocabulary.reading_of(number)
    return next((word for word in words if reading(word.marked) == read), None)


def _letters(text: str, own: Word, typed: Word, way: Way) -> set[int]:
    """Offsets in `text` of the letters of one of its words that were typed."""
    span = range(own.start, own.end)
    if way is Way.SAME or way is Way.READ:
        return set(span)
    if way is Way.INITIAL:
        return {own.start}
    if way is Way.GIVEN:
        return set(span)
    if way is Way.BEGINS:
        return set(span[: _length_begun(text, own, typed)])
    from rapidfuzz.distance import Indel

    folded: list[str] = []
    origin: list[int] = []
    for at in span:
        for char in fold(text[at]):
            folded.append(char)
            origin.append(at)
    lit: set[int] = set()
    for block in Indel.opcodes(typed.folded, "".join(folded)):
        if block.tag == "equal":
            lit.update(origin[block.dest_start : block.dest_end])
    return lit


def _length_begun(text: str, own: Word, typed: Word) -> int:
    """How many letters of a word the typed beginning covers: as many as fold to it, or as read like it."""
    for length in range(1, own.end - own.start + 1):
        if len(fold(text[own.start : own.start + length])) >= len(typed.folded) and own.folded.startswith(typed.folded):
            return length
    read = reading(typed.marked)
    for length in range(1, own.end - own.start + 1):
        if len(reading(fold(text[own.start : own.start + length]))) >= len(read):
            return length
    return own.end - own.start
