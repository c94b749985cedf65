"""What stands in quotation marks, by the marks that the book itself uses for speech."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from import_scripts.found.segments import Paragraph

Style: TypeAlias = Literal["double", "straight", "single", "guillemets", "low", "dash"]
_PAIRS: Final[dict[Style, tuple[str, str]]] = {
    "double": ("“", "”"), "straight": ('"', '"'), "single": ("‘", "’"), "guillemets": ("«", "»"), "low": ("„", "“"),
}  # fmt: skip
_SPEECH_DASH: Final = re.compile(r"\s*(?:—|–|--|-)\s?(?=[^\W\d_]|[¡¿«“…])")
_OPENING: Final[dict[Style, re.Pattern[str]]] = {
    "double": re.compile("“"), "straight": re.compile(r'(?:^|(?<=[\s(\[—–-]))"(?=\S)'),
    "single": re.compile(r"(?:^|(?<=[\s(\[—–]))‘(?=\S)"), "guillemets": re.compile("«"), "low": re.compile("„"),
}  # fmt: skip
_DASH_SHARE: Final = 0.02
"""Share of paragraphs that must begin with a dash for dashes to be the book's mark of speech."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words inside marks, without the marks. `paragraph` is the number of the paragraph they begin in."""

    start: int
    end: int
    paragraph: int
    style: Style


def book_styles(texts: Iterable[tuple[str, Sequence[Paragraph]]]) -> tuple[Style, ...]:
    """Return the marks a book uses for speech, the commonest first; nested kinds are left out."""
    counts: Counter[Style] = Counter()
    total = dashes = 0
    for text, parts in texts:
        for paragraph in parts:
            total += 1
            dashes += _SPEECH_DASH.match(text, paragraph.start, paragraph.end) is not None
        for style, opening in _OPENING.items():
            counts[style] += sum(1 for _ in opening.finditer(text))
    styles: list[Style] = []
    if dashes >= 3 and dashes > _DASH_SHARE * total:
        styles.append("dash")
    if counts:
        best = max(counts, key=lambda style: counts[style])
        if counts[best]:
            styles.append(best)
    return tuple(styles)


def quoted(text: str, parts: Sequence[Paragraph], styles: Sequence[Style]) -> list[Quoted]:
    """Return what is quoted in a chapter, in order.

    Words that are still open at the end of a paragraph end there; the next paragraph opens them anew, as books do.
    """
    found: list[Quoted] = []
    for number, paragraph in enumerate(parts):
        for style in styles:
            if style == "dash":
                found += _dashed(text, number, paragraph)
            else:
                found += _paired(text, number, paragraph, style)
    found.sort(key=lambda one: (one.start, -one.end))
    outer: list[Quoted] = []
    for one in found:
        if not outer or one.start >= outer[-1].end:
            outer.append(one)
    return outer


def _paired(text: str, number: int, paragraph: Paragraph, style: Style) -> list[Quoted]:
    _, closing = _PAIRS[style]
    found, at = [], paragraph.start
    while match := _OPENING[style].search(text, at, paragraph.end):
        start = match.end()
        end = _closing(text, start, paragraph.end, style, closing)
        left, right = start, end if end >= 0 else paragraph.end
        while left < right and text[left] in " \u00a0":
            left += 1
        while right > left and text[right - 1] in " \u00a0":
            right -= 1
        if right > left:
            found.append(Quoted(left, right, number, style))
        if end < 0:
            break
        at = end + 1
    return found


def _closing(text: str, start: int, limit: int, style: Style, closing: str) -> int:
    at = text.find(closing, start, limit)
    if style != "single":
        return at
    while at >= 0:
        after = text[at + 1] if at + 1 < limit else " "
        before = text[at - 1]
        # ’ between letters is an apostrophe; after a letter and before a space it is one unless the quotation can end.
        if not after.isalnum() and (not before.isalpha() or not _more_closing(text, at + 1, limit)):
            return at
        at = text.find(closing, at + 1, limit)
    return -1


def _more_closing(text: str, start: int, limit: int) -> bool:
    """Whether another closing mark follows punctuation before the next opening one."""
    opening = text.find("‘", start, limit)
    end = limit if opening < 0 else opening
    return re.search(r"[,.!?…—]’(?!\w)", text[start:end]) is not None


def _dashed(text: str, number: int, paragraph: Paragraph) -> list[Quoted]:
    opening = _SPEECH_DASH.match(text, paragraph.start, paragraph.end)
    if opening is None:
        return []
    return [Quoted(opening.end(), paragraph.end, number, "dash")]
