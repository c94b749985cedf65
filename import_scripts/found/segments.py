"""A chapter's text as paragraphs and sentences, by offsets in code points."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_BLANK_LINES: Final = re.compile(r"\n[ \t]*\n[\s]*")
_STOP: Final = re.compile(r"[.!?…]+[\"”’»)\]]*(?=\s+[\"“‘«„(\[—–-]*\s?[\w])|[.!?…]+[\"”’»)\]]*(?=\s*$)")
_INITIAL: Final = re.compile(r"(?:^|[\s.(])[^\W\d_]\.$")
_ABBREVIATIONS: Final = frozenset(
    """mr mrs ms dr prof st gen col capt lt maj sgt rev hon jr sr vs etc eg ie cf vol no nos ch p pp fig messrs
    m mm mme mlle mgr sto sta d da dn dña sra srta ud uds vd vds gral cap""".split()
)
_WORD_BEFORE: Final = re.compile(r"([^\W\d_]+)\.$")
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: where it begins and ends in its chapter."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the paragraph with the number `paragraph`."""

    start: int
    end: int
    paragraph: int


def paragraphs(text: str) -> list[Paragraph]:
    """Return the paragraphs of a text, parted by blank lines."""
    found, start = [], 0
    for gap in _BLANK_LINES.finditer(text):
        if text[start : gap.start()].strip():
            found.append(_trimmed(text, start, gap.start()))
        start = gap.end()
    if text[start:].strip():
        found.append(_trimmed(text, start, len(text)))
    return found


def _trimmed(text: str, start: int, end: int) -> Paragraph:
    piece = text[start:end]
    return Paragraph(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def sentences(text: str, parts: list[Paragraph] | None = None) -> list[Sentence]:
    """Return the sentences of a text in order. A tag after quoted words (“…!” he said) belongs to their sentence."""
    found = []
    for number, paragraph in enumerate(paragraphs(text) if parts is None else parts):
        start = paragraph.start
        for stop in _STOP.finditer(text, paragraph.start, paragraph.end):
            end = stop.end()
            if end < paragraph.end and not _ends_here(text, start, stop.start(), end, paragraph.end):
                continue
            if text[start:end].strip():
                found.append(Sentence(start, end, number))
            start = end
            while start < paragraph.end and text[start].isspace():
                start += 1
        if text[start : paragraph.end].strip():
            found.append(Sentence(start, paragraph.end, number))
    return found


def _ends_here(text: str, start: int, stop: int, end: int, limit: int) -> bool:
    following = next((character for character in text[end:limit] if not character.isspace()), "")
    if following.islower():
        return False
    if text[stop] != "." or end - stop > 1:
        return True
    before = text[max(start, stop - 12) : stop + 1]
    if _INITIAL.search(before):
        return False
    word = _WORD_BEFORE.search(before)
    return word is None or word[1].lower() not in _ABBREVIATIONS


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return sum(1 for _ in WORD.finditer(text))
