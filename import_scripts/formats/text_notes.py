"""Find footnotes of plain text: `[12]` in the text, and a paragraph below that begins with `[12]`."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.book import BookNote, Span
from import_scripts.input import limits

if TYPE_CHECKING:
    from db.book import Block
    from import_scripts.formats.flow import Flow

_BODY: Final = re.compile(
    r"\s*(?:\[(?:Footnote\s+|Note\s+)?(?P<label>[0-9]{1,4}|[A-Za-z]|[*\u2020\u2021]{1,4})\s*[\]:]\s*|(?P<star>[*\u2020\u2021]{1,3})\s+)(?=\S)",
    re.IGNORECASE,
)
_REFERENCE: Final = re.compile(r"\[(?P<label>[0-9]{1,4}|[A-Za-z]|[*\u2020\u2021]{1,4})\]")


@dataclass(frozen=True, slots=True)
class _At:
    order: int
    block: Block
    start: int
    end: int


def pull_bracketed_notes(flow: Flow) -> list[BookNote]:
    """Take note paragraphs out of the flow, tie them to their references, and return them in order of reference.

    If a label occurs as often below as in the text, the first note belongs to the first reference and so on; otherwise
    a note belongs to the nearest reference before it.
    """
    bodies: dict[str, list[_At]] = {}
    references: dict[str, list[_At]] = {}
    for order, block in enumerate(flow.blocks):
        after = 0
        if block.kind not in {"heading", "break", "figure"} and (found := _BODY.match(block.text)):
            label = found["label"] or found["star"]
            bodies.setdefault(label, []).append(_At(order, block, found.start(), found.end()))
            after = found.end()
        for found in _REFERENCE.finditer(block.text, after):
            references.setdefault(found["label"], []).append(_At(order, block, found.start(), found.end()))
    pairs: list[tuple[_At, _At]] = []
    for label, below in bodies.items():
        pairs += _paired(references.get(label, []), below)
    pairs.sort(key=lambda pair: (pair[0].order, pair[0].start))
    notes: list[BookNote] = []
    keys: dict[int, str] = {}
    for reference, body in pairs:
        key = keys.get(body.order)
        if key is None:
            key = keys[body.order] = f"n{len(notes) + 1}"
            label = reference.block.text[reference.start + 1 : reference.end - 1]
            notes.append(BookNote(key, label, _note_text(body)))
        reference.block.spans.append(Span(reference.start, reference.end, "note", key))
        reference.block.spans.sort(key=lambda span: (span.start, -span.end))
    if keys:
        flow.move(set(keys))
    return notes


def _paired(references: list[_At], bodies: list[_At]) -> list[tuple[_At, _At]]:
    if len(references) == len(bodies):
        pairs = list(zip(references, bodies, strict=True))
        if all(reference.block is not body.block for reference, body in pairs):
            return pairs
    orders = [reference.order for reference in references]
    pairs = []
    used: set[int] = set()
    for body in bodies:
        nearest = bisect_left(orders, body.order) - 1
        while nearest >= 0 and nearest in used:
            nearest -= 1
        if nearest >= 0:
            used.add(nearest)
            pairs.append((references[nearest], body))
    return pairs


def _note_text(body: _At) -> str:
    text = " ".join(body.block.text[body.end :].split())
    if body.block.text.lstrip().startswith("[") and text.endswith("]") and text.count("[") < text.count("]"):
        text = text[:-1]
    return text[: limits.MAX_NOTE_CHARACTERS]
