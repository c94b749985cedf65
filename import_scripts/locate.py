"""Where in an edition a quotation stands."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from db.anchoring import TextIndex
from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from db.models import Quotation

_GAP: Final = re.compile(r"\s*(?:\[?\.\.\.\]?|\[sic\])\s*")
_LONGEST_GAP: Final = 600
"""Characters of text that "…" may stand for."""


def locate_quotations(
    quotations: Iterable[Quotation], texts: Sequence[str]
) -> list[tuple[str, int, int, int, int, float, float]]:
    """Find quotations that stand word for word: quotation, passage, start, end passage, end, score, margin."""
    index = TextIndex(texts)
    found = []
    for quotation in quotations:
        if (place := _exact(quotation.text, index)) is not None:
            start, end = place
            passage, offset = index.place(start)
            end_passage, end_offset = index.place(end, end=True)
            found.append((quotation.key, passage, offset, end_passage, end_offset, 100.0, 100.0))
    return found


def _exact(text: str, index: TextIndex) -> tuple[int, int] | None:
    """Find every piece of a quotation in order; None unless there is just one way."""
    pieces = [piece.strip(" .,;:!?-\"'") for piece in _GAP.split(fold(text))]
    pieces = [piece for piece in pieces if piece]
    if not pieces:
        return None
    starts = index.exact(pieces[0])
    ways = []
    for start in starts:
        end = start + len(pieces[0])
        for piece in pieces[1:]:
            following = index.whole.replace("\n", " ").find(piece, end, end + _LONGEST_GAP)
            if following < 0:
                break
            end = following + len(piece)
        else:
            ways.append((start, end))
    return ways[0] if len(ways) == 1 else None
