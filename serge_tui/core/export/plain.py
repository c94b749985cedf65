"""A text as plain lines: for pipes, screen readers, e-mail and terminals that only print lines."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from db.text import sanitise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from db.models import Note, Passage

Stretch: TypeAlias = tuple[int, int]
"""Where a name begins and ends in the text of its passage."""

_INDENTED: Final = frozenset(("quote", "letter", "verse"))
_BREAK: Final = "* * *"
NARROWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Passages in order; the first is shown from the offset `start` on, the last up to `end` (None: to its end)."""

    passages: Sequence[Passage]
    start: int = 0
    end: int | None = None

    def pieces(self) -> Iterator[tuple[Passage, int, int]]:
        """Yield each passage with the stretch of it that is shown."""
        for number, passage in enumerate(self.passages):
            length = len(passage.text)
            is_last = number == len(self.passages) - 1
            yield (
                passage,
                whole_word(passage.text, self.start) if number == 0 else 0,
                whole_word(passage.text, self.end) if is_last and self.end is not None else length,
            )


def plain_text(
    excerpt: Excerpt,
    names: Mapping[int, Sequence[Stretch]] | None = None,
    notes: Sequence[Note] = (),
    width: int = 0,
) -> str:
    """Return passages as paragraphs with a blank line between them, and their notes below.

    Args:
        excerpt: What to write.
        names: By the ordinal of a passage, the names to put in square brackets.
        notes: Footnotes of these passages.
        width: Characters a line has at most; 0 for a line a paragraph.
    """
    parts = [
        _passage(passage, start, end, (names or {}).get(passage.ordinal, ()), width)
        for passage, start, end in excerpt.pieces()
    ]
    if notes:
        parts.append("Notes")
        parts += [wrapped(sanitise(f"{note.label} {note.text}".strip()), width) for note in notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def whole_word(text: str, offset: int) -> int:
    """Return the offset of the first whole word at or after an offset."""
    if offset <= 0 or offset >= len(text) or text[offset - 1].isspace():
        return max(0, min(offset, len(text)))
    following = text.find(" ", offset)
    return following + 1 if following >= 0 else len(text)


def wrapped(text: str, width: int, indent: str = "", first: str | None = None) -> str:
    """Return text in lines of at most `width` characters (0: in one), each with an indent, the first with its own."""
    first = indent if first is None else first
    if not width:
        return first + text
    return textwrap.fill(
        text, max(NARROWEST, width), initial_indent=first, subsequent_indent=indent, break_on_hyphens=False
    )


def _passage(passage: Passage, start: int, end: int, names: Sequence[Stretch], width: int) -> str:
    if passage.kind == "break":
        return _BREAK
    text = sanitise(_marked(passage.text, start, end, names)).strip()
    if not text:
        return ""
    if passage.kind == "list":
        return wrapped(f"- {text}", width, "  ", first="")
    indent = "    " if passage.kind in _INDENTED else ""
    return "\n".join(wrapped(line, width, indent) for line in text.split("\n"))


def _marked(text: str, start: int, end: int, names: Sequence[Stretch]) -> str:
    pieces, last = [], start
    for begins, ends in sorted(names):
        if begins >= last and ends <= end:
            pieces += [text[last:begins], "[", text[begins:ends], "]"]
            last = ends
    return "".join([*pieces, text[last:end]])
