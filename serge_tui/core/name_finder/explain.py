"""Explain a match: which spelling matched, and which of its letters to highlight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.names import reading
from db.text import fold
from serge_tui.core.name_finder.register import whole_key
from serge_tui.core.name_finder.vocabulary import Vocabulary, Way
from serge_tui.core.name_finder.words import Word, whole_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from serge_tui.core.name_finder.match import Reason
    from serge_tui.core.name_finder.ranking import Found
    from serge_tui.core.name_finder.register import Entry


def explain(entry: Entry, vocabulary: Vocabulary, found: Found) -> tuple[str, tuple[int, ...], Reason]:
    """Return the spelling that best explains a match, the offsets of the letters to highlight, and the reason.

    The figure's name is used unless another spelling has more of the typed words.
    """
    whole = whole_key(word.folded for word in found.typed) if found.whole else None
    wanted = [(part[0], part[2].way, word) for part, word in zip(found.parts, found.typed, strict=True) if part]
    best = -1.0
    shown, hits = entry.name, list[tuple[int, Word, Way]]()
    for text, numbers in entry.spellings:
        value = 0.0
        placed: list[tuple[int, Word, Way]] = []
        for number, way, word in wanted:
            at = _place(number, numbers, vocabulary)
            if at is not None:
                value += 1.0 if numbers[at] == number else 0.9
                placed.append((at, word, way))
        if whole is not None and whole_key(vocabulary.words[number] for number in numbers if number >= 0) == whole:
            value += 1.0
        if value > best:
            best, shown, hits = value, text, placed
            if value == len(wanted) and whole is None:
                break
    words = whole_words(shown)
    lit: set[int] = set()
    for at, word, way in hits:
        if at < len(words):
            lit |= _letters(shown, words[at], word, way)
    return shown, tuple(sorted(lit)), _reason(entry, found, shown)


def _place(number: int, numbers: Sequence[int], vocabulary: Vocabulary) -> int | None:
    """Return which word of a spelling matched, or reads like the match: the Latin form of a Cyrillic word."""
    if number in numbers:
        return numbers.index(number)
    read = vocabulary.reading_of(number)
    return next((at for at, other in enumerate(numbers) if other >= 0 and vocabulary.reading_of(other) == read), None)


def _reason(entry: Entry, found: Found, shown: str) -> Reason:
    if found.has(Way.SOUND):
        return "sounds like"
    if found.has(Way.NEAR):
        return "spelling close"
    if found.has(Way.READ):
        return "other spelling"
    return "name" if shown == entry.name else "alias"


def _letters(text: str, own: Word, typed: Word, way: Way) -> set[int]:
    """Return the offsets in `text` of the typed letters of one of its words."""
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
    """Return how many letters of a word the typed beginning covers, by folding or by reading."""
    for length in range(1, own.end - own.start + 1):
        if len(fold(text[own.start : own.start + length])) >= len(typed.folded) and own.folded.startswith(typed.folded):
            return length
    read = reading(typed.marked)
    for length in range(1, own.end - own.start + 1):
        if len(reading(fold(text[own.start : own.start + length]))) >= len(read):
            return length
    return own.end - own.start
