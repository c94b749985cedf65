"""Links in notes: completed while they are typed, and where they lead."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.errors import SergeError
from db.text import fold
from serge_tui.navigation import ReadAt, ShowEvent, ShowFigure, ShowMode, ShowQuotation
from serge_tui.services.locators import find_chapter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.library import Library
    from serge_tui.navigation import Destination

_OPEN: Final = re.compile(r"\[\[([^\[\]|\n]{0,80})$")


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """Something to link to: the text between the brackets, and its name."""

    written: str
    name: str


def begun(before: str) -> str | None:
    """Return the words of a link that is not closed yet, from the text before the cursor, or None."""
    found = _OPEN.search(before)
    return found[1] if found else None


def completions(typed: str, choices: Iterable[LinkChoice], limit: int = 8) -> list[LinkChoice]:
    """Return the choices that match: those that begin with the words typed, then those with a word that does."""
    wanted = fold(typed)
    first: list[LinkChoice] = []
    second: list[LinkChoice] = []
    for choice in choices:
        written, name = fold(choice.written), fold(choice.name)
        if written.startswith(wanted) or name.startswith(wanted):
            first.append(choice)
        elif f" {wanted}" in name or f":{wanted}" in written or f"-{wanted}" in written:
            second.append(choice)
    return (first + second)[:limit]


def destination_of(library: Library, target: str) -> Destination | None:
    """Return where a stable key such as `figure:trotsky` or `chapter:4` leads, or None if it is unknown.

    A chapter opens in the edition that `serge read` would choose.
    """
    kind, _, key = target.partition(":")
    match kind:
        case "figure":
            return ShowFigure(key) if library.figures.by_key(key) else None
        case "quote":
            return ShowQuotation(key) if library.quotations.by_key(key) else None
        case "event":
            return ShowEvent(key) if library.chronicle.event(key) else None
        case "chapter":
            try:
                return ReadAt(find_chapter(library, key))
            except SergeError:
                return None
        case "card":
            return ShowMode("cards")
    return None
