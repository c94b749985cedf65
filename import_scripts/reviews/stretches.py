"""Find quoted words in a text: in quotation marks, or as a paragraph of their own."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.book import Block

StretchKind: TypeAlias = Literal["marked", "block"]

LEAST_WORDS: Final = 3
"""With fewer words, quotation marks mean irony or a title more often than a quotation."""
_DOUBLE: Final = (("\u201c", "\u201d"), ("\u201e", "\u201c\u201d"), ("\u00ab", "\u00bb"), ("\u00bb", "\u00ab"))
_SINGLE_OPENING: Final = re.compile(r"(?<!\w)[\u2018'](?=\S)")
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
"""A paragraph with a larger share of words in quotation marks contains quotations; with less it may be one itself."""
_SMALL_WORDS: Final = frozenset(
    "a an and as at by for from in of on or the to with de la le el y et und der die das".split()
)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a passage: `start` and `end` without the quotation marks, `outer_end` after the closing one."""

    passage: int
    start: int
    end: int
    outer_end: int
    kind: StretchKind


def find_stretches(
    blocks: Sequence[Block], known: Mapping[int, int] | None = None, least_words: int = LEAST_WORDS
) -> list[Stretch]:
    """Return every stretch of quoted words, in order.

    Args:
        blocks: The passages.
        known: Passages with words known to be the author's, and how many characters: a paragraph without quotation
            marks that consists mostly of them is a quotation too.
        least_words: Fewer words in quotation marks are not a quotation.
    """
    known = known or {}
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
        if covered < _MARKED_SHARE * len(text) and _is_block(block, before, after, after_next, known.get(passage, 0)):
            found.append(Stretch(passage, 0, len(text), len(text), "block"))
        else:
            found += marked
    return found


def _marked(passage: int, text: str) -> Iterator[Stretch]:
    """Yield the stretches in quotation marks; marks inside other marks are ignored."""
    closings = _closings(text)
    at = 0
    for start, end in sorted(closings.items()):
        if start < at:
            continue
        first, last = start + 1, end
        while first < last and text[first].isspace():
            first += 1
        while last > first and text[last - 1].isspace():
            last -= 1
        if last > first:
            yield Stretch(passage, first, last, end + 1, "marked")
        at = end + 1


def _closings(text: str) -> dict[int, int]:
    """Return the closing mark of each opening mark, in one pass for each kind."""
    pairs: dict[int, int] = {}
    for opening, closing in _DOUBLE:
        if opening in text:
            pairs |= _nested(text, opening, closing)
    straight = [match.start() for match in re.finditer('"', text)]
    pairs |= dict(zip(straight[::2], straight[1::2], strict=False))
    pairs |= _single(text)
    return pairs


def _nested(text: str, opening: str, closing: str) -> dict[int, int]:
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    for match in re.finditer(f"[{opening}{closing}]", text):
        mark, at = match[0], match.start()
        if waiting and mark in closing:
            pairs[waiting.pop()] = at
        elif mark in opening:
            waiting.append(at)
    if waiting and text[-1:] in closing:
        pairs.setdefault(waiting[0], len(text) - 1)
    return pairs


def _single(text: str) -> dict[int, int]:
    """Return closing single marks, which look like apostrophes: no letter may follow a closing mark.

    A plural's apostrophe (*the workers\u2019 state*) looks like it too: behind an *s* a mark counts only before a stop
    or where there is no other.
    """
    pairs: dict[int, int] = {}
    openings = [match.start() for match in _SINGLE_OPENING.finditer(text)]
    marks = [match.start() for match in _SINGLE_CLOSING.finditer(text)]
    sure = [at for at in marks if text[at - 1] != "s" or text[at + 1 : at + 2] in (*".,;:)", "")]
    busy = 0
    for number, at in enumerate(openings):
        if at < busy:
            continue
        limit = openings[number + 1] if number + 1 < len(openings) and text[at] == "\u2018" else len(text)
        closing = _first_after(sure, at, limit) or _first_after(marks, at, limit) or _first_after(sure, at, len(text))
        if closing is not None:
            pairs[at] = closing
            busy = closing
    return pairs


def _first_after(places: list[int], at: int, limit: int) -> int | None:
    number = bisect_right(places, at)
    return places[number] if number < len(places) and places[number] < limit else None


def _is_quotation(text: str, stretch: Stretch, least_words: int) -> bool:
    """Return whether words in quotation marks are more than a title, irony or somebody else's praise."""
    words = _WORD.findall(text[stretch.start : stretch.end])
    if len(words) < least_words:
        return least_words == LEAST_WORDS and len(words) == LEAST_WORDS - 1 and min(map(len, words)) > 5
    telling = [word for word in words if word.lower() not in _SMALL_WORDS]
    capital = sum(word[0].isupper() for word in telling)
    if len(words) < 10 and telling and capital >= _TITLE_SHARE * len(telling):
        return False
    behind = text[stretch.outer_end :]
    return not (stretch.start <= 2 and _SIGNATURE.match(behind) and not _OWN_LINE.match(behind))


def _is_block(block: Block, before: str, after: str, after_next: str, known: int) -> bool:
    """Return whether a whole paragraph is a quotation: marked up as one, announced, signed, or known."""
    words = len(block.text.split())
    if block.kind in ("quote", "letter"):
        return words >= LEAST_WORDS
    if words < _LEAST_BLOCK_WORDS:
        return False
    if _INTRODUCES.search(before) and len(before.split()) > LEAST_WORDS:
        return True
    if _OWN_LINE.match(after) and not after_next[:1].islower():
        return True
    return known >= _KNOWN_SHARE * len(block.text)
