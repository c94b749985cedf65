"""Destinations typed by the reader: a page, a percentage, a chapter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

_FORMS: Final = (
    ("percent", re.compile(r"(\d+(?:[.,]\d+)?)\s*%")),
    ("chapter", re.compile(r"(?:ch|chap|chapter|kap|cap|гл)\.?\s*(\d+)", re.IGNORECASE)),
    ("page", re.compile(r"(?:p|pp|page|s|pag|с|стр)(?:\.\s*|\s+|(?=\d))([\w-]+)", re.IGNORECASE)),
)
_ROMAN: Final = re.compile(r"[ivxlc]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class GoTo:
    """A destination: `value` is a page's label, a chapter's number, or a percentage with a decimal point."""

    kind: Literal["page", "percent", "chapter", "number"]
    value: str


def parse_goto(text: str) -> GoTo | None:
    """Parse `218`, `p. xii`, `38%`, `ch4`; return None for anything else. A bare number is a page or a chapter."""
    text = text.strip()
    if text.isdecimal():
        return GoTo("number", str(int(text)))
    if _ROMAN.fullmatch(text):
        return GoTo("page", text.lower())
    for kind, form in _FORMS:
        if match := form.fullmatch(text):
            return GoTo(kind, match.group(1).replace(",", "."))  # type: ignore[arg-type]  # kinds of _FORMS
    return None
