"""Find where a line may break inside a run of text without spaces.

The opportunities are a part of Unicode Standard Annex 14 (line breaking): after dashes and hyphens between words, at
zero-width spaces and between ideographs, but not at a word joiner or no-break space. For spaces see `breaks`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

_DASHES: Final = re.compile("[-\u2010\u2013\u2014]+")
_OPENING: Final = frozenset("([{\u00ab\u2039\u201c\u2018\u201e\u201a\u00a1\u00bf")
_WIDE: Final = (
    "\u2e80-\u2fdf\u3003-\u3007\u3012\u3013\u3021-\u3029\u3031-\u303c\u3041-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_WIDE_NEVER_FIRST: Final = frozenset("ぁぃぅぇぉっゃゅょァィゥェォッャュョー々")


@cache
def _after_wide() -> re.Pattern[str]:
    """Return the pattern of ideographs after which a line may break; made when needed, as compiling it takes 3 ms."""
    return re.compile(f"[{_WIDE}\u3001\u3002\uff0c\uff0e\uff01\uff1f\u300d\u300f\uff09](?=[{_WIDE}\u300c\u300e\uff08])")


def _is_dash_break(text: str, start: int, end: int) -> bool:
    """Return whether a line may break after the dashes from `start` to `end`."""
    if start == 0 or end >= len(text) or text[start - 1].isspace():
        return False
    before, after = text[start - 1], text[end]
    if end - start == 1 and text[start] in "-\u2010":
        return after.isalpha() and start > 1 and before.isalnum() and text[start - 2].isalnum()
    if text[start] == "\u2013" and before.isdigit():
        return False
    return after.isalnum() or after in _OPENING


def places_inside(
    text: str, may: Collection[int] = (), never: Collection[int] = (), *, wide: bool = False
) -> list[int]:
    """Return the positions, ascending, where a line may break without a space.

    `may` are positions where it always may, `never` where it must not; `wide` says that the text may have ideographs.
    """
    found: set[int] = set()
    # Looking for single characters first is far quicker than the pattern, and most paragraphs have none.
    if "-" in text or (not text.isascii() and any(dash in text for dash in "\u2014\u2013\u2010")):
        found.update(m.end() for m in _DASHES.finditer(text) if _is_dash_break(text, *m.span()))
    if wide:
        ends = (match.end() for match in _after_wide().finditer(text))
        found.update(end for end in ends if text[end] not in _WIDE_NEVER_FIRST)
    if may:
        found.update(p for p in may if 0 < p < len(text) and " " not in text[p - 1 : p + 1])
    return sorted(found.difference(never)) if found else []
