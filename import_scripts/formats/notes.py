"""Foot- and endnotes: found, taken out of the running text, and tied to the places that refer to them.

What the file marks as note and reference is believed; without marks, a short raised or bracketed link to a short
passage that links back, or that begins with the same label, is one too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.book import Block, BookNote, Span
from db.text import fold, sanitise_line
from import_scripts.formats.addresses import BACK, INSIDE
from import_scripts.formats.flow import Anchor, Flow, Rich, piece_of
from import_scripts.input import limits

if TYPE_CHECKING:
    from collections.abc import Iterator

_LABEL: Final = re.compile(
    r"[\[({]?\s*(?:n(?:ote)?\.?\s*)?(?:[0-9]{1,4}[a-z]?|[*\u2020\u2021\u00a7\u00b6#]{1,4}|[a-z]|[ivxlc]{1,7})\s*[\])}.]?",
    re.IGNORECASE,
)
_BARE: Final = re.compile(r"[\s\[\](){}.:]+")
_BACK_TEXT: Final = re.compile(
    r"[\s\[\](){}]*(?:[↩↑←⤴⏎↖^\ufe0e\ufe0f]+|back|return|retour|zurück|volver|indietro|назад)[\s\[\](){}]*",
    re.IGNORECASE,
)
_TITLES: Final = frozenset(
    map(
        fold,
        (
            "Note|Notes|Footnote|Footnotes|Endnote|Endnotes|Notes de bas de page|Nota|Notas|Notas a pie de página|"
            "Note a piè di pagina|Anmerkung|Anmerkungen|Fußnoten|Fussnoten|Примечание|Примечания|Сноски"
        ).split("|"),
    )
)
_OTHER_NOTE: Final = re.compile(r"\s*(?:\[?[0-9]{1,4}[\].)]|[*\u2020\u2021]\s)\s*\S")
_MOST_BLOCKS: Final = 12
_MOST_WORDS_GUESSED: Final = 600
_LEAD: Final = 12
_NEAR: Final = 3


@dataclass(slots=True)
class _Body:
    """The place of a note: a stretch of blocks; the first and last may be partial."""

    address: str
    label: str
    block: int
    offset: int
    end_block: int
    end_offset: int


def pull_notes(flow: Flow) -> list[BookNote]:
    """Take the notes out of the flow and give them in the order they are first referred to.

    References become spans of style `note` with the note's key as target; every anchor is moved to where its text now
    stands. References whose note is not to be found are left as links.
    """
    referred = _referred(flow)
    if not referred:
        return []
    bodies = _bodies(flow, referred)
    if not bodies:
        _unmark(flow)
        return []
    keys: dict[str, str] = {}
    notes: list[BookNote] = []
    for address, body in bodies.items():
        key = f"n{len(notes) + 1}"
        text = _note_text(flow, body)
        if not text:
            continue
        notes.append(BookNote(key, body.label, text))
        keys[address] = key
    _rewrite_references(flow, keys)
    _cut_out(flow, [bodies[address] for address in keys])
    return notes


@dataclass(frozen=True, slots=True)
class _Reference:
    """A link that may refer to a note: its place, its text, its target."""

    block: int
    start: int
    label: str
    address: str
    is_marked: bool


def _referred(flow: Flow) -> dict[str, _Reference]:
    """Return the links that refer to a note, the first for each address."""
    links: list[_Reference] = []
    for index, block in enumerate(flow.blocks):
        for span in block.spans:
            if not span.target.startswith(INSIDE) or span.target.startswith(BACK) or "#" not in span.target:
                continue
            address = span.target[len(INSIDE) :]
            text = block.text[span.start : span.end]
            if span.style == "note":
                links.append(_Reference(index, span.start, _bare(text), address, is_marked=True))
            elif span.style == "link" and _is_label(text) and _is_raised(block, span):
                links.append(_Reference(index, span.start, _bare(text), address, is_marked=False))
    by_block: dict[int, list[_Reference]] = {}
    for link in links:
        by_block.setdefault(link.block, []).append(link)
    found: dict[str, _Reference] = {}
    for link in links:
        if link.is_marked or not _leads_back(flow, link, by_block):
            found.setdefault(link.address, link)
    return found


def _is_label(text: str) -> bool:
    return len(text) < _LEAD and _LABEL.fullmatch(text.strip()) is not None


def _leads_back(flow: Flow, link: _Reference, by_block: dict[int, list[_Reference]]) -> bool:
    """Return whether a link is the number at the beginning of a note, which leads back to the text."""
    if not flow.blocks[link.block].text[: link.start].strip(" [(*."):
        return True
    place = flow.anchors.get(link.address)
    if place is None:
        return False
    for other in by_block.get(place.block, ()):
        back = flow.anchors.get(other.address)
        if (
            back is not None
            and abs(other.start - place.offset) <= _NEAR
            and back.block == link.block
            and abs(back.offset - link.start) <= _NEAR
            and (other.block, other.start) < (link.block, link.start)
        ):
            return True
    return False


def _is_raised(block: Block, span: Span) -> bool:
    """Return whether a link looks like a note number: raised, in brackets, or right after a word."""
    text = block.text[span.start : span.end]
    if text.startswith(("[", "(", "*", "\u2020")):
        return True
    if any(other.style == "super" and other.start <= span.start and span.end <= other.end for other in block.spans):
        return True
    if any(other.style == "super" and span.start <= other.start and other.end <= span.end for other in block.spans):
        return True
    before = block.text[span.start - 1 : span.start]
    after = block.text[span.end : span.end + 1]
    return (before == "[" and after == "]") or (span.start > 0 and not before.isspace() and before not in "(-\u2013/,;")


def _bare(label: str) -> str:
    return _BARE.sub("", sanitise_line(label))[: limits.MAX_LABEL_CHARACTERS]


def _bodies(flow: Flow, referred: dict[str, _Reference]) -> dict[str, _Body]:
    """Find the place of each note; targets that are not notes (sections, pictures) are left out."""
    sections = sorted(flow.note_sections)
    starts = sorted(
        {(flow.anchors[address].block, flow.anchors[address].offset) for address in referred if address in flow.anchors}
    )
    found: dict[str, _Body] = {}
    for address, reference in referred.items():
        anchor = flow.anchors.get(address)
        if anchor is None or anchor.block >= len(flow.blocks):
            continue
        body = _extent(flow, address, reference, anchor, starts)
        if body is None:
            continue
        in_section = _within(sections, anchor.block)
        if (
            anchor.is_note
            or in_section
            or _looks_like_note(flow, body, is_marked=reference.is_marked, reference=reference.block)
        ):
            found[address] = body
    return found


def _within(sections: list[tuple[int, int]], block: int) -> bool:
    index = bisect_right(sections, (block, limits.MAX_BLOCKS)) - 1
    return any(start <= block < end for start, end in sections[max(0, index - 3) : index + 1])


def _extent(
    flow: Flow, address: str, reference: _Reference, anchor: Anchor, starts: list[tuple[int, int]]
) -> _Body | None:
    """Return the stretch of a note: the named element, or else the passage, up to the next note."""
    start = (anchor.block, anchor.offset)
    if anchor.offset >= len(flow.blocks[anchor.block].text) > 0:
        start = (anchor.block + 1, 0)
        if start[0] >= len(flow.blocks):
            return None
    if anchor.offset <= 2:
        start = (start[0], 0)
    if anchor.end_block > anchor.block and anchor.end_offset == 0:
        end = (anchor.end_block, 0)
        if end <= start:
            return None
        if end[0] == start[0] + 1 and start[1] == 0 and not anchor.is_note:
            end = (max(end[0], _end_of_note(flow, start[0], reference, starts)), 0)
    else:
        end = (_end_of_note(flow, anchor.block, reference, starts), 0) if start[1] == 0 else (start[0] + 1, 0)
        end = max(end, (start[0] + 1, 0))
        following = bisect_right(starts, (anchor.block, anchor.offset))
        if following < len(starts) and (following_start := starts[following]) < end and following_start[1] > 2:
            end = following_start
    return _Body(address, reference.label, *start, *end)


def _end_of_note(flow: Flow, first: int, reference: _Reference, starts: list[tuple[int, int]]) -> int:
    """The block after a note's last paragraph, in a place where only notes are: another document, or under "Notes".

    A note goes on to the next one that is referred to, or to the next heading.
    """
    documents = sorted(set(flow.documents.values()))
    opening = documents[max(0, bisect_right(documents, first) - 1)] if documents else 0
    heading = next((at for at in range(first - 1, opening - 1, -1) if flow.blocks[at].kind == "heading"), None)
    titled = heading is not None and fold(flow.blocks[heading].text).strip(" .:") in _TITLES
    if not titled and opening <= reference.block:
        return first + 1
    after = bisect_right(documents, first)
    end = documents[after] if after < len(documents) else len(flow.blocks)
    following = bisect_right(starts, (first, limits.MAX_BLOCK_CHARACTERS))
    if following < len(starts):
        end = min(end, starts[following][0])
    end = min(end, first + _MOST_BLOCKS)
    return next((at for at in range(first + 1, end) if not _may_go_on(flow.blocks[at])), end)


def _may_go_on(block: Block) -> bool:
    """Return whether a passage may continue a note: it is not a heading and does not begin with another note number."""
    return block.kind not in {"heading", "break"} and not _OTHER_NOTE.match(block.text)


def _looks_like_note(flow: Flow, body: _Body, *, is_marked: bool, reference: int) -> bool:
    first = flow.blocks[body.block]
    if body.end_block - body.block > _MOST_BLOCKS or first.kind in {"heading", "figure", "break"}:
        return False
    if body.block <= reference < body.end_block:
        return False
    blocks = flow.blocks[body.block : max(body.end_block, body.block + 1)]
    if any(block.kind == "heading" for block in blocks):
        return False
    if is_marked:
        return True
    if sum(len(block.text.split()) for block in blocks) > _MOST_WORDS_GUESSED:
        return False
    text = first.text[body.offset : body.offset + _LEAD].lstrip()
    if body.label and _bare(text).casefold().startswith(body.label.casefold()) and body.block > reference:
        return True
    return any(_is_link_back(flow, block, span, reference) for block in blocks for span in block.spans)


def _is_link_back(flow: Flow, block: Block, span: Span, reference: int) -> bool:
    if span.style != "link" or not span.target.startswith(INSIDE):
        return False
    if span.target.startswith(BACK) or _BACK_TEXT.fullmatch(block.text[span.start : span.end]):
        return True
    place = flow.anchors.get(span.target[len(INSIDE) :])
    return place is not None and place.block == reference


def _pieces(flow: Flow, body: _Body) -> Iterator[Rich]:
    for index in range(body.block, body.end_block + (1 if body.end_offset else 0)):
        block = flow.blocks[index]
        start = body.offset if index == body.block else 0
        end = body.end_offset if index == body.end_block else len(block.text)
        yield piece_of(Rich(block.text, block.spans, block.pages), start, end)


def _note_text(flow: Flow, body: _Body) -> str:
    """Return the text of a note, without its label and the link back."""
    parts: list[str] = []
    for piece in _pieces(flow, body):
        text = piece.text
        for span in sorted(piece.spans, key=lambda span: -span.start):
            words = text[span.start : span.end]
            is_back = span.target.startswith(BACK) or (span.style == "link" and _BACK_TEXT.fullmatch(words))
            is_number = span.style == "link" and span.start < 4 and _bare(words) == body.label
            if is_back or (is_number and not parts):
                text = text[: span.start] + text[span.end :]
        parts.append(text.strip())
    text = "\n".join(part for part in parts if part)
    if body.label:
        text = re.sub(rf"^[\[({{\s]*{re.escape(body.label)}(?![0-9A-Za-z])[\])}}.:\s]*", "", text, count=1)
    text = text.lstrip(" \n.:])\u2022").rstrip(" \n[(")
    return text[: limits.MAX_NOTE_CHARACTERS]


def _rewrite_references(flow: Flow, keys: dict[str, str]) -> None:
    for block in flow.blocks:
        if not block.spans:
            continue
        spans: list[Span] = []
        for span in block.spans:
            if span.style in {"note", "link"} and span.target.startswith(INSIDE):
                key = keys.get(span.target[len(INSIDE) :])
                if key is not None:
                    spans.append(Span(span.start, span.end, "note", key))
                    continue
                if span.style == "note":
                    spans.append(Span(span.start, span.end, "link", span.target))
                    continue
            spans.append(span)
        block.spans = spans


def _unmark(flow: Flow) -> None:
    _rewrite_references(flow, {})


def _cut_out(flow: Flow, bodies: list[_Body]) -> None:
    """Remove the notes' text from the blocks, remove empty blocks, and move the anchors."""
    cuts: dict[int, list[tuple[int, int]]] = {}
    for body in bodies:
        for index in range(body.block, body.end_block + (1 if body.end_offset else 0)):
            start = body.offset if index == body.block else 0
            end = body.end_offset if index == body.end_block else len(flow.blocks[index].text)
            cuts.setdefault(index, []).append((start, end))
    removed = {index for index, ranges in cuts.items() if _cut(flow.blocks[index], ranges)}
    removed |= _left_alone(flow, removed)
    flow.move(removed)


