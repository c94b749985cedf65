"""The form of each kind of passage: its indents, and the empty lines around it."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from db.book import PassageKind
    from serge_tui.core.typesetting.line import Settings

SMALLEST_MEASURE: Final = 12
ASTERISM: Final = "\N{ASTERISM}"

_PARAGRAPH_INDENT: Final = 3
_NARROW: Final = 50
_OPENING_BEFORE: Final = 3
_OPENING_AFTER: Final = 2
_SET_OFF: Final = frozenset({"quote", "verse", "letter", "table", "figure", "break"})
_OWN_BULLET: Final = re.compile(
    r"(?:[\u2022\u2023\u2043\u25aa\u25cf\u25e6*\u2013\u2014-]|\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])[.)])[ \u00a0]+(?=\S)"
)


class Form(NamedTuple):
    """Measures of a passage in cells: a line of the text (a paragraph is one, a verse has many) begins `left` cells in,
    its first one of the passage `first` further, the lines it runs on to `hang` further; `right` cells stay free.
    """

    measure: int
    left: int = 0
    right: int = 0
    first: int = 0
    hang: int = 0
    bullet: str = ""
    optimum: bool = False
    justified: bool = False
    hyphenated: bool = False
    balanced: bool = False
    preserved: bool = False
    centred: bool = False


def bullet_width(text: str) -> int:
    """Return the characters of a list item's own bullet or number, with the space after it; 0 if it has none."""
    match = _OWN_BULLET.match(text)
    return match.end() if match else 0


@lru_cache(maxsize=512)
def form(kind: PassageKind, level: int, previous: PassageKind | None, bullet: int, settings: Settings) -> Form:
    """Return the form of a passage after one of kind `previous`; `bullet` is the width of a list item's own bullet."""
    measure = max(SMALLEST_MEASURE, settings.measure)
    inset = 2 if measure < _NARROW else 4
    runs_on = settings.paragraphs == "indented" and previous == kind
    first = (2 if measure < _NARROW else _PARAGRAPH_INDENT) if runs_on else 0
    optimum = settings.setting != "ragged"
    justified = settings.setting.startswith("justified")
    hyphenated = settings.setting == "justified-hyphenated"
    match kind:
        case "paragraph":
            return Form(measure, 0, 0, first, optimum=optimum, justified=justified, hyphenated=hyphenated)
        case "quote" | "letter":
            side = min(inset * max(1, level), measure // 4)
            return Form(measure, side, side, first, optimum=optimum, justified=justified, hyphenated=hyphenated)
        case "list":
            left = min(inset * max(0, level - 1), measure // 3)
            return Form(measure, left, 0, hang=bullet or 2, bullet="" if bullet else "\u2022 ", optimum=optimum)
        case "verse":
            return Form(measure, inset, 0, hang=inset, preserved=True)
        case "table":
            return Form(measure, 0, 0, hang=inset, preserved=True)
        case "heading":
            return Form(measure, 0, measure // 6, optimum=optimum, balanced=True)
        case "figure":
            return Form(measure, inset, inset, optimum=optimum)
        case "break":
            return Form(measure, centred=True)


def gap(kind: PassageKind, previous: PassageKind | None, settings: Settings, *, opening: bool) -> int:
    """Return the number of empty lines before a passage of `kind` that follows one of the kind `previous`.

    `opening`: only headings came before it in the chapter.
    """
    if previous is None:
        return _OPENING_BEFORE if kind == "heading" else _OPENING_AFTER
    if opening and kind != "heading":
        return _OPENING_AFTER
    if kind == "heading":
        return 1 if previous == "heading" else 2
    if kind == previous and kind in {"paragraph", "quote", "letter"}:
        return 0 if settings.paragraphs == "indented" else 1
    if kind == previous == "list":
        return 0
    return 1
