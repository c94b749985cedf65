"""Stretches of a text that are somebody else's words: between quotation marks, or a paragraph of their own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from db.book import Block

StretchKind: TypeAlias = Literal["marked", "block"]

LEAST_WORDS: Final = 3
"""Words below which quotation marks mean irony or a title more often than a quotation."""
_DOUBLE: Final = {
    "\u201c": "\u201d",
    "\u201e": "\u201c\u201d",
    "\u00ab": "\u00bb",
    "\u00bb": "\u00ab",
    "\u201d": "\u201d",
}
_SINGLE_CLOSING: Final = re.compile(r"(?<=[^\s(])['\u2019](?!\w)")
_WORD: Final = re.compile(r"\w+(?:['\u2019-]\w+)*")
_INTRODUCES: Final = re.compile(
    r"(?::|\b(?:writes?|wrote|says?|said|notes?|observes?|recalls?|escribe|écrit|schreibt|scrive),?)\s*$"
)
_SIGNATURE: Final = re.compile(r"^\s*[\u2014\u2013-]{1,2}\s*\S")
_OWN_LINE: Final = re.compile(r"^\s*(?:[\u2014\u2013~-]\s*)?Victor\s+Serge\W*$", re.IGNORECASE)
_LEAST_BLOCK_WORDS: Final = 12
_TITLE_SHARE: Final = 0.7
_KNOWN_SHARE: Final = 0.3
_MARKED_SHARE: Final = 0.3
"""A paragraph with more marked words than this share quotes; with fewer it may be quoted itself, dialogue and all."""
_SMALL_WORDS: Final = frozenset(
    "a an and as at by for from in of on or the to with de la le el y et und der die das".split()
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage: `start` and `end` without the quotation marks, `outer_end` behind the closing one."""

    passage: int
    start: int
    end: int
    outer_end: int
    kind: StretchKind


def find_stretches(
    blocks: Sequence[Block], known: Collection[tuple[int, int]] = (), least_words: int = LEAST_WORDS
) -> list[Stretch]:
    """Every stretch of quoted words, in order.

    `known` are passages that have words known to be the author's, with how many characters: an unmarked paragraph that
    consists of little else is a quotation too. Marked words are one from `least_words` on.
    """
    found: list[Stretch] = []
    for passage, block in enumerate(blocks):
        if block.kind in ("heading", "figure", "table", "break"):
            continue
        text = block.text
        before = blocks[passage - 1].text if passage else ""
        after = blocks[passage + 1].text if passage + 1 < len(blocks) else ""
        marked = [stretch for stretch in _marked(passage, text) if _is_quotation(text, stretch, least_words)]
        after_next = blocks[passage + 2].text if passage + 2 < len(blocks) else ""
        covered = sum(stretch.end - stretch.start for stretch in marked)
        if covered < _MARKED_SHARE * len(text) and _is_block(block, passage, before, after, after_next, known):
            found.append(Stretch(passage, 0, len(text), len(text), "block"))
        else:
            found += marked
    return found


def _marked(passage: int, text: str) -> Iterator[Stretch]:
    """What stands between quotation marks; marks within marks are left alone."""
    at = 0
    while at < len(text):
        char = text[at]
        end: int | None = None
        if char in _DOUBLE:
            end = _closing(text, at, _DOUBLE[char])
        elif char == '"':
            end = _straight_closing(text, at)
        elif char in "\u2018'" and (at == 0 or not text[at - 1].isalnum()) and text[at + 1 : at + 2].strip():
            end = _single_closing(text, at)
        if end is None:
            at += 1
            continue
        start, stop = at + 1, end
        while start < stop and text[start].isspace():
            start += 1
        while stop > start and text[stop - 1].isspace():
            stop -= 1
        if stop > start:
            yield Stretch(passage, start, stop, end + 1, "marked")
        at = end + 1


def _closing(text: str, at: int, marks: str) -> int | None:
    """The closing mark that belongs to an opening one; quotations of the same marks may be nested."""
    opening, depth = text[at], 0
    for position in range(at, len(text)):
        if text[position] == opening and opening not in marks:
            depth += 1
        elif text[position] in marks and position > at:
            depth -= 1
            if depth <= 0:
                return position
    # A quotation that is not closed goes on to the end of its paragraph, as in books that open each paragraph anew.
    return len(text) - 1 if text[-1:] in marks else None


def _straight_closing(text: str, at: int) -> int | None:
    closing = text.find('"', at + 1)
    return closing if closing >= 0 else None


def _single_closing(text: str, at: int) -> int | None:
    """The closing single mark, which looks like an apostrophe: not one that a word goes on behind.

    A plural's apostrophe (*workers\u2019 state*) looks like it too; so the first one behind a stop or a comma is taken
    where there is one within reach, else the first of all.
    """
    closings = [match.start() for match in _SINGLE_CLOSING.finditer(text, at + 1)]
    next_opening = re.compile(r"(?<![\w])[\u2018'](?=\w)").search(text, at + 1)
    if next_opening is not None and text[at] == "\u2018":
        within = [position for position in closings if position < next_opening.start()]
        closings = within or closings
    if not closings:
        return None
    sure = [
        position
        for position in closings
        if text[position - 1] != "s"
        or text[position - 1] in ".,!?;:\u2026"
        or text[position + 1 : position + 2] in (*".,;:)", "")
    ]
    return sure[0] if sure else closings[0]


def _is_quotation(text: str, stretch: Stretch, least_words: int) -> bool:
    """Whether marked words are more than a title, irony or praise by somebody else."""
    words = _WORD.findall(text[stretch.start : stretch.end])
    if len(words) < least_words:
        return least_words == LEAST_WORDS and len(words) == LEAST_WORDS - 1 and min(map(len, words)) > 5
    telling = [word for word in words if word.lower() not in _SMALL_WORDS]
    capital = sum(word[0].isupper() for word in telling)
    if len(words) < 10 and telling and capital >= _TITLE_SHARE * len(telling):
        return False
    behind = text[stretch.outer_end :]
    return not (stretch.start <= 2 and _SIGNATURE.match(behind) and not _OWN_LINE.match(behind))


def _is_block(
    block: Block, passage: int, before: str, after: str, after_next: str, known: Collection[tuple[int, int]]
) -> bool:
    """Whether a whole paragraph is a quotation: set off as one, announced, signed, or known."""
    words = len(block.text.split())
    if block.kind in ("quote", "letter"):
        return words >= LEAST_WORDS
    if words < _LEAST_BLOCK_WORDS:
        return False
    if _INTRODUCES.search(before) and len(before.split()) > LEAST_WORDS:
        return True
    if _OWN_LINE.match(after) and not after_next[:1].islower():
        return True
    return sum(length for of_passage, length in known if of_passage == passage) >= _KNOWN_SHARE * len(block.text)
