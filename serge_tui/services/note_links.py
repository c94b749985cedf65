"""Completing links while they are typed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from db.text import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_OPEN: Final = re.compile(r"\[\[([^\[\]|\n]{0,80})$")


@dataclass(frozen=True, slots=True)
class LinkChoice:
    """Something that can be linked to: what is written between the brackets, and what it is."""

    written: str
    name: str


def begun(before: str) -> str | None:
    """What was typed of a link that is not closed yet, from the text before the cursor; None where there is none."""
    found = _OPEN.search(before)
    return found[1] if found else None


def completions(typed: str, choices: Iterable[LinkChoice], limit: int = 8) -> list[LinkChoice]:
    """Choices for what was typed: those that begin so first, then those that have it at the beginning of a word."""
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
