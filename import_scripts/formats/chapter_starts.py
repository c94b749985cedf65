"""Find where the chapters of a flow begin: by its table of contents, or else by headings or files."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from db.text import fold
from import_scripts.formats.headings import chapter_number, is_front_or_back_matter, is_part
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.book import Block
    from import_scripts.formats.flow import Flow

_LONG_SECTION_WORDS: Final = 1_500
SHORT_PARAGRAPH: Final = 200
"""Characters: a paragraph shorter than this may be a chapter's title."""
_LEAD_WORDS: Final = 80
_LEAD_PASSAGE_WORDS: Final = 50
_LEAD_KINDS: Final = frozenset({"quote", "verse", "figure", "break", "heading"})
_ROW_WORDS: Final = 1_000
_LEAST_ROW: Final = 3
_PART_WORDS: Final = 150
"""Most words of its own that a part above chapters has."""
_CHAPTER_WORDS: Final = 1_500


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of a table of contents: its target (`document#name`) and its level, from 1."""

    title: str
    address: str
    level: int


@dataclass(slots=True)
class Start:
    """Where a chapter begins."""

    block: int
    title: str
    level: int
    until: int = -1
    """The last of the headings that the title is made of."""


def chapter_starts(flow: Flow, contents: Sequence[ContentsEntry], title: str) -> list[Start]:
    """Find where chapters begin: by a usable table of contents, or else by headings."""
    listed = _by_contents(flow, contents)
    if len(listed) >= 2 or (listed and not _by_headings(flow, title)):
        return _with_unlisted(flow, listed)
    if contents and not listed:
        flow.report.append("The table of contents points to nothing in the text; chapters were made from headings.")
    return _by_headings(flow, title) or _by_documents(flow) or listed


def _by_contents(flow: Flow, contents: Sequence[ContentsEntry]) -> list[Start]:
    places: list[tuple[ContentsEntry, int]] = []
    astray = 0
    extents = _documents(flow)
    whole = {entry.address for entry in contents}
    for entry in contents[: limits.MAX_CONTENTS_ENTRIES]:
        if flow.is_gone(entry.address):
            continue
        document, _, name = entry.address.partition("#")
        place = flow.place(entry.address)
        if place is not None and name and entry.address not in flow.anchors:
            at = _by_title(flow, entry.title, *extents.get(document, (0, 0)))
            if at is None and document in whole:
                place = None
            elif at is not None:
                place = at, 0
        elif place is not None and len(extents) > 1 and _is_blank(extents.get(document)):
            continue  # a page with only a decorative picture
        if place is None:
            astray += 1
            continue
        block, offset = place
        if block < len(flow.blocks) and offset and offset >= len(flow.blocks[block].text):
            block += 1
        places.append((entry, block))
    if astray:
        lines = "line of the contents leads" if astray == 1 else "lines of the contents lead"
        flow.report.append(f"{astray:,} {lines} nowhere and were left out.")
    places = _without_sections(flow, places)
    starts: dict[int, Start] = {}
    for entry, block in sorted(places, key=lambda place: place[1]):
        known = starts.get(block)
        if known is None:
            starts[block] = Start(block, entry.title, entry.level)
        elif known.level < entry.level and fold(known.title) != fold(entry.title):
            known.title = f"{known.title}: {entry.title}"[: limits.MAX_TITLE_CHARACTERS]
    return _back_to_headings(flow, list(starts.values()))


def _documents(flow: Flow) -> dict[str, tuple[int, int]]:
    """First block of each document, and the block after its last."""
    starts = sorted({*flow.documents.values(), len(flow.blocks)})
    ends = dict(pairwise(starts))
    ordered = list(flow.documents.items())
    following = [*(start for _, start in ordered), len(flow.blocks)][1:]
    return {
        name: (start, start if after == start else ends.get(start, len(flow.blocks)))
        for (name, start), after in zip(ordered, following, strict=True)
    }


def _is_blank(extent: tuple[int, int] | None) -> bool:
    """Return whether a document has no passage."""
    return extent is not None and extent[0] == extent[1]


def _by_title(flow: Flow, title: str, first: int, end: int) -> int | None:
    """Return the heading or short passage with the words of an entry whose target is missing."""
    wanted = fold(title)
    for index in range(first, min(end, len(flow.blocks))):
        block = flow.blocks[index]
        if (block.kind == "heading" or len(block.text) < SHORT_PARAGRAPH) and fold(block.text) == wanted:
            return index
    return None


def _without_sections(flow: Flow, places: list[tuple[ContentsEntry, int]]) -> list[tuple[ContentsEntry, int]]:
    """Leave out entries for sections inside a chapter: in the file of the entry above them, and short."""
    above, extents = _tree(flow, places)
    groups: dict[int, list[int]] = {}
    for index, parent in enumerate(above):
        if parent is not None and _document(places[index]) == _document(places[parent]):
            groups.setdefault(parent, []).append(index)
    short = {
        index
        for members in groups.values()
        if sum(extents[index] for index in members) < _LONG_SECTION_WORDS * len(members)
        for index in members
    }
    for index, parent in enumerate(above):
        if parent in short and _document(places[index]) == _document(places[parent]):
            short.add(index)
    return [place for index, place in enumerate(places) if index not in short]


def _tree(flow: Flow, places: list[tuple[ContentsEntry, int]]) -> tuple[list[int | None], list[int]]:
    """Return for each entry its parent, and the number of words up to the next entry of its level."""
    words = _running_words(flow)
    above: list[int | None] = []
    extents = [0] * len(places)
    open_entries: list[int] = []
    ends = [*(block for _, block in places), len(flow.blocks)]
    for index in range(len(places) + 1):
        level = places[index][0].level if index < len(places) else 0
        while open_entries and places[open_entries[-1]][0].level >= level:
            closed = open_entries.pop()
            first, last = (min(block, len(flow.blocks)) for block in (places[closed][1], ends[index]))
            extents[closed] = max(words[last] - words[first], 0)
        if index < len(places):
            above.append(open_entries[-1] if open_entries else None)
            open_entries.append(index)
    return above, extents


def _document(place: tuple[ContentsEntry, int]) -> str:
    return place[0].address.partition("#")[0]


def _running_words(flow: Flow) -> list[int]:
    total, running = 0, [0]
    for block in flow.blocks:
        total += block.text.count(" ") + 1
        running.append(total)
    return running


def _back_to_headings(flow: Flow, starts: list[Start]) -> list[Start]:
    """Begin a chapter at the headings, number or epigraph just before its target."""
    documents = set(flow.documents.values())
    ordered = sorted(documents)
    previous = -1
    for start in starts:
        block = start.block
        while block - 1 > previous and block not in documents and flow.blocks[block - 1].kind == "heading":
            block -= 1
        opening = ordered[max(0, bisect_right(ordered, block) - 1)] if ordered else block
        if previous < opening < block < len(flow.blocks) and _is_lead(flow.blocks[opening:block]):
            block = opening
        start.block = block
        previous = max(previous, block, start.until)
    return starts


def _is_lead(blocks: Sequence[Block]) -> bool:
    """Return whether short first passages of a document belong to the next chapter: a number, an epigraph."""
    counts = [block.text.count(" ") + 1 for block in blocks]
    if sum(counts) > _LEAD_WORDS or max(counts) > _LEAD_PASSAGE_WORDS:
        return False
    return any(block.kind in _LEAD_KINDS or chapter_number(block.text) is not None for block in blocks)


def _with_unlisted(flow: Flow, starts: list[Start]) -> list[Start]:
    """Add documents missing from the contents that begin with a heading of the same level."""
    starts = sorted([*starts, *_rows_left_out(flow, starts)], key=lambda start: start.block)
    known = {start.block for start in starts}
    ranks = [
        flow.blocks[block].level for block in known if block < len(flow.blocks) and flow.blocks[block].kind == "heading"
    ]
    if not ranks:
        return starts
    rank = max(set(ranks), key=ranks.count)
    deepest = max(start.level for start in starts)
    extra = [
        Start(block, flow.blocks[block].text, min(deepest, max(1, flow.blocks[block].level)))
        for block in set(flow.documents.values()) - known
        if block < len(flow.blocks) and flow.blocks[block].kind == "heading" and flow.blocks[block].level <= rank
    ]
    return sorted([*starts, *extra], key=lambda start: start.block)


def _rows_left_out(flow: Flow, starts: Sequence[Start]) -> list[Start]:
    """Return consecutive long documents missing from the contents after a preface: the chapters themselves."""
    words = _running_words(flow)
    extents = sorted(extent for extent in _documents(flow).values() if extent[0] < extent[1])
    ends = [start.block for start in starts[1:]] + [len(flow.blocks)]
    extra: list[Start] = []
    for start, end in zip(starts, ends, strict=True):
        if not is_front_or_back_matter(start.title):
            continue
        row = [
            first
            for first, last in extents
            if start.block < first < end
            and words[last] - words[first] >= _ROW_WORDS
            and all(block.kind != "heading" for block in flow.blocks[first:last])
        ]
        if len(row) >= _LEAST_ROW:
            extra += [Start(first, first_words(flow.blocks[first].text), start.level) for first in row]
    return extra


def _by_headings(flow: Flow, title: str) -> list[Start]:
    """Make chapters of the highest level of heading that occurs more than once; higher headings are parts."""
    headings = [(index, block) for index, block in enumerate(flow.blocks) if block.kind == "heading"]
    counts: dict[int, int] = {}
    for _, block in headings:
        if fold(block.text) != fold(title):
            counts[block.level] = counts.get(block.level, 0) + 1
    rank = next((level for level in sorted(counts) if counts[level] > 1), None)
    if rank is None:
        rank = min(counts, default=None)
    if rank is None:
        return []
    levels = sorted({level for level in counts if level <= rank})
    if (below := _rank_of_chapters(flow, headings, rank)) is not None:
        levels.append(below)
    merged: list[Start] = []
    for index, block in headings:
        if block.level not in levels:
            continue
        start = Start(index, block.text, levels.index(block.level) + 1, index)
        above = merged[-1] if merged else None
        if above is None or index != above.until + 1 or _begins_unit(start.title):
            merged.append(start)
        elif _begins_unit(above.title) or start.level == above.level:
            # a heading right under another is its second line: the title of a number or of a part
            above.title = start.title if fold(above.title) == fold(title) else f"{above.title}: {start.title}"
            above.until = index
        else:
            merged.append(start)
    return _back_to_headings(flow, merged)


def _begins_unit(title: str) -> bool:
    """Return whether a heading begins a part or chapter: it has the word or a number."""
    return chapter_number(title) is not None or is_part(title)


def _rank_of_chapters(flow: Flow, headings: Sequence[tuple[int, Block]], rank: int) -> int | None:
    """The rank of the chapters below parts: numbered, or as long as chapters are; None when `rank` is no rank of parts.

    Most parts have next to no text of their own before their first chapter.
    """
    below = min((block.level for _, block in headings if block.level > rank), default=None)
    inner = [index for index, block in headings if block.level == below]
    if below is None or len(inner) < 2:
        return None
    words = _running_words(flow)
    starts = [index for index, block in headings if block.level <= below]
    following = dict(pairwise([*starts, len(flow.blocks)]))
    tops = [index for index, block in headings if block.level == rank]
    parts = [
        index
        for index in tops
        if (after := following[index]) < len(flow.blocks)
        and flow.blocks[after].level == below
        and words[after] - words[index] < _PART_WORDS
    ]
    if 2 * len(parts) < len(tops):
        return None
    opened = [index for index in inner if index + 1 < len(flow.blocks) and flow.blocks[index + 1].kind != "heading"]
    numbered = sum(_is_numbered(flow, index) for index in opened)
    long = sum(words[following[index]] - words[index] >= _CHAPTER_WORDS for index in opened)
    return below if 2 * numbered >= len(opened) or 2 * long >= len(opened) else None


def _is_numbered(flow: Flow, index: int) -> bool:
    """Return whether a heading, or the one right before it, has a chapter number."""
    while index >= 0 and flow.blocks[index].kind == "heading":
        if chapter_number(flow.blocks[index].text) is not None:
            return True
        index -= 1
    return False


def _by_documents(flow: Flow) -> list[Start]:
    """Make a chapter of each file, named by its first words."""
    blocks = sorted({block for block in flow.documents.values() if block < len(flow.blocks)})
    if len(blocks) < 2:
        return []
    return [Start(block, first_words(flow.blocks[block].text), 1) for block in blocks]


def first_words(text: str) -> str:
    """Return the first six words of a text, as a title."""
    words = text.split()
    return " ".join(words[:6]) + (" …" if len(words) > 6 else "")