def _cut(block: Block, ranges: list[tuple[int, int]]) -> bool:
    """Remove stretches from a block; return whether nothing readable is left."""
    keep: list[Rich] = []
    position = 0
    whole = Rich(block.text, block.spans, block.pages)
    for start, end in sorted(ranges):
        if start > position:
            keep.append(piece_of(whole, position, start))
        position = max(position, end)
    if position < len(block.text):
        keep.append(piece_of(whole, position, len(block.text)))
    text = "".join(piece.text for piece in keep)
    if not text.strip(" \n[]().*\u2022"):
        return True
    block.spans, block.pages, length = [], [], 0
    for piece in keep:
        block.spans += [Span(span.start + length, span.end + length, span.style, span.target) for span in piece.spans]
        block.pages += [type(mark)(mark.offset + length, mark.label) for mark in piece.pages]
        length += len(piece.text)
    block.text = text.rstrip()
    return False


def _left_alone(flow: Flow, removed: set[int]) -> set[int]:
    """Return headings such as "Notes", and breaks, whose notes have all been removed."""
    alone: set[int] = set()
    document_starts = set(flow.documents.values())
    for index, block in enumerate(flow.blocks):
        if index in removed or index + 1 not in removed:
            continue
        last = index
        while last + 1 in removed:
            last += 1
        ends_there = (
            last + 1 >= len(flow.blocks) or last + 1 in document_starts or flow.blocks[last + 1].kind == "heading"
        )
        if not ends_there:
            continue
        while block.kind == "break" or (
            block.kind in {"heading", "paragraph"} and fold(block.text).strip(" .:") in _TITLES
        ):
            alone.add(index)
            index -= 1  # noqa: PLW2901  # it goes back over what belongs to this one
            if index < 0 or index in removed:
                break
            block = flow.blocks[index]  # noqa: PLW2901  # as above
    return alone
